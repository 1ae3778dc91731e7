"""A night on demand: somebody who may starts a company's night again, and a worker does it."""

import datetime as dt
import logging

from django.db import transaction
from kombu.exceptions import OperationalError

from collections_app.activity import events
from collections_app.jobs import night_rows, tasks
from collections_app.jobs.stage_runs import StageRun
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people import permissions
from collections_app.people.rules import Deed
from collections_app.people.users import User

# How long a worker may take to begin before somebody may ask again.
ASKED_SECONDS = 120

_log = logging.getLogger(__name__)


def is_running(company: Company, *, at: dt.datetime) -> bool:
    """Whether a stage is at work. One that began longer ago than a night may last was killed."""
    return StageRun.objects.filter(company=company).running(at=at).exists()


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


@transaction.atomic
def start_stage(run: StageRun, *, by: User, at: dt.datetime) -> list[str] | None:
    """Have a worker run a stage that failed, and with it what was stopped because of it; the names of both,
    or None when no worker could be told.

    Raises ``Refused`` when it was done, when a later night has run, when the night is running or was asked
    for a moment ago, or the role of ``by`` does not include it.
    """
    permissions.require(by, Deed.RUN_NIGHT)
    # Of two who press at once the second finds the event of the first.
    locked = StageRun.objects.select_for_update(of=("self",)).select_related("company").get(pk=run.pk)
    if why := night_rows.stays(locked, at=at):
        raise Refused.because("stays", why)
    if _was_asked_for(locked, at=at):
        raise Refused.because("was_asked_for", "It was asked for a moment ago. Look again in a minute.")
    stages = night_rows.with_those_behind(locked, at=at)
    try:
        tasks.run_stages_again.delay(locked.company_id, locked.day.isoformat(), stages)
    except OperationalError:
        _log.exception("The broker could not be told of a stage of %s.", locked.company.code)
        return None
    events.record(
        "night.stage_started",
        f"Of the night of {locked.day}, {locked.words} was started again",
        company=locked.company,
        facts={"day": locked.day.isoformat(), "stage": locked.stage, "stages": stages},
        by=by,
        at=at,
    )
    return stages


def _was_asked_for(run: StageRun, *, at: dt.datetime) -> bool:
    """Whether a worker was told of it a moment ago and has not begun."""
    since = max(run.started_at, at - dt.timedelta(seconds=ASKED_SECONDS))
    asked = events.Event.objects.filter(company=run.company_id, what="night.stage_started", at__gt=since)
    return asked.filter(facts__day=run.day.isoformat(), facts__stages__contains=[run.stage]).exists()
