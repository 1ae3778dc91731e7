"""The chances of days for one open invoice, and the days read from them."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collections_app.forecasting.rules import chances, delays, pay_days
from collections_app.forecasting.rules.chances import HORIZON_DAYS, Calendar, Chances, Payers
from collections_app.forecasting.rules.delays import Tallies
from collections_app.forecasting.rules.pay_days import PayDays

WEDNESDAY = dt.date(2026, 3, 11).toordinal()
NOBODY = np.zeros(delays.SPAN)
LATER = HORIZON_DAYS
OFFICE_DAYS = (1.4, 1.4, 1.4, 1.4, 1.4, 0.0, 0.0)


def shares(**by_day: float) -> delays.Shares:
    """``shares(d3=0.5)``: half of what got three days late is paid on that day; ``e2`` is two days early."""
    found = NOBODY.copy()
    for name, share in by_day.items():
        found[delays.place(int(name[1:]) * (-1 if name[0] == "e" else 1))] = share
    return found


def of(found: delays.Shares, *, due: int = 0, days: PayDays | None = None) -> Chances:
    """Chances of an invoice due so many days from today, a Wednesday."""
    return payers(found, days).chances(np.array([0]), np.array([WEDNESDAY + due]))


def payers(found: delays.Shares, days: PayDays | None = None) -> Payers:
    """One customer, on a Wednesday."""
    return Payers(np.atleast_2d(found), days or pay_days.pay_days(pay_days.EVEN), Calendar(WEDNESDAY))


def gone(*so_far: float) -> Chances:
    """Chances told day by day; nothing comes after the last."""
    return np.array([[*so_far, *so_far[-1:] * (HORIZON_DAYS - len(so_far))]])


def within(found: Chances, days: int) -> float:
    return float(chances.within(found, days)[0])


def middle(found: Chances) -> int:
    return int(chances.middle(found)[0])


def band(found: Chances, share: float) -> tuple[int, int]:
    first, last = chances.band(found, share)
    return int(first[0]), int(last[0])


def test_days_that_have_gone_are_not_expected_any_more() -> None:
    """Half pays on the due date and the rest five days later: open on the third day, it is the rest."""
    found = of(shares(d0=0.5, d5=1.0), due=-3)

    assert within(found, 2) == 0
    assert within(found, 3) == pytest.approx(1, abs=0.001)
    assert middle(found) == 2


def test_the_chance_of_a_day_is_of_what_is_left_on_it() -> None:
    found = of(shares(d0=0.5, d5=0.5, d9=0.5))

    assert [round(within(found, days), 4) for days in (1, 6, 10, 99)] == [0.5, 0.75, 0.875, 0.875]
    assert within(found, 0) == 0


def test_what_is_never_paid_is_later() -> None:
    found = of(NOBODY)

    assert middle(found) == LATER
    assert band(found, 0.8) == (LATER, LATER)
    assert within(found, HORIZON_DAYS) == 0


def test_a_certain_day_is_that_day() -> None:
    found = of(shares(d0=1.0))

    assert middle(found) == 0
    assert band(found, 0.8) == (0, 0)


def test_the_band_leaves_out_as_much_before_as_after() -> None:
    """Ten days, each as likely as the others: four of five leave out the first and the last."""
    found = gone(*(day / 10 for day in range(1, 11)))

    assert band(found, 0.8) == (1, 8)


def test_a_day_that_holds_much_is_left_out_when_that_comes_nearer() -> None:
    """15, 70 and 15 in a hundred: the middle day alone holds 70, with one beside it 85, with both 100."""
    assert band(gone(0.15, 0.85, 1.0), 0.8) in ((0, 1), (1, 2))
    assert band(gone(0.15, 0.85, 1.0), 0.5) == (1, 1)


def test_a_weekday_on_which_they_never_pay_waits_for_the_next() -> None:
    """Three days from a Wednesday is a Saturday, and this customer pays from Monday to Friday."""
    office_days = pay_days.pay_days(OFFICE_DAYS)

    found = of(shares(d3=0.5), days=office_days)

    assert within(found, 5) == 0
    assert within(found, 6) == pytest.approx(0.5)


def test_a_usual_pay_day_draws_what_is_spread_around_it() -> None:
    """Today is the 11th. Who pays nine in ten invoices on the 15th hardly pays on the 14th."""
    spread = shares(**{f"d{day}": 0.1 for day in range(20)})
    on_the_15th = pay_days.pay_days(pay_days.EVEN, [15], paid_on_it=18, paid=20)

    found = of(spread, days=on_the_15th)
    by_day = np.diff(found[0], prepend=0)

    assert by_day.argmax() == 4
    assert by_day[4] > 0.6
    assert by_day[3] < 0.05
    assert middle(found) == 4


def test_weekdays_of_few_payments_are_mostly_everybodys() -> None:
    everybody = pay_days.weekday_factors([0, 0, 0, 0, 950, 0, 0])

    few = pay_days.weekday_factors([1, 0, 0, 0, 0, 0, 0], everybody)

    assert everybody[4] == pytest.approx((7 * 950 + 50) / 1000)
    assert few[4] == pytest.approx(50 * everybody[4] / 51)
    assert few[0] < 1 < few[4]


def test_several_invoices_at_once_are_each_as_alone() -> None:
    found = shares(d0=0.3, d4=0.5, d60=0.9)
    days = [-400, -40, -3, 0, 20, 150]
    office_days = pay_days.pay_days(OFFICE_DAYS)

    together = payers(found, office_days).chances(np.zeros(6, dtype=int), np.array(days) + WEDNESDAY)

    for place, day in enumerate(days):
        assert together[place] == pytest.approx(of(found, due=day, days=office_days)[0])
    for share in (0.5, 0.8):
        first, last = chances.band(together, share)
        assert [band(together[place : place + 1], share) for place in range(len(days))] == list(
            zip(first.tolist(), last.tolist(), strict=True)
        )


def test_customers_together_are_each_as_alone() -> None:
    """Who pays on Fridays only, who never at the weekend, and who on the 15th: in one go as one by one."""
    own = np.stack([shares(d0=0.3, d4=0.5), shares(d9=0.7), shares(**{f"d{day}": 0.1 for day in range(20)})])
    fridays = (0.0, 0.0, 0.0, 0.0, 7.0, 0.0, 0.0)
    days = pay_days.pay_days(
        [fridays, OFFICE_DAYS, pay_days.EVEN], [0, 0, 15], paid_on_it=[0, 0, 18], paid=[20, 20, 20]
    )
    alone = [
        pay_days.pay_days(fridays),
        pay_days.pay_days(OFFICE_DAYS),
        pay_days.pay_days(pay_days.EVEN, [15], paid_on_it=18, paid=20),
    ]
    whose, due = np.array([0, 2, 1, 2, 0]), np.array([-3, 0, 2, 20, -60])

    together = Payers(own, days, Calendar(WEDNESDAY)).chances(whose, due + WEDNESDAY)

    for place, (row, day) in enumerate(zip(whose, due, strict=True)):
        assert together[place] == pytest.approx(of(own[row], due=int(day), days=alone[row])[0])


lateness = st.lists(st.integers(-20, 120), max_size=15)
factors = st.lists(st.floats(0, 50), min_size=7, max_size=7)


@settings(deadline=None)
@given(
    late=lateness,
    weekdays=factors,
    due=st.integers(-500, 500),
    month_day=st.integers(0, 31),
    share=st.sampled_from([0.5, 0.8]),
)
def test_chances_rise_to_one_at_most_and_bands_hold_the_middle(
    late: list[int], weekdays: list[float], due: int, month_day: int, share: float
) -> None:
    ended = np.array(late, dtype=np.int64)
    tally = Tallies.counted(
        1,
        np.zeros_like(ended),
        begun=np.full_like(ended, -30),
        ended=ended,
        weights=np.ones(len(ended)),
        weekdays=np.zeros_like(ended),
    )
    own = delays.shares(tally, delays.common_shares(tally), trust=delays.OWN_TRUST)
    days_of = pay_days.pay_days(
        pay_days.weekday_factors(weekdays), [month_day], paid_on_it=len(late) / 2, paid=len(late)
    )

    found = of(own, due=due, days=days_of)
    first, last = band(found, share)
    half = middle(found)

    assert (np.diff(found) >= 0).all()
    assert found.min() >= 0
    assert found.max() <= 1
    assert found.shape == (1, HORIZON_DAYS)
    assert first <= last
    assert 0 <= within(found, 7) <= within(found, 14) <= 1
    assert half == LATER or within(found, half + 1) >= 0.5 - 1e-9
    if share == 0.8 and half < LATER:
        assert first <= half <= last
