"""By when a credit insurer is told: brought forward where a day is not worked, and never missed."""

import datetime as dt

import pytest

from collections_app.insurance import rules
from collections_app.insurance.rules import WARN_WORKING_DAYS, Terms, Told, Wish
from collections_app.lib.working_days import Calendar

GB = Calendar("GB", "ENG")
# Of long Easters, of a week of holidays at a stretch, and of Friday and Saturday as days of rest.
CALENDARS = (GB, Calendar("DE", "BY"), Calendar("JP", ""), Calendar("EG", "", (4, 5)))
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


@pytest.mark.parametrize("look_every", [1, WARN_WORKING_DAYS])
@pytest.mark.parametrize("calendar", CALENDARS, ids=lambda each: each.country)
def test_three_years_of_items_and_no_deadline_is_missed(calendar: Calendar, look_every: int) -> None:
    """Whoever tells what falls until the end of a working day is never late: nor is who looks at the list,
    with its days of warning, only as often as it warns ahead.
    """
    first = dt.date(2026, 1, 1)
    worked = [day for day in (first + n * DAY for n in range(3 * 365 + 90)) if calendar.is_working_day(day)]
    due = [(first + n * DAY, days) for n in range(3 * 365) for days in (15, 30, 60)]
    bare = sorted({due_on + days * DAY for due_on, days in due if due_on + days * DAY > worked[0]})
    told = dict[dt.date, dt.date]()
    for day in worked[::look_every]:
        last = day if look_every == 1 else calendar.add(day, WARN_WORKING_DAYS)
        until = rules.falls_until(last, calendar)
        while len(told) < len(bare) and bare[len(told)] <= until:
            told[bare[len(told)]] = day

    missed = []
    for due_on, days in due:
        falls_on, by = due_on + days * DAY, rules.deadline(due_on, days, calendar)
        assert by <= falls_on
        assert calendar.is_working_day(by)
        assert not any(calendar.is_working_day(by + n * DAY) for n in range(1, (falls_on - by).days + 1))
        missed += [due_on] if told[falls_on] > by else []
    assert (len(due), missed) == (3285, [])


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
