"""What was said with one customer: contact logs, promises, disputes, snoozes, each with its event."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from zoneinfo import ZoneInfo

from collections_app.contact.rules import (
    OUTCOME_LABELS,
    Channel,
    Direction,
    DisputeState,
    NextStep,
    Outcome,
    PayBy,
    PromiseState,
)
from collections_app.contact.rules.promising import BROKEN_COUNTS_DAYS, due_days
from collections_app.lib import money
from collections_app.management.demo import copying
from collections_app.management.demo.absences import Away
from collections_app.management.demo.books import Document
from collections_app.management.demo.contests import Answer, Contest, Office, Wait
from collections_app.management.demo.copying import Pile
from collections_app.management.demo.moments import spoken

BROKEN_COUNTS = dt.timedelta(days=BROKEN_COUNTS_DAYS)


@dataclass(slots=True)
class TalkIds:
    """The next free id of each table of a conversation."""

    log: "count[int]"
    log_invoice: "count[int]"
    promise: "count[int]"
    promised_invoice: "count[int]"
    promise_instalment: "count[int]"
    dispute: "count[int]"
    dispute_pause: "count[int]"
    snooze: "count[int]"
    event: "count[int]"


@dataclass(slots=True)
class Talk:
    """Writes what one collector and one customer said to each other onto the pile."""

    pile: Pile
    ids: TalkIds
    company_id: int
    customer_id: int
    contact_id: int | None
    contact_name: str
    zone: ZoneInfo
    by_id: int
    office: Office
    # While the collector was away somebody else spoke.
    away: Away | None = None
    contact_role: str = ""
    # Which promise was the last for a document and how it ended, and when promises broke.
    levels: dict[int, tuple[int, bool]] = field(default_factory=dict)
    broken_on: list[dt.date] = field(default_factory=list)

    def log(
        self,
        on: dt.date,
        minute: int,
        outcome: Outcome,
        said: str,
        *,
        documents: Sequence[Document] = (),
        channel: Channel = Channel.CALL,
        direction: Direction = Direction.OUT,
        next_step: NextStep | None = None,
        next_on: dt.date | None = None,
        next_at: dt.time | None = None,
    ) -> int:
        """One attempt or conversation; its id."""
        log_id, at = next(self.ids.log), spoken(on, minute, self.zone)
        self.pile.add(
            "contact_log",
            (
                log_id, self.company_id, self.customer_id, self._by(on), at, channel, direction,
                self.contact_id, "", outcome, copying.text(said), next_step or "", next_on, next_at,
            ),
        )  # fmt: skip
        for document in documents:
            self.pile.add("contact_log_invoice", (next(self.ids.log_invoice), log_id, document.id))
        facts = {"contact_log": log_id, "outcome": outcome, "next_step": next_step or ""}
        self._event(at, "contact.logged", OUTCOME_LABELS[outcome], facts)
        return log_id

    def promise(
        self,
        log_id: int,
        on: dt.date,
        minute: int,
        lines: Sequence[tuple[Document, int]],
        *,
        promised_on: dt.date,
        state: PromiseState = PromiseState.RUNNING,
        settled_on: dt.date | None = None,
        paid: int = 0,
        how: PayBy | None = None,
        second: tuple[dt.date, int] | None = None,
    ) -> None:
        """A promise for parts of documents, and how it ended; ``second`` is the day and amount of an
        instalment that follows.
        """
        promise_id, at, currency = next(self.ids.promise), spoken(on, minute, self.zone), lines[0][0].currency
        amount = sum(part for _, part in lines)
        self.pile.add(
            "promise",
            (
                promise_id, self.company_id, self.customer_id, log_id, currency, copying.money(amount),
                promised_on, self.contact_name, state, self._by(on), at, settled_on, copying.money(paid),
                self.contact_role, how or "", self._level(lines, state),
                sum(1 for day in self.broken_on if on - BROKEN_COUNTS < day < on),
            ),
        )  # fmt: skip
        plan = [(promised_on, amount - (second[1] if second else 0)), *([second] if second else [])]
        for number, (day, part) in enumerate(plan, start=1):
            instalment = (
                next(self.ids.promise_instalment), promise_id, number, copying.money(part), day,
                *due_days(day, self.office.calendar), state, copying.money(min(paid, part)), settled_on,
            )  # fmt: skip
            self.pile.add("promise_instalment", instalment)
        if state == PromiseState.BROKEN and settled_on:
            self.broken_on.append(settled_on)
        is_running = state == PromiseState.RUNNING
        for document, part in lines:
            row = (next(self.ids.promised_invoice), promise_id, document.id, copying.money(part), is_running)
            self.pile.add("promised_invoice", row)
        summary = f"Promised {_shown(amount, currency)} for {promised_on:%-d %B %Y}"
        self._event(at, "promise.recorded", summary, {"promise": promise_id})

    def _level(self, lines: Sequence[tuple[Document, int]], state: PromiseState) -> int:
        before = [self.levels[document.id] for document, _ in lines if document.id in self.levels]
        level = max((last + (not was_kept) for last, was_kept in before), default=1)
        was_kept = state in (PromiseState.KEPT, PromiseState.KEPT_LATE)
        self.levels |= {document.id: (level, was_kept) for document, _ in lines}
        return level

    def dispute(
        self,
        log_id: int,
        on: dt.date,
        minute: int,
        document: Document,
        amount: int,
        *,
        reason: str,
        said: str,
        state: DisputeState = DisputeState.LODGED,
        closed_on: dt.date | None = None,
        answer: Answer | None = None,
        wait: Wait | None = None,
        is_late_raised: bool = False,
    ) -> None:
        """A contested part of a document, what happened to it, and how it ended."""
        dispute_id, at = next(self.ids.dispute), spoken(on, minute, self.zone)
        shown = f"{_shown(amount, document.currency)} of {document.number}"
        contest = Contest(
            self.office, self._by(on), on, minute, reason, amount, shown, state, closed_on, answer, wait,
            is_late_raised,
        )  # fmt: skip
        self.pile.add(
            "dispute",
            (
                dispute_id, self.company_id, self.customer_id, document.id, log_id, document.currency,
                copying.money(amount), reason, copying.text(said), contest.standing, self._by(on), at,
                *(copying.text(value) if isinstance(value, str) else value for value in contest.columns()),
            ),
        )  # fmt: skip
        if wait:
            ended_by = self.by_id if wait.until else None
            row = (
                next(self.ids.dispute_pause), dispute_id, wait.since, wait.until,
                copying.text(wait.asked_for), self.by_id, contest.at(wait.since, later=30), ended_by,
                contest.at(wait.until),
            )  # fmt: skip
            self.pile.add("dispute_pause", row)
        facts = {"dispute": dispute_id, "invoice": document.id, "reason": reason}
        text = f"Disputes {shown}: {contest.terms.label}"
        self._event(at, "dispute.lodged", text, {**facts, "version": 1})
        for version, one in enumerate(contest.happenings(), start=2):
            self._event(one.at, f"dispute.{one.what}", one.summary, {**facts, "version": version}, one.by)

    def snooze(self, on: dt.date, minute: int, *, until: dt.date, reason: str) -> None:
        """Put the customer to sleep until a day."""
        at, snooze_id = spoken(on, minute, self.zone), next(self.ids.snooze)
        row = (snooze_id, self.customer_id, until, copying.text(reason), self._by(on), at, None, None)
        self.pile.add("chase_snooze", row)
        facts = {"snooze": snooze_id, "until": until.isoformat()}
        self._event(at, "entry.snoozed", f"Asleep until {until:%-d %B %Y}: {reason}", facts)

    def _by(self, on: dt.date) -> int:
        is_away = self.away is not None and self.away.first <= on <= self.away.last
        return self.away.stand_in_id if self.away and is_away else self.by_id

    def _event(
        self, at: dt.datetime, what: str, summary: str, facts: dict[str, object], by: int | None = -1
    ) -> None:
        author = self._by(at.astimezone(self.zone).date()) if by == -1 else by
        row = (
            next(self.ids.event), self.company_id, self.customer_id, author, at, what,
            copying.text(summary), copying.facts(facts),
        )  # fmt: skip
        self.pile.add("activity_event", row)


def _shown(thousandths: int, currency: str) -> str:
    return money.shown(Decimal(thousandths) / 1000, currency)
