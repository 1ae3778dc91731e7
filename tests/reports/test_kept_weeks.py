"""What a frozen week expected, and what came in it, is read once and stands until more is written of it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.forecasting import forecasts
from collections_app.reports import pieces
from collections_app.reports.derived import Asked
from collections_app.reports.narrowing import Narrowed
from tests.forecasting.paying import always, forecast
from tests.forecasting.test_forecasts import pay
from tests.ledgerrows import Rows, company_of

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 3, 9)
AFTER = MONDAY + dt.timedelta(8)


@pytest.fixture
def rows() -> Rows:
    company = company_of("NG", country="GB")
    lines = ["invoice 100 A1 480.07 due=-3", "invoice 100 A2 70.00 due=-3"]
    return forecast(company, MONDAY, *always("100", late=5), *lines)


def came(rows: Rows, by: str, narrowed: Narrowed | None = None) -> tuple[Decimal, int]:
    """What came in the week, and how often its rows were read for that."""
    asked = Asked(rows.company, AFTER, narrowed=narrowed or Narrowed())
    with CaptureQueriesContext(connection) as found:
        listed = pieces.listed(asked, "came", number=1, of=f"{MONDAY}{by}", currencies=["GBP"])
    return listed.whole, sum("AS piece" in query["sql"] or "WITH piece" in query["sql"] for query in found)


@pytest.mark.parametrize("by", ["", ".customers"])
def test_a_week_is_read_once_until_something_is_written_beside_it(rows: Rows, by: str) -> None:
    pay(rows, "A1", "480.07", on=MONDAY + dt.timedelta(2))
    assert came(rows, by) == (Decimal(0), 1)
    forecasts.compare(company=rows.company, today=AFTER)
    assert came(rows, by) == (Decimal("480.07"), 1)

    forecasts.compare(company=rows.company, today=AFTER)
    assert came(rows, by) == (Decimal("480.07"), 0)
    assert came(rows, by, Narrowed(country="FR")) == (Decimal(0), 1)


def test_what_passes_from_one_invoice_to_another_is_written_too(rows: Rows) -> None:
    """The week comes to the same."""
    pay(rows, "A2", "70.00", on=MONDAY + dt.timedelta(2))
    forecasts.compare(company=rows.company, today=AFTER)
    asked = Asked(rows.company, AFTER)

    def told() -> list[str]:
        found = pieces.listed(asked, "came", number=1, of=MONDAY.isoformat(), currencies=["GBP"])
        return [each["number"] for each in found.rows]

    assert told() == ["A2"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE allocation SET invoice_id = %s", [rows.invoices["A1"].pk])
    assert forecasts.compare(company=rows.company, today=AFTER) == 0
    assert told() == ["A1"]
