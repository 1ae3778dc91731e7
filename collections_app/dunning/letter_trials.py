"""Trying a letter out before it is published: on one customer, or on everybody whom it would go to.

What a customer has no facts for today (a call, a held order, a planned step) stands there as an example, so
that every branch of a template can be looked at. Nothing of it is ever sent.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from collections_app.contact.contact_logs import ContactLog
from collections_app.correspondence.rules import purposes
from collections_app.correspondence.rules.letter_values import (
    Action,
    AgreedValues,
    Consequence,
    HoldValues,
    InterestRow,
    LetterValues,
    Protocol,
)
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.dunning import customer_calendars, letter_facts
from collections_app.dunning.rules import answering, protocols
from collections_app.dunning.rules.steps import LEVEL_MAX
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib import money

SUGGESTED_MAX = 20
TOLD_IN_FULL = 3
EXAMPLE_ORDERS = ("SO-1001", "SO-1002")
EXAMPLE_FILE = "INV-1001.pdf"
_PLANNED = {3: Action.HOLD, 4: Action.AGENCY, 5: Action.COURT}
_NAMES_A_STEP_FROM = 3
_EXAMPLE_RATE = Decimal("10.15")


def customers_of(*, company: Company, purpose: Purpose, today: dt.date) -> list[int]:
    """Whom (ids) a letter for ``purpose`` could go to: before the due date those with something that falls
    due; after it those with something overdue; a statement, or news of a delivery, everybody with anything
    open; a summary whoever we spoke with besides. Two queries at most.
    """
    level, theirs = purposes.LEVEL_OF.get(purpose), Invoice.objects.filter(company=company)
    if level is None:
        found = theirs.open()
    elif level:
        found = theirs.overdue(today)
    else:
        soon = today + dt.timedelta(days=answering.SOON_DAYS)
        found = theirs.open().owed().filter(due_on__range=(today, soon))
    ids = set(found.order_by().values_list("customer", flat=True).distinct())
    if purpose == Purpose.SUMMARY:
        spoken = ContactLog.objects.filter(customer__company=company, withdrawn_at__isnull=True)
        ids |= set(spoken.order_by().values_list("customer", flat=True).distinct())
    return sorted(ids)


def readers(*, company: Company, purpose: Purpose, language: str, today: dt.date) -> Iterator[LetterValues]:
    """Everybody whom a letter could go to today and who reads ``language``, in batches, one by one as they
    are asked for. What this letter needs and they do not have is an example. The first are met a second time,
    with all that may be told to anybody: so every branch of a template is tried.
    """
    asked = customers_of(company=company, purpose=purpose, today=today)
    told = letter_facts.read_by_language(company=company, language=language, today=today, customers=asked)
    for place, found in enumerate(told):
        values = for_purpose(found, purpose, company=company)
        yield values
        if place < TOLD_IN_FULL:
            yield _full(values, purpose)


def values_of(
    customer: Customer, *, purpose: Purpose, language: str, today: dt.date, is_full: bool
) -> LetterValues:
    """What a letter in ``language`` would say to one customer, also one who reads another. With ``is_full``
    everything that may be told is told, in examples where nothing is known. Four queries.
    """
    found = letter_facts.values_for(company=customer.company, customers=[customer.pk], today=today)
    values = for_purpose(found[customer.pk], purpose, company=customer.company)
    if purposes.language_of(values.language) != language:
        values = replace(values, language=language)
    return _full(values, purpose) if is_full else values


def for_purpose(values: LetterValues, purpose: Purpose, *, company: Company) -> LetterValues:
    """The facts of a customer as a letter for ``purpose`` tells them."""
    level = purposes.LEVEL_OF.get(purpose)
    if level is not None:
        theirs = customer_calendars.of(values.customer.country, values.customer.address, company)
        values = answering.at_level(values, level, ours=company.calendar, theirs=theirs)
    if purpose == Purpose.SUMMARY and values.agreed is None:
        return replace(values, agreed=AgreedValues(on=values.today, theirs=_lines(values)))
    if purpose in (Purpose.HOLD_NOTICE, Purpose.HOLD_RELEASED) and values.hold is None:
        currency = values.tables[0].currency if values.tables else company.currency
        frees = values.tables[0].asked if values.tables else Decimal(1000)
        return replace(values, hold=HoldValues(EXAMPLE_ORDERS[:1], currency, frees))
    return values


def suggested(company: Company, *, language: str, today: dt.date) -> list[Customer]:
    """Customers to try a letter on: with something overdue, and readers of ``language`` first."""
    owing = Invoice.objects.filter(company=company).overdue(today).values("customer")
    known = list(Customer.objects.filter(pk__in=owing).order_by("name", "pk")[: SUGGESTED_MAX * 10])
    fits = [each for each in known if purposes.language_of(each.language) == language]
    others = [each for each in known if each not in fits]
    return [*fits, *others][:SUGGESTED_MAX]


def _full(values: LetterValues, purpose: Purpose) -> LetterValues:
    level = purposes.LEVEL_OF.get(purpose)
    told = replace(
        values,
        written_on=values.written_on or tuple(values.today - dt.timedelta(days=ago) for ago in (17, 10)),
        attached=values.attached or (EXAMPLE_FILE,),
    )
    if values.hold:
        told = replace(told, hold=replace(values.hold, orders=EXAMPLE_ORDERS))
    if values.agreed:
        lines = _lines(values)
        told = replace(told, agreed=replace(values.agreed, theirs=lines, ours=lines, looking_into=lines))
    if level is None or level < _NAMES_A_STEP_FROM:
        return told
    if level == LEVEL_MAX:
        papers = tuple(protocols.PAPER_NAMES.values())
        protocol = Protocol(protocols.PERSON_DAYS, papers)
        told = replace(told, protocol=protocol, attached=(*told.attached, *papers))
    planned = Consequence(_PLANNED[level], values.answer_by + dt.timedelta(days=7))
    return replace(told, consequence=planned, interest=_interest(values))


def _interest(values: LetterValues) -> tuple[InterestRow, ...]:
    oldest = values.oldest
    if oldest is None:
        return ()
    currency = next(table.currency for table in values.tables if oldest in table.rows)
    interest = money.rounded(oldest.open * _EXAMPLE_RATE / 100 * oldest.days_overdue / 365, currency)
    return (InterestRow(oldest.number, currency, oldest.days_overdue, _EXAMPLE_RATE, interest),)


def _lines(values: LetterValues) -> tuple[str, ...]:
    oldest = values.oldest
    return (oldest.number if oldest else EXAMPLE_FILE,)
