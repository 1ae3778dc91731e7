"""When a colleague is reminded of a request, and when it rises to their manager. Pure.

The working day before, on the day, then every second working day: often enough not to be forgotten, and
seldom enough to stay courteous. Days of rest remind nobody.
"""

import datetime as dt
from enum import StrEnum

from collections_app.lib.working_days import Calendar

AFTER_EVERY_WORKING_DAYS = 2
RISES_AFTER_WORKING_DAYS = 2


class Nudge(StrEnum):
    """Which reminder a day brings."""

    TOMORROW = "tomorrow"
    TODAY = "today"
    OVERDUE = "overdue"


def nudge_on(day: dt.date, *, asked_on: dt.date, due_on: dt.date, calendar: Calendar) -> Nudge | None:
    """The reminder that ``day`` brings of a request for ``due_on``; None when there is none."""
    if day <= asked_on or not calendar.is_working_day(day):
        return None
    due = calendar.on_or_after(due_on)
    if day < due:
        return Nudge.TOMORROW if day == calendar.add(due, -1) else None
    if day == due:
        return Nudge.TODAY
    return None if calendar.count(due, day) % AFTER_EVERY_WORKING_DAYS else Nudge.OVERDUE


def rises(day: dt.date, *, due_on: dt.date, calendar: Calendar) -> bool:
    """Whether a request has been overdue for so long on ``day`` that a manager should help."""
    return day > calendar.add(calendar.on_or_after(due_on), RISES_AFTER_WORKING_DAYS)
