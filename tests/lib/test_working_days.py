"""Working days: weekends, public holidays, month ends, leap days, and the day in a zone."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collections_app.lib import clock
from collections_app.lib.working_days import Calendar

LONDON = Calendar(country="GB", subdivision="ENG")
RIYADH = Calendar(weekend=(4, 5))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-03-11", 0, "2026-03-11"),  # a Wednesday
        ("2026-03-11", 3, "2026-03-16"),  # over a weekend
        ("2026-03-16", -3, "2026-03-11"),  # and back
        ("2026-01-30", 1, "2026-02-02"),  # the 31st is a Saturday
        ("2028-02-28", 1, "2028-02-29"),  # a leap day that is worked
        ("2027-02-26", 1, "2027-03-01"),  # no leap day
        ("2026-04-02", 1, "2026-04-07"),  # Good Friday to Easter Monday
        ("2026-12-24", 1, "2026-12-29"),  # Christmas, and Boxing Day moved to Monday
    ],
)
def test_it_counts_working_days_in_england(start: str, count: int, end: str) -> None:
    assert LONDON.add(day(start), count) == day(end)


def test_a_weekend_may_lie_on_friday_and_saturday() -> None:
    assert RIYADH.next_working_day(day("2026-03-12")) == day("2026-03-15")
    assert RIYADH.is_working_day(day("2026-03-15"))


def test_an_unknown_country_has_weekends_and_no_holidays() -> None:
    assert Calendar(country="ZZ").is_working_day(day("2026-12-25"))
    assert not Calendar(country="ZZ").is_working_day(day("2026-12-26"))


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)), st.integers(1, 30))
def test_counting_forth_and_back_comes_home(start: dt.date, count: int) -> None:
    home = LONDON.on_or_after(start)

    assert LONDON.add(LONDON.add(home, count), -count) == home
    assert LONDON.is_working_day(home)


@pytest.mark.parametrize(
    ("moment", "zone", "its_day"),
    [
        ("2026-03-11T23:30:00+00:00", "Europe/London", "2026-03-11"),
        ("2026-03-29T23:30:00+00:00", "Europe/London", "2026-03-30"),  # summer time began that morning
        ("2026-10-25T23:30:00+00:00", "Europe/London", "2026-10-25"),  # and ended
        ("2026-03-11T10:30:00+00:00", "Pacific/Auckland", "2026-03-11"),
        ("2026-03-11T11:30:00+00:00", "Pacific/Auckland", "2026-03-12"),
        ("2028-03-01T04:59:00+00:00", "America/New_York", "2028-02-29"),
    ],
)
def test_a_moment_falls_on_a_day_of_its_zone(moment: str, zone: str, its_day: str) -> None:
    assert clock.day_in(zone, at=dt.datetime.fromisoformat(moment)) == day(its_day)
