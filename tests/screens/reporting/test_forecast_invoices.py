"""The invoices behind a week of the forecast: what it knows of the largest is what all of them say."""

import datetime as dt
from decimal import Decimal

import numpy as np
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from collections_app.forecasting import forecasts, sums
from collections_app.forecasting.expected_payments import ExpectedPayment
from collections_app.forecasting.forecasts import ForecastWeek
from collections_app.forecasting.rules import largest
from collections_app.forecasting.rules.largest import Largest
from collections_app.people.rules import Role
from collections_app.screens import forecast as screen
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import Rows, company_of, moment
from tests.ledgertext import load

TODAY = dt.date(2026, 3, 11)
PAGE = "/NG/reports/forecast/invoices/?currency=GBP&week={week}&page={page}"


@pytest.fixture
def rows(db: None, monkeypatch: pytest.MonkeyPatch) -> Rows:
    """Thirty invoices, of which some come to the same; the forecast remembers twelve, and a page has five."""
    monkeypatch.setattr(largest, "LARGEST_MAX", 12)
    monkeypatch.setattr(screen, "PAGE_ROWS", 5)
    company = company_of("NG")
    items = [f"invoice 100 A{n} {100 + n % 7}.00 due={n - 20} issued={n - 50}" for n in range(30)]
    rows = load("\n".join(['customer 100 "Harrow"', *items]), company=company, today=TODAY)
    forecasts.make(company=company, today=TODAY, at=moment(TODAY))
    return rows


@pytest.fixture
def dana(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("collections_app.lib.clock.now", lambda: moment(TODAY))
    return signed_in(person(rows.company, "dana", role=Role.MANAGER))


def _pages(dana: Client, week: int) -> list[str]:
    return [text(dana.get(PAGE.format(week=week, page=page))) for page in range(7)]


@pytest.mark.parametrize("week", [0, 1, 4, sums.LATER])
def test_every_page_is_that_of_all_invoices(rows: Rows, dana: Client, week: int) -> None:
    known = ForecastWeek.objects.get(forecast__company=rows.company, forecast__is_frozen=False, place=week)
    assert known.invoices is not None
    assert len(known.largest) == min(12, known.invoices)
    pages = _pages(dana, week)

    ForecastWeek.objects.filter(pk=known.pk).update(invoices=None, largest=[])

    assert _pages(dana, week) == pages


def test_the_first_page_tells_the_largest_first_with_the_sum_of_all(rows: Rows, dana: Client) -> None:
    week = ForecastWeek.objects.get(forecast__company=rows.company, forecast__is_frozen=False, place=1)
    payments = sorted(ExpectedPayment.objects.all(), key=lambda each: (-each.by_week[1], each.pk))

    assert week.largest == [each.invoice_id for each in payments if each.by_week[1]][:12]
    assert week.expected == Decimal(sum(each.by_week[1] for each in payments)) / 1000
    assert f"{week.invoices} invoices" in _pages(dana, 1)[0]


def test_a_frozen_forecast_remembers_none(rows: Rows) -> None:
    frozen = ForecastWeek.objects.filter(forecast__is_frozen=True)
    assert frozen
    assert not any(each.largest or each.invoices for each in frozen)


@given(st.lists(st.lists(st.integers(0, 40), max_size=30), max_size=8), st.integers(1, 20))
def test_the_largest_of_several_lots_are_the_largest_of_all(lots: list[list[int]], most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(largest, "LARGEST_MAX", most)
        found, first = Largest(), 0
        for lot in lots:
            found.see(np.array(lot, dtype=np.int64), np.arange(first, first + len(lot)))
            first += len(lot)
    amounts = [amount for lot in lots for amount in lot]
    wanted = sorted((n for n, amount in enumerate(amounts) if amount), key=lambda n: (-amounts[n], n))

    assert (found.number, found.ids) == (len(wanted), wanted[:most])
