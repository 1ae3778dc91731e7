"""The open disputes by reason and age: which desk to help first."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from collections_app.contact import dispute_figures, dispute_reasons
from collections_app.contact.dispute_figures import PERIOD_DAYS
from collections_app.contact.rules import dispute_rates
from collections_app.contact.rules.dispute_rates import Cell
from collections_app.reports import conversions, derived
from collections_app.reports.narrowing import DIMENSIONS
from collections_app.screens.report_filters import Filters
from collections_app.screens.report_links import pieces_url
from collections_app.screens.scoping import Scope

# How strongly a box is filled: so many steps, by its share of the largest.
HEATS = 4


@dataclass(frozen=True, slots=True)
class Box:
    """One reason at one age: how many, what they come to, how strongly it is filled, and its list."""

    label: str
    number: int
    amount: Decimal
    heat: int
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One reason, or all of them."""

    label: str
    boxes: list[Box]
    whole: Box
    median: Decimal | None


def drawn(scope: Scope, filters: Filters) -> dict[str, Any]:
    """The table, as it stood at the end of the day; reasons as they are now."""
    asked = filters.asked
    aged = dispute_figures.open_aged(
        company=asked.company, customers=derived.customers_of(asked), day=asked.day
    )
    telling = conversions.telling(
        asked,
        currency=filters.currency or scope.company.currency,
        into=filters.into,
        currencies={each.currency for each in aged},
    )
    told = [each for each in aged if each.currency in telling.rates]
    by_reason = dispute_rates.by_reason_and_age(told)
    most = max(
        (telling.told(cell.amounts) for row in by_reason[:-1] for cell in row.cells), default=Decimal(0)
    )
    reasons = dispute_reasons.of(scope.company)
    bands = [(first, last) for first, last, _ in dispute_rates.by_age({})]

    def box(cell: Cell, label: str, of: str, *, is_heated: bool = True) -> Box:
        amount = telling.told(cell.amounts)
        url = pieces_url(scope, filters, "disputes", of=of, currency=telling.currency)
        return Box(label, cell.number, amount, _heat(amount, most) if is_heated else 0, url)

    rows = [
        Row(
            reasons[row.reason].label if row.reason in reasons else row.reason or "All reasons",
            [
                box(cell, band_words(first, last), f"{first}.{row.reason}", is_heated=bool(row.reason))
                for (first, last), cell in zip(bands, row.cells, strict=True)
            ],
            box(row.whole, "All ages", f".{row.reason}", is_heated=False),
            row.median_days,
        )
        for row in by_reason
    ]
    return {
        "found": telling,
        "rows": rows,
        "bands": [band_words(*each) for each in bands],
        "figures_url": _figures_url(scope, filters),
    }


def _figures_url(scope: Scope, filters: Filters) -> str:
    """The figures of the year that ends with the day, with what caused those that were closed; of the same
    customers, and converted as the report is.
    """
    until = filters.asked.day
    since = until - dt.timedelta(PERIOD_DAYS - 1)
    given = {name: value for name, value in filters.query.items() if name in ("into", *DIMENSIONS)}
    query = urlencode({"since": since.isoformat(), "until": until.isoformat(), **given})
    return f"{reverse('dispute_figures', kwargs={'company': scope.company.code})}?{query}"


def band_words(first: int, last: int | None) -> str:
    """An age in working days."""
    return f"{first} and more" if last is None else f"{first}–{last} days"


def _heat(amount: Decimal, most: Decimal) -> int:
    """Nothing is not filled at all; anything a little."""
    return max(1, round(HEATS * amount / most)) if amount and most else 0
