"""A night: the stages of one company for one business day, each after those it builds on, and each recorded
as a stage run.
"""

import datetime as dt
import logging
import time
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from collections_app.activity import events
from collections_app.jobs import failures, lanes, parts
from collections_app.jobs.schedule import LANES, STAGES, Stage
from collections_app.jobs.stage_runs import StageRun
from collections_app.ledger.companies import Company
from collections_app.ledger.customer_ranges import CustomerRange
from collections_app.lib import planning, turns
from collections_app.lib.refusals import Refused

_log = logging.getLogger(__name__)


def run(
    *, company: Company, day: dt.date, at: dt.datetime, stages: Collection[str] | None = None
) -> list[StageRun]:
    """Run the stages (all, or those named) of ``company``'s night for ``day``, and tell how each ended.

    A stage stands in its own transaction, or in several, where it commits its parts itself. One that fails is
    recorded with its error and stops those that build on it; stages named alone run whatever came of the
    others. A second caller waits for the first.
    Raises ``Refused`` for an unknown stage.
    """
    if unknown := set(stages or ()) - {stage.name for stage in STAGES}:
        raise Refused.because("unknown_stage", f"There is no stage {', '.join(sorted(unknown))}.")
    with turns.held("night", company.pk):
        return _run(company, day, at, stages)


def run_once(*, company: Company, day: dt.date, at: dt.datetime) -> list[StageRun]:
    """Run the night unless it was run already, or another worker is at it; then nothing is done."""
    with turns.held("night", company.pk, wait=False) as is_ours:
        if not is_ours or has_ended(company=company, day=day):
            return []
        return _run(company, day, at, None, goes_on=True)


def run_missed(*, company: Company, day: dt.date, at: dt.datetime, stages: Collection[str]) -> list[StageRun]:
    """Run those of ``stages`` that still did not get done: whoever asked twice, or beside a whole night that
    made good meanwhile, has them run once. Nothing once a later night has begun: what this one would write
    stands of a newer day by then.
    """
    with turns.held("night", company.pk):
        if StageRun.objects.filter(company=company, day__gt=day).exists():
            return []
        found = StageRun.objects.filter(company=company, day=day, stage__in=stages).missed(at=at)
        names = set(found.values_list("stage", flat=True))
        return _run(company, day, at, names, goes_on=True) if names else []


def has_ended(*, company: Company, day: dt.date) -> bool:
    """Whether every stage of the night of ``day`` came to an end, good or bad."""
    ended = StageRun.objects.filter(company=company, day=day, ended_at__isnull=False).values_list(
        "stage", flat=True
    )
    return {stage.name for stage in STAGES} <= set(ended)


def due(*, at: dt.datetime) -> list[tuple[Company, dt.date]]:
    """The companies whose hour has come, with their business day, when the night of that
    day has not ended.
    """
    hour_has_come = [
        (company, company.today(at=at))
        for company in Company.objects.order_by("id")
        if at.astimezone(ZoneInfo(company.time_zone)).time() >= company.night_starts_at
    ]
    return [(company, day) for company, day in hour_has_come if not has_ended(company=company, day=day)]


def _run(
    company: Company,
    day: dt.date,
    at: dt.datetime,
    names: Collection[str] | None,
    *,
    goes_on: bool = False,
) -> list[StageRun]:
    """Stages that do not build on each other run side by side; in a transaction of the caller one by one. One
    that ``goes_on`` leaves alone what was done of a stage that was divided and did not come to its end.
    """
    began = time.monotonic()
    stages = {stage.name: stage for stage in STAGES if names is None or stage.name in names}
    parts.drop_old(company, day, stages, goes_on=goes_on)
    ranges = parts.ranges_of(company)
    places = {stage.name: place for place, stage in enumerate(STAGES)}
    runs: dict[str, StageRun] = {}

    def run_one(name: str) -> StageRun:
        now = at + dt.timedelta(seconds=time.monotonic() - began)
        run = StageRun(company=company, day=day, stage=name, position=places[name], started_at=now)
        missed = [each for each in stages[name].after if each in runs and runs[each].state != "done"]
        runs[name] = _stop(run, missed) if missed else _run_stage(run, stages[name], ranges, goes_on=goes_on)
        return runs[name]

    lanes_wide = 1 if connection.in_atomic_block else LANES
    waits_for = {name: (*stage.after, *stage.helped_by) for name, stage in stages.items()}
    return list(lanes.do(waits_for, run_one, lanes=lanes_wide).values())


def _stop(run: StageRun, missed: list[str]) -> StageRun:
    run.error = f"Not run, because {' and '.join(missed)} did not end well."
    return _written(run, state="stopped", ended_at=run.started_at)


def _run_stage(run: StageRun, stage: Stage, ranges: Sequence[CustomerRange], *, goes_on: bool) -> StageRun:
    """Committed as running first, so that a night that was killed can be seen."""
    _written(run, state="running", ended_at=None)
    began = time.monotonic()
    try:
        if stage.by_customers and ranges:
            run.rows = parts.run(run, ranges, goes_on=goes_on)
        else:
            with _transaction(stage):
                planning.beside_people()
                run.rows = stage.run(run.company, run.day, run.started_at)
        state = "done"
    except Exception as error:  # whatever it was, the night goes on and says so
        trace = None if isinstance(error, Refused) else error
        _log.error("Stage %s of %s failed for %s.", stage.name, run.company.code, run.day, exc_info=trace)
        state, run.error = "failed", failures.sentence(error)
    seconds = time.monotonic() - began
    run.seconds = Decimal(f"{seconds:.3f}")
    _written(run, state=state, ended_at=run.started_at + dt.timedelta(seconds=seconds))
    if state == "failed":
        _tell(run)
    return run


def _transaction(stage: Stage) -> AbstractContextManager[object]:
    """One for the whole stage, unless its parts are transactions of their own: then nobody waits for all of
    them, and each asks for as many cores as it likes. Within a transaction of the caller it is a part of
    that.
    """
    is_in_parts = stage.commits_itself and not connection.in_atomic_block
    return nullcontext() if is_in_parts else transaction.atomic()


def _written(run: StageRun, *, state: str, ended_at: dt.datetime | None) -> StageRun:
    """Write the one row of this stage and day, over that of an earlier run."""
    run.state, run.ended_at = state, ended_at
    (written,) = StageRun.objects.bulk_create(
        [run],
        update_conflicts=True,
        unique_fields=["company", "day", "stage"],
        update_fields=["position", "state", "rows", "seconds", "error", "started_at", "ended_at"],
    )
    return written


def _tell(run: StageRun) -> None:
    name = run.stage.replace("_", " ")
    events.record(
        "night.failed",
        f"The night of {run.day} could not {name}: {run.error}",
        company=run.company,
        facts={"stage": run.stage, "day": run.day.isoformat()},
        by=None,
        at=run.ended_at or run.started_at,
    )
