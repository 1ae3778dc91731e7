"""Lists that are read from all rows are read once, and tell what changed at once."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.ledger.customers import Customer
from collections_app.reports import items, pieces
from collections_app.reports.derived import Asked
from collections_app.reports.items import Listed
from collections_app.reports.narrowing import ALL, Narrowed
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 11)
DAY = TODAY - dt.timedelta(4)
LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.10 due=-250 issued=-280
receipt 100 P1 200.00 on=-6
allocation P1 A1 200.00 on=-6
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 3000.00 due=-40 issued=-70
"""
LISTS = ["customers", "documents", "collected", "unpaid", "late_to_date"]


@pytest.fixture
def rows() -> Rows:
    return load(LEDGER, company=company_of("NG", country="GB"), today=TODAY)


def listed(rows: Rows, what: str, narrowed: Narrowed = ALL) -> tuple[Listed, int]:
    """The list, and how often it was read from all rows."""
    asked = Asked(rows.company, DAY, None, narrowed)
    of = {"unpaid": "30.all"}.get(what, "")
    with CaptureQueriesContext(connection) as found:
        if what == "customers":
            told = items.customers(asked, part="owed", currency="GBP")
        elif what == "documents":
            told = items.documents(asked, part="owed", currency="GBP")
        else:
            told = pieces.listed(asked, what, number=3, of=of, currencies=["GBP"])
    return told, sum("not_yet" in query["sql"] for query in found)


@pytest.mark.parametrize("what", LISTS)
def test_a_list_of_a_past_day_is_read_once(rows: Rows, what: str) -> None:
    first, times = listed(rows, what)
    assert (times, len(first.rows) > 0) == (1, True)
    assert listed(rows, what) == (first, 0)
    assert listed(rows, what, Narrowed(country="FR"))[0].rows == []


@pytest.mark.parametrize("what", LISTS)
def test_what_is_posted_and_who_is_called_otherwise_is_told_at_once(rows: Rows, what: str) -> None:
    before, _ = listed(rows, what)
    Customer.objects.filter(number="100").update(name="Harrow & Sons")
    names = {row["name" if what == "customers" else "customer"] for row in listed(rows, what)[0].rows}
    assert ("Harrow & Sons" in names, "Harrow Tools" in names) == (True, False)

    load(
        "customer 100\ninvoice 100 A9 50.00 due=-245 issued=-275\nreceipt 100 P9 7.00 on=-5\n"
        "allocation P9 A9 7.00 on=-5",
        company=rows.company,
        today=TODAY,
    )
    after, times = listed(rows, what)
    assert (times, (after.whole, after.number) != (before.whole, before.number)) == (1, True)


def test_pages_are_turned_without_reading_all_again(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(items, "PAGE_ROWS", 1)
    asked = Asked(rows.company, DAY)

    def page(number: int) -> list[Decimal]:
        found = pieces.listed(asked, "open", number=36, of="2025-12,2025-06", currencies=["GBP"], page=number)
        return [row["amount"] for row in found.rows]

    with CaptureQueriesContext(connection) as found:
        assert [page(number) for number in (1, 2, 3)] == [[Decimal(3000)], [Decimal("1000.10")], []]
    assert sum("not_yet" in query["sql"] for query in found) == 1
