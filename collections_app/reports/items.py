"""What a figure is made of: the customers of a part of the ledger, their documents, and what came in a month.

Read from the same open items as the figures themselves, so that a list adds up to its figure to the penny.
A page at a time, or whole (``every_...``) as it is written to a file: the same statement without an end.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Any

from django.db import transaction

from collections_app.lib import planning
from collections_app.lib.money import ZERO
from collections_app.lib.sql import Statement
from collections_app.reports.derived import PLACED, Asked
from collections_app.reports.rules.parts import PARTS

_CUSTOMERS = Statement(__file__, "list_customers", after=PLACED)
_ITEMS = Statement(__file__, "list_items", after=PLACED)
_POSTED = Statement(__file__, "list_posted", after=PLACED)
PAGE_ROWS = 50
CHUNK_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list, with the sum and number of all of it."""

    rows: list[dict[str, Any]]
    whole: Decimal
    number: int
    page: int
    page_rows: int

    @property
    def is_last(self) -> bool:
        return self.page * self.page_rows >= self.number


@dataclass(frozen=True, slots=True)
class Streamed:
    """All of a list, some thousand rows in memory at a time, with its sum and number."""

    rows: Iterator[dict[str, Any]]
    whole: Decimal
    number: int


def customers(asked: Asked, *, part: str, currency: str, page: int = 1) -> Listed:
    """The customers that make up a part (a name of ``PARTS``), the largest first."""
    return page_of(_CUSTOMERS, asked.params(currency=currency, **_limits(part)), page, counted="customers")


def documents(
    asked: Asked,
    *,
    part: str,
    currency: str,
    customer: int | None = None,
    page: int = 1,
    page_rows: int = PAGE_ROWS,
) -> Listed:
    """The documents and payments that make up a part, of everybody or of one customer (an id)."""
    given = {"currency": currency, "customer": customer, **_limits(part)}
    return page_of(_ITEMS, asked.params(**given), page, page_rows=page_rows)


def posted(asked: Asked, *, what: str, currency: str, since: dt.date, page: int = 1) -> Listed:
    """What was ``invoiced`` or ``received`` from a day to that of ``asked``."""
    return page_of(_POSTED, asked.params(currency=currency, what=what, since=since), page)


@contextmanager
def every_customer(asked: Asked, *, part: str, currency: str) -> Iterator[Streamed]:
    """All that ``customers`` tells in pages."""
    given = asked.params(currency=currency, **_limits(part))
    with every(_CUSTOMERS, given, counted="customers") as found:
        yield found


@contextmanager
def every_document(
    asked: Asked, *, part: str, currency: str, customer: int | None = None
) -> Iterator[Streamed]:
    """All that ``documents`` tells in pages."""
    given = {"currency": currency, "customer": customer, **_limits(part)}
    with every(_ITEMS, asked.params(**given)) as found:
        yield found


@contextmanager
def every_posted(asked: Asked, *, what: str, currency: str, since: dt.date) -> Iterator[Streamed]:
    """All that ``posted`` tells in pages."""
    with every(_POSTED, asked.params(currency=currency, what=what, since=since)) as found:
        yield found


def _limits(part: str) -> dict[str, Any]:
    found = PARTS[part]
    return {"part": found.kind, "first": found.first, "last": found.last}


def page_of(
    statement: Statement,
    params: dict[str, Any],
    number: int,
    *,
    page_rows: int = PAGE_ROWS,
    counted: str = "items",
) -> Listed:
    """One page of a list whose rows tell the sum (``whole``) and the number (``counted``) of all."""
    found = rows(statement, {**params, "limit": page_rows, "skip": (number - 1) * page_rows})
    if not found:
        return Listed([], ZERO, 0, number, page_rows)
    return Listed(found, found[0]["whole"], found[0][counted], number, page_rows)


def rows(statement: Statement, params: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a statement that joins sets."""
    with transaction.atomic(), planning.joining_sets():
        return statement.rows(params)


@contextmanager
def every(statement: Statement, params: dict[str, Any], *, counted: str = "items") -> Iterator[Streamed]:
    """All of a list. Rows are read as they are asked for, as of one moment, until the block ends."""
    with transaction.atomic(), planning.joining_sets():
        chunks = statement.chunks({**params, "limit": None, "skip": 0}, size=CHUNK_ROWS)
        head = next(chunks, [])
        found = (row for chunk in chain([head], chunks) for row in chunk)
        try:
            yield Streamed(found, head[0]["whole"] if head else ZERO, head[0][counted] if head else 0)
        finally:
            chunks.close()
