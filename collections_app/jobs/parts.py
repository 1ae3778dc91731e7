"""Doing a stage in parts: the night's worker writes them, tells other workers, takes parts itself and waits
for those that others have. Without a broker or another worker it does all of them.
"""

import datetime as dt
import logging
import time
from collections.abc import Collection, Sequence
from decimal import Decimal

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from kombu.exceptions import OperationalError

from collections_app.celery import app
from collections_app.jobs import failures
from collections_app.jobs.divisible import ByCustomers, GoesOn, Round
from collections_app.jobs.schedule import DO_STAGE_PART_TASK, NIGHT_SECONDS_MAX, QUEUE_OF, STAGES
from collections_app.jobs.stage_parts import StageDivision, StagePart, StagePartQuerySet
from collections_app.jobs.stage_runs import StageRun
from collections_app.ledger import customer_ranges
from collections_app.ledger.companies import Company
from collections_app.ledger.customer_ranges import CustomerRange
from collections_app.lib import planning, turns
from collections_app.lib.refusals import Problem, Refused

# How long the night's worker sleeps between two looks at the parts that others have.
WAIT_SECONDS = 0.2

_log = logging.getLogger(__name__)


def ranges_of(company: Company) -> Sequence[CustomerRange]:
    """The ranges into which stages are divided; none for a company that is small enough, and none in a
    transaction of the caller, which nobody else could see into.
    """
    size = settings.NIGHT_RANGE_CUSTOMERS
    if not size or connection.in_atomic_block:
        return ()
    found = customer_ranges.cut(company, size=size)
    return found if len(found) > 1 else ()


def drop_old(company: Company, day: dt.date, stages: Collection[str], *, goes_on: bool) -> None:
    """A night begins: the parts of others are over, and those of its own day unless it ``goes_on``. Whoever
    is at one of them is waited for.
    """
    found = StageDivision.objects.filter(company=company)
    found = found.exclude(day=day) if goes_on else found.exclude(~Q(stage__in=stages), day=day)
    if divisions := list(found):
        _drop(divisions)


def run(stage: StageRun, ranges: Sequence[CustomerRange], *, goes_on: bool) -> int:
    """Do a stage in parts of these ranges; the rows touched. One that ``goes_on`` does what is left of the
    parts of its day, when they did not come to an end.

    Raises ``Refused`` with the sentence of each part that failed; the others were done.
    """
    by = _by(stage.stage)
    division = _standing(stage) if goes_on else None
    if division is None:
        division = _divide(stage, by, ranges)
    _hand_out(division)
    _work(division)
    return _end(division, by)


def do(part_id: int, *, at: dt.datetime) -> bool:
    """Do a part that a worker was told of, step by step; false when there is nothing to do: it is done, in
    other hands, or its night is over.
    """
    found = StagePart.objects.filter(pk=part_id).values_list("company", flat=True).first()
    steps = 0
    while found is not None and turns.is_held("night", found):
        if not _do_one(StagePart.objects.filter(pk=part_id), at=at):
            break
        steps += 1
    return steps > 0


def _by(stage: str) -> ByCustomers:
    (by,) = [each.by_customers for each in STAGES if each.name == stage and each.by_customers]
    return by


def _standing(stage: StageRun) -> StageDivision | None:
    """What an earlier run of the same day left undone; what failed in it is tried again, and it is now."""
    found = StageDivision.objects.filter(company=stage.company, stage=stage.stage, day=stage.day)
    division = found.filter(ended_at=None).select_related("company").first()
    if division is not None:
        division.at = stage.started_at
        division.save(update_fields=["at"])
        division.parts.filter(state="failed").update(state="waiting", error="")
    return division


@transaction.atomic
def _drop(divisions: Sequence[StageDivision]) -> None:
    list(StagePart.objects.filter(division__in=divisions).order_by("pk").select_for_update())
    StageDivision.objects.filter(pk__in=[each.pk for each in divisions]).delete()


