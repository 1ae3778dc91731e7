"""What was expected of each invoice in a frozen week, and what came for it: to the penny what is kept of
customers and in the week, whatever comes and is taken back.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from collections_app.forecasting import forecasts
from collections_app.forecasting.expected_payments import ExpectedPayment
from collections_app.forecasting.forecast_customers import ForecastCustomer
from collections_app.forecasting.forecast_invoices import ForecastInvoice
from collections_app.forecasting.forecasts import Forecast, ForecastWeek
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.companies import Company
from tests.forecasting.paying import always, forecast
from tests.forecasting.test_forecasts import pay
from tests.ledgerrows import company_of

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 3, 2)
AFTER = MONDAY + dt.timedelta(8)
AMOUNTS = ("expected", "came", "credited")


def by_customer() -> dict[tuple[int, int, str], list[Decimal]]:
    """What invoices come to, of each customer with anything."""
    summed = ForecastInvoice.objects.values_list("forecast", "customer", "currency").annotate(
        *(Sum(name) for name in AMOUNTS)
    )
    return {row[:3]: [Decimal(units) / 1000 for units in row[3:]] for row in summed if any(row[3:])}


def kept() -> dict[tuple[int, int, str], list[Decimal]]:
    """What is kept of each customer with anything."""
    rows = ForecastCustomer.objects.values_list("forecast", "customer", "currency", *AMOUNTS)
    told = {row[:3]: [each or Decimal(0) for each in row[3:]] for row in rows}
    return {key: amounts for key, amounts in told.items() if any(amounts)}


def in_weeks() -> dict[tuple[int, str], list[Decimal]]:
    weeks = ForecastWeek.objects.filter(forecast__is_frozen=True, place=0)
    return {
        (row[0], row[1]): [each or Decimal(0) for each in row[2:]]
        for row in weeks.values_list("forecast", "currency", *AMOUNTS)
    }


def agree() -> None:
    """Invoices come to their customers, and customers to their weeks."""
    invoices = by_customer()
    assert invoices == kept()
    for (frozen, currency), amounts in in_weeks().items():
        theirs = [told for key, told in invoices.items() if (key[0], key[2]) == (frozen, currency)]
        assert [sum(each, Decimal(0)) for each in zip(*theirs, strict=True)] == (amounts if theirs else [])
        assert theirs or not any(amounts)


@pytest.fixture
def company() -> Company:
    return company_of()


moves = st.lists(
    st.tuples(st.integers(0, 9), st.integers(1, 400), st.integers(-3, 16), st.booleans()), max_size=14
)
opened = st.lists(
    st.tuples(
        st.integers(1, 99_999), st.integers(-60, 30), st.sampled_from("123"), st.sampled_from(["GBP", "JPY"])
    ),
    min_size=1, max_size=10,
)  # fmt: skip


@settings(max_examples=15, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck))
@given(items=opened, moves=moves)
def test_invoices_come_to_their_customers_and_weeks_whatever_comes(
    items: list[tuple[int, int, str, str]], moves: list[tuple[int, int, int, bool]]
) -> None:
    scale = {"GBP": 2, "JPY": 0}
    with transaction.atomic():
        company = company_of("SUMS")
        lines = [
            f"invoice {customer}00 A{place} {Decimal(units).scaleb(-scale[currency])} due={due:+d} "
            f"currency={currency}"
            for place, (units, due, customer, currency) in enumerate(items)
        ]
        payers = [line for each in "123" for line in always(f"{each}00", late=3 * int(each), invoices=4)]
        rows = forecast(company, MONDAY, *payers, *lines)
        agree()

        for place, units, day, is_credit in moves:
            invoice = rows.invoices[f"A{place % len(items)}"]
            amount = min(Decimal(units).scaleb(-scale[invoice.currency]), invoice.open_amount)
            if not amount:
                continue
            pay(rows, invoice.number, str(amount), on=MONDAY + dt.timedelta(day))
            if is_credit:
                Allocation.objects.filter(invoice=invoice).update(basis="write_off")
            forecasts.compare(company=company, today=MONDAY + dt.timedelta(max(day, 7)))
            agree()
        for day in (8, 22):
            forecasts.compare(company=company, today=MONDAY + dt.timedelta(day))
            agree()
        transaction.set_rollback(True)


def test_each_invoice_is_kept_of_which_something_is_expected(company: Company) -> None:
    forecast(
        company,
        MONDAY,
        *always("100", late=5),
        "invoice 100 A1 480.07 due=-3",
        "invoice 100 A2 70.00 due=+90",
    )

    expected = {each.invoice_id: each.by_week[0] for each in ExpectedPayment.objects.all() if each.by_week[0]}
    assert dict(ForecastInvoice.objects.values_list("invoice", "expected")) == expected
    assert expected


def test_what_came_is_told_of_the_invoice_and_what_was_taken_back_is_not(company: Company) -> None:
    rows = forecast(
        company,
        MONDAY,
        *always("100", late=5),
        "invoice 100 A1 480.07 due=-3",
        "invoice 100 A2 0.02 due=+90",
    )
    pay(rows, "A1", "480.07", on=MONDAY + dt.timedelta(2))
    pay(rows, "A2", "0.02", on=MONDAY + dt.timedelta(4))
    forecasts.compare(company=company, today=AFTER)
    told = dict(ForecastInvoice.objects.values_list("invoice__number", "came"))
    assert told == {"A1": 480_070, "A2": 20}
    assert ForecastInvoice.objects.get(invoice__number="A2").expected == 0

    Allocation.objects.filter(invoice=rows.invoices["A2"]).delete()
    forecasts.compare(company=company, today=AFTER)

    assert dict(ForecastInvoice.objects.values_list("invoice__number", "came")) == {"A1": 480_070, "A2": 0}
    agree()


def test_what_comes_while_it_is_compared_is_in_all_or_in_none(company: Company) -> None:
    rows = forecast(
        company, MONDAY, *always("100", late=5), "invoice 100 A1 480.07 due=-3", "invoice 100 A2 70.00 due=-3"
    )
    pay(rows, "A1", "480.07", on=MONDAY + dt.timedelta(2))
    came = iter(["A2"])

    def meanwhile(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        found = execute(sql, *rest)
        if "settling" in sql and (number := next(came, None)):
            pay(rows, number, "70.00", on=MONDAY + dt.timedelta(3))
        return found

    with connection.execute_wrapper(meanwhile):
        forecasts.compare(company=company, today=AFTER)

    assert next(came, None) is None
    agree()


def test_a_forecast_of_before_invoices_were_kept_gets_none(company: Company) -> None:
    rows = forecast(company, MONDAY, *always("100", late=5), "invoice 100 A1 480.07 due=-3")
    ForecastInvoice.objects.all().delete()
    Forecast.objects.update(is_by_invoice=False)
    pay(rows, "A1", "480.07", on=MONDAY + dt.timedelta(2))

    forecasts.compare(company=company, today=AFTER)

    assert not ForecastInvoice.objects.exists()
    assert ForecastCustomer.objects.filter(came__gt=0).exists()


def test_invoices_of_old_weeks_are_forgotten_and_their_customers_stay(company: Company) -> None:
    forecast(company, MONDAY, *always("100", late=5), "invoice 100 A1 480.07 due=-3")
    for weeks in (forecasts.INVOICES_KEPT_WEEKS, forecasts.INVOICES_KEPT_WEEKS + 1):
        assert ForecastInvoice.objects.filter(forecast__monday=MONDAY).exists()
        forecast(company, MONDAY + dt.timedelta(weeks=weeks))

    assert not ForecastInvoice.objects.filter(forecast__monday=MONDAY).exists()
    assert ForecastCustomer.objects.filter(forecast__monday=MONDAY).exists()
    frozen = Forecast.objects.frozen().order_by("monday")
    assert list(frozen.values_list("is_by_invoice", flat=True)) == [False, True, True]


def test_nothing_below_zero_is_expected_of_an_invoice(company: Company) -> None:
    forecast(company, MONDAY, *always("100", late=5), "invoice 100 A1 480.07 due=-3")

    with pytest.raises(IntegrityError, match="forecast_expects_of_no_invoice_below_zero"):
        ForecastInvoice.objects.update(expected=-1)
