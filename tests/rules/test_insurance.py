"""By when a credit insurer is told: brought forward where a day is not worked, and never missed."""

import datetime as dt

import pytest

from collections_app.insurance import rules
from collections_app.insurance.rules import Terms, Told, Wish
from collections_app.lib.working_days import Calendar

GB = Calendar("GB", "ENG")
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("due_on", "days", "expected"),
    [
        ("2026-03-02", 15, "2026-03-17"),  # a Tuesday
        ("2026-03-06", 15, "2026-03-20"),  # the 21st is a Saturday, brought forward to Friday
        ("2026-03-07", 15, "2026-03-20"),  # and so is the Sunday
        ("2026-12-10", 15, "2026-12-24"),  # Christmas Day
        ("2026-12-12", 15, "2026-12-24"),  # a Sunday after two days of Christmas
        ("2026-03-20", 14, "2026-04-02"),  # Good Friday
    ],
)
def test_a_day_that_is_not_worked_brings_the_deadline_forward(due_on: str, days: int, expected: str) -> None:
    found = rules.deadline(dt.date.fromisoformat(due_on), days, GB)

    assert found == dt.date.fromisoformat(expected)


def test_what_a_query_compares_with_is_what_the_rule_says() -> None:
    """Every day of three years, with every deadline around it: the same answer by either way."""
    today = dt.date(2026, 1, 1)
    for _ in range(3 * 365):
        for bare in (today + n * DAY for n in range(-1, 6)):
            is_due = rules.deadline(bare, 0, GB) <= today
            assert (bare <= rules.falls_until(today, GB)) == is_due, (today, bare)
        today += DAY


def test_three_years_of_items_and_no_deadline_is_missed() -> None:
    """Whoever works each working day, and tells what falls until the end of it, is never late."""
    day, told = dt.date(2026, 1, 1), dict[dt.date, dt.date]()
    falls = [dt.date(2026, 1, 10) + n * DAY for n in range(3 * 365)]
    while len(told) < len(falls):
        if GB.is_working_day(day):
            for each in falls:
                if each not in told and each <= rules.falls_until(day, GB):
                    told[each] = day
        day += DAY
    assert all(on <= each for each, on in told.items())
    assert all(GB.is_working_day(on) for on in told.values())


def test_a_policy_says_days_that_make_sense() -> None:
    good = Terms("Insurer plc", "", 60, 30, 90)
    wrong = Terms(" ", "", 60, None, 30, warn_working_days=0)

    assert rules.problems_of_terms(good) == []
    assert [each.code for each in rules.problems_of_terms(wrong)] == [
        "insurer", "claim_days", "warn_working_days",
    ]  # fmt: skip
    assert rules.problems_of_terms(Terms("Insurer plc", "", 9999, None, None))[0].code == "days"


def test_all_problems_of_a_notice_are_told_at_once() -> None:
    today = dt.date(2026, 3, 11)
    wish = Wish(
        may_tell=True,
        is_insured=True,
        invoices=[
            Told("A1", True, True, True),
            Told("A2", True, False, False),
            Told("B1", False, True, False),
        ],
        reference=" ",
        told_on=today + DAY,
        today=today,
    )

    assert [each.code for each in rules.problems_of_telling(wish)] == [
        "reference", "told_on", "told", "overdue", "invoice",
    ]  # fmt: skip
