"""Who spoke with whom about what: past episodes are told as they ended, what is overdue now stands somewhere.

The shares are those of a working team: most attempts meet nobody, some agree on a day, a few contest
something.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from collections_app.contact.rules import Channel, Direction, DisputeState, NextStep, Outcome, PromiseState
from collections_app.contact.rules.promising import GRACE_WORKING_DAYS
from collections_app.management.demo import phrases
from collections_app.management.demo.books import Document
from collections_app.management.demo.calendars import DAY, WorkDays
from collections_app.management.demo.history import CHASED_AFTER_DAYS, Episode
from collections_app.management.demo.talk import Talk

# How things stand with a customer who is overdue now, with weights. "untouched" has not been spoken to
# lately.
STANDINGS = (
    ("untouched", 34), ("no answer", 14), ("message", 11), ("call back", 4), ("promise runs", 11),
    ("promise broken", 6), ("says paid", 7), ("wants copy", 5), ("informed", 5), ("snoozed", 3),
)  # fmt: skip
_NAMES = [name for name, _ in STANDINGS]
_WEIGHTS = [weight for _, weight in STANDINGS]


@dataclass(slots=True)
class Storyteller:
    """Tells the conversations of one customer. ``chattiness``: the share of past episodes talked about."""

    talk: Talk
    days: WorkDays
    today: dt.date
    rng: Random
    chattiness: float
    breaks_promises: bool

    def tell(self, episodes: Sequence[Episode]) -> None:
        """Past episodes first, then how things stand with what is overdue."""
        contested = [episode for episode in episodes if episode.contested]
        for episode in contested:
            self._tell_contested(episode)
        for episode in episodes:
            if episode.ended_on and episode.was_chased and self.rng.random() < self.chattiness:
                self._tell_chased(episode, episode.ended_on)
        disputed = {id(document) for episode in contested for document in episode.documents}
        overdue = [
            document
            for episode in episodes
            for document in episode.documents
            if document.open
            and id(document) not in disputed
            and episode.due_on < self.today - DAY * CHASED_AFTER_DAYS
        ]
        if overdue:
            self._tell_standing(overdue)

    def _minute(self) -> int:
        return self.rng.randrange(9 * 60, 16 * 60, 5)

    def _said(self, outcome: Outcome) -> str:
        return self.rng.choice(phrases.SAID[outcome])

    def _tell_contested(self, episode: Episode) -> None:
        document = episode.documents[0]
        on = self.days.on_or_before(min(episode.due_on + DAY * self.rng.randint(1, 6), self.today - DAY))
        on = max(on, self.days.on_or_after(document.issued_on))
        if on >= self.today:
            return
        minute, (reason, said) = self._minute(), self.rng.choices(phrases.REASONS, phrases.REASON_SHARES)[0]
        review_on = self.days.after(self.today, self.rng.randint(0, 4)) if episode.ended_on is None else None
        log_id = self.talk.log(
            on, minute, Outcome.DISPUTES, said, documents=[document], direction=Direction.IN,
            channel=Channel.EMAIL, next_step=NextStep.REVIEW if review_on else None, next_on=review_on,
        )  # fmt: skip
        state, closed_on = DisputeState.LODGED, None
        if episode.ended_on:
            is_credited = document.open == 0 and self.rng.random() < 0.6
            state, closed_on = (
                DisputeState.ACCEPTED if is_credited else DisputeState.REJECTED,
                self._decided_on(episode.ended_on, on),
            )
        self.talk.dispute(
            log_id,
            on,
            minute,
            document,
            episode.contested,
            reason=reason,
            said=said,
            state=state,
            closed_on=closed_on,
        )

    def _decided_on(self, ended_on: dt.date, lodged_on: dt.date) -> dt.date:
        """Some days after it was lodged; the credit note or the money follows when it follows."""
        decided_on = self.days.after(lodged_on, self.rng.choice((1, 2, 3, 3, 4, 4, 5, 6, 8, 12)))
        return max(min(decided_on, ended_on), lodged_on)

    def _tell_chased(self, episode: Episode, paid_on: dt.date) -> None:
        """An attempt or two, then a conversation some days before the money came; perhaps with a promise."""
        spoke_on = self.days.after(paid_on, -self.rng.randint(2, 7))
        if spoke_on <= episode.due_on:
            return
        documents = episode.documents[:5]
        if self.rng.random() < 0.5:
            tried_on = self.days.after(spoke_on, -self.rng.randint(1, 3))
            outcome = self.rng.choice((Outcome.NO_ANSWER, Outcome.LEFT_MESSAGE))
            self.talk.log(tried_on, self._minute(), outcome, self._said(outcome), documents=documents)
        minute = self._minute()
        if self.rng.random() < (0.9 if self.breaks_promises else 0.4):
            log_id = self.talk.log(
                spoke_on, minute, Outcome.PROMISED, self._said(Outcome.PROMISED), documents=documents
            )
            self._promise_past(log_id, spoke_on, minute, documents, paid_on)
        else:
            outcome = self.rng.choice((Outcome.SAYS_PAID, Outcome.WANTS_COPY, Outcome.INFORMED))
            self.talk.log(spoke_on, minute, outcome, self._said(outcome), documents=documents)

    def _promise_past(
        self, log_id: int, on: dt.date, minute: int, documents: Sequence[Document], paid_on: dt.date
    ) -> None:
        """Kept when the money came by the promised day, kept late within the grace, otherwise broken."""
        early = (
            self.rng.choice((0, 0, 0, 1, 4)) if not self.breaks_promises else self.rng.choice((0, 3, 4, 5))
        )
        promised_on = max(self.days.after(paid_on, -early), on)
        grace_ends_on = self.days.after(promised_on, GRACE_WORKING_DAYS)
        lines = [(document, document.amount) for document in documents]
        amount = sum(part for _, part in lines)
        if paid_on > grace_ends_on:
            state, paid, settled_on = PromiseState.BROKEN, 0, self.days.after(grace_ends_on, 1)
        else:
            state, paid, settled_on = (
                PromiseState.KEPT if paid_on <= promised_on else PromiseState.KEPT_LATE,
                amount,
                paid_on,
            )
        if settled_on < self.today:
            self.talk.promise(
                log_id,
                on,
                minute,
                lines,
                promised_on=promised_on,
                state=state,
                settled_on=settled_on,
                paid=paid,
            )

    def _tell_standing(self, overdue: Sequence[Document]) -> None:
        documents, rng, days, today = overdue[:6], self.rng, self.days, self.today
        yesterday = days.on_or_before(today - DAY)
        on, minute = days.after(yesterday, -rng.randint(0, 3)), self._minute()
        standing = rng.choices(_NAMES, _WEIGHTS)[0]
        if self.breaks_promises and standing in {"untouched", "no answer", "message", "informed"}:
            standing = "promise broken"
        if standing == "untouched":
            return
        if standing == "snoozed":
            self.talk.snooze(
                on,
                minute,
                until=days.after(today, rng.randint(1, 6)),
                reason=rng.choice(phrases.SNOOZE_REASONS),
            )
        elif standing == "promise runs":
            # Recorded after the last row of the ledger was known; settled by the night once the day has
            # passed.
            log_id = self._log(Outcome.PROMISED, documents, yesterday, minute, NextStep.CHECK_BANK, 4)
            promised_on = days.after(today, rng.randint(0, 3))
            one_currency = [document for document in documents if document.currency == documents[0].currency]
            lines = [(document, document.open) for document in one_currency]
            self.talk.promise(log_id, yesterday, minute, lines, promised_on=promised_on)
        elif standing == "promise broken":
            self._break_promise(documents, minute)
        elif standing == "call back":
            at = dt.time(rng.randint(9, 15), rng.choice((0, 15, 30, 45)))
            self._log(Outcome.CALL_BACK, documents, yesterday, minute, NextStep.CALL_BACK, 0, at)
        elif standing == "no answer":
            self._log(Outcome.NO_ANSWER, documents, on, minute, NextStep.CALL, rng.randint(0, 1))
        elif standing == "message":
            self._log(Outcome.LEFT_MESSAGE, documents, on, minute, NextStep.CALL, rng.randint(0, 2))
        elif standing == "says paid":
            self._log(Outcome.SAYS_PAID, documents, on, minute, NextStep.CHECK_BANK, rng.randint(0, 1))
        elif standing == "wants copy":
            self._log(Outcome.WANTS_COPY, documents, on, minute, NextStep.CALL, rng.randint(0, 3))
        else:
            self._log(Outcome.INFORMED, documents, on, minute, NextStep.CALL, rng.randint(1, 5))

    def _log(
        self,
        outcome: Outcome,
        documents: Sequence[Document],
        on: dt.date,
        minute: int,
        step: NextStep,
        working_days: int,
        next_at: dt.time | None = None,
    ) -> int:
        # Today is today even on a Sunday: whoever tries the demo then finds something agreed for the day.
        next_on = self.days.after(self.today, working_days) if working_days else self.today
        return self.talk.log(
            on,
            minute,
            outcome,
            self._said(outcome),
            documents=documents,
            next_step=step,
            next_on=next_on,
            next_at=next_at,
        )

    def _break_promise(self, documents: Sequence[Document], minute: int) -> None:
        """Promised for a day of the last two weeks; nothing came by the end of the grace."""
        promised_on = self.days.after(self.today, -self.rng.randint(GRACE_WORKING_DAYS + 2, 8))
        on = self.days.after(promised_on, -self.rng.randint(2, 5))
        lines = [(document, document.open) for document in documents if document.issued_on < on]
        lines = [line for line in lines if line[0].currency == lines[0][0].currency]
        if not lines:
            return
        log_id = self.talk.log(
            on, minute, Outcome.PROMISED, self._said(Outcome.PROMISED), documents=[document for document,
            _ in lines], next_step=NextStep.CHECK_BANK, next_on=self.days.after(promised_on, 1),
        )  # fmt: skip
        settled_on = self.days.after(promised_on, GRACE_WORKING_DAYS + 1)
        self.talk.promise(
            log_id,
            on,
            minute,
            lines,
            promised_on=promised_on,
            state=PromiseState.BROKEN,
            settled_on=settled_on,
        )
