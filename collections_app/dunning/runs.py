"""A run: the reminders of a day, drafted, held back where something stops them, and released where the
procedure lets the clock do it. What a person approves waits for them.

It may run twice, late, alone, or on two workers at once: the second finds everything done.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q

from collections_app.activity import events
from collections_app.dunning import approvals, draft_stops, proposals
from collections_app.dunning.approvals import Approved
from collections_app.dunning.draft_rows import ReminderDraft, ReminderDraftQuerySet
from collections_app.dunning.proposals import Counts
from collections_app.dunning.rules import drafting
from collections_app.dunning.rules.drafting import DraftState
from collections_app.dunning.rules.steps import Channel
from collections_app.ledger.companies import Company
from collections_app.ledger.customer_ranges import CustomerRange
from collections_app.lib import turns
from collections_app.lib.refusals import Refused

# A night that begins before midnight is through with reminders by then.
NIGHT_MAX = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Done:
    """How many drafts are new, had no reason any more, and are stopped or free now; how many messages were
    released and letters are to be posted.
    """

    drafted: int
    ended: int
    stopped: int
    released: int
    to_post: int

    @property
    def changed(self) -> int:
        """Rows that were written; none the second time."""
        return self.drafted + self.ended + self.stopped + self.released + self.to_post


@dataclass(frozen=True, slots=True)
class Run:
    """What a run did: what was proposed and what the clock approved. Of all messages that are open now, how
    many wait for a person, and how many are held back.
    """

    counts: Counts
    approved: Approved
    waiting: int
    held_back: int
    changed: int


def run(
    *,
    company: Company,
    today: dt.date,
    at: dt.datetime,
    customers: Sequence[int] | None = None,
    is_tried: bool = False,
) -> Run:
    """The reminders of ``today`` for customers of ``company`` (ids; None for all). One that ``is_tried`` only
    counts what the clock would approve: no customer is locked and no letter written. Raises ``Refused`` for
    another day than today's, unless it is tried.

    Approving is one transaction for some hundreds of customers. What was broken off goes on where it stopped
    when it is run again. ``draft``, ``approve_some`` and ``conclude`` are the same in pieces.
    """
    if not is_tried and not is_of_now(today, company=company, at=at):
        raise Refused(drafting.problems_of_run(today, today=company.today(at=at)))
    counts, stopped = draft(company=company, today=today, at=at, customers=customers)
    # On a day of rest nothing is decided either.
    approved = Approved()
    if company.calendar.is_working_day(today):
        free = _free(_open(company, customers))
        approved = _counted(free) if is_tried else _approved(free, company, at)
    done = Done(counts.drafted, counts.ended, stopped, approved.released, approved.to_post)
    left = _left(_open(company, customers))
    if is_tried:
        left["waiting"] -= approved.released + approved.to_post
    _record(done, company=company, today=today, at=at, **left)
    return Run(counts=counts, approved=approved, changed=done.changed, **left)


def draft(
    *, company: Company, today: dt.date, at: dt.datetime, customers: Sequence[int] | None = None
) -> tuple[Counts, int]:
    """Draft the reminders of ``today`` and look at what stops each that is open; what was proposed, and how
    many that stood are stopped or free now. One transaction, which locks no customer.
    """
    with transaction.atomic():
        turns.take("reminders", company.pk)
        counts = proposals.propose(company=company, today=today, at=at, customers=customers)
        asked = draft_stops.to_ask_about(company=company, at=at, customers=customers)
        return counts, draft_stops.look_at(company=company, drafts=asked, at=at)


def approve_some(
    *, company: Company, today: dt.date, at: dt.datetime, within: CustomerRange, after: Sequence[int] = ()
) -> tuple[Approved, list[int]]:
    """Let some of what is automatic of a range of customers leave, those after a customer and draft (ids);
    what became of it, and after whom the next begin: empty when these were the last.
    """
    if not company.calendar.is_working_day(today):
        return Approved(), []
    free = _free(_open(company).filter(**within.lookups("customer")))
    if after:
        customer, draft_id = after
        free = free.filter(Q(customer__gt=customer) | Q(customer=customer, pk__gt=draft_id))
    some = list(free[: approvals.WRITTEN_AT_ONCE])
    found = approvals.approve(some, company=company, by=None, at=at)
    is_last = len(some) < approvals.WRITTEN_AT_ONCE
    return found, [] if is_last else [some[-1].customer_id, some[-1].pk]


def conclude(done: Done, *, company: Company, today: dt.date, at: dt.datetime) -> None:
    """Tell what a run did that was divided."""
    _record(done, company=company, today=today, at=at, **_left(_open(company)))


def is_of_now(day: dt.date, *, company: Company, at: dt.datetime) -> bool:
    """Whether reminders of ``day`` may be written at ``at``: it is today, or the day on which the night began
    that is not over yet. Of a day to come nobody owes, and what is stopped is asked of today.
    """
    return company.today(at=at - NIGHT_MAX) <= day <= company.today(at=at)


def _record(
    done: Done, *, company: Company, today: dt.date, at: dt.datetime, waiting: int, held_back: int
) -> None:
    if not done.changed:
        return
    summary = (
        f"Reminders of {today}: {done.drafted} drafted, {done.released} released, "
        f"{waiting} to approve, {held_back} held back"
    )
    facts = {"day": today.isoformat(), "drafted": done.drafted, "ended": done.ended}
    facts |= {"released": done.released, "waiting": waiting, "held_back": held_back}
    events.record("reminders.run", summary, company=company, facts=facts, by=None, at=at)


def _approved(free: ReminderDraftQuerySet, company: Company, at: dt.datetime) -> Approved:
    return approvals.approve(list(free), company=company, by=None, at=at)


def _counted(free: ReminderDraftQuerySet) -> Approved:
    to_post = free.filter(channel=Channel.LETTER).count()
    return Approved(released=free.count() - to_post, to_post=to_post)


def _left(found: ReminderDraftQuerySet) -> dict[str, int]:
    return found.aggregate(
        waiting=Count("pk", filter=Q(state=DraftState.PROPOSED)),
        held_back=Count("pk", filter=Q(state=DraftState.HELD_BACK)),
    )


def _free(found: ReminderDraftQuerySet) -> ReminderDraftQuerySet:
    """What the clock approves, by customer."""
    return (
        found.filter(is_automatic=True, state=DraftState.PROPOSED)
        .order_by("customer", "pk")
        .only("customer_id")
    )


def _open(company: Company, customers: Sequence[int] | None = None) -> ReminderDraftQuerySet:
    """Messages that wait for a decision."""
    found = ReminderDraft.objects.open().messages().filter(company=company)
    return found if customers is None else found.filter(customer__in=customers)
