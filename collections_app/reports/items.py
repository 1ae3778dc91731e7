"""What a figure is made of: the customers of a part of the ledger, their documents, and what came in a month.

Read from the same open items as the figures themselves, so that a list adds up to its figure to the penny.
A page at a time, or whole (``every_...``) as it is written to a file: the same statement without an end.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from typing import Any

from django.db import transaction

from collections_app.ledger.allocations import Allocation
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.payments import Payment
from collections_app.lib import planning, replicas
from collections_app.lib.money import ZERO
from collections_app.lib.sql import Statement, array
from collections_app.reports import customer_sums, kept_readings
from collections_app.reports.customer_sums import Basis
from collections_app.reports.derived import PLACED, Asked
from collections_app.reports.rules.parts import PARTS

_CUSTOMERS = Statement(__file__, "list_customers", after=PLACED)
_ITEMS = Statement(__file__, "list_items", after=PLACED)
_POSTED = Statement(__file__, "list_posted", after=PLACED)
_KEPT_CUSTOMERS = Statement(__file__, "list_kept_customers", after=customer_sums.PARTED)
_ITEMS_NOW = Statement(__file__, "list_items_now")
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
class Added:
    """What a customer (an id) adds to a part, in so many items."""

    customer: int
    amount: Decimal
    items: int


@dataclass(frozen=True, slots=True)
class Streamed:
    """All of a list, some thousand rows in memory at a time, with its sum and number."""

    rows: Iterator[dict[str, Any]]
    whole: Decimal
    number: int


def customers(asked: Asked, *, part: str, currency: str, page: int = 1) -> Listed:
    """The customers that make up a part (a name of ``PARTS``), the largest first."""
    if found := customer_sums.basis(asked):
        return _kept_customers(found, asked, part, currency, page)
    params = asked.params(currency=currency, **_limits(part))
    if asked.customers is not None:
        return page_of(_CUSTOMERS, params, page, counted="customers")
    return _kept_page(
        asked,
        "customers of rows",
        lambda: page_of(_CUSTOMERS, params, page, counted="customers"),
        part,
        currency,
        page,
        key="id",
        name="name",
        number="number",
    )


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
    if customer is not None:
        params = replace(asked, customers=(customer,)).params(**given)
        return page_of(_ITEMS, params, page, page_rows=page_rows, whole=False)
    if (found := customer_sums.basis(asked)) and not _is_of_later(asked):
        return _kept_documents(found, asked, part, currency, page, page_rows)
    params = asked.params(**given)
    if asked.customers is not None:
        return page_of(_ITEMS, params, page, page_rows=page_rows)
    return _kept_page(
        asked,
        "documents of rows",
        lambda: page_of(_ITEMS, params, page, page_rows=page_rows),
        part,
        currency,
        page,
        page_rows,
    )


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


def _kept_customers(found: Basis, asked: Asked, part: str, currency: str, page: int) -> Listed:
    """Which of them from what was kept, and what there is to say of these few from their rows."""
    touched = _touched(found, asked, part, currency)
    readings = kept_readings.begin(asked)

    def ranked() -> list[int]:
        ids = array([each.customer for each in touched])
        params = found.params(asked, part=part, currency=currency, ids=ids)
        params |= {"amounts": [each.amount for each in touched]}
        params |= {"limit": PAGE_ROWS, "skip": (page - 1) * PAGE_ROWS}
        return [row["id"] for row in _KEPT_CUSTOMERS.rows(params)]

    given = found.snapshot.pk, found.told, part, currency, page
    ids = readings.of("ranked", ranked, *given, on=["postings"])
    told = {row["id"]: row for row in _rows_of(ids, asked, part, currency)}
    amount, _, number = customer_sums.part_of(found, asked, part=part, currency=currency)
    amount, number = amount + sum((each.amount for each in touched), ZERO), number + len(touched)
    return Listed([told[each] for each in ids if each in told], amount, number, page, PAGE_ROWS)


def _touched(found: Basis, asked: Asked, part: str, currency: str) -> list[Added]:
    """What those add to a part about whom something was posted since: read once for what stands now, since
    after a file they are thousands.
    """

    def read() -> list[Added]:
        rows = _rows_of(found.touched, asked, part, currency)
        return [Added(row["id"], row["amount"], row["items"]) for row in rows]

    if not found.touched:
        return []
    given = found.snapshot.pk, found.told, part, currency
    return kept_readings.begin(asked).of("touched", read, *given, on=["postings"])


def _rows_of(customers: Sequence[int], asked: Asked, part: str, currency: str) -> list[dict[str, Any]]:
    if not customers:
        return []
    given = {"currency": currency, "limit": None, "skip": 0, **_limits(part)}
    return rows(_CUSTOMERS, replace(asked, customers=tuple(customers)).params(**given), whole=False)


def _kept_documents(
    found: Basis, asked: Asked, part: str, currency: str, page: int, page_rows: int
) -> Listed:
    """The rows from the ledger as far as the page goes; their sum and number from what was kept."""
    given = {"currency": currency, **_limits(part)}
    amount, number, _ = customer_sums.part_of(found, asked, part=part, currency=currency)
    touched = _touched(found, asked, part, currency)
    return Listed(
        _ITEMS_NOW.rows(asked.params(**given, limit=page_rows, skip=(page - 1) * page_rows)),
        amount + sum((each.amount for each in touched), ZERO),
        number + sum(each.items for each in touched),
        page,
        page_rows,
    )


def _is_of_later(asked: Asked) -> bool:
    """Whether anything was posted for a day to come, which is not to be seen yet."""
    later = {"company": asked.company, "posted_on__gt": asked.day}
    return any(model.objects.filter(**later).exists() for model in (Invoice, Payment, Allocation))


def _kept_page(
    asked: Asked, what: str, read: Callable[[], Listed], *given: int | str, **columns: str
) -> Listed:
    """A page of all rows of a day that nothing was kept of, kept until something is posted or disputed."""
    kept = kept_readings.begin(asked).of(what, read, *given, str(asked.spans))
    return named_anew(kept, **columns)


def named_anew(
    found: Listed, *, key: str = "customer_id", name: str = "customer", number: str = "customer_number"
) -> Listed:
    """The same with customers called as they are called now: names change without a posting. One query."""
    wanted = {row[key] for row in found.rows}
    told = {
        pk: each for pk, *each in Customer.objects.filter(pk__in=wanted).values_list("pk", "name", "number")
    }
    rows = [
        {**row, name: told[row[key]][0], number: told[row[key]][1]} for row in found.rows if row[key] in told
    ]
    return replace(found, rows=rows)


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
    whole: bool = True,
) -> Listed:
    """One page of a list whose rows tell the sum (``whole``) and the number (``counted``) of all; with
    ``whole`` false they are of a few customers, and looked up.
    """
    given = {**params, "limit": page_rows, "skip": (number - 1) * page_rows}
    found = rows(statement, given, whole=whole)
    if not found:
        return Listed([], ZERO, 0, number, page_rows)
    return Listed(found, found[0]["whole"], found[0][counted], number, page_rows)


def rows(statement: Statement, params: dict[str, Any], *, whole: bool = True) -> list[dict[str, Any]]:
    """The rows of a statement that joins sets, unless with ``whole`` false these are small."""
    with replicas.transaction(), planning.joining_sets(whole=whole):
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
