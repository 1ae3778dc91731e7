"""Ageing: what is open at the end of a day, by currency and by how long it is overdue. SQL sums, Python
arranges.

The parts of a currency add up to its total: what is not due, the buckets, open credit notes and money not yet
set against invoices. The last two lessen what is owed and are negative, for all of their age; so nothing is
hidden in a bucket, and the total is the ledger's. Due on the day itself, or never, is not due. By invoice
date, what was issued on the day itself stands under "not due".
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from collections_app.ledger.companies import Company
from collections_app.ledger.rules import DEFAULT_BUCKETS, AgeBy, Bucket, buckets
from collections_app.lib import planning, replicas
from collections_app.lib.money import ZERO
from collections_app.lib.sql import Statement, array

# Every open item of a company at the end of a day (``item``), for statements that go on from there: with the
# parameters company, day, known_at and customers.
LEDGER_THEN = Statement(__file__, "read_ledger_then")
_AGE_LEDGER = Statement(__file__, "age_ledger", after=LEDGER_THEN)


@dataclass(frozen=True, slots=True)
class Part:
    """An amount, and how many documents or payments make it up."""

    amount: Decimal = ZERO
    count: int = 0


@dataclass(frozen=True, slots=True)
class CurrencyAgeing:
    """The ledger of one currency. ``aged`` holds a part for each bucket, in order."""

    currency: str
    buckets: tuple[Bucket, ...]
    not_due: Part
    aged: tuple[Part, ...]
    credits: Part
    unallocated: Part

    @property
    def parts(self) -> tuple[Part, ...]:
        """All that add up to the total; each open item is in exactly one."""
        return (self.not_due, *self.aged, self.credits, self.unallocated)

    @property
    def total(self) -> Decimal:
        """The balance of the ledger."""
        return sum((part.amount for part in self.parts), ZERO)

    @property
    def count(self) -> int:
        """Open documents, and payments with something left."""
        return sum(part.count for part in self.parts)

    @property
    def overdue(self) -> Decimal:
        """All buckets together, before credits."""
        return sum((part.amount for part in self.aged), ZERO)


@dataclass(frozen=True, slots=True)
class Ageing:
    """A company's ledger, or one customer's, at the end of a day."""

    as_of: dt.date
    by: AgeBy
    currencies: dict[str, CurrencyAgeing]


def as_of(
    *,
    company: Company,
    day: dt.date,
    by: str = AgeBy.DUE,
    edges: Sequence[int] = DEFAULT_BUCKETS,
    customers: Sequence[int] | None = None,
    known_at: dt.datetime | None = None,
) -> Ageing:
    """The ledger as it stood at the end of ``day``, by accounting dates; as it is known now, or was at
    ``known_at``; of everybody, or of ``customers`` (ids).

    ``edges`` are the last days of all buckets but the open one. An empty ledger answers with zeros in the
    company's currency. Raises ``ValueError`` for edges that do not rise and for another ``by`` than due and
    invoice.
    """
    intervals = buckets(edges)
    # Right after an import the statistics are those of the ledger before it.
    with replicas.transaction(), planning.joining_sets(whole=customers is None):
        rows = _AGE_LEDGER.rows(
            {
                "company": company.pk,
                "day": day,
                "by": AgeBy(by).value,
                "firsts": [bucket.first for bucket in intervals],
                "customers": None if customers is None else array(customers),
                "known_at": known_at,
            }
        )
    names = sorted({row["currency"] for row in rows}) or [company.currency]
    return Ageing(day, AgeBy(by), {name: _arranged(name, intervals, rows) for name in names})


def _arranged(currency: str, intervals: tuple[Bucket, ...], rows: list[dict[str, Any]]) -> CurrencyAgeing:
    found = {
        (row["part"], row["bucket"]): Part(row["amount"], row["count"])
        for row in rows
        if row["currency"] == currency
    }
    return CurrencyAgeing(
        currency=currency,
        buckets=intervals,
        not_due=found.get(("aged", 0), Part()),
        aged=tuple(found.get(("aged", place), Part()) for place in range(1, len(intervals) + 1)),
        credits=found.get(("credits", None), Part()),
        unallocated=found.get(("unallocated", None), Part()),
    )
