"""Doing what a customer wrote: their reply becomes a conversation, with what usually follows, in one deed.

Each deed reads the reply, so that the customer is asked again when its day has come, and is taken back as
one. Automatic answers are no contact: of them only "away until" is followed.
"""

import datetime as dt
import re
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from collections_app.chase import asking, working
from collections_app.chase.snoozes import Snooze
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.conversations import Conversation
from collections_app.contact.rules import Channel, Direction, Outcome, conversation
from collections_app.correspondence import received_messages
from collections_app.correspondence.invoice_documents import COPIES_MAX
from collections_app.correspondence.received_rows import ReceivedMessage
from collections_app.dunning import blocks
from collections_app.dunning.blocks import Block
from collections_app.dunning.rules.blocking import TERMS, BlockReason
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from collections_app.people.users import User

TOKENS_MAX = 300
INVOICES_LOOKED_AT = 100
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9/._-]{1,40}")
SAID_LETTERS_MAX = conversation.SAID_LETTERS_MAX


def named_invoices(received: ReceivedMessage) -> list[Invoice]:
    """The customer's open invoices whose numbers the words or the subject name. One query."""
    if received.customer_id is None:
        return []
    said = _TOKEN.findall(f"{received.subject}\n{received.words}"[:20_000])
    tokens = [word.strip("._-/") for word in said if any(mark.isdigit() for mark in word)][:TOKENS_MAX]
    wanted = {*tokens, *(word.upper() for word in tokens)}
    found = Invoice.objects.filter(customer=received.customer_id, number__in=wanted, open_amount__gt=0)
    return list(found.select_related("customer", "company").order_by("due_on", "pk")[:COPIES_MAX])


def log_contact(
    received: ReceivedMessage,
    talk: Conversation,
    *,
    customer: Customer,
    form_key: UUID | None,
    by: User,
    at: dt.datetime,
) -> ContactLog:
    """Write down what came of a reply, which is read by that. Raises ``Refused`` with every problem."""
    with transaction.atomic():
        log = working.log_contact(talk, customer=customer, form_key=form_key, by=by, at=at)
        received_messages.mark_read(received, by=by, at=at)
    return log


def says_paid(received: ReceivedMessage, *, by: User, at: dt.datetime) -> ContactLog:
    """Note that they say so, and look for the payment in some days; until then they are not reminded."""
    customer = _customer(received)
    today, calendar = customer.company.today(at=at), customer.company.calendar
    step, day = conversation.proposed_next_step(Outcome.SAYS_PAID, today=today, calendar=calendar)
    with transaction.atomic():
        talk = _talk(received, Outcome.SAYS_PAID, next_step=step, next_on=day)
        log = log_contact(received, talk, customer=customer, form_key=None, by=by, at=at)
        _block(customer, BlockReason.ON_ITS_WAY, f"{received.sender} says so", until=day, by=by, at=at)
    return log


def send_copies(received: ReceivedMessage, *, by: User, at: dt.datetime) -> ContactLog:
    """Make copies ready of the invoices that they name, or else of all that is due."""
    customer = _customer(received)
    today, calendar = customer.company.today(at=at), customer.company.calendar
    wanted = named_invoices(received) or _due(customer, today)
    if received.contact is None or not received.contact.email:
        text = f"{received.sender} is not on file here with an address. Open the customer, and choose whom."
        raise Refused.because("no_address", text)
    step, day = conversation.proposed_next_step(
        Outcome.WANTS_COPY, today=today, calendar=calendar, copies_are_ready=True
    )
    talk = _talk(received, Outcome.WANTS_COPY, invoices=wanted, copies=wanted, next_step=step, next_on=day)
    return log_contact(received, talk, customer=customer, form_key=None, by=by, at=at)


