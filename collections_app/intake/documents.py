"""Documents, payments and allocations: from the rows that arrived to the rows of the ledger, in sets.

``examine`` tells what the file would change and everything that is wrong with it; ``write`` does it. Both
work on the
temporary tables of one transaction, so a file is applied wholly or leaves nothing behind.
"""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from collections_app.intake import findings, keys, limits, prices, samples, staging, stated_totals
from collections_app.intake.fields import title_of
from collections_app.intake.findings import Findings, Move
from collections_app.intake.reading import Reading
from collections_app.intake.rules import FileKind
from collections_app.ledger import balances
from collections_app.ledger.companies import Company
from collections_app.ledger.postings import Posting
from collections_app.lib import money, planning
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement


def _statements(*names: str) -> list[Statement]:
    return [Statement(__file__, name) for name in names]


_RECEIVE, _DROP_UNWANTED = _statements("receive_documents", "drop_unwanted_rows")
_GATHER, _MIXED = _statements("gather_lines", "find_mixed_lines")
_ARRANGE = _statements("hear_of_customers", "arrange_documents")
_UNNUMBERED, _KEYS, _REPEATED = _statements("number_unnumbered", "find_repeated_keys", "drop_repeated_rows")
_MEET = _statements("meet_documents", "meet_payments", "meet_receipts_reversed")
_TAKE_BACK = _statements("take_back_documents", "take_back_payments")
_VANISHED = _statements("find_vanished_documents", "find_vanished_payments")
_ALLOCATIONS = _statements(
    "meet_allocations", "know_allocations", "find_undone_allocations", "find_settled_documents"
)
_ROW_PROBLEMS, _LEDGER_PROBLEMS, _ALLOCATION_PROBLEMS = _statements(
    "find_document_problems", "find_ledger_problems", "find_allocation_problems"
)
_COUNT, _TOTAL_FILE, _TOTAL_LEDGER, _DAYS, _LEFT_OUT = _statements(
    "count_documents", "total_file", "total_ledger", "look_at_days", "count_left_out"
)
_WRITE = _statements(
    "write_customers", "name_customers", "write_documents", "write_payments", "take_over_documents"
)
_CORRECT = _statements("write_corrections", "correct_documents")
_WRITE_ASSUMED = _statements("write_assumed_allocations")
_WRITE_STATED = _statements("write_allocations", "write_stated_settlements", "write_undone_allocations")


@dataclass(frozen=True, slots=True)
class Task:
    """One file for one company. ``as_of`` is the day of a list of open items; ``today`` the company's."""

    company: Company
    kind: FileKind
    as_of: dt.date | None
    today: dt.date
    at: dt.datetime

    @property
    def by_open(self) -> bool:
        return self.kind == FileKind.OPEN_ITEMS

    @property
    def day(self) -> dt.date:
        return self.as_of or self.today


def examine(
    reading: Reading, task: Task, *, on_rows: Callable[[int], None], on_step: Callable[[str], None]
) -> Findings:
    """Read the file and set it beside the ledger. Problems go to ``reading.faults``; nothing is written."""
    found, params = Findings(), _params(reading, task)
    _RECEIVE.execute(params)
    found.rows = staging.copy_rows(reading, on_rows)
    on_step("checking rows")
    # Statistics lag behind an import that was just applied; without them sets are joined row by row.
    with planning.joining_sets(whole=found.rows > limits.CHUNK_ROWS):
        _examine(reading, task, found, params, on_step)
    return found


def _examine(
    reading: Reading, task: Task, found: Findings, params: dict[str, object], on_step: Callable[[str], None]
) -> None:
    mapping, total_stated = reading.mapping, "amount" in reading.found.columns
    stated_totals.compare(reading, found, currency=mapping.currency or task.company.currency)
    _DROP_UNWANTED.execute(params)
    if mapping.lines == "priced":
        note_faults(reading, prices.PRICE_PROBLEMS, {})
        prices.work_out(found, params, total_stated=total_stated)
    if mapping.lines != "one":
        is_summed = mapping.lines == "summed" or (mapping.lines == "priced" and not total_stated)
        _GATHER.execute(params | {"summed": is_summed})
        note_faults(reading, _MIXED, {"types_filled_down": "type" in mapping.fills_down})
    for statement in _ARRANGE:
        statement.execute(params)
    unnumbered = _UNNUMBERED.execute({})
    repeated = _REPEATED.execute({}) if _KEYS.execute({}) else 0
    note_faults(reading, _ROW_PROBLEMS, params)
    if reading.faults.count:
        return
    on_step("comparing with the ledger")
    for statement in [*_MEET, *(_TAKE_BACK if task.by_open else []), *_ALLOCATIONS]:
        statement.execute(params)
    for statement in _VANISHED:
        # Of other files nothing vanishes: the list of what did is made for a day before any.
        statement.execute(params if task.by_open else params | {"as_of": dt.date.min})
    for statement in (_LEDGER_PROBLEMS, _ALLOCATION_PROBLEMS):
        note_faults(reading, statement, params)
    given_up = _count(found, params)
    samples.of_documents(found, by_open=task.by_open)
    found.questions += findings.total_questions(found.moves, share=task.company.total_move_share)
    days = {
        reading.found.called(row.pop("field")): findings.Days(**row)
        for row in _DAYS.rows({"latest": task.day})
    }
    found.newest_on = max((each.newest for each in days.values() if each.newest), default=None)
    found.questions += findings.day_questions(days, orders=mapping.days, latest=task.day)
    found.notes += _notes(
        unnumbered=unnumbered,
        repeated=repeated,
        left_out=int(_LEFT_OUT.row(params)["many"]),
        undated=0 if params["days_stated"] else found.rows,
        given_up=given_up,
    )


