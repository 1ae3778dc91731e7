"""The whole night of one company against one statement by hand for ageing and ranking."""

import datetime as dt
import statistics
from collections import defaultdict

from django.db import connection, transaction

from collections_app.jobs import nights
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement
from collections_app.management.benchmarks import days
from collections_app.management.benchmarks.figures import Measure
from collections_app.management.benchmarks.filling import Filled
from collections_app.management.benchmarks.stopwatch import times

MOST_RATIO = 3.0
_FLOOR = Statement(__file__, "floor_night")
_BARE = ("bare_position", "customer_position"), ("bare_entry", "chase_entry")


def measured(filled: Filled, *, runs: int, day: dt.date, at: dt.datetime) -> Measure:
    """Each night is of the day after the one before, the last of ``day``, and follows a working day of its
    own. The first is not counted: it fills tables that stand in real life, and proves the whole ledger.
    """
    by_stage: dict[str, list[float]] = defaultdict(list)
    dates = iter([day - dt.timedelta(ago) for ago in range(runs - 1, -1, -1)])
    tonight = day - dt.timedelta(runs)

    def working_day() -> None:
        nonlocal tonight
        tonight = next(dates)
        days.work(filled.company, day=tonight, at=at)

    def night() -> None:
        for run in nights.run(company=filled.company, day=tonight, at=at):
            if run.state != "done":
                raise Refused.because("night_failed", f"The stage {run.stage} failed: {run.error}")
            by_stage[run.stage].append(float(run.seconds))

    night()
    by_stage.clear()
    seconds = times(runs, night, before=working_day)
    floor = times(runs, lambda: _run_floor(filled, day, at), before=_empty_bare_tables)
    stages = {name: statistics.median(spent) for name, spent in by_stage.items()}
    slowest = max(stages, key=lambda name: stages[name])
    shares = ", ".join(f"{name} {spent:.2f} s" for name, spent in stages.items())
    return Measure(
        "Whole night",
        seconds,
        floor,
        f"{slowest} takes {stages[slowest] / statistics.median(seconds):.0%} of it ({shares})",
        most_ratio=MOST_RATIO,
        beside={f"stage {name}": spent for name, spent in stages.items()},
    )


def make_bare_tables() -> None:
    """Tables with the columns and indexes of the real ones, without keys to other tables."""
    with connection.cursor() as cursor:
        for bare, real in _BARE:
            cursor.execute(
                f"CREATE TABLE {bare} (LIKE {real} INCLUDING DEFAULTS INCLUDING GENERATED "
                "INCLUDING IDENTITY INCLUDING INDEXES)"
            )


def _empty_bare_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(bare for bare, _ in _BARE)}")


def _run_floor(filled: Filled, day: dt.date, at: dt.datetime) -> None:
    with transaction.atomic():
        _FLOOR.execute({"company": filled.company.pk, "day": day, "at": at})
