"""Who is likely to pay anyway is called after the others, and the list says so."""

import datetime as dt

import pytest

from collections_app.behaviour import positions
from collections_app.chase import entries, explanations
from collections_app.chase.entries import Entry
from collections_app.ledger.companies import Company
from tests.forecasting.paying import always, forecast
from tests.ledgerrows import company_of, moment

# Both owe as much, as late; 100 always pays nine days late, 200 forty.
LINES = (
    *always("100", late=9),
    *always("200", late=40),
    "invoice 100 A1 500.00 due=-8",
    "invoice 200 B1 500.00 due=-8",
)


@pytest.fixture
def company(db: None) -> Company:
    return company_of()


def entry(company: Company, number: str, day: dt.date) -> Entry:
    positions.measure(company=company, today=day)
    entries.refresh(company=company, today=day, at=moment(day))
    return Entry.objects.get(customer__number=number)


def test_who_usually_pays_by_then_gets_points_taken_off(company: Company, today: dt.date) -> None:
    forecast(company, today, *LINES)

    sure, slow = entry(company, "100", today), entry(company, "200", today)

    parts = {part.rule: part for part in explanations.why(sure)}
    assert parts["pays_soon"].points < 0
    assert "likely to come within a week, as they usually pay" in parts["pays_soon"].why
    assert "pays_soon" not in {part["rule"] for part in slow.parts}
    assert sure.score < slow.score
    assert sure.score == sum(part.points for part in parts.values())


def test_an_old_forecast_says_nothing(company: Company, today: dt.date) -> None:
    forecast(company, today, *LINES)

    tomorrow, later = (entry(company, "100", today + dt.timedelta(days)) for days in (1, 2))

    assert "pays_soon" in {part["rule"] for part in tomorrow.parts}
    assert "pays_soon" not in {part["rule"] for part in later.parts}