@transaction.atomic
def _divide(stage: StageRun, by: ByCustomers, ranges: Sequence[CustomerRange]) -> StageDivision:
    """An earlier division goes, once whoever is at a part of it has ended."""
    planning.beside_people()
    _drop(list(StageDivision.objects.filter(company=stage.company, stage=stage.stage)))
    this = Round(stage.company, stage.day, stage.started_at)
    division = StageDivision.objects.create(
        company=stage.company, stage=stage.stage, day=stage.day, at=stage.started_at, given=by.begin(this)
    )
    StagePart.objects.bulk_create(
        StagePart(company=stage.company, division=division, number=number, first=each.first, last=each.last)
        for number, each in enumerate(ranges, start=1)
    )
    return division


def _hand_out(division: StageDivision) -> None:
    """Tell other workers of the parts. When none can be told, this one does them all."""
    waiting = division.parts.waiting().order_by("number").values_list("pk", flat=True)
    try:
        for part in waiting:
            app.send_task(
                DO_STAGE_PART_TASK, [part], queue=QUEUE_OF[DO_STAGE_PART_TASK], expires=NIGHT_SECONDS_MAX
            )
    except OperationalError:
        _log.warning("The broker could not be told of the parts of %s.", division.stage, exc_info=True)


def _work(division: StageDivision) -> None:
    """Take parts until none is left, and wait for those in other hands: what their workers give back is taken
    too.
    """
    began = time.monotonic()
    while True:
        at = division.at + dt.timedelta(seconds=time.monotonic() - began)
        if _do_one(division.parts.all(), at=at):
            continue
        if not division.parts.waiting().exists():
            return
        time.sleep(WAIT_SECONDS)


def _do_one(among: StagePartQuerySet, *, at: dt.datetime) -> bool:
    """Do the first of these parts that is free, or the next step of it; false when none is. One that fails is
    left as it was, and says why.
    """
    began, part = time.monotonic(), None
    try:
        with transaction.atomic():
            part = among.free().select_related("division__company").order_by("number").first()
            if part is None:
                return False
            planning.beside_people()
            _step(part)
            part.started_at = part.started_at or at
            _note_time(part, began)
            part.save()
    except Exception as error:  # whatever it was, the other parts go on and the stage says so
        if part is None:
            raise
        _note_failure(part, error)
    return True


def _step(part: StagePart) -> None:
    """All of a part, or as much of it as one transaction should hold."""
    division = part.division
    this = Round(division.company, division.day, division.at, division.given, part.told)
    rows, told = _by(division.stage).part(this, part.customers)
    part.rows += rows
    if isinstance(told, GoesOn):
        part.told = told.told
    else:
        part.told, part.state = told, "done"


def _note_time(part: StagePart, began: float) -> None:
    part.seconds += Decimal(f"{time.monotonic() - began:.3f}")
    if part.started_at:
        part.ended_at = part.started_at + dt.timedelta(seconds=float(part.seconds))


def _note_failure(part: StagePart, error: Exception) -> None:
    """Unless somebody else has done it by now."""
    trace = None if isinstance(error, Refused) else error
    _log.error("Part %s of %s failed.", part.number, part.division.stage, exc_info=trace)
    waiting = StagePart.objects.waiting().filter(pk=part.pk)
    waiting.update(state="failed", error=failures.sentence(error))


@transaction.atomic
def _end(division: StageDivision, by: ByCustomers) -> int:
    """What is done once all parts are; what was handed on for it is kept no longer."""
    planning.beside_people()
    parts = list(division.parts.order_by("number"))
    if failed := [part.error for part in parts if part.state != "done"]:
        raise Refused([Problem("part_failed", error) for error in failed])
    this = Round(division.company, division.day, division.at, division.given)
    rows = sum(part.rows for part in parts) + by.end(this, [part.told for part in parts])
    division.parts.update(told=None)
    division.given = None
    division.ended_at = max(part.ended_at for part in parts if part.ended_at)
    division.save()
    return rows
