"""Sums that stand beside each other by month or week, and within each by part: what a chart of columns and
the table behind it are made of.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from collections_app.lib.money import ZERO
from collections_app.lib.sql import Statement
from collections_app.reports import items

# By currency.
Amounts = dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class Column:
    """What begins on ``first``, or (None) all of it: by part how many there are and what they come to."""

    first: dt.date | None
    numbers: dict[str, int]
    amounts: dict[str, Amounts]

    def of(self, *parts: str) -> Amounts:
        """What these parts come to together."""
        return _added([self.amounts.get(part, {}) for part in parts])

    def number(self, *parts: str) -> int:
        """How many there are in these parts."""
        return sum(self.numbers.get(part, 0) for part in parts)


def read(
    statement: Statement, params: Mapping[str, Any], *, step: str, firsts: Sequence[dt.date]
) -> list[Column]:
    """A column for each of ``firsts``, and last all of them. One query."""
    rows = items.rows(statement, {**params, "step": step})
    found = []
    for first in firsts:
        numbers: dict[str, int] = {}
        amounts: dict[str, Amounts] = {}
        for row in rows:
            if row["first"] == first:
                part = row["part"]
                numbers[part] = numbers.get(part, 0) + row["number"]
                amounts.setdefault(part, {})[row["currency"]] = row["amount"]
        found.append(Column(first, numbers, amounts))
    parts = {row["part"] for row in rows}
    numbers = {part: sum(each.number(part) for each in found) for part in parts}
    return [
        *found,
        Column(None, numbers, {part: _added([each.of(part) for each in found]) for part in parts}),
    ]


def _added(parts: Sequence[Amounts]) -> Amounts:
    found: Amounts = {}
    for each in parts:
        for currency, amount in each.items():
            found[currency] = found.get(currency, ZERO) + amount
    return found
