"""How late invoices were paid, counted with those that are still open."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collections_app.forecasting.rules import delays
from collections_app.forecasting.rules.delays import FIRST_DAY, LAST_DAY, Tally

MONDAY = 0


def paid(*late: int, begun: int = -30) -> Tally:
    tally = Tally()
    for days in late:
        tally.see(begun=begun, ended=days, weekday=MONDAY)
    return tally


def test_a_share_is_what_was_paid_of_what_was_still_open() -> None:
    """Ten invoices: two on time, three four days late, five ten days late."""
    bought, still = paid(*[0] * 2, *[4] * 3, *[10] * 5).by_day()

    shares = {day: bought[delays.place(day)] / still[delays.place(day)] for day in (0, 4, 10)}

    assert shares == {0: 0.2, 4: 3 / 8, 10: 1.0}
    assert still[delays.place(1)] == 8
    assert still[delays.place(11)] == 0


def test_an_open_invoice_counts_among_those_not_paid_so_far() -> None:
    """Of three that got four days late, one is still open on the sixth: it tells nothing of the seventh."""
    tally = paid(4, 9)
    tally.see(begun=-30, ended=6)

    bought, still = tally.by_day()

    assert still[delays.place(4)] == 3
    assert still[delays.place(6)] == 2
    assert still[delays.place(7)] == 1
    assert bought[delays.place(9)] == 1
    assert tally.settled == 2


def test_an_invoice_with_short_terms_tells_nothing_of_the_days_before_it_was_there() -> None:
    _, still = paid(0, begun=-15).by_day()

    assert still[delays.place(-16)] == 0
    assert still[delays.place(-15)] == 1


def test_one_written_today_has_not_been_open_for_a_day_yet() -> None:
    tally = Tally()
    tally.see(begun=-30, ended=-31)

    assert not tally.by_day()[1].any()


def test_without_invoices_of_their_own_the_segment_decides() -> None:
    behind = delays.common_shares(paid(*[3] * 80))

    assert delays.shares(Tally(), behind, trust=2) == pytest.approx(behind)


def test_the_more_invoices_of_their_own_the_less_the_others_matter() -> None:
    behind = delays.common_shares(paid(*[3] * 80))
    day = delays.place(10)

    few, many = (delays.shares(paid(*[10] * number), behind, trust=2)[day] for number in (1, 40))

    assert behind[day] < 0.1 < few < many
    assert few == pytest.approx((1 + 2 * behind[day]) / 3)
    assert many == pytest.approx((40 + 2 * behind[day]) / 42)


def test_how_many_were_as_late_is_counted_in_whole_invoices() -> None:
    tally = paid(0, 4, 4, 10)

    assert [tally.as_late(days) for days in (0, 1, 4, 5, 11)] == [4, 3, 3, 1, 0]


def test_the_very_late_are_known_to_be_later_and_no_more() -> None:
    """Else all that is ever paid after the last day would be expected on each day after it."""
    bought, still = paid(*[LAST_DAY + 300] * 10).by_day()

    assert bought[delays.place(LAST_DAY)] == 0
    assert still[delays.place(LAST_DAY)] == 10


late = st.integers(FIRST_DAY - 20, LAST_DAY + 50)


@settings(deadline=None)
@given(mine=st.lists(late, max_size=20), theirs=st.lists(late, max_size=60), still=st.lists(late, max_size=9))
def test_shares_are_chances_whatever_was_paid(mine: list[int], theirs: list[int], still: list[int]) -> None:
    own = paid(*mine)
    for days in still:
        own.see(begun=-30, ended=days)
    everybody = delays.total([own, paid(*theirs)])

    common = delays.common_shares(everybody)

    for shares in (common, delays.shares(own, common, trust=delays.OWN_TRUST)):
        assert shares.min() >= 0
        assert shares.max() <= 1
    assert everybody.settled == len(mine) + len(theirs)
