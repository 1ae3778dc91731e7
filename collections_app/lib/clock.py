"""The only place that reads the clock. Doors call it and pass the answer down; rooms are told the time."""

import datetime as dt
from zoneinfo import ZoneInfo


def now() -> dt.datetime:
    """This moment, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


def day_in(zone: str, *, at: dt.datetime) -> dt.date:
    """The calendar day that a moment falls on in an IANA time zone such as ``Europe/Berlin``."""
    return at.astimezone(ZoneInfo(zone)).date()
