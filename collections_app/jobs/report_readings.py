"""Has a worker read a report of a large company, which takes longer than a page may."""

import datetime as dt
import logging

from kombu.exceptions import OperationalError

from collections_app.jobs import tasks
from collections_app.reports import long_readings
from collections_app.reports.derived import Asked

_log = logging.getLogger(__name__)


def awaited(asked: Asked, *, what: str, into: str, at: dt.datetime) -> bool:
    """Whether somebody has to wait until a worker has read it; one is told of it with the first look. False
    where it is read soon enough, was read, or no worker could be told or brings it.
    """
    if not long_readings.is_long(asked, what=what) or long_readings.is_read(asked, what=what, into=into):
        return False
    if not long_readings.ask(asked, what=what, into=into, at=at):
        return long_readings.is_awaited(asked, what=what, into=into, at=at)
    told = long_readings.told(asked, what=what, into=into)
    try:
        # Later than the page waits for it, nobody counts on it any more.
        tasks.read_ahead.apply_async(
            (asked.company.pk, asked.day.isoformat(), told),
            queue="now",
            expires=long_readings.ASKED_SECONDS_MAX,
        )
    except OperationalError:
        _log.exception("The broker could not be told of a report of %s.", asked.company)
        long_readings.call_off(asked, what=what, into=into)
        return False
    return True
