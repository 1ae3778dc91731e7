"""What the invoices of a company's customers tell of how each pays, as known on a day: in columns, a row a
customer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collections_app.forecasting.rules.delays import Tallies
from collections_app.lib import columns
from collections_app.segmentation.segments import Segment

Whole = NDArray[np.int64]
Real = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Histories:
    """A row a customer, by their ids, and one more at the end for who has none. ``segments`` are places in
    ``codes``, of which the first is no segment. A median that is not known is ``nan``; a usual weekday
    (Monday 1) or day of the month that there is not, 0.
    """

    customers: Whole
    tallies: Tallies
    codes: list[str]
    segments: Whole
    medians: Real
    pay_weekdays: Whole
    pay_days: Whole
    promises_kept: Whole
    promises_due: Whole
    paid_on_pay_day: Real

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Histories":
        """From the columns of ``read_payers``, which stand in any order."""
        found = columns.whole(told["customers"])
        order = np.argsort(found)
        customers = found[order]

        def whole(name: str) -> Whole:
            return np.append(columns.whole(told[name])[order], 0)

        def real(name: str, nobody: float) -> Real:
            return np.append(columns.real(told[name])[order], nobody)

        weekdays = columns.real(told["weekdays"]).reshape(-1, 7)[order]
        tallies = Tallies.of(
            np.searchsorted(customers, columns.whole(told["cell_customers"])),
            columns.whole(told["cell_days"]),
            np.concatenate([weekdays, np.zeros((1, 7))]),
            begun=columns.real(told["begun"]),
            ended=columns.real(told["ended"]),
            paid=columns.real(told["paid"]),
            counts=columns.whole(told["counts"]),
        )
        codes, segments = _codes(whole("segments"))
        return cls(
            customers,
            tallies,
            codes,
            segments,
            real("medians", np.nan),
            whole("pay_weekdays"),
            whole("pay_days"),
            whole("promises_kept"),
            whole("promises_due"),
            real("paid_on_pay_day", 0.0),
        )

    def rows(self, customers: Whole) -> Whole:
        """The row of each of ``customers`` (ids)."""
        places = np.searchsorted(self.customers, customers)
        nobody = len(self.customers)
        known = np.append(self.customers, -1)[places] == customers
        return np.where(known, places, nobody)


def _codes(segments: Whole) -> tuple[list[str], Whole]:
    """The codes of segments (ids), and at which place that of each stands; several versions share codes."""
    ids, which = np.unique(segments, return_inverse=True)
    names = dict(Segment.objects.filter(pk__in=ids.tolist()).values_list("pk", "code"))
    codes = ["", *sorted(set(names.values()))]
    places = np.array([codes.index(names.get(each, "")) for each in ids.tolist()], dtype=np.int64)
    return codes, places[which]
