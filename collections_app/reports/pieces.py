"""What a sum is made of that is no part of the open ledger: what was settled, how a cohort went on, what was
promised, disputed, held or missed. ``items`` tells the parts of the ledger itself.

A sum and its list come from one statement of pieces, so that they agree to the penny: ``list_pieces`` tells a
page of them, ``sum_pieces`` what they come to by currency. Converted, a sum opens into its amounts by
currency, each rounded once, as the figures are.
"""

import datetime as dt
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from collections_app.reports import items
from collections_app.reports.derived import Asked
from collections_app.reports.items import Listed, Streamed
from collections_app.reports.piece_kinds import KINDS


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
    return items.page_of(KINDS[what].listed, _params(asked, what, number, of, currencies), page)


def every(
    asked: Asked, what: str, *, number: int, of: str, currencies: list[str] | None
) -> AbstractContextManager[Streamed]:
    """All that ``listed`` tells in pages."""
    return items.every(KINDS[what].listed, _params(asked, what, number, of, currencies))


def _params(asked: Asked, what: str, number: int, of: str, currencies: list[str] | None) -> dict[str, Any]:
    kind = KINDS[what]
    return {**kind.params(asked, number, of), "currencies": currencies, "by_size": kind.is_by_size}


def summed(asked: Asked, what: str, *, number: int = 1, of: str = "") -> list[Sum]:
    """What the pieces of a kind come to by currency. One query, two where it is narrowed."""
    kind = KINDS[what]
    params = {**kind.params(asked, number, of), "by_month": kind.is_by_month}
    return [Sum(**row) for row in items.rows(kind.summed, params)]
