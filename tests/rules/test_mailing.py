"""On which days a report goes out by email: by the company's clock, missed dates made up for once."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from collections_app.lib.working_days import Calendar
from collections_app.reports.rules.mailing import Rhythm, Schedule, newest_due, next_due

LONDON = ZoneInfo("Europe/London")
WORKED = Calendar(country="GB")
# Thursday.
NOW = dt.datetime(2026, 3, 12, 9, 30, tzinfo=LONDON)
LONG_AGO = NOW - dt.timedelta(days=100)
DAILY = Schedule(Rhythm.DAILY, 7)
MONDAYS = Schedule(Rhythm.WEEKLY, 7, weekday=0)
LAST = Schedule(Rhythm.MONTHLY, 7, month_day=31)


def due(schedule: Schedule, now: dt.datetime = NOW, since: dt.datetime = LONG_AGO) -> dt.date | None:
    return newest_due(schedule, since=since, now=now, worked=WORKED)


@pytest.mark.parametrize(
    ("schedule", "now", "expected"),
    [
        (DAILY, NOW, dt.date(2026, 3, 12)),
        (DAILY, NOW.replace(hour=6), dt.date(2026, 3, 11)),
        (DAILY, NOW.replace(hour=7, minute=0), dt.date(2026, 3, 12)),
        # On Sunday it is Friday's; no burst of the days between.
        (DAILY, NOW.replace(day=15), dt.date(2026, 3, 13)),
        (MONDAYS, NOW, dt.date(2026, 3, 9)),
        (MONDAYS, NOW.replace(day=9, hour=6), dt.date(2026, 3, 2)),
        (LAST, NOW, dt.date(2026, 2, 28)),
        (Schedule(Rhythm.MONTHLY, 7, month_day=30), NOW, dt.date(2026, 2, 28)),
        (Schedule(Rhythm.MONTHLY, 7, month_day=12), NOW, dt.date(2026, 3, 12)),
    ],
)
def test_it_is_the_newest_date_whose_hour_has_come(
    schedule: Schedule, now: dt.datetime, expected: dt.date
) -> None:
    assert due(schedule, now) == expected


def test_dates_before_it_was_set_up_do_not_count() -> None:
    assert due(MONDAYS, since=NOW.replace(day=9, hour=8)) is None
    assert due(MONDAYS, since=NOW.replace(day=9, hour=6)) == dt.date(2026, 3, 9)
    assert due(MONDAYS, since=NOW.replace(day=11)) is None


def test_the_clock_is_that_of_the_company_also_when_it_is_set_forward() -> None:
    # On 29 March London has no hour from 1 to 2.
    night = Schedule(Rhythm.MONTHLY, 1, month_day=29)
    before = dt.datetime(2026, 3, 29, 0, 59, tzinfo=LONDON)
    after = dt.datetime(2026, 3, 29, 2, 0, tzinfo=LONDON)

    assert due(night, before) != dt.date(2026, 3, 29)
    assert due(night, after) == dt.date(2026, 3, 29)


def test_the_next_date_is_named() -> None:
    assert next_due(MONDAYS, now=NOW, worked=WORKED) == dt.date(2026, 3, 16)
    assert next_due(DAILY, now=NOW, worked=WORKED) == dt.date(2026, 3, 13)
    assert next_due(DAILY, now=NOW.replace(hour=6), worked=WORKED) == dt.date(2026, 3, 12)
    # The 3rd is Good Friday.
    assert next_due(DAILY, now=NOW.replace(month=4, day=2), worked=WORKED) == dt.date(2026, 4, 6)
    assert next_due(LAST, now=NOW, worked=WORKED) == dt.date(2026, 3, 31)


def test_it_is_told_in_words() -> None:
    assert str(DAILY) == "every working day at 07:00"
    assert str(MONDAYS) == "every Monday at 07:00"
    assert str(LAST) == "on the last day of each month at 07:00"
    assert str(Schedule(Rhythm.MONTHLY, 18, month_day=22)) == "on the 22nd of each month at 18:00"
