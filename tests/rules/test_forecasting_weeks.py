"""Invoices spread over weeks to the penny, and how sure a week is."""

import datetime as dt
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collections_app.forecasting.rules import weeks
from collections_app.forecasting.rules.chances import HORIZON_DAYS
from collections_app.forecasting.rules.weeks import WEEKS, Uncertainty, stretch
from collections_app.lib import money


def test_the_first_week_ends_on_sunday() -> None:
    monday, wednesday, sunday = (dt.date(2026, 3, day) for day in (9, 11, 15))

    assert [weeks.days_left(day)[:2] for day in (monday, wednesday, sunday)] == [[7, 14], [5, 12], [1, 8]]
    assert {weeks.monday_of(day) for day in (monday, wednesday, sunday)} == {monday}
    assert len(weeks.days_left(monday)) == WEEKS


def spread(amount: Decimal, currency: str, by_week: list[float]) -> list[Decimal]:
    """One invoice over some weeks."""
    units, steps = np.array([weeks.units(amount)]), np.array([weeks.step_of(currency)])
    return [weeks.amount_of(part) for part in weeks.spread(units, np.array([by_week]), steps)[0].tolist()]


def test_the_chance_of_a_week_is_that_of_its_days() -> None:
    gone = np.full((1, HORIZON_DAYS), 0.8)
    gone[0, :8] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]

    assert weeks.week_chances(gone, [5, 12, 19])[0] == pytest.approx([0.5, 0.3, 0])


def test_thirds_of_a_hundred_come_to_a_hundred() -> None:
    parts = spread(Decimal("100.00"), "GBP", [1 / 3, 1 / 3])

    assert parts == [Decimal("33.33"), Decimal("33.34"), Decimal("33.33")]


def test_yen_have_no_hundredths_and_dinars_have_thousandths() -> None:
    assert spread(Decimal(5), "JPY", [0.5]) == [Decimal(2), Decimal(3)]
    assert spread(Decimal("0.003"), "KWD", [0.5]) == [Decimal("0.002"), Decimal("0.001")]


def test_what_is_less_than_a_penny_comes_later() -> None:
    """Some files hold thousandths of a dollar: weeks are whole cents, and nothing is lost."""
    assert spread(Decimal("10.004"), "USD", [1.0]) == [Decimal("10.00"), Decimal("0.004")]


@settings(deadline=None)
@given(
    amount=st.decimals("0.001", "99999999.999", places=3),
    by_week=st.lists(st.floats(0, 1), min_size=1, max_size=WEEKS),
    currency=st.sampled_from(["GBP", "JPY", "KWD"]),
)
def test_what_is_spread_adds_up_to_the_penny(amount: Decimal, by_week: list[float], currency: str) -> None:
    scale = max(1.0, sum(by_week))
    parts = spread(amount, currency, [chance / scale for chance in by_week])

    assert sum(parts) == amount
    assert all(part >= 0 for part in parts)
    assert len(parts) == len(by_week) + 1
    assert all(part == money.rounded(part, currency) for part in parts[:-1])


def uncertain(*customers: list[tuple[float, float]]) -> Uncertainty:
    """Customers with invoices, each an amount and the chance that it comes in the first week."""
    found = Uncertainty()
    told = [(amount, chance, place) for place, own in enumerate(customers) for amount, chance in own]
    amounts, chances, places = (np.array(each) for each in zip(*told, strict=True))
    by_week = np.zeros((len(told), WEEKS))
    by_week[:, 0] = chances
    found.see(amounts, by_week, places)
    return found


def width(found: Uncertainty, expected: int, total: int) -> Decimal:
    band = found.band(0, expected=Decimal(expected), total=Decimal(total), currency="GBP")
    return band.high_80 - band.low_80


def test_invoices_of_many_customers_make_a_surer_week_than_those_of_one() -> None:
    """A hundred invoices of 100.00, each as likely to come this week as not."""
    one = uncertain([(100.0, 0.5)] * 100)
    many = uncertain(*[[(100.0, 0.5)]] * 100)

    assert width(many, 5_000, 10_000) < width(one, 5_000, 10_000) / 2


def test_the_band_of_a_certain_week_is_only_the_swing() -> None:
    band = uncertain([(1_000.0, 1.0)]).band(0, expected=Decimal(1_000), total=Decimal(2_000), currency="GBP")

    assert band.high_80 == Decimal("1064.08")
    assert band.low_50 == Decimal("966.28")


def test_bands_are_wider_where_earlier_weeks_were_missed_by_more() -> None:
    """Twelve weeks twice as far off as told: the root of (12 x 4 + 4) / 16. Older ones are forgotten."""
    assert stretch([]) == stretch([0.0] * 12) == stretch([1.0] * 5) == 1.0
    assert stretch([2.0] * 12) == pytest.approx(1.803, abs=0.001)
    assert stretch([2.0] * 12 + [9.0] * 12) == stretch([2.0] * 12)
    assert stretch([3.0]) == pytest.approx(1.612, abs=0.001)

    found = uncertain([(1_000.0, 1.0)])
    band = found.band(0, expected=Decimal(1_000), total=Decimal(2_000), currency="GBP", stretched=2.0)
    assert (band.low_80, band.high_80) == (Decimal("871.84"), Decimal("1128.16"))


def test_bands_lie_between_nothing_and_all_that_is_open() -> None:
    band = uncertain([(1_000.0, 0.5)]).band(0, expected=Decimal(500), total=Decimal(1_000), currency="GBP")

    assert (band.low_80, band.high_80) == (Decimal(0), Decimal(1_000))
    assert band.low_80 <= band.low_50 <= 500 <= band.high_50 <= band.high_80


def test_a_week_expects_of_each_invoice_its_chance_and_nothing_of_what_is_disputed() -> None:
    """The trade's example: 10,000 at 90 %, 20,000 at 55 %, 15,000 at 30 %, and 8,000 in dispute: 24,500."""
    invoices = [(10_000, 0.90), (20_000, 0.55), (15_000, 0.30), (8_000, 0.0)]

    assert sum(spread(Decimal(amount), "GBP", [chance])[0] for amount, chance in invoices) == 24_500
