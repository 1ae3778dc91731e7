"""Somebody got a reminder who is the wrong person for it, and says so by the link below it, without signing
in.

The link is signed, and tells only which message it is about: whoever opens it learns nothing but who wrote to
which address on which day. What they say becomes a commitment of whoever looks after the customer: to find
out whom to write to. It is made once a message, however often somebody presses.
"""

import datetime as dt
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.signing import BadSignature, Signer

from collections_app.chase import uncertain_messages
from collections_app.contact import commitments
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.rules.committing import WORDS_MAX, CommitmentKind
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import Audience, MessageKind, MessageState
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused

SALT = "collections_app.chase.wrong_people"
TOKEN_LETTERS_MAX = 100
WHO_LETTERS_MAX = 300
DAYS = 180
# What asks for something; a copy or a summary goes to whom it was promised.
KINDS = (MessageKind.REMINDER, MessageKind.STATEMENT, MessageKind.HOLD)
LEFT = (MessageState.SENDING, MessageState.SENT, MessageState.UNCERTAIN)


def token_of(message: Message) -> str:
    """What the link below ``message`` carries; empty when none belongs there."""
    if message.kind not in KINDS or message.audience != Audience.CUSTOMER or message.customer_id is None:
        return ""
    return Signer(salt=SALT).sign(str(message.pk))


def read(token: str, *, at: dt.datetime) -> Message | None:
    """The message that a link is about; None when we made no such link, or it is too long ago."""
    if len(token) > TOKEN_LETTERS_MAX:
        return None
    try:
        number = Signer(salt=SALT).unsign(token)
    except BadSignature:
        return None
    left = Message.objects.filter(state__in=LEFT, claimed_at__gt=at - dt.timedelta(days=DAYS))
    asked = left.select_related("company", "customer__company", "customer__assignment__collector")
    return asked.filter(pk=number, customer__isnull=False).first()


def is_told(message: Message) -> bool:
    """Whether somebody said it of this message already."""
    return Commitment.objects.filter(form_key=_form_key(message)).exists()


def tell(message: Message, *, who: str, at: dt.datetime) -> Commitment:
    """Have whoever looks after the customer find out whom to write to. Twice has one effect. Raises
    ``Refused`` when nobody is left to do it.
    """
    assert isinstance(message.customer, Customer)
    said = " ".join(who.split())[:WHO_LETTERS_MAX]
    words = f"Find out whom to write to: {message.to_address} says they are the wrong person for reminders."
    words += f" They say: {said}" if said else ""
    company: Company = message.company
    for owner in uncertain_messages.owners_of(message):
        try:
            return commitments.record(
                customer=message.customer,
                kind=CommitmentKind.OTHER,
                words=words[:WORDS_MAX],
                owner=owner,
                due_on=company.calendar.next_working_day(company.today(at=at)),
                form_key=_form_key(message),
                by=None,
                at=at,
            )
        except Refused:
            continue  # they left, or work elsewhere by now
    text = "Nobody could be told just now. Please answer the message instead, and a person reads it."
    raise Refused.because("nobody", text)


def _form_key(message: Message) -> UUID:
    return uuid5(NAMESPACE_URL, f"wrong-person:{message.message_id}")
