"""The aged list as a file: by due date, or by the date of the invoice; ``buckets`` in the address chooses
other days, like 30,60,90.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest

from collections_app.ledger.rules import DEFAULT_BUCKETS, AgeBy, Bucket, buckets
from collections_app.lib import money
from collections_app.lib.money import ZERO
from collections_app.lib.spreadsheets import Cell, Table
from collections_app.reports import aged
from collections_app.screens.report_filters import Filters
from collections_app.screens.scoping import Scope

WORDS = {AgeBy.DUE: ("due date", "Not due"), AgeBy.INVOICE: ("invoice date", "0 days")}
BUCKETS_MAX = 12


@contextmanager
def by_age(request: HttpRequest, scope: Scope, filters: Filters, *, by: AgeBy) -> Iterator[Table]:
    """Every customer with something open in the currency of the report, and what it comes to by age."""
    intervals = _buckets(request.GET.get("buckets", ""))
    currency = filters.currency or scope.company.currency
    since, begins = WORDS[by]
    heads = (
        "Customer number", "Customer", "Currency", begins, *(each.label for each in intervals),
        "Credit notes", "Unallocated", "Balance",
    )  # fmt: skip
    with aged.every_customer(filters.asked, by=by, buckets=intervals, currency=currency) as found:
        rows = (_row(row, intervals, currency) for row in found.rows)
        about: list[tuple[str, Cell]] = [
            ("Total", money.rounded(found.whole, currency)), ("Currency", currency), ("Aged by", since)
        ]  # fmt: skip
        yield Table("Aged list", heads, rows, found.number, about)


def _row(row: dict[str, Any], intervals: Sequence[Bucket], currency: str) -> Sequence[Cell]:
    parts = dict(zip(row["slots"], row["amounts"], strict=True))
    places = (*range(len(intervals) + 1), -2, -1)
    amounts = (money.rounded(parts.get(place, ZERO), currency) for place in places)
    return (row["number"], row["name"], currency, *amounts, money.rounded(row["amount"], currency))


def _buckets(text: str) -> tuple[Bucket, ...]:
    """Raises ``Http404`` for what are no buckets."""
    try:
        edges = [int(word) for word in text.split(",")] if text else DEFAULT_BUCKETS
        if len(edges) > BUCKETS_MAX or max(edges) > 9999:
            raise ValueError
        return buckets(edges)
    except ValueError:
        raise Http404("No such buckets.") from None


TABLES = {f"aged_by_{by.value}": partial(by_age, by=by) for by in AgeBy}
