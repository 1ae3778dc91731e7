"""Importing a file of open items against COPY of finished rows into a bare table with the same indexes."""

import datetime as dt
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from itertools import count
from typing import IO

from django.db import connection, transaction

from collections_app.intake import batches
from collections_app.intake.rules import BatchState, FileKind
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.management.benchmarks.figures import Measure
from collections_app.management.benchmarks.filling import new_company
from collections_app.management.benchmarks.stopwatch import times
from collections_app.management.demo.copying import COLUMNS

MOST_RATIO = 2.0
PIECE_BYTES = 1 << 20
_HEADER = "type,customer,customer_name,number,reference,currency,amount,open_amount,issued_on,due_on,terms\n"


def measured(*, rows: int, customers: int, runs: int, day: dt.date, at: dt.datetime) -> Measure:
    """Each run imports the whole file into a company that has nothing yet."""
    steps: list[dict[str, float]] = []
    numbers = count(1)
    fresh: list[Company] = []
    # On disk, as they come in life: what is held in memory is the import's own.
    with tempfile.TemporaryFile("w+") as file, tempfile.TemporaryFile("w+") as finished:
        file.writelines(_file(rows, customers, day))
        finished.writelines(_finished_rows(rows, customers, day, at))

        def run() -> None:
            steps.append(_import(fresh[-1], file, day, at))

        seconds = times(runs, run, before=lambda: fresh.append(new_company(f"import-{next(numbers)}", at=at)))
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


def _file(rows: int, customers: int, day: dt.date) -> Iterator[str]:
    """Our own format of open items; a row of each customer in turn."""
    yield _HEADER
    for n in range(rows):
        due = day + dt.timedelta(days=29 - n * 7 % 75)
        issued = min(due - dt.timedelta(days=30), day)
        amount = f"{100 + n * 37 % 90_000}.{n % 100:02d}"
        who = n % customers + 1
        yield f"invoice,B{who},Customer {who},F{n},PO {n},GBP,{amount},{amount},{issued},{due},30\n"


def _import(company: Company, file: IO[str], day: dt.date, at: dt.datetime) -> dict[str, float]:
    """Seconds by step of one import. Raises ``Refused`` when the file was not applied."""
    began, step, spent = time.perf_counter(), "receiving", {"receiving": 0.0}

    def told(name: str, _rows: int) -> None:
        nonlocal began, step
        now = time.perf_counter()
        spent[step] = spent.get(step, 0.0) + now - began
        began, step = now, name

    file.seek(0)
    pieces = (piece.encode() for piece in iter(partial(file.read, PIECE_BYTES), ""))
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


def _finished_rows(rows: int, customers: int, day: dt.date, at: dt.datetime) -> Iterator[str]:
    """The same invoices as they end up in the table, as COPY text."""
    for n in range(rows):
        due = day + dt.timedelta(days=29 - n * 7 % 75)
        issued = min(due - dt.timedelta(days=30), day)
        amount = f"{100 + n * 37 % 90_000}.{n % 100:02d}"
        yield (
            f"{n + 1}\t1\t{n % customers + 1}\tinvoice\tF{n}\t\tPO {n}\tGBP\t{amount}"
            f"\t{issued}\t{due}\t30\t{issued}\t{at.isoformat()}\t1\t{amount}\t\\N\n"
        )


def _empty_bare_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE bare_invoice")


def _copy(finished: IO[str]) -> None:
    finished.seek(0)
    columns = ", ".join(f'"{name}"' for name in COLUMNS["invoice"])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.copy_expert(f"COPY bare_invoice ({columns}) FROM STDIN", finished)
