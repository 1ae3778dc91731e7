"""Charts as places on a page: from zero, to scale, and never past their frame."""

from decimal import Decimal

import pytest

from collections_app.screens import charts


def test_columns_stand_on_zero_and_their_parts_add_up() -> None:
    chart = charts.stacked(["Jan", "Feb"], [[(Decimal(30), "a"), (Decimal(10), "b")], [(Decimal(0), "a")]])

    first, second = chart.columns
    foot = charts.TOP + charts.PLOT_HEIGHT
    assert [Decimal(box.y) + Decimal(box.height) for box in first.boxes] == [foot, Decimal(first.boxes[0].y)]
    assert second.boxes == []


@pytest.mark.parametrize(
    ("most", "labels"),
    [("84", ["0", "25", "50", "75", "100"]), ("1390000", ["0", "500k", "1m", "1.5m", "2m"])],
)
def test_the_axis_has_round_steps(most: str, labels: list[str]) -> None:
    chart = charts.lines(["Jan", "Feb"], [("one", [Decimal(0), Decimal(most)])])

    assert [tick.label for tick in chart.ticks] == labels


def test_a_missing_value_is_passed_over() -> None:
    chart = charts.lines(["a", "b", "c"], [("one", [Decimal(1), None, Decimal(3)])])

    assert len(chart.lines[0].points.split()) == 2


def test_nothing_can_be_drawn_of_nothing() -> None:
    assert charts.spark([None, Decimal(1)]) == ""
    assert charts.stacked([], []).columns == []
    assert charts.lines(["a"], [("one", [None])]).lines[0].points == ""


def test_two_columns_stand_beside_each_other_on_zero() -> None:
    chart = charts.paired(["2 Mar"], [((Decimal(40), "expected"), (Decimal(20), "came"), "+100 %")])

    first, second = chart.columns
    assert Decimal(first.x) + Decimal(first.width) == Decimal(second.x)
    assert Decimal(first.boxes[0].height) == 2 * Decimal(second.boxes[0].height)
    foot = charts.TOP + charts.PLOT_HEIGHT
    assert {Decimal(each.boxes[0].y) + Decimal(each.boxes[0].height) for each in chart.columns} == {foot}
    assert (first.label, second.label) == ("", "+100 %")
