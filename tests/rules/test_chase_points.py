"""Points of the chase rules: tables of cases."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.chase.rules import points
from collections_app.chase.rules.points import RULES, Band, Known, default_bands, measures, score

DAY = dt.date(2026, 3, 11)


def ago(days: int) -> dt.date:
    return DAY - dt.timedelta(days)


@pytest.mark.parametrize(
    ("rule", "measure", "given"),
    [
        ("oldest_age", 1, 5),
        ("oldest_age", 7, 5),
        ("oldest_age", 8, 10),
        ("oldest_age", 30, 15),
        ("oldest_age", 31, 20),
        ("oldest_age", 90, 30),
        ("oldest_age", 91, 40),
        ("amount", "249.99", 0),
        ("amount", 250, 2),
        ("amount", "24999.999", 10),
        ("amount", 25_000, 20),
        ("broken_promise", 1, 40),
        ("broken_promise", 3, 50),
        ("call_back", 1, 60),
        ("next_step_due", 4, 25),
        ("later_than_usual", "0.9", 0),
        ("later_than_usual", 8, 15),
        ("pays_soon", 74, 0),
        ("pays_soon", 75, -5),
        ("pays_soon", 90, -10),
        ("near_limit", 89, 0),
        ("near_limit", 100, 20),
        ("insurer_clock", 0, 15),
        ("insurer_clock", 10, 40),
        ("segment", 1, 0),
        ("pre_due", 1_000_000, 0),
    ],
)
def test_the_highest_band_that_is_reached_gives_the_points(rule: str, measure: object, given: int) -> None:
    reached = points.points(rule, Decimal(str(measure)), segment_code="standard", bands=default_bands())

    assert reached == given


def test_bands_of_a_segment_replace_the_common_ones_of_that_rule_only() -> None:
    bands = (
        Band("oldest_age", Decimal(1), 5),
        Band("oldest_age", Decimal(31), 20),
        Band("amount", Decimal(1), 2),
        Band("oldest_age", Decimal(60), 7, segment_code="public"),
    )

    measured = {"oldest_age": Decimal(59), "amount": Decimal(10)}

    assert score(measured, segment_code="standard", bands=bands) == {"oldest_age": 20, "amount": 2}
    assert score(measured, segment_code="public", bands=bands) == {"amount": 2}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, {}),
        ({"oldest_days": 41}, {"oldest_age": 41, "never_contacted": 1}),
        ({"oldest_days": 41, "last_contact_on": ago(30)}, {"oldest_age": 41}),
        ({"oldest_days": 41, "last_contact_on": ago(31)}, {"oldest_age": 41, "never_contacted": 1}),
        ({"oldest_days": 14}, {"oldest_age": 14}),
        ({"oldest_days": 15}, {"oldest_age": 15, "never_contacted": 1}),
        ({"next_step": "call_back", "next_on": DAY}, {"call_back": 1}),
        ({"next_step": "call_back", "next_on": ago(2)}, {"call_back": 3}),
        ({"next_step": "call_back", "next_on": ago(-1)}, {}),
        ({"next_step": "email", "next_on": ago(1)}, {"next_step_due": 2}),
        ({"overdue_count": 2, "new_overdue_count": 2}, {"new_overdue": 2}),
        ({"overdue_count": 3, "new_overdue_count": 2}, {}),
        ({"oldest_days": 10, "p90_days_late": Decimal("3.5"), "settled_count": 4}, {"oldest_age": 10}),
        (
            {"oldest_days": 10, "p90_days_late": Decimal("3.5"), "settled_count": 5},
            {"oldest_age": 10, "later_than_usual": "6.5"},
        ),
        ({"exposure": Decimal(899), "credit_limit": Decimal(1000)}, {"near_limit": 89}),
        ({"exposure": Decimal(-5), "credit_limit": Decimal(1000)}, {}),
        ({"exposure": Decimal(5), "credit_limit": Decimal(0)}, {}),
        ({"report_by": ago(-11)}, {}),
        ({"report_by": ago(-10)}, {"insurer_clock": 0}),
        ({"report_by": ago(1)}, {"insurer_clock": 11}),
        ({"segment_code": "key"}, {"segment": 1}),
        ({"weight": Decimal(1), "soon_share": Decimal("0.899")}, {"amount": 1, "pays_soon": 89}),
        ({"weight": Decimal(0), "soon_share": Decimal("0.899")}, {}),
        ({"soon_weight": Decimal(12_000)}, {"pre_due": 12_000}),
        ({"soon_weight": Decimal(12_000), "last_contact_on": ago(7)}, {}),
        ({"soon_weight": Decimal(12_000), "last_contact_on": ago(8)}, {"pre_due": 12_000}),
        ({"weight": None}, {}),
        ({"broken_promises": 1}, {"broken_promise": 1}),
        (
            {"broken_promises": 2, "broke_since_contact": True},
            {"broken_promise": 2, "broken_since_contact": 1},
        ),
    ],
)
def test_each_rule_measures_what_it_says(known: dict[str, object], expected: dict[str, object]) -> None:
    found = measures(Known(day=DAY, **known))  # type: ignore[arg-type]

    assert found == {rule: Decimal(str(measure)) for rule, measure in expected.items()}


def test_every_rule_says_what_it_measures_and_its_bands_rise() -> None:
    for rule in RULES.values():
        assert rule.label
        assert rule.measure
        for bands in (rule.bands, *(own for _, own in rule.by_segment)):
            assert list(bands) == sorted(set(bands))


def test_people_read_the_heaviest_reason_first_and_equals_by_name() -> None:
    kept = [
        {"rule": "segment", "points": -5},
        {"rule": "oldest_age", "points": 20},
        {"rule": "broken_promise", "points": 30},
        {"rule": "amount", "points": 20},
    ]
    assert [part["rule"] for part in points.most_first(kept)] == [
        "broken_promise",
        "amount",
        "oldest_age",
        "segment",
    ]
