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
from collections_app.lib import turns
from collections_app.lib.refusals import Refused

# A night that begins before midnight is through with reminders by then.
NIGHT_MAX = dt.timedelta(hours=1)


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

    Drafting is one transaction, which locks no customer; approving is one for some hundreds of them. One that
    was broken off goes on where it stopped when it is run again.
    """
    if not is_tried and not is_of_now(today, company=company, at=at):
        raise Refused(drafting.problems_of_run(today, today=company.today(at=at)))
    with transaction.atomic():
        turns.take("reminders", company.pk)
        counts = proposals.propose(company=company, today=today, at=at, customers=customers)
        asked = draft_stops.to_ask_about(company=company, at=at, customers=customers)
        stopped = draft_stops.look_at(company=company, drafts=asked, at=at)
    # On a day of rest nothing is decided either.
    approved = Approved()
    if company.calendar.is_working_day(today):
        free = _open(company, customers).filter(is_automatic=True, state=DraftState.PROPOSED)
        approved = _counted(free) if is_tried else _approved(free, company, at)
    left = _open(company, customers).aggregate(
        waiting=Count("pk", filter=Q(state=DraftState.PROPOSED)),
        held_back=Count("pk", filter=Q(state=DraftState.HELD_BACK)),
    )
    if is_tried:
        left["waiting"] -= approved.released + approved.to_post
    changed = counts.changed + stopped + approved.released + approved.to_post
    found = Run(counts=counts, approved=approved, changed=changed, **left)
    if changed:
        summary = (
            f"Reminders of {today}: {counts.drafted} drafted, {approved.released} released, "
            f"{found.waiting} to approve, {found.held_back} held back"
        )
        facts = {"day": today.isoformat(), "drafted": counts.drafted, "ended": counts.ended}
        facts |= {"released": approved.released, "waiting": found.waiting, "held_back": found.held_back}
        events.record("reminders.run", summary, company=company, facts=facts, by=None, at=at)
    return found


def is_of_now(day: dt.date, *, company: Company, at: dt.datetime) -> bool:
    """Whether reminders of ``day`` may be written at ``at``: it is today, or the day on which the night began
    that is not over yet. Of a day to come nobody owes, and what is stopped is asked of today.
    """
    return company.today(at=at - NIGHT_MAX) <= day <= company.today(at=at)


def _approved(free: ReminderDraftQuerySet, company: Company, at: dt.datetime) -> Approved:
    automatic = list(free.order_by("customer", "pk").only("customer_id"))
    return approvals.approve(automatic, company=company, by=None, at=at)


def _counted(free: ReminderDraftQuerySet) -> Approved:
    to_post = free.filter(channel=Channel.LETTER).count()
    return Approved(released=free.count() - to_post, to_post=to_post)


def _open(company: Company, customers: Sequence[int] | None) -> ReminderDraftQuerySet:
    """Messages that wait for a decision."""
    found = ReminderDraft.objects.open().messages().filter(company=company)
    return found if customers is None else found.filter(customer__in=customers)
