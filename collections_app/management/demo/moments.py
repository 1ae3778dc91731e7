"""When things were learned and said, in UTC. Nothing lies after the first minutes of the demo's today."""

import datetime as dt
from zoneinfo import ZoneInfo

# The accounts system sends its day at night: a row of one day is known here forty minutes into the next, in
# UTC.
LEARNED_AT = dt.time(0, 40)
DAY = dt.timedelta(days=1)


def learned(day: dt.date) -> dt.datetime:
    """When a row with accounting date ``day`` came in."""
    return dt.datetime.combine(day + DAY, LEARNED_AT, dt.UTC)


def last_load(today: dt.date) -> dt.datetime:
    """When the last load before ``today`` came in."""
    return learned(today - DAY)


def spoken(day: dt.date, minute: int, zone: ZoneInfo) -> dt.datetime:
    """A moment of a working day: ``minute`` counts from midnight in the company's zone."""
    hour, rest = divmod(minute, 60)
    return dt.datetime.combine(day, dt.time(hour, rest), zone).astimezone(dt.UTC)
