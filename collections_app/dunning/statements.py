"""Statements of account: drawn as the ledger stands now, and sent as a message with the file."""

import datetime as dt
from dataclasses import replace

from django.db import transaction
from django.db.models import Min

from collections_app.correspondence import attachments, letter_templates, messages, paper, stored_files
from collections_app.correspondence.messages import Message
from collections_app.correspondence.rules import Audience, MessageKind, sheets
from collections_app.correspondence.rules.letter_values import CollectorValues, ContactValues, LetterValues
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.correspondence.rules.sheets import Aged
from collections_app.correspondence.rules.writing import Letter
from collections_app.dunning import letter_facts
from collections_app.ledger import ageing
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer, lock_customer
from collections_app.ledger.invoices import Correction, Invoice
from collections_app.ledger.payments import Payment
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User


def draw(customer: Customer, *, today: dt.date) -> tuple[str, bytes]:
    """The statement of a customer as PDF, and what its file is called. Five queries."""
    values = _values(customer, today=today)
    return sheets.statement_name(values), _drawn(customer, values, today=today)


def prepare(*, key: str, customer: Customer, contact: Contact | None, by: User, at: dt.datetime) -> Message:
    """Make a message with the customer's statement ready for ``contact``, in their language. The same ``key``
    twice gives the message that is there. Raises ``Refused``.

    The statement is kept as it was drawn, so that what left can be read again.
    """
    require(by, Deed.WORK_CUSTOMERS)
    if contact is None or not contact.email:
        text = "Nobody with an email address is on file here. Download the statement, and ask for an address."
        raise Refused.because("no_address", text)
    company = customer.company
    today = company.today(at=at)
    with transaction.atomic():
        lock_customer(customer.pk)
        if there := Message.objects.filter(key=key).order_by("-revision").first():
            return there
        values = replace(
            _values(customer, today=today),
            contact=ContactValues.named(contact.name, contact.email),
            collector=CollectorValues(str(by), by.email),
            language=contact.language or customer.language,
        )
        values = replace(values, attached=(sheets.statement_name(values),))
        template = letter_templates.shelf_of(company).letter(Purpose.STATEMENT, values.language)
        letter = letter_templates.render(template, values=values)
        made = messages.prepare(
            company=company,
            customer=customer,
            key=key,
            letter=Letter(
                kind=MessageKind.STATEMENT,
                audience=Audience.CUSTOMER,
                to_name=contact.name,
                to_address=contact.email,
                subject=letter.subject,
                body=letter.text,
                body_html=letter.html,
                language=template.language,
                reply_to=values.company.reply_to or by.email,
            ),
            by=by,
            at=at,
        )
        drawn = _drawn(customer, values, today=today)
        kept = stored_files.keep(name=sheets.statement_name(values), content=drawn, by=by, at=at)
        attachments.add(made, [kept])
    return made


def drawn_at(message: Message) -> dt.datetime:
    """When the statement of a message was drawn: its words may have been corrected since."""
    first = Message.objects.filter(key=message.key).aggregate(at=Min("prepared_at"))["at"]
    return first or message.prepared_at


def is_overtaken(customer: int, *, since: dt.datetime) -> bool:
    """Whether anything was booked with the customer (id) since a statement was drawn. Five queries at
    most.
    """
    of_invoices = Allocation.objects.filter(invoice__customer=customer, recorded_at__gt=since)
    of_payments = Allocation.objects.filter(payment__customer=customer, recorded_at__gt=since)
    return (
        Invoice.objects.filter(customer=customer, recorded_at__gt=since).exists()
        or Payment.objects.filter(customer=customer, recorded_at__gt=since).exists()
        or of_invoices.exists()
        or of_payments.exists()
        or Correction.objects.filter(invoice__customer=customer, recorded_at__gt=since).exists()
    )


def name_of(values: LetterValues) -> str:
    """What the file of a statement is called."""
    return sheets.statement_name(values)


def _values(customer: Customer, *, today: dt.date) -> LetterValues:
    found = letter_facts.values_for(company=customer.company, customers=[customer.pk], today=today)
    return found[customer.pk]


def _drawn(customer: Customer, values: LetterValues, *, today: dt.date) -> bytes:
    ledger = ageing.as_of(company=customer.company, day=today, customers=[customer.pk])
    aged = [
        Aged(
            currency=each.currency,
            buckets=each.buckets,
            not_due=each.not_due.amount,
            aged=tuple(part.amount for part in each.aged),
            credits=each.credits.amount,
            unallocated=each.unallocated.amount,
        )
        for each in ledger.currencies.values()
        if each.count
    ]
    return paper.statement(values=values, aged=aged)
