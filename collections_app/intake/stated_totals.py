"""Totals that a file states at the ends of its rows, set beside what the rows add up to."""

from collections import Counter
from typing import Any

from collections_app.intake.fields import title_of
from collections_app.intake.findings import Findings, Question
from collections_app.intake.reading import Reading
from collections_app.lib import money
from collections_app.lib.sql import Statement

_COMPARE = Statement(__file__, "compare_totals")


def compare(reading: Reading, found: Findings, *, currency: str) -> None:
    """Ask about totals that differ from the rows above them, and note how many agree. ``currency`` is that of
    rows that name none.
    """
    stated = reading.whole.totals
    params = {
        "lines": [total.line for total in stated],
        "fields": [total.field for total in stated],
        "amounts": [total.amount for total in stated],
        "currencies": [total.currency for total in stated],
    }
    compared = _COMPARE.rows(params) if stated else []
    wrong = [row for row in compared if not row["is_right"]]
    if wrong:
        found.questions.append(_question(reading, wrong, currency))
    right = len({row["line"] for row in compared} - {row["line"] for row in wrong})
    _note(found, reading.whole.left_out, right=right, wrong=len({row["line"] for row in wrong}))


def _question(reading: Reading, wrong: list[dict[str, Any]], currency: str) -> Question:
    first = wrong[0]
    known = first["currency"] or currency
    # What it was meant to be the total of is the nearer of the two.
    adds_up_to = min(first["since"], first["so_far"], key=lambda total: abs(total - first["stated"]))
    column = reading.found.called(first["field"]) or title_of(first["field"])
    others = len(wrong) - 1
    more = f" {others:,} more {'total differs' if others == 1 else 'totals differ'}." if others else ""
    return Question(
        "totals_differ",
        f"Line {first['line']} states a total of {money.shown(first['stated'], known)} in “{column}”, but "
        f"the rows above it add up to {money.shown(adds_up_to, known)}.{more} Rows may be missing. Apply the "
        "file as it is?",
    )


def _note(found: Findings, left_out: Counter[str], *, right: int, wrong: int) -> None:
    if right:
        agree = "1 row of totals agrees" if right == 1 else f"{right:,} rows of totals agree"
        found.notes.append(f"{agree} with the rows above.")
    rest = left_out["totals"] - right - wrong
    if rest:
        were = "1 row of totals was" if rest == 1 else f"{rest:,} rows of totals were"
        found.notes.append(f"{were} read over.")