def leave_until_back(received: ReceivedMessage, *, by: User, at: dt.datetime) -> dt.date:
    """Leave the customer alone until the day on which its writer is back; the day."""
    customer = _customer(received)
    today, day = customer.company.today(at=at), received.back_on
    if day is None or day <= today:
        raise Refused.because("no_day", "It names no day to come. Open the customer, and snooze until one.")
    reason = f"{received.sender} is away until {day:%-d %B}"
    with transaction.atomic():
        working.snooze(customer=customer, until=day, reason=reason, by=by, at=at)
        _block(customer, BlockReason.OTHER, reason, until=day - dt.timedelta(days=1), by=by, at=at)
        received_messages.mark_read(received, by=by, at=at)
    return day


def take_back(received: ReceivedMessage, *, by: User, at: dt.datetime) -> ReceivedMessage:
    """Take back what was done about a reply, which is to be read again. A block of before that was made
    longer stays so. Raises ``Refused`` when part of it cannot be taken back.
    """
    with transaction.atomic():
        done_at, done_by = received.read_at, received.read_by
        if done_at and done_by and received.customer:
            made = {"customer": received.customer}
            for log in ContactLog.objects.filter(**made, at=done_at, by=done_by, withdrawn_at__isnull=True):
                working.undo_contact(log, by=by, at=at)
            for snooze in Snooze.objects.filter(**made, at=done_at, by=done_by).select_related("customer"):
                working.undo_snooze(snooze, by=by, at=at)
            for block in Block.objects.standing().filter(**made, placed_at=done_at, placed_by=done_by):
                blocks.lift(block, by=by, at=at)
        received_messages.mark_unread(received, by=by, at=at)
    return received


def undo_contact(log: ContactLog, *, by: User, at: dt.datetime) -> None:
    """Take a conversation back; the reply that it was about is to be read again. Raises ``Refused``."""
    about = ReceivedMessage.objects.filter(customer=log.customer_id, read_at=log.at, read_by=log.by_id)
    if received := about.select_related("company", "customer", "read_by").first():
        take_back(received, by=by, at=at)
    else:
        working.undo_contact(log, by=by, at=at)


def _customer(received: ReceivedMessage) -> Customer:
    if received.customer is None:
        raise Refused.because("of_nobody", "Say first whose it is.")
    return received.customer


def _talk(
    received: ReceivedMessage, outcome: Outcome, *, invoices: Sequence[Invoice] | None = None, **more: object
) -> Conversation:
    """Their words, as they wrote them."""
    about = named_invoices(received) if invoices is None else invoices
    facts = {
        "channel": Channel.EMAIL,
        "direction": Direction.IN,
        "outcome": outcome,
        "said": received.words[:SAID_LETTERS_MAX],
        "contact": received.contact,
        "spoke_with": "" if received.contact else received.sender[: conversation.SPOKE_WITH_LETTERS_MAX],
        "invoices": tuple(about),
        "as_it_is": True,
    }
    return Conversation(**{**facts, **more})  # type: ignore[arg-type]


def _due(customer: Customer, today: dt.date) -> tuple[Invoice, ...]:
    looked_at = asking.open_invoices(customer, today=today)[:INVOICES_LOOKED_AT]
    ids = [one.pk for one in looked_at if one.due_on and one.due_on <= today][:COPIES_MAX]
    found = Invoice.objects.filter(pk__in=ids).select_related("customer", "company")
    return tuple(found.order_by("due_on", "pk"))


def _block(
    customer: Customer, reason: BlockReason, words: str, *, until: dt.date, by: User, at: dt.datetime
) -> None:
    """No reminders until then, unless they are blocked for longer already."""
    today = customer.company.today(at=at)
    until = min(until, today + dt.timedelta(days=TERMS[reason].days_max))
    standing = [each for each in blocks.standing_of(customer, today=today) if each.invoice_id is None]
    if until >= today and not standing:
        blocks.place(customer=customer, reason=reason, words=words, until=until, by=by, at=at)
    for block in standing:
        if block.until < until:
            blocks.move(block, until=until, by=by, at=at)
