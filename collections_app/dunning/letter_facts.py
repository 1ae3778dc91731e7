"""What letters say of customers, read for many at once: who they are, who reads and signs, and what is open.

A letter asks for what the chase list asks for: both go on from ``behaviour.positions.PARTS``. Whoever writes
adds what is theirs to say: a level (``answering.at_level``), a consequence, the days on which they wrote.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from collections_app.behaviour import positions
from collections_app.behaviour.positions import PARTS
from collections_app.correspondence import letterheads
from collections_app.correspondence.rules import purposes
from collections_app.correspondence.rules.letter_values import (
    CollectorValues,
    ContactValues,
    CurrencyTable,
    CustomerValues,
    LetterValues,
    Row,
)
from collections_app.dunning import customer_calendars
from collections_app.dunning.rules import answering
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.ledger.rules import InvoiceKind, days_overdue
from collections_app.lib import money
from collections_app.lib.sql import Statement
from collections_app.people.users import User
from collections_app.segmentation.portfolio_rows import Portfolio

# A letter is read for so many customers at a time: their open documents are all in memory together.
BATCH_CUSTOMERS = 500

_READ_ROWS = Statement(__file__, "read_letter_rows", after=PARTS)


def values_for(*, company: Company, customers: Sequence[int], today: dt.date) -> dict[int, LetterValues]:
    """What a letter may say of each of these customers, by id; they come without a level. Four queries
    however many.

    A customer without open documents has no tables; one without a contact for email has an empty contact.
    """
    known = Customer.objects.filter(company=company, pk__in=customers).select_related(
        "collector",
        "assignment__collector",
        "assignment__portfolio__collector",
        "assignment__portfolio__stand_in",
    )
    head = letterheads.values_of(company)
    tables = tables_of(company=company, customers=customers, today=today)
    contacts = contacts_of(customers)
    found = {}
    for customer in known:
        contact = contacts.get(customer.pk)
        theirs = customer_calendars.of(customer.country, customer.address, company)
        found[customer.pk] = LetterValues(
            company=head,
            customer=CustomerValues(customer.number, customer.name, customer.address, customer.country),
            contact=ContactValues.named(contact.name, contact.email) if contact else ContactValues(),
            collector=signer_of(collector_of(customer, today=today)),
            language=(contact.language if contact else "") or customer.language,
            today=today,
            answer_by=answering.answer_by(None, today=today, ours=company.calendar, theirs=theirs),
            tables=tables.get(customer.pk, ()),
        )
    return found


def tables_of(
    *, company: Company, customers: Sequence[int], today: dt.date
) -> dict[int, tuple[CurrencyTable, ...]]:
    """What is open with each customer, a table a currency; those without are left out. One query."""
    rows = _READ_ROWS.rows(positions.params(company=company, day=today, customers=customers))
    found: dict[int, tuple[CurrencyTable, ...]] = {}
    for (customer, currency), documents in groupby(rows, lambda row: (row["customer_id"], row["currency"])):
        listed = list(documents)
        table = CurrencyTable.of(
            currency, [_row(each, today) for each in listed], unallocated=listed[0]["unallocated"]
        )
        found[customer] = (*found.get(customer, ()), table)
    return found


def contacts_of(customers: Sequence[int]) -> dict[int, Contact]:
    """Who reads our letters at each customer: their primary contact when that has an address for email, or
    else the first who has; those without are left out. One query.
    """
    reached = Contact.objects.filter(customer__in=customers, is_active=True).exclude(email="")
    found: dict[int, Contact] = {}
    for contact in reached.order_by("-is_primary", "name", "pk"):
        found.setdefault(contact.customer_id, contact)
    return found


def collector_of(customer: Customer, *, today: dt.date) -> User | None:
    """Who looks after a customer today: the stand-in while there is one. The customer comes with its
    assignment.
    """
    assignment = getattr(customer, "assignment", None)
    portfolio: Portfolio | None = assignment.portfolio if assignment else None
    if portfolio and portfolio.is_covered(today):
        return portfolio.stand_in
    return (assignment.collector if assignment else None) or customer.collector


def signer_of(user: User | None) -> CollectorValues:
    """A person of ours as a letter names them; nobody is an empty name, and the company signs alone."""
    return CollectorValues(name=str(user), email=user.email) if user else CollectorValues(name="")


def document_name(number: str, line: str) -> str:
    """A document as letters name it."""
    return "/".join(part for part in (number, line) if part)


def read_by_language(
    *, company: Company, language: str, today: dt.date, customers: Sequence[int]
) -> Iterator[LetterValues]:
    """Those of ``customers`` (ids) who would read a letter in ``language`` (one of ``LANGUAGES``), in batches
    of ``BATCH_CUSTOMERS``; one by one, as they are asked for.
    """
    for first in range(0, len(customers), BATCH_CUSTOMERS):
        batch = customers[first : first + BATCH_CUSTOMERS]
        for values in values_for(company=company, customers=batch, today=today).values():
            if purposes.language_of(values.language) == language:
                yield values


def _row(read: Mapping[str, Any], today: dt.date) -> Row:
    kind = InvoiceKind(read["kind"])
    sign = -1 if kind == InvoiceKind.CREDIT_NOTE else 1
    return Row(
        number=document_name(read["number"], read["line"]),
        kind=kind,
        reference=read["reference"],
        invoiced_on=read["issued_on"],
        due_on=read["due_on"],
        days_overdue=0 if sign < 0 else days_overdue(read["due_on"], today),
        amount=sign * read["amount"],
        open=sign * read["open"],
        disputed=read["disputed"] if sign > 0 else money.ZERO,
        promised=read["promised"] if sign > 0 else money.ZERO,
    )
