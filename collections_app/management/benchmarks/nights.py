"""The night of one company: the stages that say who owes what and who comes first, against one statement by
hand for ageing and ranking; and the run of reminders of an ordinary night, against the statement that finds
everybody's first reminder.

A night runs both side by side. Here they are run one after the other, so that each is told by itself.
"""

import datetime as dt
import statistics
from collections import defaultdict
from functools import partial

from django.db import connection, transaction

from collections_app.jobs import nights
from collections_app.jobs.schedule import STAGES
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement
from collections_app.management.benchmarks import days, reminders
from collections_app.management.benchmarks.figures import Measure
from collections_app.management.benchmarks.filling import Filled
from collections_app.management.benchmarks.stopwatch import times

MOST_RATIO = 1.5
REMINDERS = "dunning_run"
# Keeps figures for charts, and expects payments: no statement by hand tells the same, so each is told by
# itself, without a floor, and counts in the whole night.
SNAPSHOT = "snapshot"
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
    spent: dict[str, list[float]] = defaultdict(list)
    for _ in range(runs):
        spent["others"] += times(1, lambda: run(others), before=working_day)
        for name in (FORECAST, REMINDERS, SNAPSHOT):
            spent[name] += times(1, partial(run, {name}))
    floor = times(runs, lambda: _run_floor(filled, day, at), before=_empty_bare_tables)
    stages = {name: statistics.median(each) for name, each in by_stage.items() if name != REMINDERS}
    ours = _night(spent["others"], floor, stages)
    reminded = reminders.of_the_night(filled, spent[REMINDERS], day=tonight, at=at)
    whole = [sum(each) for each in zip(*spent.values(), strict=True)]
    floors = [sum(each) for each in zip(floor, reminded.floor_seconds, strict=True)]
    return [
        ours,
        reminded,
        Measure("Night: what is expected", spent[FORECAST], [], "each open invoice; no statement tells it"),
        Measure("Night: figures are kept", spent[SNAPSHOT], [], "nobody waits for it; no statement tells it"),
        Measure(
            "Night: all stages",
            whole,
            floors,
            "one after the other, where two lanes run side by side in life; the floor is of the first two",
            most_ratio=MOST_RATIO,
        ),
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
