"""Messages of which nobody knows for a day whether they left: somebody rings the customer, and is told so by
a commitment of their own. The message itself still waits for its decision in the outbox.
"""

import datetime as dt
from uuid import NAMESPACE_URL, UUID, uuid5

from collections_app.contact import commitments
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.rules.committing import WORDS_MAX, CommitmentKind
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import Audience, MessageState
from collections_app.correspondence.rules.sending import COUNTED_AS_LEFT_AFTER_HOURS
from collections_app.ledger import companies
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User

MESSAGES_MAX = 500


def have_rung(*, at: dt.datetime) -> int:
    """Have somebody ring about each message that may have left a day ago; how many are new. Running twice has
    one effect.

    Whoever looks after the customer rings, else whoever wrote, else a manager.
    """
    since = at - dt.timedelta(hours=COUNTED_AS_LEFT_AFTER_HOURS)
    lost = Message.objects.filter(
        state=MessageState.UNCERTAIN,
        changed_at__lte=since,
        audience=Audience.CUSTOMER,
        customer__isnull=False,
    )
    asked = lost.select_related("company", "customer__company", "customer__assignment__collector")
    found = {_form_key(each): each for each in asked.order_by("changed_at", "pk")[:MESSAGES_MAX]}
    known = set(Commitment.objects.filter(form_key__in=list(found)).values_list("form_key", flat=True))
    return sum(_ring(each, key, at) for key, each in found.items() if key not in known)


def _form_key(message: Message) -> UUID:
    return uuid5(NAMESPACE_URL, f"uncertain:{message.message_id}:{message.changed_at.isoformat()}")


def _ring(message: Message, form_key: UUID, at: dt.datetime) -> bool:
    customer = message.customer
    assert customer is not None
    words = f"Ring {message.to_name or message.to_address}: nobody knows whether “{message.subject}” arrived"
    today = message.company.today(at=at)
    for owner in owners_of(message):
        try:
            commitments.record(
                customer=customer,
                kind=CommitmentKind.OTHER,
                words=words[:WORDS_MAX],
                owner=owner,
                due_on=message.company.calendar.on_or_after(today),
                form_key=form_key,
                by=None,
                at=at,
            )
        except Refused:
            continue  # they left, or work elsewhere by now
        return True
    return False


def owners_of(message: Message) -> list[User]:
    """Who may see to it, the likely one first."""
    placed = getattr(message.customer, "assignment", None)
    likely = [placed.collector if placed else None, message.prepared_by]
    able = [user for user in likely if user is not None and user.may(Deed.WORK_CUSTOMERS)]
    return [*able, *_managers(message.company)]


def _managers(company: Company) -> list[User]:
    return list(companies.managers_of(company).order_by("pk")[:1])
