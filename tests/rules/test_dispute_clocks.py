"""The clock of a dispute: working days used, what stops it, and when it rises."""

import datetime as dt

import pytest

from collections_app.contact.rules import dispute_clocks
from collections_app.contact.rules.dispute_clocks import Clock, Level, Pause
from collections_app.lib.working_days import Calendar

LONDON = Calendar(country="GB", subdivision="ENG")
WEDNESDAY = dt.date(2026, 3, 11)


def march(day: int) -> dt.date:
    return dt.date(2026, 3, day)


def clock(until: dt.date, *pauses: Pause, days: int = 5) -> Clock:
    due = dispute_clocks.due_on(WEDNESDAY, days, pauses, calendar=LONDON)
    return dispute_clocks.clock_of(
        WEDNESDAY, resolve_days=days, resolve_due_on=due, pauses=pauses, until=until, calendar=LONDON
    )


@pytest.mark.parametrize(
    ("days", "due"),
    [(0, march(11)), (1, march(12)), (2, march(13)), (3, march(16)), (5, march(18))],
)
def test_the_day_after_the_lodging_is_the_first_that_counts(days: int, due: dt.date) -> None:
    assert dispute_clocks.due_on(WEDNESDAY, days, [], calendar=LONDON) == due


def test_what_is_due_the_same_day_is_due_on_the_next_that_is_worked() -> None:
    saturday = march(14)
    assert dispute_clocks.due_on(saturday, 0, [], calendar=LONDON) == march(16)


def test_a_holiday_moves_the_day() -> None:
    wednesday_before_easter = dt.date(2026, 4, 1)
    assert dispute_clocks.due_on(wednesday_before_easter, 2, [], calendar=LONDON) == dt.date(2026, 4, 7)


def test_a_pause_moves_the_due_day_on_by_its_working_days() -> None:
    asked_on_thursday_came_on_tuesday = Pause(march(12), march(17))
    assert dispute_clocks.due_on(WEDNESDAY, 5, [asked_on_thursday_came_on_tuesday], calendar=LONDON) == march(
        23
    )


def test_it_says_how_much_is_used_and_until_when() -> None:
    assert dispute_clocks.words(clock(march(16))) == "3 of 5 working days used; due on 18 March"


def test_it_says_since_when_it_stands_and_for_what() -> None:
    standing = clock(march(30), Pause(march(16)))

    assert (standing.used, standing.is_overdue) == (3, False)
    words = dispute_clocks.words(standing, waiting_for="photographs")
    assert words == "3 of 5 working days used; stopped since 16 March: waiting for photographs"


def test_what_was_late_before_it_was_stopped_stays_late() -> None:
    assert clock(march(30), Pause(march(20))).is_overdue


def test_it_says_when_it_was_due() -> None:
    assert dispute_clocks.words(clock(march(20))) == "7 of 5 working days used; was due on 18 March"
    assert dispute_clocks.words(clock(march(12), days=1)) == "1 of 1 working day used; due on 12 March"


@pytest.mark.parametrize(
    ("day", "level"),
    [
        (march(18), Level.OWNER),  # the last of its five days
        (march(19), Level.MANAGER),
        (march(25), Level.MANAGER),  # the last of ten
        (march(26), Level.DIRECTOR),
    ],
)
def test_it_rises_at_100_and_at_200_per_cent_of_its_time(day: dt.date, level: Level) -> None:
    reached = dispute_clocks.level_on(
        Level.OWNER, resolve_due_on=march(18), resolve_days=5, today=day, calendar=LONDON
    )
    assert reached == level


def test_what_is_due_the_same_day_rises_on_two_mornings() -> None:
    first = dispute_clocks.escalates_on(
        Level.OWNER, resolve_due_on=march(11), resolve_days=0, calendar=LONDON
    )
    second = dispute_clocks.escalates_on(
        Level.MANAGER, resolve_due_on=march(11), resolve_days=0, calendar=LONDON
    )
    assert (first, second) == (march(12), march(13))


def test_the_customer_hears_from_us_every_five_working_days() -> None:
    assert dispute_clocks.progress_due_on(WEDNESDAY, calendar=LONDON) == march(18)