def write(found: Findings, task: Task, posting: Posting) -> None:
    """Merge what ``examine`` arranged. Raises ``Refused`` when the ledger would not move by what the file
    says.
    """
    params = {"company": task.company.pk, "posting": posting.pk, "as_of": task.day, "at": task.at}
    keys.write()
    with planning.joining_sets(whole=found.rows > limits.CHUNK_ROWS):
        corrections = _CORRECT if found.changed or found.settled else []
        for statement in [*_WRITE, *corrections, *(_WRITE_ASSUMED if task.by_open else _WRITE_STATED)]:
            statement.execute(params)
        balances.refresh(posting=posting)
    held = _ledger(task.company)
    for move in found.moves:
        holds = held.get(move.currency, money.ZERO)
        if holds != move.after:
            raise Refused.because(
                "does_not_add_up",
                f"The ledger would hold {money.shown(holds, move.currency)} where the file leads to "
                f"{money.shown(move.after, move.currency)}, so nothing was applied.",
            )


def _params(reading: Reading, task: Task) -> dict[str, object]:
    mapping, has = reading.mapping, reading.found.columns.keys()
    return {
        "company": task.company.pk,
        "default_type": mapping.default_type or None,
        "currency": mapping.currency or task.company.currency,
        "signed": mapping.signed,
        "by_open": task.by_open,
        "open_stated": "open_amount" in has,
        "days_stated": bool(has & {"issued_on", "posted_on"}),
        "as_of": task.as_of,
        "earliest": limits.EARLIEST_DAY,
        "latest": task.day.replace(year=task.day.year + limits.YEARS_AHEAD_MAX, day=min(task.day.day, 28)),
        "decimals": mapping.decimals,
        "minor_units": json.dumps(money.MINOR_UNITS),
        "unusual": list(money.MINOR_UNITS),
        "skip_status": [status.casefold() for status in mapping.skip_status],
        "company_codes": [code.casefold() for code in mapping.company_codes],
    }


def note_faults(reading: Reading, statement: Statement, params: dict[str, object]) -> None:
    """Run a statement that finds problems; each names a field, which becomes the header of the file."""
    noted = {(fault.line, fault.column) for fault in reading.faults.kept}
    for row in statement.rows(params):
        column = reading.found.called(row["field"]) or title_of(row["field"])
        # A cell that could not be read is missing for that reason, which has been told.
        if not (row["code"].endswith("_missing") and (row["line"], column) in noted):
            reading.faults.add(row["line"], column, row["code"], row["message"])


def _count(found: Findings, params: dict[str, object]) -> int:
    """How much the file changes; of how many documents the ledger holds something to be written off."""
    counts = _COUNT.row(params)
    found.new, found.changed = counts["new"], counts["changed"]
    found.unchanged, found.settled = counts["unchanged"], counts["settled"]
    before = {row["currency"]: row["amount"] for row in _TOTAL_LEDGER.rows(params)}
    rows = {row["currency"]: row for row in _TOTAL_FILE.rows(params)}
    found.moves = [
        Move(
            currency,
            stated=rows[currency]["stated"] if currency in rows else money.ZERO,
            before=before.get(currency, money.ZERO),
            moved=rows[currency]["moved"] if currency in rows else money.ZERO,
            stated_by_day=(rows[currency]["stated_by_day"] if currency in rows else None) or money.ZERO,
        )
        for currency in sorted(before.keys() | rows.keys())
    ]
    return int(counts["given_up"])


def _ledger(company: Company) -> dict[str, Decimal]:
    return {row["currency"]: row["amount"] for row in _TOTAL_LEDGER.rows({"company": company.pk})}


def _notes(*, unnumbered: int, repeated: int, left_out: int, undated: int, given_up: int) -> list[str]:
    told = [
        (repeated, "{:,} rows say exactly what another row says and were taken once."),
        (unnumbered, "{:,} rows have no number; one was made from what they say."),
        (
            undated,
            "{:,} rows have no invoice date. The due day was taken, or an earlier day on which they were "
            "settled or the list was made; how they stood before that is not known.",
        ),
        (left_out, "{:,} rows of new documents come to nothing, and were left out."),
        (
            given_up,
            "{:,} documents stand open here that were written off in the workbench. They stay written off; "
            "book the write-offs in the accounts system too.",
        ),
    ]
    return [sentence.format(count) for count, sentence in told if count]
