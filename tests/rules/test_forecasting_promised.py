"""What a promise adds to what is expected."""

import datetime as dt

import numpy as np
import pytest

from collections_app.forecasting.rules import promised
from collections_app.forecasting.rules.chances import HORIZON_DAYS
from collections_app.forecasting.rules.promised import Instalment, Row, with_promise

TODAY = dt.date(2026, 3, 11).toordinal()
# One in ten a day: two thirds within ten days.
USUAL: Row = np.array([1 - 0.9 ** (day + 1) for day in range(HORIZON_DAYS)])
EVERY_DAY = np.arange(HORIZON_DAYS)


def told(*plan: Instalment, kept: float, part: float = 1.0, usual: Row = USUAL) -> Row:
    return with_promise(usual, plan, EVERY_DAY, kept=kept, part=part, today=TODAY)


def within(found: Row, days: int) -> float:
    return float(found[days - 1])


def on(day: int, *, grace: int = 0, amount: float = 1.0) -> Instalment:
    return Instalment(amount, TODAY + day, TODAY + day + grace)


def test_somebody_who_always_keeps_their_word_pays_on_the_day() -> None:
    found = told(on(9), kept=1.0)

    assert within(found, 9) == 0
    assert within(found, 10) == pytest.approx(1)


def test_a_word_kept_two_times_in_three_leaves_a_third_for_later() -> None:
    found = told(on(9), kept=2 / 3)

    assert within(found, 9) == pytest.approx(0)
    assert within(found, 10) == pytest.approx(2 / 3)
    # Who broke it goes on as one who is still open by then: one in ten a day.
    assert within(found, 11) == pytest.approx(2 / 3 + 1 / 3 * 0.1)


def test_it_may_come_on_any_day_of_the_grace() -> None:
    found = told(on(1, grace=1), kept=1.0)

    assert [within(found, days) for days in (1, 2, 3)] == pytest.approx([0, 0.5, 1])


def test_only_the_promised_part_waits_for_its_day() -> None:
    found = told(on(9), kept=1.0, part=0.4)

    assert within(found, 5) == pytest.approx(0.6 * USUAL[4])


def test_instalments_come_each_by_its_day() -> None:
    found = told(on(2, amount=100.0), on(20, amount=300.0), kept=1.0)

    assert within(found, 3) == pytest.approx(0.25)
    assert within(found, 20) == pytest.approx(0.25)
    assert within(found, 21) == pytest.approx(1)


def test_a_promise_in_its_grace_is_expected_from_today() -> None:
    found = told(on(-2, grace=3), kept=1.0)

    assert [within(found, days) for days in (1, 2)] == pytest.approx([0.5, 1])


def test_it_comes_on_a_day_on_which_they_pay_at_all() -> None:
    """Promised for Saturday with a grace until Monday; they pay from Monday to Friday."""
    open_days = EVERY_DAY[((TODAY - 1 + EVERY_DAY) % 7) < 5]

    found = with_promise(USUAL, [on(3, grace=2)], open_days, kept=1.0, part=1.0, today=TODAY)

    assert [within(found, days) for days in (4, 5, 6)] == pytest.approx([0, 0, 1])


def test_a_promise_beyond_the_horizon_is_later() -> None:
    assert told(on(400), kept=1.0)[-1] == 0


def test_where_nobody_would_pay_otherwise_a_broken_promise_is_later() -> None:
    found = told(on(3), kept=0.6, usual=np.zeros(HORIZON_DAYS))

    assert found[-1] == pytest.approx(0.6)


def test_a_word_is_weighed_with_that_of_the_others() -> None:
    """The company's customers kept 12 of 18; somebody new is trusted as they are, one who broke both less."""
    usual = promised.usual_word(12, 18)

    assert usual == pytest.approx(2 / 3)
    words = promised.word(np.array([0, 0, 9]), np.array([0, 2, 9]), behind=usual)

    assert words.tolist() == pytest.approx([2 / 3, 4 / 9, (9 + 8 / 3) / 13])
