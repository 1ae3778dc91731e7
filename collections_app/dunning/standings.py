"""Where one customer stands with reminders, for whoever opens their page: what waits, what went last, what
comes next, and what would stop it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import Audience, MessageState
from collections_app.dunning import draft_stops, stops
from collections_app.dunning.draft_rows import MESSAGES, ReminderDraft
from collections_app.dunning.explanations import Explanation
from collections_app.dunning.rules import ladder
from collections_app.dunning.rules import stops as rules
from collections_app.dunning.rules.drafting import OPEN, DraftState
from collections_app.dunning.rules.ladder import Taken
from collections_app.dunning.rules.reasons import sentence
from collections_app.dunning.rules.steps import Channel, Step
from collections_app.dunning.rules.stop_codes import Stop, StopCode
from collections_app.dunning.rules.stop_facts import EMAIL, DraftFacts
from collections_app.ledger.customers import Customer
from collections_app.lib.kept_queries import KeptQuery

SENT_SHOWN = 12
# What ends by itself within days tells nothing about a message that is not written yet.
OF_THE_MOMENT = (StopCode.HOUR, StopCode.WEEKEND, StopCode.HOLIDAY, StopCode.BUSY)


@dataclass(frozen=True, slots=True)
class Standing:
    """The open drafts of a customer, and the last message or letter that was approved."""

    open: Sequence[ReminderDraft]
    last: ReminderDraft | None

    @property
    def message(self) -> ReminderDraft | None:
        """The message that waits for a decision; there is one at most."""
        return next((each for each in self.open if each.channel in MESSAGES), None)

    @property
    def deeds(self) -> list[ReminderDraft]:
        """Calls, tasks and proposals of holds that nobody has done."""
        return [each for each in self.open if each.channel not in MESSAGES]


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that was written to a customer: a message, or a reminder on paper (``draft``)."""

    at: dt.datetime
    label: str
    state: str
    message: Message | None = None
    draft: ReminderDraft | None = None


def of(customer: Customer) -> Standing:
    """How it stands now. One query."""
    found = _FOUND.of(customer.pk)
    return Standing(
        open=[each for each in found if each.state in OPEN],
        last=next((each for each in found if each.state not in OPEN), None),
    )


def _found(customer: int) -> QuerySet[ReminderDraft]:
    """What is open, and what was decided last."""
    decided = ReminderDraft.objects.messages().filter(
        customer=customer, state__in=[DraftState.APPROVED, DraftState.DONE]
    )
    newest = decided.order_by("-decided_at", "-pk").values("pk")[:1]
    asked = ReminderDraft.objects.filter(Q(state__in=OPEN) | Q(pk__in=newest), customer=customer)
    return asked.select_related("message", "decided_by").order_by("-level", "pk")


_FOUND = KeptQuery(_found, "bigint")


def stops_now(explained: Explanation, *, at: dt.datetime) -> tuple[Stop, ...]:
    """What would keep the message that waits from leaving at ``at``; without one, what would keep the next
    from leaving on any hour. Empty when nothing would, or nothing is to come.
    """
    customer = explained.customer
    if waiting := explained.waiting:
        return draft_stops.now(waiting, company=customer.company, at=at)
    coming = explained.decision.next
    if coming is None:
        return ()
    channel = next((step.channel.value for step in coming.steps if step.channel.is_message), EMAIL)
    facts = stops.facts_for(company=customer.company, customers=[customer.pk], at=at)[customer.pk]
    about = DraftFacts(coming.level, channel, ())
    return tuple(stop for stop in rules.stops_of(facts, about=about, at=at) if stop.code not in OF_THE_MOMENT)


def after(explained: Explanation) -> str:
    """What follows when the step of today, or the one that waits, is taken today; empty when none is."""
    step = _step_of_today(explained)
    if step is None or step.is_before_due or explained.procedure is None:
        return ""
    decision = ladder.decide(
        explained.procedure,
        replace(
            explained.known,
            is_climbing=True,
            taken=Taken.of(step, explained.day),
            waits_since=None,
            unposted_since=None,
            unsent=None,
            put_off_until=None,
        ),
        highest_level=explained.highest_level,
        calendar=explained.customer.company.calendar,
        today=explained.customer.company.calendar.on_or_after(explained.day),
    )
    return sentence(decision)


def sent_to(customer: Customer) -> list[Sent]:
    """What was written to them lately, whatever it was for, the newest first. Two queries."""
    written = Message.objects.standing().filter(customer=customer, audience=Audience.CUSTOMER)
    found = [
        Sent(
            message.sent_at or message.changed_at,
            f"{message.kind_label}: {message.subject}",
            message.state_label,
            message=message,
        )
        for message in written.exclude(state=MessageState.READY)
        .defer("body", "body_html")
        .order_by("-prepared_at")[:SENT_SHOWN]
    ]
    posted = ReminderDraft.objects.filter(
        customer=customer, channel=Channel.LETTER, state__in=[DraftState.APPROVED, DraftState.DONE]
    )
    for draft in posted.order_by("-decided_at")[:SENT_SHOWN]:
        assert draft.decided_at
        state = "Posted" if draft.state == DraftState.DONE else "To be printed and posted"
        label = f"{draft.level_label}, letter: {draft.subject}"
        found.append(Sent(draft.decided_at, label, state, draft=draft))
    return sorted(found, key=lambda each: each.at, reverse=True)[:SENT_SHOWN]


def _step_of_today(explained: Explanation) -> Step | None:
    if explained.waiting and explained.procedure:
        return explained.procedure.step(explained.waiting.step_code)
    return next(iter(explained.decision.steps), None)
