"""The night of one company, each part of it against one statement by hand: who owes what and who comes first
against ageing and ranking; the run of reminders of an ordinary night against finding everybody's first
reminder; what is expected against the plain guess of each invoice; the figures that are kept against the same
sums of what is open now.

A night runs both side by side. Here they are run one after the other, so that each is told by itself.
"""

import datetime as dt
import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db import connection, transaction

from collections_app.forecasting.rules.weeks import WEEKS
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
SNAPSHOT = "snapshot"
FORECAST = "forecast"
_FLOOR = Statement(__file__, "floor_night")
_FLOOR_FORECAST = Statement(__file__, "floor_forecast")
_FLOOR_SNAPSHOT = Statement(__file__, "floor_snapshot")
_BARE = (
    ("bare_position", "customer_position"),
    ("bare_entry", "chase_entry"),
    ("bare_expected", "expected_payment"),
    ("bare_customer_sum", "report_customer_sum"),
    ("bare_snapshot_line", "report_snapshot_line"),
)


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

    def by_hand(floor: Statement, *bare: str) -> list[float]:
        params = {"company": filled.company.pk, "day": tonight, "at": at, "weeks": WEEKS}
        return times(runs, lambda: _run(floor, params), before=lambda: _empty(bare))

    floor = by_hand(_FLOOR, "bare_position", "bare_entry")
    guessed = by_hand(_FLOOR_FORECAST, "bare_expected")
    summed = by_hand(_FLOOR_SNAPSHOT, "bare_customer_sum", "bare_snapshot_line")
    apart = {REMINDERS, SNAPSHOT, FORECAST}
    stages = {name: statistics.median(each) for name, each in by_stage.items() if name not in apart}
    ours = _night(spent["others"], floor, stages)
    reminded = reminders.of_the_night(filled, spent[REMINDERS], day=tonight, at=at)
    whole = [sum(each) for each in zip(*spent.values(), strict=True)]
    floors = [sum(each) for each in zip(floor, reminded.floor_seconds, guessed, summed, strict=True)]
    return [
        ours,
        reminded,
        Measure(
            "Night: what is expected",
            spent[FORECAST],
            guessed,
            "each open invoice with its chances; the floor guesses a day by the customer's median",
            most_ratio=MOST_RATIO,
        ),
        Measure(
            "Night: figures are kept",
            spent[SNAPSHOT],
            summed,
            "today and yesterday, each as of its end; the floor adds up what is open now, of today alone",
            most_ratio=MOST_RATIO,
        ),
        Measure(
            "Night: all stages",
            whole,
            floors,
            "one after the other, in life side by side on more cores",
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
    slowest = max(stages, key=lambda name: stages[name])
    shares = ", ".join(f"{name} {spent:.2f} s" for name, spent in stages.items())
    return Measure(
        "Night: who owes what, who is next",
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


def _empty(bare: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(bare)}")


def _run(floor: Statement, params: Mapping[str, Any]) -> None:
    with transaction.atomic():
        floor.execute(params)
