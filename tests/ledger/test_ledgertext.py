"""The ledger as text says the same in memory and in the database."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.ledger import balances
from tests import ledgertext
from tests.ledgerrows import company_of

TEXT = """
customer 100 "Harrow Tools" limit=5000 classification=key
customer 200 "Brandt GmbH" currency=EUR parent=100
invoice 100 A1 120.00 due=-41
invoice 100 A2 50.00 issued=-20 due=never
credit_note 100 C1 20.00 on=-5
receipt 100 P1 80.00 on=-10
receipt 200 P2 10.00 on=-9
allocation P1 A1 80.00 on=-10 name=first
allocation C1 A1 20.00 on=-5
allocation - A1 20.00 on=-3 basis=stated
undo first on=-2
reversal 100 R1 of=P1 on=-2
correction A2 amount=45.00 known=-1     # it was first sent with the freight
"""


def test_it_does_the_sums_that_an_accountant_would(today: dt.date) -> None:
    ledger = ledgertext.parse(TEXT, today=today)

    days = [today + dt.timedelta(offset) for offset in (-72, -42, -10, -5, -3, -2)]

    assert [ledger.open_on("A1", day=day) for day in days] == [0, 120, 40, 20, 0, 80]
    assert ledger.open_on("A2", day=today, known_on=today - dt.timedelta(2)) == Decimal("50.00")
    assert ledger.open_on("A2", day=today) == Decimal("45.00")
    assert [ledger.unallocated_on("P1", day=day) for day in days] == [0, 0, 0, 0, 0, 0]
    assert ledger.customers["200"].currency == "EUR"


@pytest.mark.django_db
def test_its_rows_carry_the_balances_that_are_derived_from_them(today: dt.date) -> None:
    rows = ledgertext.load(TEXT, company=company_of(), today=today)

    assert balances.refresh(company=rows.company) == 0
    assert rows.invoices["A1"].open_amount == Decimal("80.00")
    assert rows.customers["200"].parent == rows.customers["100"]
    assert rows.invoices["A1"].due_on == today - dt.timedelta(41)


def test_it_names_the_line_that_it_cannot_read(today: dt.date) -> None:
    with pytest.raises(ValueError, match="Line 2 of the ledger cannot be read: invoice 100 A1"):
        ledgertext.parse("customer 100\ninvoice 100 A1", today=today)
