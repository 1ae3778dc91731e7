"""What is read after a night waits for nobody's first look, and is read again once something is posted."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.forecasting import forecasts
from collections_app.jobs import tasks
from collections_app.ledger.companies import Company
from collections_app.reports import cash, measures, pieces
from collections_app.reports.cash import Cash
from collections_app.reports.derived import Asked
from tests.ledgerrows import company_of, moment
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 11)
LEDGER = """
customer 100 "Harrow Tools"
invoice 100 A1 1200.10 due=-5 issued=-35
invoice 100 A2 500.00 due=+5 issued=-25
receipt 100 P1 200.00 on=-1
"""


@pytest.fixture
def company() -> Company:
    """With a forecast of today."""
    company = company_of("NG")
    load(LEDGER, company=company, today=TODAY)
    forecasts.make(company=company, today=TODAY, at=moment(TODAY))
    tasks.read_ahead(company.pk, TODAY.isoformat())
    return company


def looked_at(company: Company) -> tuple[Cash, list[str]]:
    """The month's cash, and the large statements that it took."""
    with CaptureQueriesContext(connection) as found:
        seen = cash.of(Asked(company, TODAY), currency="GBP", today=TODAY)
        measures.measured(company=company, day=TODAY)
    large = ("by_week", "sum(piece.amount)", "not_yet")
    return seen, [query["sql"] for query in found if any(each in query["sql"] for each in large)]


def test_the_first_look_after_it_reads_nothing_of_the_whole_ledger(company: Company) -> None:
    seen, large = looked_at(company)
    assert (seen.received, seen.rest is not None) == (Decimal("200.00"), True)
    assert large == []


def test_what_moved_the_newest_month_that_is_over_is_there_too(company: Company) -> None:
    over = Asked(company, dt.date(2026, 2, 28))

    with CaptureQueriesContext(connection) as found:
        listed = pieces.listed(over, "moved_not_due", number=1, of="", currencies=["GBP"])

    assert [each["number"] for each in listed.rows] == ["A1", "A2"]
    assert not [query for query in found if "to_since" in query["sql"]]


def test_what_is_posted_later_is_in_the_figures_at_once(company: Company) -> None:
    before, _ = looked_at(company)
    load("customer 100\nreceipt 100 P2 50.00 on=0", company=company, today=TODAY)
    after, large = looked_at(company)
    assert after.received == before.received + 50
    assert large


def test_another_forecast_of_the_day_is_told(company: Company) -> None:
    before, _ = looked_at(company)
    load("customer 100\ninvoice 100 A3 90000.00 due=+2 issued=-28", company=company, today=TODAY)
    forecasts.make(company=company, today=TODAY, at=moment(TODAY) + dt.timedelta(hours=1))
    after, _ = looked_at(company)
    assert before.rest is not None
    assert after.rest is not None
    assert after.rest > before.rest
