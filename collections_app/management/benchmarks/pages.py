"""The first page of the chase list through real HTTP, against the query of its rows written by hand."""

import logging
import time

from django.db import connection
from django.test import Client as InProcess
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collections_app.chase.entries import Entry
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement
from collections_app.management.benchmarks import web
from collections_app.management.benchmarks.figures import Measure
from collections_app.management.benchmarks.filling import PASSWORD, Filled
from collections_app.management.benchmarks.stopwatch import times

PAGE_ROWS = 51
WARM_UP = 20
ALONE_RUNS = 10
ALONE_SECONDS_MAX = 0.040
TOGETHER = 8
TOGETHER_SECONDS_MAX = 0.150
_FLOOR = Statement(__file__, "floor_page")


def measured(filled: Filled, database_url: str, *, requests: int) -> list[Measure]:
    """One client, then eight that never pause; ``requests`` in all, each time."""
    path = reverse("chase_list", kwargs={"company": filled.company.code})
    params = {"company": filled.company.pk, "collector": filled.collector.pk, "rows": PAGE_ROWS}
    floor = times(requests, lambda: _FLOOR.rows(params))
    limit, beside = _spent_inside(filled, path)
    with web.server(database_url) as port:
        clients = [web.Client(port) for _ in range(TOGETHER)]
        for client in clients:
            client.sign_in(filled.collector.username, PASSWORD)
        web.asked(clients, path, times=WARM_UP)
        alone = web.asked(clients[:1], path, times=requests)
        together = web.asked(clients, path, times=max(1, requests // TOGETHER))
    name = "First page of the chase list"
    return [
        Measure(f"{name}, 1 client", alone, floor, limit, most_seconds=ALONE_SECONDS_MAX, beside=beside),
        Measure(
            f"{name}, {TOGETHER} clients",
            together,
            floor,
            "two cores for the web workers, PostgreSQL and the eight clients themselves",
            most_seconds=TOGETHER_SECONDS_MAX,
        ),
    ]


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
