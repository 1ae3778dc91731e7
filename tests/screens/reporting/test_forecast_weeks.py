"""A week is held against its first forecast: that of its Monday, or of a later day, which is told."""

import datetime as dt

import pytest
import time_machine

from collections_app.forecasting import forecasts
from collections_app.people.rules import Role
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import company_of, moment
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

# A Monday, and the Wednesday of the week after.
MONDAY, WEDNESDAY = dt.date(2026, 3, 2), dt.date(2026, 3, 11)
NOW = moment(dt.date(2026, 3, 16))


def test_a_week_whose_first_forecast_came_after_its_monday_says_so() -> None:
    company = company_of("NG", country="GB")
    ledger = "customer 100\ninvoice 100 A1 500.00 issued=2026-02-01 due=2026-03-04"
    load(ledger, company=company, today=MONDAY - dt.timedelta(1))
    for day in (MONDAY, WEDNESDAY):
        forecasts.make(company=company, today=day, at=moment(day))
    forecasts.compare(company=company, today=NOW.date())
    dana = signed_in(person(company, "dana", Role.MANAGER))

    with time_machine.travel(NOW, tick=True):
        page = text(dana.get("/NG/reports/charts/accuracy/"))

    assert page.count(">as expected on") == 1
    late = page[page.index(">as expected on") :][:120]
    assert 'datetime="2026-03-11"' in late
