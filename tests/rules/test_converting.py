"""Amounts of several currencies in one, at dated rates. Worked by hand; nothing is guessed."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collections_app.lib import money
from collections_app.reports.rules.converting import RATE_AGE_DAYS_MAX, Conversion, Quote, conversion
from collections_app.reports.rules.totals import Standing

DAY = dt.date(2026, 3, 12)
EUR = Quote("EUR", Decimal("0.86"), DAY - dt.timedelta(3), "a bank")
USD = Quote("USD", Decimal("0.75"), DAY, "a bank")


def told(into: str, *currencies: str, quotes: tuple[Quote, ...] = (EUR, USD)) -> Conversion:
    known = {each.currency: each for each in quotes}
    return conversion(into, own="GBP", currencies=currencies, quotes=known, day=DAY)


def test_into_the_companys_own_currency_each_goes_by_its_rate() -> None:
    found = told("GBP", "GBP", "EUR", "USD")

    assert found.rates == {"GBP": Decimal(1), "EUR": Decimal("0.86"), "USD": Decimal("0.75")}
    assert found.used[0].age_days(DAY) == 3
    assert found.apart == ()


def test_into_another_they_are_crossed_and_the_older_rate_tells_the_age() -> None:
    found = told("USD", "GBP", "EUR", "USD")

    assert found.rates["EUR"] == (Decimal("0.86") / Decimal("0.75")).quantize(Decimal("1e-12"))
    assert found.rates["GBP"] == Decimal("1.333333333333")
    (euro,) = (each for each in found.used if each.currency == "EUR")
    assert [each.currency for each in euro.quotes] == ["EUR", "USD"]
    assert euro.age_days(DAY) == 3


def test_without_a_rate_a_currency_stays_apart_with_a_sentence() -> None:
    found = told("GBP", "GBP", "JPY")

    assert list(found.rates) == ["GBP"]
    assert [each.currency for each in found.apart] == ["JPY"]
    assert found.apart[0].why == (
        "JPY stays apart, in its own amounts: no rate of JPY is known on 12 March 2026 or before."
    )


@pytest.mark.parametrize(("age", "is_used"), [(RATE_AGE_DAYS_MAX, True), (RATE_AGE_DAYS_MAX + 1, False)])
def test_a_rate_that_is_too_old_is_not_used(age: int, is_used: bool) -> None:
    old = Quote("EUR", Decimal("0.86"), DAY - dt.timedelta(age))

    found = told("GBP", "EUR", quotes=(old,))

    assert bool(found.used) is is_used
    assert bool(found.apart) is not is_used
    assert is_used or f"{age} days old" in found.apart[0].why


def test_when_the_reports_own_rate_is_missing_everything_else_stays_apart() -> None:
    found = told("JPY", "GBP", "EUR", "JPY")

    assert list(found.rates) == ["JPY"]
    assert [each.currency for each in found.apart] == ["EUR", "GBP"]
    assert "no rate of JPY is known" in found.apart[0].why


amounts = st.decimals(Decimal("-99999999"), Decimal("99999999"), places=2)
rates = st.decimals(Decimal("0.000001"), Decimal("99999"), places=6)


@given(amounts, amounts, amounts, rates, st.sampled_from(["GBP", "JPY", "KWD"]))
def test_parts_add_up_to_their_totals_after_converting_as_before(
    not_due: Decimal, overdue: Decimal, unallocated: Decimal, rate: Decimal, into: str
) -> None:
    found = Standing(not_due=not_due, overdue_31=overdue, unallocated=unallocated).converted(rate, into)

    assert found.total == found.not_due + found.overdue_31 + found.unallocated
    assert found.not_due == money.rounded(not_due * rate, into)
    assert found.overdue == money.rounded(overdue * rate, into)
