"""The night of one company: the stages that say who owes what and who comes first, against one statement by
hand for ageing and ranking; and the run of reminders of an ordinary night, against the statement that finds
everybody's first reminder.

A night runs both side by side. Here they are run one after the other, so that each is told by itself.
"""

import datetime as dt
import statistics
from collections import defaultdict

from django.db import connection, transaction

from collections_app.jobs import nights
from collections_app.jobs.schedule import STAGES
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement
from collections_app.management.benchmarks import days, reminders
from collections_app.management.benchmarks.figures import Measure
from collections_app.management.benchmarks.filling import Filled
from collections_app.management.benchmarks.stopwatch import times

MOST_RATIO = 3.0
REMINDERS = "dunning_run"
# Keeps figures for charts, which the floor by hand does not: told beside the night, by itself.
SNAPSHOT = "snapshot"
# Expects payments, which the floor does not either.
FORECAST = "forecast"
_FLOOR = Statement(__file__, "floor_night")
_BARE = ("bare_position", "customer_position"), ("bare_entry", "chase_entry")


def measured(filled: Filled, *, runs: int, day: dt.date, at: dt.datetime) -> list[Measure]:
    """Each night is of the working day after the one before, the last of ``day`` or the working day before
    it, and follows a working day of its own. The first is not counted: it fills tables that stand in real
    life, proves the whole ledger, and drafts everybody's reminders.
    """
    by_stage: dict[str, list[float]] = defaultdict(list)
    tonight, *dates = _days(filled, runs + 1, until=day)
    coming = iter(dates)

    def working_day() -> None:
        nonlocal tonight
        tonight = next(coming)
        days.work(filled.company, day=tonight, at=at)

    def run(names: set[str]) -> None:
        # Reminders are written for the day on which it is.
        now = at + (tonight - filled.company.today(at=at))
        for each in nights.run(company=filled.company, day=tonight, at=now, stages=names):
            if each.state != "done":
                raise Refused.because("night_failed", f"The stage {each.stage} failed: {each.error}")
            by_stage[each.stage].append(float(each.seconds))

    others = {stage.name for stage in STAGES} - {REMINDERS, SNAPSHOT, FORECAST}
    run(others)
    run({FORECAST})
    run({REMINDERS})
    run({SNAPSHOT})
    by_stage.clear()
    seconds, reminded = [], []
    for _ in range(runs):
        seconds += times(1, lambda: run(others), before=working_day)
        run({FORECAST})
        reminded += times(1, lambda: run({REMINDERS}))
        run({SNAPSHOT})
    floor = times(runs, lambda: _run_floor(filled, day, at), before=_empty_bare_tables)
    stages = {name: statistics.median(spent) for name, spent in by_stage.items()}
    return [
        _night(seconds, floor, {name: spent for name, spent in stages.items() if name != REMINDERS}),
        reminders.of_the_night(filled, reminded, day=tonight, at=at),
    ]


def _days(filled: Filled, count: int, *, until: dt.date) -> list[dt.date]:
    """So many working days, the last not after ``until``."""
    found: list[dt.date] = []
    while len(found) < count:
        if filled.company.calendar.is_working_day(until):
            found.insert(0, until)
        until -= dt.timedelta(1)
    return found


def _night(seconds: list[float], floor: list[float], stages: dict[str, float]) -> Measure:
    slowest = max(stages.keys() - {SNAPSHOT}, key=lambda name: stages[name])
    shares = ", ".join(f"{name} {spent:.2f} s" for name, spent in stages.items())
    return Measure(
        "Night: who owes what, who is next",
        seconds,
        floor,
        f"{slowest} takes {stages[slowest] / statistics.median(seconds):.0%} of it "
        f"({shares}; two lanes, snapshot apart)",
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
