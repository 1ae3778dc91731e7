"""Importing a file of open items against COPY of finished rows into a bare table with the same indexes."""

import datetime as dt
import io
import time
from itertools import count

from django.db import connection, transaction

from collections_app.intake import batches
from collections_app.intake.rules import BatchState, FileKind
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.management.benchmarks.figures import Measure
from collections_app.management.benchmarks.filling import new_company
from collections_app.management.benchmarks.stopwatch import times
from collections_app.management.demo.copying import COLUMNS

MOST_RATIO = 4.0
PIECE_BYTES = 1 << 20
_HEADER = "type,customer,customer_name,number,reference,currency,amount,open_amount,issued_on,due_on,terms\n"


def measured(*, rows: int, customers: int, runs: int, day: dt.date, at: dt.datetime) -> Measure:
    """Each run imports the whole file into a company that has nothing yet."""
    content = _file(rows, customers, day)
    steps: list[dict[str, float]] = []
    numbers = count(1)
    fresh: list[Company] = []

    def run() -> None:
        steps.append(_import(fresh[-1], content, day, at))

    seconds = times(runs, run, before=lambda: fresh.append(new_company(f"import-{next(numbers)}", at=at)))
    finished = _finished_rows(rows, customers, day, at)
    floor = times(runs, lambda: _copy(finished), before=_empty_bare_table)
    spent = min(steps, key=lambda one: sum(one.values()))
    total = sum(spent.values())
    slowest = sorted(spent, key=lambda name: -spent[name])[:3]
    limit = ", ".join(f"{name} {spent[name]:.2f} s ({spent[name] / total:.0%})" for name in slowest)
    return Measure(f"Import of {rows:,} rows", seconds, floor, f"most goes to {limit}", most_ratio=MOST_RATIO)


def make_bare_table() -> None:
    """The invoice table without keys to other tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bare_invoice (LIKE invoice INCLUDING DEFAULTS INCLUDING GENERATED "
            "INCLUDING IDENTITY INCLUDING INDEXES)"
        )


def _file(rows: int, customers: int, day: dt.date) -> bytes:
    """Our own format of open items; a row of each customer in turn."""
    lines = [_HEADER]
    for n in range(rows):
        due = day + dt.timedelta(days=29 - n * 7 % 75)
        issued = min(due - dt.timedelta(days=30), day)
        amount = f"{100 + n * 37 % 90_000}.{n % 100:02d}"
        who = n % customers + 1
        lines.append(f"invoice,B{who},Customer {who},F{n},PO {n},GBP,{amount},{amount},{issued},{due},30\n")
    return "".join(lines).encode()


def _import(company: Company, content: bytes, day: dt.date, at: dt.datetime) -> dict[str, float]:
    """Seconds by step of one import. Raises ``Refused`` when the file was not applied."""
    began, step, spent = time.perf_counter(), "receiving", {"receiving": 0.0}

    def told(name: str, _rows: int) -> None:
        nonlocal began, step
        now = time.perf_counter()
        spent[step] = spent.get(step, 0.0) + now - began
        began, step = now, name

    pieces = (content[start : start + PIECE_BYTES] for start in range(0, len(content), PIECE_BYTES))
    batch = batches.receive(
        company=company,
        file_name="benchmark.csv",
        content=pieces,
        profile_name="own",
        kind=FileKind.OPEN_ITEMS,
        as_of=day,
        by=None,
        at=at,
    )
    batch = batches.apply(batch, accepted=True, by=None, at=at, listener=told)
    told("", 0)
    if batch.state != BatchState.APPLIED:
        first = batch.problems.first()
        raise Refused.because("not_applied", f"The file was {batch.state}: {first.message if first else ''}")
    return spent


def _finished_rows(rows: int, customers: int, day: dt.date, at: dt.datetime) -> str:
    """The same invoices as they end up in the table, as COPY text."""
    lines = []
    for n in range(rows):
        due = day + dt.timedelta(days=29 - n * 7 % 75)
        issued = min(due - dt.timedelta(days=30), day)
        amount = f"{100 + n * 37 % 90_000}.{n % 100:02d}"
        lines.append(
            f"{n + 1}\t1\t{n % customers + 1}\tinvoice\tF{n}\t\tPO {n}\tGBP\t{amount}"
            f"\t{issued}\t{due}\t30\t{issued}\t{at.isoformat()}\t1\t{amount}\t\\N\n"
        )
    return "".join(lines)


def _empty_bare_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE bare_invoice")


def _copy(finished: str) -> None:
    columns = ", ".join(f'"{name}"' for name in COLUMNS["invoice"])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.copy_expert(f"COPY bare_invoice ({columns}) FROM STDIN", io.StringIO(finished))
