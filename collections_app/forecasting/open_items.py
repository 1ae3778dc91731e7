"""What is open and owed on a day, in columns: an open invoice each, by customer."""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collections_app.behaviour import positions
from collections_app.forecasting.rules.promised import Instalment
from collections_app.forecasting.rules.weeks import Units
from collections_app.ledger.companies import Company
from collections_app.ledger.customer_ranges import CustomerRange
from collections_app.lib import columns, planning
from collections_app.lib.sql import Statement

_READ = Statement(__file__, "read_open_items", after=positions.PARTS)

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class OpenItems:
    """Amounts are in thousandths, ``due`` days are ordinals; without a due date an invoice counts from its
    issue. ``currencies`` are places in ``codes``. ``plans`` has the running promise about an invoice (id).
    """

    invoices: Units
    customers: Units
    codes: list[str]
    currencies: Units
    due: Units
    has_due_date: Flags
    open: Units
    disputed: Units
    promised: Units
    plans: dict[int, Sequence[Instalment]]

    def __len__(self) -> int:
        return len(self.invoices)

    @property
    def free(self) -> Units:
        """What is not disputed."""
        return self.open - self.disputed

    def batches(self, size: int) -> Iterator["OpenItems"]:
        """Whole customers, until there are about ``size`` invoices."""
        begins = np.flatnonzero(np.diff(self.customers, prepend=-1))
        first = 0
        while first < len(self):
            later = begins[begins >= first + size]
            after = int(later[0]) if len(later) else len(self)
            yield self._between(first, after)
            first = after

    def _between(self, first: int, after: int) -> "OpenItems":
        part = slice(first, after)
        names = ("due", "has_due_date", "open", "disputed", "promised")
        return OpenItems(
            self.invoices[part],
            self.customers[part],
            self.codes,
            self.currencies[part],
            **{name: getattr(self, name)[part] for name in names},
            plans=self.plans,
        )


def read(*, company: Company, today: dt.date, within: CustomerRange | None = None) -> OpenItems:
    """Of all customers of ``company`` or a range of them. One statement."""
    with planning.joining_sets():
        told = _READ.row(positions.params(company=company, day=today, customers=None, within=within))
    codes, currencies = np.unique(np.array(columns.words(told["currencies"]), dtype=str), return_inverse=True)
    whole = {name: columns.whole(told[name]) for name in ("due", "open", "disputed", "promised")}
    return OpenItems(
        columns.whole(told["invoices"]),
        columns.whole(told["customers"]),
        codes.tolist(),
        currencies,
        has_due_date=columns.whole(told["has_due_date"]) > 0,
        plans=_plans(told["plans"]),
        **whole,
    )


def _plans(told: Any) -> dict[int, Sequence[Instalment]]:
    found = json.loads(told) if isinstance(told, str) else told or {}
    return {int(invoice): [Instalment(*each) for each in plan] for invoice, plan in found.items()}
