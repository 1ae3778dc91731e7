"""On which days a report goes out by email. Pure; days and hours are those of the company's zone.

What was missed is made up for once: of all dates that have passed, only the newest counts.
"""

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from collections_app.lib.working_days import Calendar

WEEKDAYS = tuple(calendar.day_name)
MONTH_DAY_MAX = 31
# No date lies further from the next than this; a month of holidays would.
SEARCHED_DAYS = 62
_ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


class Rhythm(StrEnum):
    """How often a report goes out."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


RHYTHM_LABELS: dict[Rhythm, str] = {
    Rhythm.DAILY: "Every working day",
    Rhythm.WEEKLY: "Every week",
    Rhythm.MONTHLY: "Every month",
}


@dataclass(frozen=True, slots=True)
class Schedule:
    """``weekday`` (Monday 0) counts weekly, ``month_day`` monthly: in a shorter month its last."""

    rhythm: Rhythm
    hour: int
    weekday: int = 0
    month_day: int = 1

    def __str__(self) -> str:
        return f"{self._days} at {self.hour:02}:00"

    @property
    def _days(self) -> str:
        if self.rhythm == Rhythm.DAILY:
            return "every working day"
        if self.rhythm == Rhythm.WEEKLY:
            return f"every {WEEKDAYS[self.weekday]}"
        return f"on {day_of_month(self.month_day)} of each month"

    def falls_on(self, day: dt.date, worked: Calendar) -> bool:
        """Whether it goes out on ``day``."""
        if self.rhythm == Rhythm.DAILY:
            return worked.is_working_day(day)
        if self.rhythm == Rhythm.WEEKLY:
            return day.weekday() == self.weekday
        return day.day == min(self.month_day, calendar.monthrange(day.year, day.month)[1])


def day_of_month(number: int) -> str:
    """The 1st, the 22nd; the last day for the 31st."""
    return "the last day" if number == MONTH_DAY_MAX else f"the {number}{_ENDINGS.get(number, 'th')}"


def newest_due(
    schedule: Schedule, *, since: dt.datetime, now: dt.datetime, worked: Calendar
) -> dt.date | None:
    """The newest date whose hour has come after ``since`` and by ``now``, both by the company's clock."""
    for back in range(SEARCHED_DAYS):
        day = now.date() - dt.timedelta(days=back)
        if day < since.date():
            return None
        if not schedule.falls_on(day, worked):
            continue
        hour = dt.datetime.combine(day, dt.time(schedule.hour), now.tzinfo)
        if hour <= now:
            return day if hour > since else None
    return None


def next_due(schedule: Schedule, *, now: dt.datetime, worked: Calendar) -> dt.date | None:
    """The first date whose hour is still to come."""
    days = (now.date() + dt.timedelta(days=ahead) for ahead in range(SEARCHED_DAYS))
    coming = (day for day in days if schedule.falls_on(day, worked))
    hours = (dt.datetime.combine(day, dt.time(schedule.hour), now.tzinfo) for day in coming)
    return next((hour.date() for hour in hours if hour > now), None)
