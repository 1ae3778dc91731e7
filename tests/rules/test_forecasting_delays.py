"""How late invoices were paid, counted with those that are still open."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collections_app.forecasting.rules import delays
from collections_app.forecasting.rules.delays import FIRST_DAY, LAST_DAY, Tallies

MONDAY = 0


def tally(*late: int, begun: int = -30, still: Sequence[int] = ()) -> Tallies:
    """One customer, who paid on a Monday so many days ``late`` each, and owes others ``still``."""
    ended = np.array([*late, *still], dtype=np.int64)
    return Tallies.counted(
        1,
        np.zeros_like(ended),
        begun=np.full_like(ended, begun),
        ended=ended,
        weights=np.ones(len(ended)),
        weekdays=np.array([MONDAY] * len(late) + [-1] * len(still), dtype=np.int64),
    )


def of_both(one: Tallies, other: Tallies) -> Tallies:
    """Customers in two rows."""
    return Tallies.of(
        np.concatenate([np.zeros_like(one.days), np.ones_like(other.days)]),
        np.concatenate([one.days, other.days]),
        np.concatenate([one.weekdays, other.weekdays]),
        begun=np.concatenate([one.begun, other.begun]),
        ended=np.concatenate([one.ended, other.ended]),
        paid=np.concatenate([one.paid, other.paid]),
        counts=np.concatenate([one.counts, other.counts]),
    )


def by_day(of_one: Tallies) -> tuple[delays.Shares, delays.Shares]:
    """What one customer paid on each day, and what was still open as it began."""
    (bought,), (still,) = of_one.by_day()
    return bought, still


def own_shares(of_one: Tallies, behind: delays.Shares, *, trust: float) -> delays.Shares:
    (found,) = delays.shares(of_one, behind, trust=trust)
    return np.asarray(found)


def test_a_share_is_what_was_paid_of_what_was_still_open() -> None:
    """Ten invoices: two on time, three four days late, five ten days late."""
    bought, still = by_day(tally(*[0] * 2, *[4] * 3, *[10] * 5))

    shares = {day: bought[delays.place(day)] / still[delays.place(day)] for day in (0, 4, 10)}

    assert shares == {0: 0.2, 4: 3 / 8, 10: 1.0}
    assert still[delays.place(1)] == 8
    assert still[delays.place(11)] == 0


def test_an_open_invoice_counts_among_those_not_paid_so_far() -> None:
    """Of three that got four days late, one is still open on the sixth: it tells nothing of the seventh."""
    found = tally(4, 9, still=[6])

    bought, still = by_day(found)

    assert still[delays.place(4)] == 3
    assert still[delays.place(6)] == 2
    assert still[delays.place(7)] == 1
    assert bought[delays.place(9)] == 1
    assert found.settled.tolist() == [2]


def test_an_invoice_with_short_terms_tells_nothing_of_the_days_before_it_was_there() -> None:
    _, still = by_day(tally(0, begun=-15))

    assert still[delays.place(-16)] == 0
    assert still[delays.place(-15)] == 1


def test_one_written_today_has_not_been_open_for_a_day_yet() -> None:
    assert not by_day(tally(still=[-31]))[1].any()


def test_without_invoices_of_their_own_the_segment_decides() -> None:
    behind = delays.common_shares(tally(*[3] * 80))

    assert own_shares(tally(), behind, trust=2) == pytest.approx(behind)


def test_the_more_invoices_of_their_own_the_less_the_others_matter() -> None:
    behind = delays.common_shares(tally(*[3] * 80))
    day = delays.place(10)

    few, many = (own_shares(tally(*[10] * number), behind, trust=2)[day] for number in (1, 40))

    assert behind[day] < 0.1 < few < many
    assert few == pytest.approx((1 + 2 * behind[day]) / 3)
    assert many == pytest.approx((40 + 2 * behind[day]) / 42)


def test_how_many_were_as_late_is_counted_in_whole_invoices() -> None:
    found = tally(-3, 4, 4, 10, LAST_DAY + 7)
    days = np.array([FIRST_DAY - 9, 0, 1, 4, 5, 11, LAST_DAY, LAST_DAY + 1, 2_000])

    assert found.as_late(np.zeros_like(days), days).tolist() == [5, 4, 4, 4, 2, 1, 1, 0, 0]


def test_customers_picked_and_added_up_are_counted_as_each_alone() -> None:
    one, other = tally(3, 3, still=[9]), tally(0, 3, begun=-10)
    both = of_both(one, other)

    assert both.settled.tolist() == [2, 2]
    assert both.as_late(np.array([1, 0, 1]), np.array([1, 1, 4])).tolist() == [1, 2, 0]
    for row, alone in enumerate((one, other)):
        for found, each in zip(both.picked(np.array([row])).by_day(), alone.by_day(), strict=True):
            assert found.tolist() == each.tolist()
    assert both.picked(np.array([1, 0, 1])).settled.tolist() == [2, 2, 2]
    together = both.together(np.array([0, 0]), 1)
    assert together.by_day()[1].tolist() == (one.by_day()[1] + other.by_day()[1]).tolist()
    assert together.weekdays.tolist() == [[4, 0, 0, 0, 0, 0, 0]]


def test_the_very_late_are_known_to_be_later_and_no_more() -> None:
    """Else all that is ever paid after the last day would be expected on each day after it."""
    bought, still = by_day(tally(*[LAST_DAY + 300] * 10))

    assert bought[delays.place(LAST_DAY)] == 0
    assert still[delays.place(LAST_DAY)] == 10


late = st.integers(FIRST_DAY - 20, LAST_DAY + 50)


@settings(deadline=None)
@given(mine=st.lists(late, max_size=20), theirs=st.lists(late, max_size=60), still=st.lists(late, max_size=9))
def test_shares_are_chances_whatever_was_paid(mine: list[int], theirs: list[int], still: list[int]) -> None:
    own = tally(*mine, still=still)
    everybody = of_both(own, tally(*theirs)).together(np.zeros(2, dtype=np.int64), 1)

    common = delays.common_shares(everybody)

    for shares in (common, own_shares(own, common, trust=delays.OWN_TRUST)):
        assert shares.min() >= 0
        assert shares.max() <= 1
    assert everybody.settled.tolist() == [len(mine) + len(theirs)]
