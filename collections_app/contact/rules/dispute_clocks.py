"""The clock of a dispute: how many of its working days are used, what stops it, and when somebody is told.
Pure.

The day after it was lodged is the first that counts. A pause is the customer's turn: the days after it began,
up to the one on which it ended, do not count, and every due day moves on by them.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from collections_app.lib.working_days import Calendar

RECODE_WORKING_DAYS = 2  # so long a dispute may go without its real reason
PROGRESS_WORKING_DAYS = 5  # the customer hears from us at least so often


class Level(IntEnum):
    """How high a dispute has risen: not yet, at 100 % of its time, at 200 %."""

    OWNER = 0
    MANAGER = 1
    DIRECTOR = 2


LEVEL_LABELS: dict[Level, str] = {
    Level.OWNER: "with its owner",
    Level.MANAGER: "risen to the owner's manager",
    Level.DIRECTOR: "risen to the finance director",
}


@dataclass(frozen=True, slots=True)
class Pause:
    """The customer's turn, from a day until another; ``until`` is none while it lasts."""

    since: dt.date
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """Where the clock of one dispute stands on a day. ``allowed`` and ``used`` are working days."""

    used: int
    allowed: int
    due_on: dt.date
    is_overdue: bool
    stopped_since: dt.date | None


def first_day(lodged_on: dt.date, working_days: int, calendar: Calendar) -> dt.date:
    """When something is due ``working_days`` after it was lodged; none means that day, or the next that is
    worked.
    """
    return calendar.add(lodged_on, working_days) if working_days else calendar.on_or_after(lodged_on)


def due_on(lodged_on: dt.date, working_days: int, pauses: Sequence[Pause], *, calendar: Calendar) -> dt.date:
    """The day by which it is to be done, moved on by the pauses that ended. While one lasts nothing falls
    due.
    """
    paused = sum(calendar.count(pause.since, pause.until) for pause in pauses if pause.until)
    return calendar.add(first_day(lodged_on, working_days, calendar), paused)


def days_used(lodged_on: dt.date, pauses: Sequence[Pause], *, until: dt.date, calendar: Calendar) -> int:
    """Working days since it was lodged, less those of the pauses."""
    paused = sum(calendar.count(pause.since, min(pause.until or until, until)) for pause in pauses)
    return calendar.count(lodged_on, until) - paused


def clock_of(
    lodged_on: dt.date,
    *,
    resolve_days: int,
    resolve_due_on: dt.date,
    pauses: Sequence[Pause],
    until: dt.date,
    calendar: Calendar,
) -> Clock:
    """The clock on the day ``until``: today, or the day on which the dispute was closed."""
    stopped_since = next((pause.since for pause in pauses if pause.until is None), None)
    return Clock(
        used=days_used(lodged_on, pauses, until=until, calendar=calendar),
        allowed=resolve_days,
        due_on=resolve_due_on,
        is_overdue=resolve_due_on < (stopped_since or until),
        stopped_since=stopped_since,
    )


def words(clock: Clock, *, waiting_for: str = "") -> str:
    """The clock as a sentence: 3 of 5 working days used; stopped since 12 March: waiting for photographs."""
    days = "day" if clock.allowed == 1 else "days"
    told = f"{clock.used} of {clock.allowed} working {days} used"
    if clock.stopped_since:
        why = f"waiting for {waiting_for}" if waiting_for else "waiting for the customer"
        return f"{told}; stopped since {_day(clock.stopped_since)}: {why}"
    if clock.is_overdue:
        return f"{told}; was due on {_day(clock.due_on)}"
    return f"{told}; due on {_day(clock.due_on)}"


def escalates_on(
    level: Level, *, resolve_due_on: dt.date, resolve_days: int, calendar: Calendar
) -> dt.date | None:
    """The morning on which it rises from ``level``: the first working day after 100 % of its time, then after
    200 %. What is to be resolved on the same day has one day more until the second. None at the top.
    """
    if level == Level.OWNER:
        return calendar.next_working_day(resolve_due_on)
    if level == Level.MANAGER:
        return calendar.next_working_day(calendar.add(resolve_due_on, max(resolve_days, 1)))
    return None


def level_on(
    level: Level, *, resolve_due_on: dt.date, resolve_days: int, today: dt.date, calendar: Calendar
) -> Level:
    """How high it stands on the morning of ``today``, never lower than before."""
    while (
        rises_on := escalates_on(
            level, resolve_due_on=resolve_due_on, resolve_days=resolve_days, calendar=calendar
        )
    ) and rises_on <= today:
        level = Level(level + 1)
    return level


def progress_due_on(heard_on: dt.date, *, calendar: Calendar) -> dt.date:
    """When the customer is to hear from us again, who last heard on ``heard_on``."""
    return calendar.add(heard_on, PROGRESS_WORKING_DAYS)


def _day(day: dt.date) -> str:
    return f"{day:%-d %B}"
