"""Percentiles by nearest rank, and when an aim is met."""

import pytest

from collections_app.management.benchmarks.figures import Measure, percentile, table


@pytest.mark.parametrize(
    ("seconds", "share", "expected"),
    [
        ([1.0], 0.95, 1.0),
        ([3.0, 1.0, 2.0], 0.5, 2.0),
        ([float(n) for n in range(1, 101)], 0.95, 95.0),
        ([float(n) for n in range(1, 11)], 0.95, 10.0),
        ([1.0, 2.0], 1.0, 2.0),
    ],
)
def test_a_percentile_is_one_of_the_measured_values(
    seconds: list[float], share: float, expected: float
) -> None:
    assert percentile(seconds, share) == expected


def test_a_ratio_is_of_medians_and_meets_its_aim_up_to_the_limit() -> None:
    measure = Measure("Night", [3.0, 9.0, 3.0], [1.0, 1.0, 5.0], "sorting", most_ratio=3)
    assert (measure.median, measure.floor, measure.ratio, measure.is_met) == (3.0, 1.0, 3.0, True)
    assert not Measure("Night", [3.1], [1.0], "sorting", most_ratio=3).is_met


def test_a_time_is_met_by_its_95th_percentile() -> None:
    assert Measure("Page", [0.01, 0.039], [0.001], "", most_seconds=0.04).is_met
    assert not Measure("Page", [0.01, 0.041], [0.001], "", most_seconds=0.04).is_met


def test_the_table_says_what_is_not_met_and_what_limits_it() -> None:
    lines = table([Measure("Night", [8.0], [1.0], "the disk", most_ratio=3)])
    assert "NOT MET" in lines[1]
    assert lines[-1] == "Night: the disk"


def test_what_has_neither_floor_nor_aim_is_told_beside_the_others() -> None:
    measure = Measure("Forecast", [2.0], [], "each open invoice")
    assert (measure.floor, measure.ratio, measure.is_met, measure.aim) == (None, None, None, "")
    assert table([measure])[1].split() == ["Forecast", "2.00", "s", "2.00", "s"]
    assert measure.as_facts()["met"] is None
