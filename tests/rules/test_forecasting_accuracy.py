"""How near a forecast came: accuracy, bias, and bands that held."""

from decimal import Decimal

from collections_app.forecasting.rules import accuracy
from collections_app.forecasting.rules.accuracy import Compared


def week(expected: int, came: int) -> Compared:
    amounts = (expected, came, expected - 10_000, expected + 10_000, expected - 20_000, expected + 20_000)
    return Compared(*map(Decimal, amounts))


def test_a_forecast_of_142_000_against_130_000_was_right_to_90_8_per_cent() -> None:
    assert round(week(142_000, 130_000).accuracy or 0, 3) == Decimal("0.908")


def test_nothing_that_came_has_no_accuracy_and_a_wild_miss_is_none() -> None:
    assert week(100, 0).accuracy is None
    assert week(500, 100).accuracy == 0
    assert accuracy.accuracy([week(100, 0)]) is None
    assert accuracy.accuracy([week(100, 0), week(50, 100), week(90, 100)]) == Decimal("0.7")


def test_bias_tells_too_much_from_too_little() -> None:
    assert accuracy.bias([week(110, 100), week(100, 100)]) == Decimal("0.05")
    assert accuracy.bias([week(90, 100)]) == Decimal("-0.1")
    assert accuracy.bias([]) is None


def test_bands_hold_up_to_their_edges() -> None:
    found = accuracy.held([week(100_000, 110_000), week(100_000, 110_001), week(100_000, 120_001)])

    assert found == (Decimal(1) / 3, Decimal(2) / 3)
    assert accuracy.held([]) is None
