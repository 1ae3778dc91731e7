"""Batches for the ledger: rows of JSON become a file of our own format, which is checked and applied as every
file is: in sets, all of it or nothing, with every problem by row.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django.http import HttpRequest
from ninja import Router, Schema

from collections_app.api import replies
from collections_app.api.entrance import KEY_HEADER, Token, company_of, system_of
from collections_app.api.problems import PROBLEMS_TOLD_MAX, Conflict, RowsRefused
from collections_app.api.rows import CustomersIn, InvoicesIn, PaymentsIn
from collections_app.holds import order_files
from collections_app.intake import batches
from collections_app.intake.batches import Batch
from collections_app.intake.rules import ENDED, WORKING, BatchState, FileKind
from collections_app.jobs import ledger_followers
from collections_app.lib import clock
from collections_app.lib.refusals import Refused
from collections_app.systems.rules.scopes import Scope
from collections_app.systems.system_rows import System

router = Router(tags=["Ledger"])
_KEYS = UUID("0d9a6d0e-51b5-4f2e-8f43-6f2b4f7f3f6c")
HEADER_LINES = 1
PART_ROWS = 1000


class LedgerAnswer(Schema):
    """What a batch changed. ``totals`` by currency; ``questions`` that were accepted are not repeated."""

    batch: int
    rows: int
    new: int
    changed: int
    settled: int
    unchanged: int
    new_customers: int
    totals: dict[str, str]
    notes: list[str]


@router.post("/{company}/customers", response=replies.asking(LedgerAnswer), auth=Token(Scope.WRITE_LEDGER))
def bring_in_customers(request: HttpRequest, company: str, sent: CustomersIn) -> Any:
    """Customers and their contacts, new or changed. What is left out of a row stays as it is."""
    return _bring_in(request, company, FileKind.CUSTOMERS, "customers", sent.rows, sent.accepted)


@router.post("/{company}/invoices", response=replies.asking(LedgerAnswer), auth=Token(Scope.WRITE_LEDGER))
def bring_in_invoices(request: HttpRequest, company: str, sent: InvoicesIn) -> Any:
    """Invoices, credit notes and other documents. One that is known and says something else is corrected."""
    return _bring_in(request, company, FileKind.TRANSACTIONS, "invoices", sent.rows, sent.accepted)


@router.post("/{company}/payments", response=replies.asking(LedgerAnswer), auth=Token(Scope.WRITE_LEDGER))
def bring_in_payments(request: HttpRequest, company: str, sent: PaymentsIn) -> Any:
    """Payments, refunds, reversals, and what is set against what. What is paid frees orders at once."""
    return _bring_in(request, company, FileKind.TRANSACTIONS, "payments", sent.rows, sent.accepted)


def as_csv(rows: Sequence[Schema]) -> Iterator[bytes]:
    """The rows as a file of our own format: each on a line of its own, below the names of the fields."""
    names = list(type(rows[0]).model_fields)
    for start in range(0, len(rows), PART_ROWS):
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        if not start:
            writer.writerow(names)
        writer.writerows(
            [_cell(getattr(row, name)) for name in names] for row in rows[start : start + PART_ROWS]
        )
        yield text.getvalue().encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _bring_in(
    request: HttpRequest,
    code: str,
    kind: FileKind,
    noun: str,
    rows: Sequence[Schema],
    accepted: Sequence[str],
) -> dict[str, Any]:
    at, system, company = clock.now(), system_of(request), company_of(request, code)
    batch = batches.receive(
        company=company,
        file_name=f"{system.name}, {noun}",
        content=as_csv(rows),
        profile_name="own",
        kind=kind,
        form_key=_form_key(system, request.headers.get(KEY_HEADER)),
        by=None,
        at=at,
    )
    if batch.state not in ENDED:
        _apply(batch, accepted, at=at)
    if batch.state == BatchState.APPLIED:
        # Also when the answer to it was lost: what should have followed may have been lost with it.
        ledger_followers.start(batch)
        return _told(batch)
    batches.forget_form(batch)
    if batch.state == BatchState.CHECKED:
        questions = batches.open_questions(batch)
        batches.discard(batch, by=None, at=at)
        said = " ".join(question["message"] for question in questions)
        raise Conflict(
            "questions",
            f"Nothing was changed. {said} Send the rows again with the codes under “accepted” if it is.",
            {"questions": questions},
        )
    raise RowsRefused(_problems(batch), batch.problem_count)


def _apply(batch: Batch, accepted: Sequence[str], *, at: dt.datetime) -> None:
    """Raises ``Conflict`` while somebody is at it, or died at it a moment ago: its key is the batch's."""
    try:
        batches.apply(batch, accepted=set(accepted), by=None, at=at, sides=order_files.SIDES)
    except Refused as refusal:
        if batch.state not in WORKING:
            raise
        said = "These rows are being taken in just now. Send them again in a minute, under the same key."
        raise Conflict("in_progress", said) from refusal


def _told(batch: Batch) -> dict[str, Any]:
    summary = batch.summary
    counts = {name: summary.get(name, 0) for name in ("rows", "new", "changed", "settled", "unchanged")}
    return {
        "batch": batch.pk,
        **counts,
        "new_customers": summary.get("new_customers", 0),
        "totals": summary.get("totals", {}),
        "notes": summary.get("notes", []),
    }


def _problems(batch: Batch) -> list[dict[str, Any]]:
    """By row, counted from 1; what concerns the batch as a whole has none."""
    found = batch.problems.order_by("line", "pk")[:PROBLEMS_TOLD_MAX]
    return [
        {
            "code": problem.code,
            "message": problem.message,
            "pointer": f"#/rows/{problem.line - HEADER_LINES - 1}/{problem.column}" if problem.line else None,
            "row": problem.line - HEADER_LINES if problem.line else None,
        }
        for problem in found
    ]


def _form_key(system: System, key: str | None) -> str:
    """A batch that was applied when the answer to it was lost is known again."""
    return str(uuid5(_KEYS, f"{system.pk} {key}")) if key else ""
