"""The first page of the chase list through real HTTP, against the query of its rows written by hand."""

import datetime as dt
import logging
import statistics
import time

from django.db import connection
from django.test import Client as InProcess
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collections_app.behaviour import positions
from collections_app.chase import entries
from collections_app.chase.entries import Entry
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement
from collections_app.management.benchmarks import web
from collections_app.management.benchmarks.figures import Measure, percentile
from collections_app.management.benchmarks.filling import PASSWORD, Filled
from collections_app.management.benchmarks.requests import Spent, asked
from collections_app.management.benchmarks.stopwatch import times

PAGE_ROWS = 51
WARM_UP = 20
ALONE_RUNS = 10
ALONE_SECONDS_MAX = 0.040
TOGETHER = 8
TOGETHER_SECONDS_MAX = 0.150
_FLOOR = Statement(__file__, "floor_page")


def measured(
    filled: Filled, database_url: str, *, requests: int, day: dt.date, at: dt.datetime
) -> list[Measure]:
    """One client, then eight that never pause; ``requests`` in all, each time. The list is of ``day``."""
    positions.measure(company=filled.company, today=day)
    entries.refresh(company=filled.company, today=day, at=at)
    path = reverse("chase_list", kwargs={"company": filled.company.code})
    params = {"company": filled.company.pk, "collector": filled.collector.pk, "rows": PAGE_ROWS}
    floor = times(requests, lambda: _FLOOR.rows(params))
    limit, beside = _spent_inside(filled, path)
    with web.server(database_url) as port:
        clients = [web.Client(port) for _ in range(TOGETHER)]
        for client in clients:
            client.sign_in(filled.collector.username, PASSWORD)
        cookies = [client.cookies for client in clients]
        asked(port, cookies, path, times=WARM_UP)
        alone = asked(port, cookies[:1], path, times=requests)
        together = asked(port, cookies, path, times=max(1, requests // TOGETHER))
    name = "First page of the chase list"
    return [
        _of_the_server(f"{name}, 1 client", alone, floor, limit, beside),
        _of_the_clients(f"{name}, {TOGETHER} clients", together, floor),
    ]


def _of_the_server(
    name: str, spent: list[Spent], floor: list[float], limit: str, beside: dict[str, float]
) -> Measure:
    """What the server says of itself; beside it what the client waits."""
    whole = [each.whole for each in spent]
    median, p95 = statistics.median(whole), percentile(whole, 0.95)
    told = f"{limit}; the client waits {median * 1000:.1f} ms, p95 {p95 * 1000:.1f} ms"
    beside = {**beside, "client_median": median, "client_p95": p95}
    server = [each.server for each in spent]
    return Measure(name, server, floor, told, most_seconds=ALONE_SECONDS_MAX, beside=beside)


def _of_the_clients(name: str, spent: list[Spent], floor: list[float]) -> Measure:
    """What clients wait, their turn included; beside it what the server spends once it is theirs."""
    server = [each.server for each in spent]
    median, p95 = statistics.median(server), percentile(server, 0.95)
    told = "two cores for the web workers, PostgreSQL and the clients; "
    told += f"the server's own time is {median * 1000:.1f} ms, p95 {p95 * 1000:.1f} ms"
    beside = {"server_median": median, "server_p95": p95}
    whole = [each.whole for each in spent]
    return Measure(name, whole, floor, told, most_seconds=TOGETHER_SECONDS_MAX, beside=beside)


def _spent_inside(filled: Filled, path: str) -> tuple[str, dict[str, float]]:
    """How much of one page is SQL; the rest is Python: the view and the template."""
    client = InProcess(SERVER_NAME="127.0.0.1")
    client.force_login(filled.collector)
    logging.disable(logging.INFO)
    try:
        _refuse_unless_full(client.get(path).content.decode(), filled)
        with CaptureQueriesContext(connection) as captured:
            (whole,) = times(1, lambda: client.get(path))
        # Kept at once: the next request forgets the queries of this one.
        spent = [float(query["time"]) for query in captured.captured_queries]
        busy = time.process_time()
        times(ALONE_RUNS, lambda: client.get(path))
        busy = (time.process_time() - busy) / ALONE_RUNS
    finally:
        logging.disable(logging.NOTSET)
    sql, count = sum(spent), len(spent)
    words = f"{count} queries take {sql * 1000:.0f} ms of {whole * 1000:.0f} ms; "
    words += f"Python is busy for {busy * 1000:.0f} ms"
    return words, {"queries": count, "sql_seconds": sql, "python_seconds": busy}


def _refuse_unless_full(page: str, filled: Filled) -> None:
    """A page without rows is quick, and no measure of anything."""
    listed = Entry.objects.listed(filled.company).filter(collector=filled.collector).count()
    shown, wanted = page.count("data-row-link"), min(listed, PAGE_ROWS - 1)
    if not shown or shown != wanted:
        why = f"The page that was to be measured shows {shown} customers, and should show {wanted or 'some'}."
        raise Refused.because("empty_page", why)
