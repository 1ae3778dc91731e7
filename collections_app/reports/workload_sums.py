"""What of the workload is read from the whole ledger, and kept: what is overdue, and how soon customers were
first contacted, by who looks after them.

What is kept is named by the postings and by the newest change of who looks after whom, so a hand-over is in
it at once. What is overdue stands on what the night kept of each customer, but for those about whom
something was posted since, who are read from rows; where nothing of the day is kept yet, all are.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from collections_app.ledger.companies import Company
from collections_app.lib.money import ZERO
from collections_app.lib.sql import Statement
from collections_app.reports import customer_sums, derived, kept_readings
from collections_app.reports.customer_sums import Basis
from collections_app.reports.derived import Asked
from collections_app.reports.piece_params import TOUCH_DAYS
from collections_app.reports.rules.paying import Spread, spread
from collections_app.segmentation import assignment_changes

_LOOKED_AFTER = Statement(__file__, "count_looked_after")
_KEPT_OVERDUE = Statement(__file__, "sum_kept_overdue", after=customer_sums.KEPT)

Amounts = dict[tuple[int | None, str], Decimal]


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """How many customers each collector has (None: nobody); ``told`` is another when anybody moved."""

    customers: Mapping[int | None, int]
    told: str


@dataclass(frozen=True, slots=True)
class Touches:
    """Days past due at the first contact, by collector; of the contacts until a moment (None: all)."""

    spreads: Mapping[int | None, Spread]
    until: dt.datetime | None = None


def looked_after(company: Company) -> LookedAfter:
    """Who looks after how many now, kept until somebody moves. One query then."""
    told = assignment_changes.version(company)

    def read() -> dict[int | None, int]:
        return {row["collector"]: row["customers"] for row in _LOOKED_AFTER.rows({"company": company.pk})}

    return LookedAfter(kept_readings.under("looked after", read, company.pk, told), told)


def overdue(
    company: Company, whose: LookedAfter, *, today: dt.date
) -> dict[int | None, list[tuple[Decimal, str]]]:
    """What is overdue with each collector at the end of ``today``, by currency in their order."""
    asked = Asked(company, today)
    basis = customer_sums.basis(asked)
    amounts = kept_readings.begin(asked).of(
        "overdue by collector",
        lambda: _kept_and_touched(asked, basis) if basis else _of_rows(asked),
        *((basis.snapshot.pk, basis.told) if basis else ()),
        whose.told,
        on=["postings"],
    )
    found: dict[int | None, list[tuple[Decimal, str]]] = {}
    for collector, currency in sorted(amounts, key=lambda each: each[1]):
        found.setdefault(collector, []).append((amounts[collector, currency], currency))
    return found


def touches(company: Company, whose: LookedAfter, *, today: dt.date) -> Touches:
    """How soon customers were first contacted: of a few, as it stands; of many it is read once, and says
    until when.
    """
    asked, since = Asked(company, today), today - dt.timedelta(days=TOUCH_DAYS)
    readings = kept_readings.begin(asked)

    def read(until: dt.datetime | None) -> Touches:
        found = derived.first_touches_by_collector(asked, since=since, until=until)
        return Touches({collector: spread(took) for collector, took in found.items()}, until)

    if sum(whose.customers.values()) <= derived.FEW_MAX:
        return read(None)
    until, name = readings.began_at, "first touches by collector"
    return readings.of(name, lambda: read(until), since, whose.told, on=["postings"])


def _kept_and_touched(asked: Asked, basis: Basis) -> Amounts:
    """What the night kept, and the rows of those about whom something was posted since."""
    found = {
        (row["collector"], row["currency"]): row["amount"] for row in _KEPT_OVERDUE.rows(basis.params(asked))
    }
    for whose, amount in (_of_rows(basis.of_touched(asked)) if basis.touched else {}).items():
        found[whose] = found.get(whose, ZERO) + amount
    return found


def _of_rows(asked: Asked) -> Amounts:
    found: Amounts = {}
    for place, standing in derived.standings(asked).items():
        if standing.overdue:
            whose = place.collector, place.currency
            found[whose] = found.get(whose, ZERO) + standing.overdue
    return found
