"""Reports of several currencies in one, at the rates that the company knows; ``rules.converting`` says how.

A converted figure opens into its amounts by currency and age, each with its rate; the sum of these lines is
the figure, and each line opens the list of its own currency.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from collections_app.ledger import exchange_rates
from collections_app.ledger.companies import Company
from collections_app.lib import money
from collections_app.lib.money import ZERO
from collections_app.reports import customer_sums, derived
from collections_app.reports.derived import Asked
from collections_app.reports.rules import converting, months
from collections_app.reports.rules.converting import Conversion, Quote
from collections_app.reports.rules.parts import PARTS
from collections_app.reports.rules.totals import FIRSTS, Flow

_AGED = tuple(f"overdue_{first}" for first in FIRSTS)
# The smallest amounts of which a part of the ledger is the sum; each is a part itself.
SMALLEST = {
    "total": ("not_due", *_AGED, "credits", "unallocated"),
    "owed": ("not_due", *_AGED),
    "overdue": _AGED,
    "over_90": _AGED[3:],
    **{name: (name,) for name in ("not_due", *_AGED, "credits", "unallocated")},
}
POSTED_LABELS = {"invoiced": "Invoiced", "received": "Received"}


@dataclass(frozen=True, slots=True)
class Line:
    """One amount of a currency at the end of a day: its part, what it is in its own currency, and in the
    report's.
    """

    currency: str
    part: str
    label: str
    day: dt.date
    own: Decimal
    rate: Decimal = Decimal(1)
    amount: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Opened:
    """A converted figure in lines; ``apart`` are what stays apart, in its own currency."""

    conversion: Conversion
    lines: list[Line]
    apart: list[tuple[str, Decimal]]

    @property
    def whole(self) -> Decimal:
        """What the lines add up to."""
        return sum((line.amount for line in self.lines), ZERO)


def of(*, company: Company, day: dt.date, into: str, currencies: Collection[str]) -> Conversion:
    """How currencies are told in one on a day. One query."""
    quotes = {
        name: Quote(name, each.rate, each.valid_from, each.source)
        for name, each in exchange_rates.dated_on(company=company, day=day).items()
    }
    return converting.conversion(into, own=company.currency, currencies=currencies, quotes=quotes, day=day)


@dataclass(frozen=True, slots=True)
class Telling:
    """How a report tells amounts: those of one currency, or all that can be converted into it."""

    currency: str
    conversion: Conversion | None = None

    @property
    def rates(self) -> dict[str, Decimal]:
        """By currency, of those that are told."""
        return self.conversion.rates if self.conversion else {self.currency: Decimal(1)}

    def told(self, amounts: Mapping[str, Decimal]) -> Decimal:
        """Amounts by currency in that of the report, each rounded once; what stays apart is left out."""
        if self.conversion is None:
            return amounts.get(self.currency, ZERO)
        rates = self.rates
        parts = (amount * rates[name] for name, amount in amounts.items() if name in rates)
        return sum((money.rounded(each, self.currency) for each in parts), ZERO)

    def knows(self, amounts: Mapping[str, Decimal]) -> bool:
        """Whether anything of them is told."""
        return any(name in self.rates for name in amounts)


def telling(asked: Asked, *, currency: str, into: str, currencies: Collection[str]) -> Telling:
    """How a report of ``currency``, or converted ``into`` one, tells amounts of these currencies."""
    if not into:
        return Telling(currency)
    conversion = of(company=asked.company, day=asked.day, into=into, currencies={*currencies, into})
    return Telling(into, conversion)


def choices(*, company: Company, day: dt.date) -> list[str]:
    """The currencies that a report can be told in: the company's own, and those with a rate."""
    return sorted({company.currency, *exchange_rates.dated_on(company=company, day=day)})


def opened(asked: Asked, *, part: str, since: dt.date, into: str, rates_on: dt.date) -> Opened:
    """A part of the ledger by currency and age; or what was ``invoiced`` or ``received`` from ``since``, the
    first of a month, by currency and month.
    """
    found = _posted(asked, part, since) if part in POSTED_LABELS else _standing(asked, part)
    conversion = of(
        company=asked.company, day=rates_on, into=into, currencies={each.currency for each in found}
    )
    lines: list[Line] = []
    apart: dict[str, Decimal] = {}
    for each in found:
        rate = conversion.rates.get(each.currency)
        if rate is None:
            apart[each.currency] = apart.get(each.currency, ZERO) + each.own
        elif each.own:
            lines.append(replace(each, rate=rate, amount=money.rounded(each.own * rate, into)))
    return Opened(conversion, lines, list(apart.items()))


def _standing(asked: Asked, part: str) -> list[Line]:
    return [
        Line(currency, name, PARTS[name].label, asked.day, getattr(standing, name))
        for currency, (standing, _) in sorted(customer_sums.kept_by_currency(asked).items())
        for name in SMALLEST[part]
    ]


def _posted(asked: Asked, part: str, since: dt.date) -> list[Line]:
    sums: dict[tuple[str, dt.date], list[Flow]] = {}
    for (first, place), flow in derived.flows(asked, since=since).items():
        sums.setdefault((place.currency, first), []).append(flow)
    return [
        Line(
            currency,
            part,
            f"{POSTED_LABELS[part]}, {first:%B %Y}",
            min(months.first_of(first, back=-1) - months.DAY, asked.day),
            sum((getattr(one, part) for one in each), ZERO),
        )
        for (currency, first), each in sorted(sums.items())
    ]
