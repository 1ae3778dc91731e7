"""Charts of columns in parts, by month or week: each amount of the table behind one opens its list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from collections_app.lib import money
from collections_app.lib.money import ZERO
from collections_app.reports import conversions
from collections_app.reports.columns import Column
from collections_app.screens import charts
from collections_app.screens.report_filters import Filters
from collections_app.screens.report_links import pieces_url
from collections_app.screens.scoping import Scope


@dataclass(frozen=True, slots=True)
class Head:
    """A column of the table: its words, the parts that it adds up, and how its list is asked for."""

    words: str
    parts: tuple[str, ...]
    of: str


@dataclass(frozen=True, slots=True)
class Cell:
    """An amount, how many make it up, and their list."""

    amount: Decimal
    number: int
    url: str


def context(
    scope: Scope,
    filters: Filters,
    found: Sequence[Column],
    *,
    what: str,
    heads: Sequence[Head],
    parts: Mapping[str, str],
    label: Callable[[Column], str],
    row_label: Callable[[Column], str],
    key: str,
) -> dict[str, Any]:
    """What ``_columns.html`` draws: ``parts`` by their words, from the foot; ``label`` is that at the axis,
    ``key`` how the address writes the first day of a column.
    """
    *shown, whole = found
    telling = conversions.telling(
        filters.asked,
        currency=filters.currency or scope.company.currency,
        into=filters.into,
        currencies={currency for head in heads for currency in whole.of(*head.parts)},
    )

    def cell(column: Column, head: Head) -> Cell:
        of = f"{column.first:{key}}.{head.of}" if column.first else f".{head.of}"
        url = pieces_url(scope, filters, what, of=of, currency=telling.currency)
        return Cell(telling.told(column.of(*head.parts)), column.number(*head.parts), url)

    def boxes(column: Column) -> list[tuple[Decimal, str]]:
        amounts = [(words, telling.told(column.of(part))) for part, words in parts.items()]
        told = [(amount, f"{words}: {money.shown(amount, telling.currency)}") for words, amount in amounts]
        # What is best is filled, not empty.
        return [(ZERO, ""), *told]

    return {
        "found": telling,
        "whole": whole,
        "heads": [head.words for head in heads],
        "labels": list(parts.values()),
        "rows": [
            (row_label(column) if column.first else "All", [cell(column, head) for head in heads])
            for column in found
        ],
        "drawn": charts.stacked([label(each) for each in shown], [boxes(each) for each in shown]),
    }
