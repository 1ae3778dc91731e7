"""A night on demand: somebody who may starts a company's night again, and a worker does it."""

import datetime as dt
import logging

from kombu.exceptions import OperationalError

from collections_app.activity import events
from collections_app.jobs import tasks
from collections_app.jobs.schedule import NIGHT_SECONDS_MAX
from collections_app.jobs.stage_runs import StageRun
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people import permissions
from collections_app.people.rules import Deed
from collections_app.people.users import User

_log = logging.getLogger(__name__)


def is_running(company: Company, *, at: dt.datetime) -> bool:
    """Whether a stage is at work. One that began longer ago than a night may last was killed."""
    since = at - dt.timedelta(seconds=NIGHT_SECONDS_MAX)
    return StageRun.objects.filter(company=company, state="running", started_at__gt=since).exists()


def start(*, company: Company, by: User, at: dt.datetime) -> bool:
    """Have a worker run the night of the company's today, all stages; false when no worker could be told.

    Raises ``Refused`` when the night is running, or the role of ``by`` does not include it. Call it outside
    of a transaction: a worker must find what it is told of.
    """
    permissions.require(by, Deed.RUN_NIGHT)
    if is_running(company, at=at):
        raise Refused.because("is_running", "The night is running already. Look again in a minute.")
    today = company.today(at=at)
    try:
        tasks.run_night_again.delay(company.pk, today.isoformat())
    except OperationalError:
        _log.exception("The broker could not be told of a night of %s.", company.code)
        return False
    events.record(
        "night.started",
        f"The night of {today} was started again",
        company=company,
        facts={"day": today.isoformat()},
        by=by,
        at=at,
    )
    return True
