"""Letters tell of interest as information: from the third reminder on, and of what they ask for only."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.contact import disputes
from collections_app.correspondence import letter_templates
from collections_app.correspondence.rules import letter_tone, purposes, tone
from collections_app.correspondence.rules.letter_values import LetterValues
from collections_app.dunning import interest_terms, letter_facts, letter_interest
from collections_app.dunning.rules import answering
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from tests.dunning.charging import late
from tests.ledgerrows import Rows, moment
from tests.ledgertext import load


@pytest.fixture
def rows(company: Company, today: dt.date, dana: User) -> Rows:
    return late(company, today=today, by=dana)


def told(customer: Customer, level: int, today: dt.date) -> LetterValues:
    company = customer.company
    values = letter_facts.values_for(company=company, customers=[customer.pk], today=today)[customer.pk]
    at_level = answering.at_level(values, level, ours=company.calendar, theirs=company.calendar)
    return letter_interest.added({1: at_level}, customers={1: customer.pk}, company=company, today=today)[1]


def numbers(values: LetterValues) -> list[str]:
    return [row.number for row in values.interest]


def test_from_the_third_reminder_on_it_tells_days_rate_interest_and_fixed_sum(
    rows: Rows, today: dt.date
) -> None:
    harrow = rows.customers["100"]
    (row,) = told(harrow, 3, today).interest

    assert numbers(told(harrow, 2, today)) == []
    assert (row.number, row.days, row.rate) == ("A1", 40, Decimal("11.75"))
    assert (row.interest, row.fixed_sum) == (Decimal("12.88"), Decimal(70))


def test_a_company_that_charges_none_tells_none(
    rows: Rows, company: Company, today: dt.date, dana: User
) -> None:
    interest_terms.switch(company=company, on=False, by=dana, at=moment(today))

    assert numbers(told(rows.customers["100"], 4, today)) == []


def test_what_is_disputed_bears_none_in_a_letter(
    rows: Rows, company: Company, today: dt.date, dana: User
) -> None:
    more = load(
        'customer 100 "Harrow Tools"\ninvoice 100 A2 300.00 due=-20\ninvoice 100 A3 300.00 due=-20',
        company=company,
        today=today,
    )
    disputes.lodge(
        customer=more.customers["100"],
        invoice=more.invoices["A2"],
        amount=Decimal(300),
        reason="PRICE",
        by=dana,
        at=moment(today),
    )

    assert numbers(told(rows.customers["100"], 3, today)) == ["A1", "A3"]


@pytest.mark.parametrize("language", purposes.LANGUAGES)
def test_the_letter_names_the_sum_and_the_guard_lets_it_pass(
    rows: Rows, company: Company, today: dt.date, language: str
) -> None:
    values = replace(told(rows.customers["100"], 3, today), language=language)
    shelf = letter_templates.shelf_of(company)
    template = shelf.letter(purposes.Purpose("level_3"), language)
    written = letter_templates.render(template, values=values)
    purpose = purposes.Purpose.LEVEL_3
    hits = letter_tone.hits_of(written, values=values, purpose=purpose, language=language)

    assert "82" in written.text
    assert [hit for hit in hits if hit.rule in ("T12", "T14") and hit.severity == tone.Severity.BLOCK] == []


def test_many_letters_take_no_more_statements_than_one(rows: Rows, company: Company, today: dt.date) -> None:
    lines = "\n".join(f'customer {n} "C{n}"\ninvoice {n} I{n} 100.00 due=-40' for n in range(500, 560))
    load(lines, company=company, today=today)
    ids = list(Customer.objects.filter(company=company).values_list("pk", flat=True))
    found = letter_facts.values_for(company=company, customers=ids, today=today)
    letters = {key: replace(values, level=3) for key, values in found.items()}

    def statements(number: int) -> int:
        some = dict(list(letters.items())[:number])
        with CaptureQueriesContext(connection) as captured:
            letter_interest.added(some, customers={key: key for key in some}, company=company, today=today)
        return len(captured)

    assert statements(1) == statements(61) == 6
