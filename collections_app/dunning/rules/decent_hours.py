"""When a message may reach somebody: on a day they work, within the hours of the contact window, by their own
clock. Pure.

Every question is asked of a moment, and answered by what the clock on their wall shows then. So the nights on
which clocks change need no case of their own: an hour that does not exist is never shown, and one that comes
twice is asked about twice.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from collections_app.lib.day_spans import Span
from collections_app.lib.working_days import Calendar

# Longer than any row of days of rest there is; a calendar without a working day in it is set up wrongly.
SEARCH_DAYS_MAX = 60


class NotNow(StrEnum):
    """Why a moment is none to write in."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    HOUR = "hour"


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody reads: their zones (several when only a wide country is known: it must be a decent hour
    in each), the days they work, and the spans of a day, from a time up to but without another.
    """

    zones: tuple[str, ...]
    calendar: Calendar
    spans: tuple[Span, ...]


def why_not(at: dt.datetime, place: Place) -> NotNow | None:
    """What speaks against a message that leaves at a moment; None when nothing does."""
    for name in place.zones:
        local = at.astimezone(ZoneInfo(name))
        if local.weekday() in place.calendar.weekend:
            return NotNow.WEEKEND
        if not place.calendar.is_working_day(local.date()):
            return NotNow.HOLIDAY
        if not any(start <= local.time() < end for start, end in place.spans):
            return NotNow.HOUR
    return None


def next_moment(at: dt.datetime, place: Place) -> dt.datetime:
    """``at`` itself when it is decent, otherwise the first decent moment after it, in UTC.

    Raises ``ValueError`` for a place where there is none within two months.
    """
    if why_not(at, place) is None:
        return at.astimezone(dt.UTC)
    day = min(at.astimezone(ZoneInfo(name)).date() for name in place.zones)
    for _ in range(SEARCH_DAYS_MAX):
        following = day + dt.timedelta(days=1)
        if found := _decent(at, day, place):
            # A day begins in the east of a wide country before it has ended in the west.
            return min(found + (_decent(at, following, place) if len(place.zones) > 1 else []))
        day = following
    raise ValueError(f"Nobody works in {', '.join(place.zones)} within {SEARCH_DAYS_MAX} days.")


def _decent(after: dt.datetime, day: dt.date, place: Place) -> list[dt.datetime]:
    """The decent moments after one at which a span begins on ``day`` in one of the zones. Hours that suit all
    of them begin where a span of one of them does. A time that comes twice begins twice.
    """
    beginnings = (
        dt.datetime.combine(day, start.replace(fold=fold), ZoneInfo(name)).astimezone(dt.UTC)
        for name in place.zones
        for start, _ in place.spans
        for fold in (0, 1)
    )
    return [moment for moment in beginnings if moment > after and why_not(moment, place) is None]
