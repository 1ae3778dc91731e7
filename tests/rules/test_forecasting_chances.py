"""The chances of days for one open invoice, and the days read from them."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collections_app.forecasting.rules import chances, delays, pay_days
from collections_app.forecasting.rules.chances import HORIZON_DAYS, Payer
from collections_app.forecasting.rules.delays import Tally
from collections_app.forecasting.rules.pay_days import PayDays

WEDNESDAY = dt.date(2026, 3, 11).toordinal()
NOBODY = [0.0] * delays.SPAN


def shares(**by_day: float) -> list[float]:
    """``shares(d3=0.5)``: half of what got three days late is paid on that day; ``e2`` is two days early."""
    found = list(NOBODY)
    for name, share in by_day.items():
        found[delays.place(int(name[1:]) * (-1 if name[0] == "e" else 1))] = share
    return found


def of(found: list[float], *, due: int = 0, days: PayDays | None = None) -> list[float]:
    """Chances of an invoice due so many days from today, a Wednesday."""
    return Payer(found, days or PayDays(), today=WEDNESDAY).chances(due=WEDNESDAY + due)


def test_days_that_have_gone_are_not_expected_any_more() -> None:
    """Half pays on the due date and the rest five days later: open on the third day, it is the rest."""
    found = of(shares(d0=0.5, d5=1.0), due=-3)

    assert chances.within(found, 2) == 0
    assert chances.within(found, 3) == pytest.approx(1, abs=0.001)
    assert chances.middle(found) == 2


def test_the_chance_of_a_day_is_of_what_is_left_on_it() -> None:
    found = of(shares(d0=0.5, d5=0.5, d9=0.5))

    assert [round(chances.within(found, days), 4) for days in (1, 6, 10, 99)] == [0.5, 0.75, 0.875, 0.875]
    assert chances.within(found, 0) == 0


def test_what_is_never_paid_is_later() -> None:
    found = of(NOBODY)

    assert chances.middle(found) is None
    assert chances.band(found, 0.8) == (None, None)
    assert chances.within(found, HORIZON_DAYS) == 0


def test_a_certain_day_is_that_day() -> None:
    found = of(shares(d0=1.0))

    assert chances.middle(found) == 0
    assert chances.band(found, 0.8) == (0, 0)


def test_the_band_leaves_out_as_much_before_as_after() -> None:
    """Ten days, each as likely as the others: four of five leave out the first and the last."""
    found = [day / 10 for day in range(1, 11)]

    assert chances.band(found, 0.8) == (1, 8)


def test_a_day_that_holds_much_is_left_out_when_that_comes_nearer() -> None:
    """15, 70 and 15 in a hundred: the middle day alone holds 70, with one beside it 85, with both 100."""
    assert chances.band([0.15, 0.85, 1.0], 0.8) == (1, 2)
    assert chances.band([0.15, 0.85, 1.0], 0.5) == (1, 1)


def test_a_weekday_on_which_they_never_pay_waits_for_the_next() -> None:
    """Three days from a Wednesday is a Saturday, and this customer pays from Monday to Friday."""
    office_days = PayDays((1.4, 1.4, 1.4, 1.4, 1.4, 0.0, 0.0))

    found = of(shares(d3=0.5), days=office_days)

    assert chances.within(found, 5) == 0
    assert chances.within(found, 6) == pytest.approx(0.5)


def test_a_usual_pay_day_draws_what_is_spread_around_it() -> None:
    """Today is the 11th. Who pays nine in ten invoices on the 15th hardly pays on the 14th."""
    spread = shares(**{f"d{day}": 0.1 for day in range(20)})
    on_the_15th = pay_days.pay_days(pay_days.EVEN, 15, paid_on_it=18, paid=20)

    found = of(spread, days=on_the_15th)
    by_day = [after - before for before, after in zip([0.0, *found], found, strict=False)]

    assert by_day[4] == max(by_day)
    assert by_day[4] > 0.6
    assert by_day[3] < 0.05
    assert chances.middle(found) == 4


def test_weekdays_of_few_payments_are_mostly_everybodys() -> None:
    everybody = pay_days.weekday_factors([0, 0, 0, 0, 980, 0, 0])

    few = pay_days.weekday_factors([1, 0, 0, 0, 0, 0, 0], everybody)

    assert everybody[4] == pytest.approx((7 * 980 + 20) / 1000)
    assert few[4] == pytest.approx(20 * everybody[4] / 21)
    assert few[0] < 1 < few[4]


def test_mixing_weighs_each() -> None:
    assert chances.mixed([0.5, 1.0], [0.0, 0.0, 0.4], weight=0.25) == pytest.approx([0.125, 0.25, 0.55])
    assert chances.mixed([], [0.4], weight=0.25) == pytest.approx([0.3])


lateness = st.lists(st.integers(-20, 120), max_size=15)
factors = st.lists(st.floats(0, 50), min_size=7, max_size=7)


@given(
    late=lateness,
    weekdays=factors,
    due=st.integers(-500, 500),
    month_day=st.none() | st.integers(1, 31),
    share=st.sampled_from([0.5, 0.8]),
)
def test_chances_rise_to_one_at_most_and_bands_hold_the_middle(
    late: list[int], weekdays: list[float], due: int, month_day: int | None, share: float
) -> None:
    tally = Tally()
    for days in late:
        tally.see(begun=-30, ended=days, weekday=0)
    own = delays.shares(tally, delays.common_shares(tally), trust=delays.OWN_TRUST)
    days_of = pay_days.pay_days(
        pay_days.weekday_factors(weekdays), month_day, paid_on_it=len(late) / 2, paid=len(late)
    )

    found = of(own, due=due, days=days_of)
    first, last = chances.band(found, share)
    middle = chances.middle(found)

    assert all(before <= after for before, after in itertools.pairwise(found))
    assert all(0 <= chance <= 1 for chance in found)
    assert len(found) <= HORIZON_DAYS
    later = HORIZON_DAYS
    assert (later if first is None else first) <= (later if last is None else last)
    assert 0 <= chances.within(found, 7) <= chances.within(found, 14) <= 1
    assert middle is None or chances.within(found, middle + 1) >= 0.5
