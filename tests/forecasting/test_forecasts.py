"""Forecasts by week: to the penny, frozen once a week, and held against what came."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from collections_app.forecasting import forecasts
from collections_app.forecasting.expected_payments import ExpectedPayment
from collections_app.forecasting.forecasts import Forecast, ForecastWeek
from collections_app.forecasting.sums import DISPUTED, LATER
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from tests.forecasting.paying import always, forecast, in_weeks
from tests.ledgerrows import Rows, company_of, moment
from tests.ledgertext import load

MONDAY = dt.date(2026, 3, 9)


@pytest.fixture
def company(db: None) -> Company:
    return company_of()


def pay(
    rows: Rows, number: str, amount: str, *, on: dt.date, known: dt.datetime | None = None, credit: str = ""
) -> None:
    """Money, or a credit note, set against an invoice on a day."""
    invoice = rows.invoices[number]
    Allocation.objects.create(
        company=rows.company,
        invoice=invoice,
        credit_note=rows.invoices[credit] if credit else None,
        currency=invoice.currency,
        amount=Decimal(amount),
        basis="credit_note" if credit else "stated",
        posted_on=on,
        recorded_at=known or moment(on),
        posting=rows.posting,
    )
    invoice.open_amount -= Decimal(amount)
    invoice.settled_on = None if invoice.open_amount else on
    invoice.save(update_fields=["open_amount", "settled_on"])


def came(company: Company, place: int = 0) -> tuple[Decimal | None, Decimal | None]:
    week = ForecastWeek.objects.get(forecast__company=company, forecast__is_frozen=True, place=place)
    return week.came, week.credited


def test_weeks_and_later_and_disputed_come_to_what_is_open(company: Company, today: dt.date) -> None:
    open_items = [f"invoice 100 A{place} {place}.37 due={place * 5 - 60}" for place in range(1, 30)]
    forecast(company, today, *always("100", late=9), *open_items)

    total = sum(Invoice.objects.open().values_list("open_amount", flat=True))

    assert sum(in_weeks(company)) == total
    assert len(in_weeks(company)) == DISPUTED + 1


def test_weeks_add_up_to_their_invoices(company: Company, today: dt.date) -> None:
    open_items = [f"invoice 100 A{place} {place}.37 due={place * 5 - 60}" for place in range(1, 30)]
    forecast(company, today, *always("100", late=9), *open_items)

    by_invoice = list(ExpectedPayment.objects.values_list("by_week", flat=True))

    assert [Decimal(sum(parts)) / 1000 for parts in zip(*by_invoice, strict=True)] == in_weeks(company)[
        : LATER + 1
    ]


def test_currencies_stand_apart(company: Company, today: dt.date) -> None:
    euros = "invoice 100 E1 50.00 due=+3 currency=EUR"
    forecast(company, today, *always("100", late=1), "invoice 100 A1 80.00 due=+3", euros)

    assert sum(in_weeks(company, "GBP")) == Decimal(80)
    assert sum(in_weeks(company, "EUR")) == Decimal(50)


def test_weeks_begin_on_monday_and_the_first_is_what_is_left(company: Company, today: dt.date) -> None:
    forecast(company, today, *always("100", late=1), "invoice 100 A1 80.00 due=+3")

    days = ForecastWeek.objects.filter(forecast__is_frozen=False, place__lt=LATER).order_by("place")

    assert list(days.values_list("starts_on", "ends_on"))[:2] == [
        (dt.date(2026, 3, 11), dt.date(2026, 3, 15)),
        (dt.date(2026, 3, 16), dt.date(2026, 3, 22)),
    ]
    assert days.count() == LATER


def test_the_first_of_a_week_is_frozen_and_later_nights_leave_it(company: Company) -> None:
    rows = forecast(company, MONDAY, *always("100", late=9), "invoice 100 A1 80.00 due=+0")
    frozen = list(ForecastWeek.objects.filter(forecast__is_frozen=True).values())
    pay(rows, "A1", "80.00", on=MONDAY)

    for days in (0, 1, 6):
        today = MONDAY + dt.timedelta(days)
        forecasts.make(company=company, today=today, at=moment(today) + dt.timedelta(hours=3))

    assert list(ForecastWeek.objects.filter(forecast__is_frozen=True).values()) == frozen
    assert Forecast.objects.standing().get().day == MONDAY + dt.timedelta(6)
    assert in_weeks(company) == []


def test_the_next_week_gets_a_frozen_one_of_its_own(company: Company) -> None:
    forecast(company, MONDAY, *always("100", late=9), "invoice 100 A1 80.00 due=+0")
    tuesday = MONDAY + dt.timedelta(8)

    forecasts.make(company=company, today=tuesday, at=moment(tuesday))

    frozen = Forecast.objects.frozen().order_by("monday").values_list("monday", "day")
    assert list(frozen) == [(MONDAY, MONDAY), (MONDAY + dt.timedelta(7), tuesday)]


def test_two_frozen_forecasts_of_one_week_are_refused_by_the_database(company: Company) -> None:
    forecast(company, MONDAY, *always("100", late=9), "invoice 100 A1 80.00 due=+0")

    with pytest.raises(IntegrityError, match="forecast_is_frozen_once_a_week"), transaction.atomic():
        Forecast.objects.create(
            company=company, day=MONDAY, monday=MONDAY, is_frozen=True, made_at=moment(MONDAY)
        )


def test_what_came_is_told_once_the_week_has_ended(company: Company) -> None:
    """Known on Monday: A1 of 80.00. In its week 50.00 comes for it, and 10.00 for an invoice of Tuesday."""
    rows = forecast(company, MONDAY, *always("100", late=9), "invoice 100 A1 80.00 due=+0")
    tuesday, sunday = MONDAY + dt.timedelta(1), MONDAY + dt.timedelta(6)
    later = load("customer 200\ninvoice 200 B1 10.00 issued=+0 due=+20", company=company, today=tuesday)
    pay(rows, "A1", "50.00", on=sunday)
    pay(later, "B1", "10.00", on=sunday)

    forecasts.compare(company=company, today=sunday)
    before = came(company)
    forecasts.compare(company=company, today=sunday + dt.timedelta(1))

    assert before == (None, None)
    assert came(company) == (Decimal(50), Decimal(0))


def test_a_week_that_was_missed_widens_the_bands_of_those_that_follow(company: Company) -> None:
    """Next to nothing comes of what was sure to come; in euros nothing was forecast before."""
    forecast(company, MONDAY, *always("100", late=0), "invoice 100 A1 8000.00 due=+1 issued=-29")
    of_first = ForecastWeek.objects.get(forecast__is_frozen=True, place=0, currency="GBP")
    following = MONDAY + dt.timedelta(7)

    forecasts.make(company=company, today=following, at=moment(following))
    before = _width(company)
    assert forecasts.compare(company=company, today=following)
    forecasts.make(company=company, today=following, at=moment(following))

    of_first.refresh_from_db()
    assert of_first.came == 0
    assert of_first.deviation is not None
    assert of_first.expected > 3 * of_first.deviation
    assert _width(company) > before * Decimal("1.5")


def _width(company: Company) -> Decimal:
    """Of the band of four in five of the second week, which lies between nothing and all."""
    week = ForecastWeek.objects.get(forecast__company=company, forecast__is_frozen=False, place=1)
    assert week.high_50 is not None
    width: Decimal = week.high_50 - week.expected
    return width


def test_a_credit_note_is_not_money_that_came(company: Company) -> None:
    rows = forecast(
        company,
        MONDAY,
        *always("100", late=9),
        "invoice 100 A1 80.00 due=+0",
        "credit_note 100 C1 30.00 on=-1",
    )
    pay(rows, "A1", "30.00", on=MONDAY, known=moment(MONDAY) + dt.timedelta(hours=2), credit="C1")

    forecasts.compare(company=company, today=MONDAY + dt.timedelta(7))

    assert came(company) == (Decimal(0), Decimal(30))


def test_what_was_known_when_it_was_frozen_has_not_come_since(company: Company) -> None:
    """Half was paid and known on the morning of Monday; the rest on Saturday before, but known on Tuesday."""
    rows = forecast(
        company,
        MONDAY,
        *always("100", late=9),
        "invoice 100 A1 80.00 due=+0",
        "allocation - A1 40.00 on=+0 basis=stated",
    )
    pay(rows, "A1", "40.00", on=MONDAY - dt.timedelta(2), known=moment(MONDAY + dt.timedelta(1)))

    forecasts.compare(company=company, today=MONDAY + dt.timedelta(7))

    assert sum(ForecastWeek.objects.filter(forecast__is_frozen=True).values_list("expected", flat=True)) == 40
    assert came(company) == (Decimal(40), Decimal(0))


def test_a_payment_that_comes_to_light_late_corrects_its_week(company: Company) -> None:
    rows = forecast(company, MONDAY, *always("100", late=9), "invoice 100 A1 80.00 due=+0")
    friday, next_monday = MONDAY + dt.timedelta(4), MONDAY + dt.timedelta(7)
    forecasts.compare(company=company, today=next_monday)
    before = came(company)

    pay(rows, "A1", "80.00", on=friday, known=moment(next_monday))
    changed = forecasts.compare(company=company, today=next_monday + dt.timedelta(1))
    again = forecasts.compare(company=company, today=next_monday + dt.timedelta(1))

    assert before == (Decimal(0), Decimal(0))
    assert came(company) == (Decimal(80), Decimal(0))
    assert (changed, again) == (1, 0)


def test_queries_do_not_grow_with_invoices(company: Company, today: dt.date) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            forecasts.make(company=company, today=today, at=moment(today))
        return len(counted)

    rows = [f"invoice 100 A{place} 10.00 due={place}" for place in range(3)]
    forecast(company, today, *always("100", late=9), *rows)
    few = queries()
    more = [f"invoice 100 B{place} 10.00 due={place}" for place in range(60)]
    load("\n".join(["customer 100", *more]), company=company, today=today)

    assert queries() == few


amounts = st.lists(
    st.tuples(st.integers(1, 999_999), st.integers(-300, 300), st.sampled_from(["GBP", "JPY", "KWD"])),
    min_size=1,
    max_size=12,
)


@pytest.mark.django_db
@settings(max_examples=12, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck))
@given(invoices=amounts)
def test_every_currency_adds_up_whatever_is_open(invoices: list[tuple[int, int, str]]) -> None:
    scale = {"GBP": 2, "JPY": 0, "KWD": 3}
    with transaction.atomic():
        company = company_of("ADDS")
        lines = [
            f"invoice 100 A{place} {Decimal(units).scaleb(-scale[currency])} due={due:+d} currency={currency}"
            for place, (units, due, currency) in enumerate(invoices)
        ]
        forecast(company, MONDAY, *always("100", late=3, invoices=4), *lines)
        for currency in {currency for _, _, currency in invoices}:
            owed = sum(Decimal(units).scaleb(-scale[of]) for units, _, of in invoices if of == currency)
            assert sum(in_weeks(company, currency)) == owed
        transaction.set_rollback(True)
