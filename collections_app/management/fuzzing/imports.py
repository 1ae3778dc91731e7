"""Damaged files through the importer: each is applied wholly, asked about, or refused with every problem; and
the ledger follows from its rows whatever came.
"""

import datetime as dt
import io
import random
import time
import zipfile
from collections.abc import Iterator

import openpyxl
from django.db import transaction

from collections_app.holds import order_files
from collections_app.intake import batches
from collections_app.intake.received import Batch, RowProblem
from collections_app.intake.rules import BatchState
from collections_app.ledger import proofs
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.payments import Payment
from collections_app.lib.refusals import Refused
from collections_app.management.fuzzing import damage
from collections_app.management.fuzzing.tally import Outcome
from collections_app.runtime.home import PROJECT

SAMPLES = PROJECT / "docs" / "samples"
KINDS = {
    "open-items": "open-items.csv", "transactions": "transactions.csv", "customers": "customers.csv",
    "orders": "orders.csv",
}  # fmt: skip
WORKBOOKS_SHARE = 0.1
SECONDS_MAX = 10.0


class _Undo(Exception):
    """Nothing of a trial stays."""


def trials(company: Company, chance: random.Random, *, today: dt.date, at: dt.datetime) -> Iterator[Outcome]:
    """One after the other without end; each in a transaction that is undone."""
    wholes = {kind: (SAMPLES / name).read_bytes() for kind, name in KINDS.items()}
    names = list(damage.FILES)
    weights = [damage.WEIGHTS.get(name, 1.0) for name in names]
    while True:
        kind, way = chance.choice(list(KINDS)), chance.choices(names, weights)[0]
        content = damage.FILES[way](wholes[kind], chance)
        name = "damaged.csv"
        if chance.random() < WORKBOOKS_SHARE:
            way, name, content = f"workbook, {way}", "damaged.xlsx", _as_workbook(content, chance)
        yield _trial(company, name, content, kind=kind, way=way, today=today, at=at)


def _trial(
    company: Company, name: str, content: bytes, *, kind: str, way: str, today: dt.date, at: dt.datetime
) -> Outcome:
    began = time.monotonic()
    outcome = Outcome(f"file: {way}", "")
    try:
        with transaction.atomic():
            outcome.ended = _taken_in(company, name, content, kind=kind, today=today, at=at)
            outcome.wrong = _what_is_wrong(company, outcome.ended)
            raise _Undo
    except _Undo:
        pass
    except Exception as error:  # whatever it was, it is what is looked for
        outcome.wrong = f"{type(error).__name__}: {error}"[:300]
    if time.monotonic() - began > SECONDS_MAX:
        outcome.wrong = outcome.wrong or f"It took {time.monotonic() - began:.0f} seconds."
    return outcome


def _taken_in(
    company: Company, name: str, content: bytes, *, kind: str, today: dt.date, at: dt.datetime
) -> str:
    try:
        batch = batches.receive(
            company=company, file_name=name, content=[content], profile_name="own", kind=kind,
            as_of=today if kind == "open-items" else None, by=None, at=at,
        )  # fmt: skip
        batches.apply(batch, accepted=True, by=None, at=at, sides=order_files.SIDES)
    except Refused as refusal:
        return (
            "refused" if all(each.message.strip() for each in refusal.problems) else "refused without a word"
        )
    return _refused(batch) if batch.state == BatchState.REFUSED else str(batch.state)


def _refused(batch: Batch) -> str:
    said = list(RowProblem.objects.filter(batch=batch).values_list("message", flat=True))
    return "refused" if said and all(message.strip() for message in said) else "refused without a word"


def _what_is_wrong(company: Company, ended: str) -> str:
    if ended not in ("refused", "applied"):
        return f"It ended as {ended}."
    if ended == "refused":
        rows = (
            Invoice.objects.filter(company=company).count() + Payment.objects.filter(company=company).count()
        )
        return f"Refused, and {rows} rows are in the ledger." if rows else ""
    return "; ".join(problem.message for problem in proofs.prove(company=company))[:300]


def _as_workbook(content: bytes, chance: random.Random) -> bytes:
    """The same as a workbook; sometimes one that is broken, or larger than it says."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Rows")
    for line in content.decode("utf-8", "replace").splitlines()[:200]:
        cells = [openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("?", cell)[:30_000] for cell in line.split(",")]
        sheet.append([float(cell) if cell.isdecimal() and len(cell) < 8 else cell for cell in cells[:100]])
    out = io.BytesIO()
    book.save(out)
    whole = out.getvalue()
    if chance.random() < 0.5:
        return damage.FILES[chance.choice(("half", "other bytes"))](whole, chance)
    if chance.random() < 0.2:
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet9.xml", b" " * 50_000_000)
        return out.getvalue()
    return whole
