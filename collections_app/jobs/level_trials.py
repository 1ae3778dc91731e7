"""Has a worker try other levels of reminders, which takes longer than a page may."""

import datetime as dt
import logging

from kombu.exceptions import OperationalError

from collections_app.dunning import level_trials
from collections_app.jobs import tasks
from collections_app.ledger.companies import Company

_log = logging.getLogger(__name__)


def start(company: Company, *, highest_level: int, day: dt.date, at: dt.datetime) -> bool:
    """Ask for a trial; false when no worker could be told. Not in a transaction."""
    level_trials.ask(company, highest_level=highest_level, day=day, at=at)
    try:
        tasks.try_levels.delay(company.pk, highest_level, day.isoformat())
    except OperationalError:
        _log.exception("The broker could not be told of a trial of levels of %s.", company)
        level_trials.call_off(company)
        return False
    return True
