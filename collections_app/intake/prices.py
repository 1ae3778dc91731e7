"""Amounts that a file does not state: the quantity of each row times its price, less discount, plus tax."""

import re
from collections.abc import Mapping, Sequence

from collections_app.intake.findings import Findings, Question
from collections_app.lib.sql import Statement

PRICE_PROBLEMS = Statement(__file__, "find_price_problems")
_PRICE, _TAXES = Statement(__file__, "price_lines"), Statement(__file__, "count_taxes")
# Words of accounts systems for a tax that adds nothing to a price.
_ADDS_NOTHING = re.compile(
    r"\b(?:no|zero|without|free|exempt\w*|excluded|none|outside|out of scope)\b|(?<![\d.,])0(?:[.,]0+)?\s?%",
    re.IGNORECASE,
)


def work_out(found: Findings, params: Mapping[str, object], *, total_stated: bool) -> None:
    """Give every row its amount, and ask whether prices have the tax in them that no column states."""
    _PRICE.execute({**params, "total_stated": total_stated})
    if not total_stated:
        taxes = {row["tax_type"]: row["rows"] for row in _TAXES.rows({})}
        found.questions += tax_questions(taxes)


def tax_questions(rows_by_tax: Mapping[str, int]) -> Sequence[Question]:
    """Asks about rows that bear a tax, by its name, without saying how much it is."""
    taxed = {name: rows for name, rows in rows_by_tax.items() if not _ADDS_NOTHING.search(name)}
    if not taxed:
        return []
    rows = sum(taxed.values())
    bear = "1 row bears" if rows == 1 else f"{rows:,} rows bear"
    return [
        Question(
            "tax_in_prices",
            f"{bear} a tax (“{next(iter(taxed))}”) whose amount stands in no column. If the prices are "
            "without it, the customers owe more than this file says: then bring in a file with the tax or "
            "the totals. Are the prices with tax?",
        )
    ]
