"""Of whom a frozen week was expected, and from whom it came: to the penny what stands in the week."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db.models import Sum

from collections_app.forecasting import forecasts
from collections_app.forecasting.forecast_customers import ForecastCustomer
from collections_app.forecasting.forecasts import Forecast, ForecastWeek
from tests.forecasting.paying import always, forecast
from tests.forecasting.test_forecasts import pay
from tests.ledgerrows import company_of

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 3, 2)


def test_customers_add_up_to_the_week_when_it_is_frozen_and_when_it_has_ended() -> None:
    company = company_of()
    rows = forecast(
        company,
        MONDAY,
        *always("100", late=5),
        "invoice 100 A1 480.07 due=-3",
        *always("200", late=40),
        "invoice 200 B1 1200.11 due=-41",
        "customer 300",
        "invoice 300 C1 77.00 due=+60",
    )
    week = ForecastWeek.objects.get(forecast__is_frozen=True, place=0, currency="GBP")
    kept = ForecastCustomer.objects.filter(forecast=week.forecast)
    assert kept.aggregate(whole=Sum("expected"))["whole"] == week.expected > 0

    later = MONDAY + dt.timedelta(8)
    pay(rows, "A1", "480.07", on=MONDAY + dt.timedelta(2))
    pay(rows, "C1", "7.00", on=MONDAY + dt.timedelta(4))
    forecasts.compare(company=company, today=later)
    forecasts.compare(company=company, today=later)

    week.refresh_from_db()
    came = dict(kept.values_list("customer__number", "came"))
    assert week.came == Decimal("487.07")
    assert sum(came.values()) == week.came
    assert came["100"] == Decimal("480.07")
    assert came.get("200", Decimal(0)) == 0
    assert came["300"] == Decimal("7.00")


def test_money_of_a_week_of_which_nothing_was_expected_is_told_by_customer() -> None:
    company = company_of()
    rows = forecast(company, MONDAY, "customer 300", "invoice 300 C1 0.01 due=+60")
    assert not ForecastCustomer.objects.exists()
    pay(rows, "C1", "0.01", on=MONDAY + dt.timedelta(2))

    forecasts.compare(company=company, today=MONDAY + dt.timedelta(8))

    assert ForecastCustomer.objects.get().came == Decimal("0.01")


def test_a_forecast_of_before_customers_were_kept_gets_none() -> None:
    company = company_of()
    rows = forecast(company, MONDAY, *always("100", late=5), "invoice 100 A1 480.07 due=-3")
    ForecastCustomer.objects.all().delete()
    Forecast.objects.update(is_by_invoice=False)
    pay(rows, "A1", "480.07", on=MONDAY + dt.timedelta(2))

    forecasts.compare(company=company, today=MONDAY + dt.timedelta(8))

    assert Forecast.objects.frozen().count() == 1
    assert not ForecastCustomer.objects.exists()
