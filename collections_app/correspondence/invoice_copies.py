"""Sending copies of invoices: the most frequent thing a customer asks for, so one deed does all of it."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from collections_app.correspondence import attachments, invoice_documents, messages, stored_files
from collections_app.correspondence.messages import Message
from collections_app.correspondence.rules import Audience, MessageKind, copying, writing
from collections_app.correspondence.rules.writing import Letter
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer, lock_customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User


def prepare(
    *,
    key: str,
    customer: Customer,
    invoices: Sequence[Invoice],
    contact: Contact | None,
    by: User,
    at: dt.datetime,
) -> Message:
    """Make a message with a copy of each invoice ready for ``contact``, in their language. The same ``key``
    twice gives the message that is there. Raises ``Refused`` with every problem.

    What was attached to an invoice leaves as it is; what has to be drawn is kept as it was drawn, so that
    what left can be read again.
    """
    require(by, Deed.WORK_CUSTOMERS)
    if refusal := _problem(customer, invoices, contact):
        raise refusal
    assert contact is not None
    company, language = customer.company, contact.language or customer.language
    with transaction.atomic():
        lock_customer(customer.pk)
        if there := Message.objects.filter(key=key).order_by("-revision").first():
            return there
        copies = invoice_documents.copies_of(invoices, language=language, day=company.today(at=at))
        words = copying.message_of(
            [invoice.number for invoice in invoices],
            their_name=contact.name,
            our_name=str(by),
            our_company=company.name,
            language=language,
        )
        letter = Letter(
            kind=MessageKind.COPY,
            audience=Audience.CUSTOMER,
            to_name=writing.one_line(contact.name),
            to_address=contact.email,
            subject=writing.one_line(words.subject)[: writing.SUBJECT_LETTERS_MAX],
            body=words.body,
            language=words.language,
            reply_to=by.email,
        )
        made = messages.prepare(company=company, customer=customer, key=key, letter=letter, by=by, at=at)
        files = [
            copy.stored_file or stored_files.keep(name=copy.name, content=copy.content, by=by, at=at)
            for copy in copies
        ]
        attachments.add(made, files)
    return made


def _problem(customer: Customer, invoices: Sequence[Invoice], contact: Contact | None) -> Refused | None:
    strange = ", ".join(invoice.number for invoice in invoices if invoice.customer_id != customer.pk)
    if not invoices:
        return Refused.because("no_invoice", "Tick the invoices whose copies they want.")
    if strange:
        return Refused.because("strange_invoices", f"Not an invoice of this customer: {strange}.")
    if contact is None or not contact.email:
        return Refused.because(
            "no_address",
            "Nobody with an email address is on file here. Download the copies, and ask for an address.",
        )
    return None
