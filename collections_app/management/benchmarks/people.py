"""What two hundred people wait who work at the same time, by day and while the night runs beside them: an
ordinary one, after a working day. The first of a company, which drafts everybody's reminders, is over then.
"""

import datetime as dt
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle

from django.db import connection, transaction

from collections_app.chase import entries
from collections_app.jobs import nights
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement
from collections_app.management.benchmarks import crowds, days, filling, web
from collections_app.management.benchmarks.figures import Measure
from collections_app.management.benchmarks.filling import Filled
from collections_app.management.benchmarks.pages import PAGE_ROWS
from collections_app.management.benchmarks.stopwatch import times
from collections_app.people.users import User
from collections_app.runtime.home import PROJECT

SECONDS_MAX = 0.060
FLOOR_RUNS = 200
_FLOORS = {
    crowds.LIST: Statement(__file__, "floor_page"),
    crowds.CUSTOMER: Statement(__file__, "floor_customer"),
    crowds.LOGGED: Statement(__file__, "floor_contact_log"),
    crowds.SEARCH: Statement(__file__, "floor_search"),
}


def measured(
    filled: Filled, database_url: str, *, seconds: float, day: dt.date, at: dt.datetime
) -> list[Measure]:
    """The waits of ``seconds`` by day, and of a night from its beginning until it has ended."""
    company = filled.company
    list_customers(filled, day=day, at=at)
    _first_night(filled, day=day, at=at)
    users = User.objects.filter(collects__company=company).order_by("pk").distinct()
    people = crowds.of(users[: crowds.PEOPLE_MAX], company.code)
    bare = {kind: times(FLOOR_RUNS, floor) for kind, floor in floors(filled, day=day, at=at).items()}
    with web.server(database_url) as port:
        crowds.come(people)
        crowds.watch(people, port, goes_on=crowds.within(crowds.ROUND_SECONDS))
        by_day = crowds.watch(people, port, goes_on=crowds.within(seconds))
        began = time.monotonic()
        with _night(company.code, database_url) as child:
            by_night = crowds.watch(people, port, goes_on=lambda: child.poll() is None)
        lasted = time.monotonic() - began
    acts = f"{len(people)} people, an act every {crowds.SECONDS_BETWEEN_ACTS:.0f} s each"
    night = f"{acts}; from the beginning of the night to its end, {lasted:.0f} s"
    return [
        *(_measure(f"By day: {kind}", by_day[kind], bare[kind], acts) for kind in _FLOORS),
        *(_measure(f"By night: {kind}", by_night[kind], bare[kind], night) for kind in _FLOORS),
    ]


def list_customers(filled: Filled, *, day: dt.date, at: dt.datetime) -> None:
    """What the night derives for those who work the list."""
    filling.derive(filled, day=day, at=at)
    entries.refresh(company=filled.company, today=day, at=at)
    with connection.cursor() as cursor:
        # As autovacuum does a minute after.
        cursor.execute("VACUUM ANALYZE")


def _first_night(filled: Filled, *, day: dt.date, at: dt.datetime) -> None:
    """All that the first night makes, and a working day after it."""
    for run in nights.run(company=filled.company, day=day, at=at):
        if run.state != "done":
            raise Refused.because("night_failed", f"The stage {run.stage} failed: {run.error}")
    days.work(filled.company, day=day, at=at)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _measure(name: str, waited: list[float], floor: list[float], told: str) -> Measure:
    if not waited:
        raise Refused.because("too_short", f"{name}: nobody came to it. Let the crowd work for a minute.")
    return Measure(name, waited, floor, f"{len(waited):,} times; {told}", most_seconds=SECONDS_MAX)


def floors(filled: Filled, *, day: dt.date, at: dt.datetime) -> dict[str, Callable[[], object]]:
    """The statement by hand of each kind, of another customer each time."""
    company = filled.company
    of_one = list(Customer.objects.filter(company=company, collector=filled.collector)[:FLOOR_RUNS])
    if not of_one:
        raise Refused.because("empty_page", "Nobody is on the list that is measured.")
    everybody = cycle(of_one)

    def params() -> dict[str, object]:
        customer = next(everybody)
        return {
            "company": company.pk, "collector": filled.collector.pk, "rows": PAGE_ROWS, "day": day, "at": at,
            "customer": customer.pk, "words": "%cust%", "beginning": f"{customer.number}%",
        }  # fmt: skip

    def found(kind: str) -> Callable[[], object]:
        return lambda: _FLOORS[kind].rows(params())

    def written() -> None:
        with transaction.atomic():
            _FLOORS[crowds.LOGGED].execute(params())
            transaction.set_rollback(True)

    return {kind: written if kind == crowds.LOGGED else found(kind) for kind in _FLOORS}


@contextmanager
def _night(company: str, database_url: str) -> "Iterator[subprocess.Popen[bytes]]":
    """All stages of the night of today, in a process of their own as a worker runs them."""
    environment = {**os.environ, **web.environment(database_url)}
    command = [sys.executable, "manage.py", "run_day", "--company", company]
    child = subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield child
        if child.wait():
            raise Refused.because("night_failed", "The night beside the crowd failed.")
    finally:
        child.kill()
