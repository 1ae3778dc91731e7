"""Taking back what was approved, many at once: the wrong group, or all that one approval let go."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from collections_app.correspondence import outbox
from collections_app.dunning import drafts
from collections_app.dunning.draft_rows import ReminderDraft, ReminderDraftQuerySet
from collections_app.dunning.rules.drafting import DraftState
from collections_app.dunning.rules.steps import Channel
from collections_app.ledger.companies import Company
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User

# So many are one transaction; it is over long before the next of them could leave.
TAKEN_AT_ONCE = 250


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many wait for a decision again, and how many it was too late for, or were never approved."""

    taken: int
    left: int


def take_back(asked: Sequence[ReminderDraft], *, company: Company, by: User, at: dt.datetime) -> TakenBack:
    """Have approved messages and letters of ``company`` wait for a decision again, unless they have left.
    Those whose customer has another that waits stay as they are. Twice has one effect.
    """
    require(by, Deed.APPROVE_REMINDERS)
    taken = 0
    for first in range(0, len(asked), TAKEN_AT_ONCE):
        with transaction.atomic():
            taken += _take_back(asked[first : first + TAKEN_AT_ONCE], company, by, at)
    return TakenBack(taken, len(asked) - taken)


def approved_by(
    person: User, *, company: Company, since: dt.datetime, until: dt.datetime
) -> ReminderDraftQuerySet:
    """What a person approved in that time and nobody took back."""
    return ReminderDraft.objects.filter(
        company=company,
        state=DraftState.APPROVED,
        decided_by=person,
        decided_at__gte=since,
        decided_at__lte=until,
    )


def _take_back(asked: Sequence[ReminderDraft], company: Company, by: User, at: dt.datetime) -> int:
    found = _that_may([draft for draft in drafts.locked(asked) if draft.company_id == company.pk])
    # All of them before anything else: every second one may leave.
    here = outbox.recall_several([draft.message for draft in found if draft.message], by=by, at=at)
    back = [draft for draft in found if draft.message_id is None or draft.message_id in here]
    for draft in back:
        drafts.take_back(draft, by=by, at=at)
    return len(back)


def _that_may(found: Sequence[ReminderDraft]) -> list[ReminderDraft]:
    """Approved and still here; one message of a customer's waits for a decision at a time."""
    customers = [draft.customer_id for draft in found]
    waiting = ReminderDraft.objects.open().messages().filter(customer__in=customers)
    taken, may = set(waiting.values_list("customer", flat=True)), []
    for draft in found:
        is_here = draft.message.state in drafts.HERE if draft.message else draft.channel == Channel.LETTER
        if draft.state == DraftState.APPROVED and is_here and draft.customer_id not in taken:
            taken.add(draft.customer_id)
            may.append(draft)
    return may
