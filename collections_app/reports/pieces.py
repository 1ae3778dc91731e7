"""What a sum is made of that is no part of the open ledger: what was settled, how a cohort went on, what was
promised, disputed, held or missed. ``items`` tells the parts of the ledger itself.

A sum and its list come from one statement of pieces, so that they agree to the penny: ``list_pieces`` tells a
page of them, ``sum_pieces`` what they come to by currency. Converted, a sum opens into its amounts by
currency, each rounded once, as the figures are.
"""

import datetime as dt
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from collections_app.lib.sql import Statement, array
from collections_app.reports import derived, items, kept_readings
from collections_app.reports.derived import PLACED, Asked
from collections_app.reports.items import Listed, Streamed
from collections_app.reports.piece_kinds import KINDS, Kind

_HERE = Statement(__file__, "list_placed", after=PLACED)
KEPT_PAGES = 20
# Of others any page is found as fast, so fewer are kept together.
FEW_PAGES = 4


@dataclass(frozen=True, slots=True)
class Sum:
    """What the pieces of one currency come to, of a month where they are told by it."""

    currency: str
    month: dt.date | None
    amount: Decimal
    number: int


def listed(
    asked: Asked, what: str, *, number: int, of: str, currencies: list[str] | None, page: int = 1
) -> Listed:
    """One page of the pieces of a kind (a name of ``KINDS``), over so many months where it is of a period;
    ``of`` says which, where there are several. Raises ``Unknown``.
    """
    kind, params = _read(asked, what, number, of)
    params |= {"currencies": currencies}
    if kind.is_between:
        return _in_blocks(asked, kind, params, page, str(asked.spans))
    if kind.is_of_week:
        of_week = (params[name] for name in ("forecast", "compared", "what", "by_customer"))
        return _in_blocks(asked, kind, params, page, *map(str, of_week))
    if kind.is_of_ledger and not _is_of_few(params):
        return _in_blocks(asked, kind, params, page, what, str(number), of, str(asked.spans))
    return items.page_of(kind.listed, params, page, whole=not _is_of_few(params))


def every(
    asked: Asked, what: str, *, number: int, of: str, currencies: list[str] | None
) -> AbstractContextManager[Streamed]:
    """All that ``listed`` tells in pages."""
    kind, params = _read(asked, what, number, of)
    params |= {"currencies": currencies}
    return items.every(kind.listed, _bounded(kind, params))


def _read(asked: Asked, what: str, number: int, of: str) -> tuple[Kind, dict[str, Any]]:
    """By which kind the pieces are read, and with which parameters."""
    params = KINDS[what].params(asked, number, of)
    kind = KINDS[what].told(params)
    return kind, {**params, "by_size": kind.is_by_size, "by_month": kind.is_by_month}


def _is_of_few(params: dict[str, Any]) -> bool:
    """Whether customers are named (``array``) of whom so few are looked up."""
    named = params.get("few") or params.get("customers")
    return named is not None and named.count(",") < derived.FEW_MAX


def _bounded(kind: Kind, params: dict[str, Any]) -> dict[str, Any]:
    """Of what changed between two ends, with those named who belonged there at either, where they are few."""
    if not kind.is_between or not params["is_narrowed"]:
        return params
    members = _HERE.row(params)["members"] or []
    return params if len(members) > derived.FEW_MAX else {**params, "few": array(members)}


def _in_blocks(asked: Asked, kind: Kind, params: dict[str, Any], page: int, *more: str) -> Listed:
    """Kept until something is posted, disputed or moved, or ``more`` is another, many pages at once: what a
    month changed is looked for among all that came since, a week is made of all that is open, and what was
    settled in months of all that was.
    """
    pages = KEPT_PAGES if kind.is_between else FEW_PAGES
    block, place = divmod(page - 1, pages)

    def read() -> Listed:
        given, rows = _bounded(kind, params), pages * items.PAGE_ROWS
        return items.page_of(kind.listed, given, block + 1, page_rows=rows, whole=not _is_of_few(given))

    named = "moved in blocks", read, kind.label, str(params["currencies"])
    kept = kept_readings.begin(asked).of(*named, *more, block)
    first = place * items.PAGE_ROWS
    rows = kept.rows[first : first + items.PAGE_ROWS]
    return items.named_anew(replace(kept, rows=rows, page=page, page_rows=items.PAGE_ROWS))


def summed(asked: Asked, what: str, *, number: int = 1, of: str = "") -> list[Sum]:
    """What the pieces of a kind come to by currency. One query, two where it is narrowed."""
    kind, params = _read(asked, what, number, of)
    given = _bounded(kind, params)
    return [Sum(**row) for row in items.rows(kind.summed, given, whole=not given.get("few"))]
