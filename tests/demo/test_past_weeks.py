"""The demo's past Mondays were forecast from what was known on their mornings, and held against what came."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Sum

from collections_app.forecasting.forecasts import Forecast, ForecastWeek
from collections_app.holds.order_rows import Order
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.companies import Company
from collections_app.management.demo import moments
from collections_app.management.demo.past_weeks import MORNING, WEEKS
from collections_app.management.demo.staff import UK
from collections_app.reports import derived, pieces, released_orders
from collections_app.reports.derived import Asked
from collections_app.reports.rules.totals import Standing
from tests.demo.conftest import TODAY, Seed

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_each_past_monday_expected_what_was_open_that_morning_to_the_penny(seed: Seed) -> None:
    seed()
    company = Company.objects.get(code=UK)
    found = list(Forecast.objects.frozen().filter(company=company).order_by("monday"))

    this_week = TODAY - DAY * TODAY.weekday()
    assert [each.monday for each in found][:WEEKS] == [
        this_week - DAY * 7 * weeks for weeks in range(WEEKS, 0, -1)
    ]
    for each in found[:WEEKS:5]:
        at = dt.datetime.combine(each.monday, MORNING, ZoneInfo(company.time_zone))
        assert (each.day, each.made_at) == (each.monday, at)
        expected = dict(each.weeks.values_list("currency").annotate(Sum("expected")))
        places = derived.standings(Asked(company, each.monday, known_at=at))
        for currency in expected:
            parts = [standing for place, standing in places.items() if place.currency == currency]
            assert expected[currency] == Standing.summed(parts).owed, (each.monday, currency)


def test_each_of_them_was_held_against_what_came(seed: Seed) -> None:
    seed()
    first = ForecastWeek.objects.filter(
        forecast__is_frozen=True, place=0, forecast__company__code=UK, currency="GBP"
    )
    ended = first.filter(ends_on__lt=TODAY)

    assert ended.count() >= WEEKS
    assert not ended.filter(came__isnull=True).exists()
    assert ended.filter(came__gt=0).count() > WEEKS / 2


def test_each_of_them_opens_to_the_invoices_that_it_is_made_of(seed: Seed) -> None:
    seed()
    company = Company.objects.get(code=UK)
    frozen = Forecast.objects.frozen().filter(company=company, monday__lt=TODAY - DAY * 7)
    for monday in frozen.values_list("monday", flat=True):
        weeks = ForecastWeek.objects.filter(forecast__company=company, forecast__is_frozen=True, place=0)
        week = weeks.get(forecast__monday=monday, currency="GBP")
        for what, figure in (("expected", week.expected), ("came", week.came), ("credited", week.credited)):
            listed = pieces.listed(
                Asked(company, TODAY), what, number=1, of=monday.isoformat(), currencies=["GBP"]
            )
            assert listed.whole == figure, (monday, what)
            assert all(row["number"] for row in listed.rows)
        assert week.expected > 0


def test_the_ledger_is_as_it_was(seed: Seed) -> None:
    seed()
    rows = Allocation.objects.filter(company__code=UK, recorded_at__time=moments.LEARNED_AT)
    days = rows.values_list("posted_on", "recorded_at").distinct()
    assert days
    assert {recorded_at - moments.learned(on) for on, recorded_at in days} == {dt.timedelta(0)}


def test_some_orders_went_by_a_release_and_some_of_what_was_late_was_paid(seed: Seed) -> None:
    seed()
    company = Company.objects.get(code=UK)
    *_, whole = released_orders.by_month(Asked(company, TODAY))

    assert whole.number("orders") > 0
    assert any(whole.of(part) for part in ("week", "month", "later"))
    assert not Order.objects.filter(company=company, source="Shop", number__startswith="SO-87").in_hand()
