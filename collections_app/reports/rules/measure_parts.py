"""What measures are made of as counted amounts by a key, which can be added and taken away: of the whole
ledger, less that of some customers as it was, with that of theirs as it is. Pure.

A part is named with a currency; what its keys are stands beside it. An amount that nothing is counted of any
more is gone, so that what is left is as if it had never been there.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from collections_app.lib import money
from collections_app.lib.money import ZERO
from collections_app.reports.rules.converting import Conversion
from collections_app.reports.rules.measuring import Sums
from collections_app.reports.rules.paying import Took
from collections_app.reports.rules.totals import FIRSTS, Flow, Standing

# Parts of a ledger at the end of a day: not due, the buckets, credits, unallocated, then what is in dispute
# of what is not due and of what is overdue.
OPENING, CLOSING = "opening", "closing"
CREDITS, UNALLOCATED, DISPUTED, DISPUTED_OVERDUE = range(len(FIRSTS) + 1, len(FIRSTS) + 5)
_AGED = ("not_due", *(f"overdue_{first}" for first in FIRSTS))
# What came and went: a month (counted from year 0) times ten, and which field of ``Flow``.
FLOWS = "flows"
FLOW_FIELDS = 10
# What is open of what was posted in a month.
OPEN_BY_MONTH = "open_by_month"
# Days that invoices took.
TAKEN = ("late", "to_pay", "open", "unpaid")
# The month in which something fell due, whether every step is over for it, and how many of them were when it
# was settled; -1 for what fell due (``step_cohorts`` makes it one key). ``IN_DISPUTE`` is what of it was ever
# in dispute.
COHORT, IN_DISPUTE = "cohort", "cohort_in_dispute"
COHORT_KEYS, STEP_KEYS = 20, 10
# Days past due at the first touch, in no currency.
TOUCHES = ("touched", "untouched")
# The invoices of the period, each once however many lines it has.
RAISED = "raised"
# The balance by what was posted.
ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Part:
    """A name with a currency (or none): by its keys, how many make it up and what they come to."""

    name: str
    currency: str
    told: Mapping[int, tuple[int, Decimal]]


class Parts:
    """All parts, by name and currency."""

    __slots__ = ("by_name",)

    def __init__(self, parts: Iterable[Part] = ()) -> None:
        self.by_name: dict[tuple[str, str], dict[int, tuple[int, Decimal]]] = {}
        for part in parts:
            self._count(part, 1)

    def plus(self, other: "Parts") -> "Parts":
        """Both together."""
        return self._with(other, 1)

    def less(self, other: "Parts") -> "Parts":
        """What is left without ``other``."""
        return self._with(other, -1)

    def each(self) -> list[Part]:
        """What there is."""
        return [Part(name, currency, told) for (name, currency), told in self.by_name.items()]

    def of(self, name: str, currency: str = "") -> Mapping[int, tuple[int, Decimal]]:
        """One part; empty when there is none."""
        return self.by_name.get((name, currency), {})

    def currencies(self, *names: str) -> list[str]:
        """The currencies of parts with these names, in order."""
        return sorted({currency for name, currency in self.by_name if name in names})

    def _with(self, other: "Parts", sign: int) -> "Parts":
        found = Parts(self.each())
        for part in other.each():
            found._count(part, sign)
        return found

    def _count(self, part: Part, sign: int) -> None:
        known = self.by_name.setdefault((part.name, part.currency), {})
        for key, (count, amount) in part.told.items():
            before = known.get(key, (0, ZERO))
            known[key] = (before[0] + sign * count, before[1] + sign * amount)
            if not known[key][0]:
                del known[key]
        if not known:
            del self.by_name[part.name, part.currency]


def month_number(day: dt.date) -> int:
    """Months since year 0, as keys count them."""
    return day.year * 12 + day.month - 1


def sums(found: Parts, *, day: dt.date, months: int) -> dict[str, Sums]:
    """The sums of each currency, in the order of their names."""
    return {
        currency: Sums(
            currency=currency,
            day=day,
            months=months,
            opening=_standing(found.of(OPENING, currency)),
            closing=_standing(found.of(CLOSING, currency)),
            flows=_flows(found.of(FLOWS, currency)),
            open_by_month={
                _first(key): amount for key, (_, amount) in found.of(OPEN_BY_MONTH, currency).items()
            },
        )
        for currency in found.currencies(OPENING, CLOSING, FLOWS)
    }


def taken(found: Parts) -> dict[tuple[str, str], list[Took]]:
    """Days of invoices, by currency and kind."""
    return {
        (currency, name): _took(found.of(name, currency))
        for name in TAKEN
        for currency in found.currencies(name)
    }


def touches(found: Parts) -> dict[str, list[Took]]:
    """Days past due at the first touch, and of what nobody touched yet."""
    return {name: _took(found.of(name)) for name in TOUCHES}


# What of a cohort was unpaid at each of its steps, and what of that was ever in dispute.
Cohort = tuple[list[Decimal], list[Decimal]]


def cohorts(found: Parts, *, steps: int) -> dict[str, Cohort]:
    """The cohort of all for which every step is over, by currency."""
    return {
        currency: (_unpaid(whole, steps), _unpaid(_stepped(found, IN_DISPUTE, currency, whole=True), steps))
        for currency in found.currencies(COHORT)
        if (whole := _stepped(found, COHORT, currency, whole=True))
    }


def cohorts_in_one(found: Mapping[str, Cohort], conversion: Conversion) -> dict[str, Cohort]:
    """Those that can be converted as one, each amount rounded once, and each currency that stays apart."""
    joined: dict[str, Cohort] = {}
    for currency, lists in found.items():
        rate, told_in = conversion.rates.get(currency, Decimal(1)), conversion.told_in(currency)
        unpaid, disputed = ([money.rounded(each * rate, told_in) for each in amounts] for amounts in lists)
        if told_in in joined:
            before = joined[told_in]
            unpaid = [a + b for a, b in zip(before[0], unpaid, strict=True)]
            disputed = [a + b for a, b in zip(before[1], disputed, strict=True)]
        joined[told_in] = (unpaid, disputed)
    return joined


def cohorts_by_month(found: Parts, *, steps: int) -> dict[tuple[str, dt.date], Cohort]:
    """The cohorts of months (first days) by currency, oldest first: each with all of the steps, of which the
    later may not be over.
    """
    return {
        (currency, _first(month)): (
            _unpaid(_stepped(found, COHORT, currency, month=month), steps),
            _unpaid(_stepped(found, IN_DISPUTE, currency, month=month), steps),
        )
        for currency in found.currencies(COHORT)
        for month in sorted({key // COHORT_KEYS for key in found.of(COHORT, currency)})
    }


def _stepped(
    found: Parts, name: str, currency: str, *, whole: bool = False, month: int | None = None
) -> list[tuple[int, Decimal]]:
    """Amounts by how many steps were over: of a month, or of all for which every step is."""
    return [
        (key % STEP_KEYS - 1, amount)
        for key, (_, amount) in found.of(name, currency).items()
        if (not whole or key % COHORT_KEYS >= STEP_KEYS) and month in (None, key // COHORT_KEYS)
    ]


def _unpaid(told: Sequence[tuple[int, Decimal]], steps: int) -> list[Decimal]:
    return [sum((amount for over, amount in told if over <= step), ZERO) for step in range(steps)]


def accounts(found: Parts) -> dict[str, Decimal]:
    """The balance of each currency by what was posted."""
    return {currency: found.of(ACCOUNT, currency)[0][1] for currency in found.currencies(ACCOUNT)}


def raised(found: Parts) -> dict[str, tuple[int, Decimal]]:
    """How many invoices the period has, and what they come to, by currency."""
    return {currency: found.of(RAISED, currency)[0] for currency in found.currencies(RAISED)}


def _standing(told: Mapping[int, tuple[int, Decimal]]) -> Standing:
    counts = [told.get(key, (0, ZERO))[0] for key in range(DISPUTED_OVERDUE + 1)]
    amounts = [told.get(key, (0, ZERO))[1] for key in range(DISPUTED_OVERDUE + 1)]
    return Standing(
        **dict(zip(_AGED, amounts[:CREDITS], strict=True)),
        credits=amounts[CREDITS],
        unallocated=amounts[UNALLOCATED],
        disputed=amounts[DISPUTED] + amounts[DISPUTED_OVERDUE],
        disputed_overdue=amounts[DISPUTED_OVERDUE],
        open_count=sum(counts[:CREDITS]),
        overdue_count=sum(counts[1:CREDITS]),
    )


def _flows(told: Mapping[int, tuple[int, Decimal]]) -> dict[dt.date, Flow]:
    names = [each.name for each in fields(Flow)]
    by_month: dict[dt.date, dict[str, Decimal]] = {}
    for key, (_, amount) in told.items():
        month, place = divmod(key, FLOW_FIELDS)
        by_month.setdefault(_first(month), {})[names[place]] = amount
    return {first: Flow(**amounts) for first, amounts in by_month.items()}


def _took(told: Mapping[int, tuple[int, Decimal]]) -> list[Took]:
    return [Took(days, count, amount) for days, (count, amount) in sorted(told.items())]


def _first(month: int) -> dt.date:
    return dt.date(month // 12, month % 12 + 1, 1)


def of_rows(rows: Sequence[tuple[str, str, int, int, Decimal]]) -> Parts:
    """Parts from rows of name, currency, key, count and amount."""
    told: dict[tuple[str, str], dict[int, tuple[int, Decimal]]] = {}
    for name, currency, key, count, amount in rows:
        told.setdefault((name, currency), {})[key] = (count, amount)
    return Parts(Part(name, currency, each) for (name, currency), each in told.items())


def of_named(rows: Sequence[Mapping[str, Any]]) -> Parts:
    """The same from rows with names, as statements of parts give them."""
    return of_rows([(row["name"], row["currency"], row["key"], row["count"], row["amount"]) for row in rows])
