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
from collections_app.dunning.rules.drafting import DraftState
from collections_app.ledger.companies import Company
from collections_app.lib import turns


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


def run(*, company: Company, today: dt.date, at: dt.datetime, customers: Sequence[int] | None = None) -> Run:
    """The reminders of ``today`` for customers of ``company`` (ids; None for all).

    Drafting is one transaction, which locks no customer; approving is one for some hundreds of them. One that
    was broken off goes on where it stopped when it is run again.
    """
    with transaction.atomic():
        turns.take("reminders", company.pk)
        counts = proposals.propose(company=company, today=today, at=at, customers=customers)
        asked = draft_stops.to_ask_about(company=company, at=at, customers=customers)
        stopped = draft_stops.look_at(company=company, drafts=asked, at=at)
    # On a day of rest nothing is decided either.
    approved = Approved()
    if company.calendar.is_working_day(today):
        free = _open(company, customers).filter(is_automatic=True, state=DraftState.PROPOSED)
        automatic = list(free.order_by("customer", "pk").only("customer_id"))
        approved = approvals.approve(automatic, company=company, by=None, at=at)
    left = _open(company, customers).aggregate(
        waiting=Count("pk", filter=Q(state=DraftState.PROPOSED)),
        held_back=Count("pk", filter=Q(state=DraftState.HELD_BACK)),
    )
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


def _open(company: Company, customers: Sequence[int] | None) -> ReminderDraftQuerySet:
    """Messages that wait for a decision."""
    found = ReminderDraft.objects.open().messages().filter(company=company)
    return found if customers is None else found.filter(customer__in=customers)
