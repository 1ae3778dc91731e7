"""Nights as somebody who keeps the product running reads them: how each went, its stages, and which of them
may be run again. Reads only.
"""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Count, Q

from collections_app.jobs.schedule import STAGES
from collections_app.jobs.stage_parts import StagePart
from collections_app.jobs.stage_runs import MISSED, StageRun, lost_before
from collections_app.ledger.companies import Company
from collections_app.lib.sql import Statement

NIGHTS_MAX = 14

_NIGHTS = Statement(__file__, "read_nights")


@dataclass(frozen=True, slots=True)
class NightRow:
    """One night of one company; ``seconds`` is what its stages took together."""

    code: str
    name: str
    day: dt.date
    stages: int
    missed: int
    running: int
    rows: int
    seconds: Decimal
    started_at: dt.datetime
    ended_at: dt.datetime | None

    @property
    def state(self) -> str:
        """In a word or two, as home says it."""
        if self.running:
            return "running"
        return "not complete" if self.missed else "complete"


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage: how it ended, why it may not be run again (empty when it may), and how far it is while it is
    done in parts.
    """

    run: StageRun
    is_missed: bool
    is_lost: bool
    stays: str
    parts: str = ""

    @property
    def is_at_work(self) -> bool:
        """Whether it runs at this moment."""
        return self.run.state == "running" and not self.is_lost

    @property
    def state(self) -> str:
        """As it is told: a stage that was killed never said so itself."""
        return "cut off" if self.is_lost else self.run.state


def newest(*, at: dt.datetime) -> list[NightRow]:
    """The newest nights of every company. One statement."""
    params = {"most": NIGHTS_MAX, "missed": list(MISSED), "lost_before": lost_before(at)}
    return [NightRow(**row) for row in _NIGHTS.rows(params)]


def stages(company: Company, day: dt.date, *, at: dt.datetime) -> list[StageRow]:
    """The stages of one night in order."""
    runs = StageRun.objects.filter(company=company, day=day).order_by("position")
    is_newest = not StageRun.objects.filter(company=company, day__gt=day).exists()
    is_running = StageRun.objects.filter(company=company).running(at=at).exists()
    rows = [_row(run, is_newest=is_newest, is_running=is_running, at=at) for run in runs]
    parts = _parts(company, day) if any(row.is_at_work for row in rows) else {}
    return [replace(row, parts=parts.get(row.run.stage, "") if row.is_at_work else "") for row in rows]


def stays(run: StageRun, *, at: dt.datetime) -> str:
    """Why a stage may not be run again, in a sentence; empty when it may."""
    [found] = [row for row in stages(run.company, run.day, at=at) if row.run.pk == run.pk]
    return found.stays


def with_those_behind(run: StageRun, *, at: dt.datetime) -> list[str]:
    """The stage and those that were stopped because of it, or of one that was: they are run together."""
    night = StageRun.objects.filter(company=run.company_id, day=run.day).missed(at=at)
    missed = set(night.values_list("stage", flat=True))
    found = [run.stage]
    for stage in STAGES:
        if stage.name in missed and set(stage.after) & set(found):
            found.append(stage.name)
    return found


def _parts(company: Company, day: dt.date) -> dict[str, str]:
    """Of the stages that were divided, how many parts are done: “7 of 12 parts”."""
    divided = StagePart.objects.filter(division__company=company, division__day=day)
    counted = divided.values_list("division__stage").annotate(
        done=Count("pk", filter=Q(state="done")), all=Count("pk")
    )
    return {stage: f"{done} of {every} parts" for stage, done, every in counted}


def _row(run: StageRun, *, is_newest: bool, is_running: bool, at: dt.datetime) -> StageRow:
    is_missed, why = run.is_missed(at=at), ""
    if not is_missed:
        why = "It is running." if run.state == "running" else "It was done."
    elif not is_newest:
        # The chase list of a past day would stand where that of today stands.
        why = "A later night has run since, and did again what this one missed."
    elif is_running:
        why = "The night is running. Look again in a minute."
    elif run.state == "stopped":
        why = "It runs with the stage that stopped it."
    return StageRow(run, is_missed, run.is_lost(at=at), why)
