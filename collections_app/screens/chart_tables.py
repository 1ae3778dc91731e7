"""The tables behind charts of promises, disputes, releases and holds, and the days that are told otherwise
than before, as they are written to a file: the same rows and figures as on the page.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.http import HttpRequest

from collections_app.lib import money
from collections_app.lib.spreadsheets import Cell, Table
from collections_app.reports import tables
from collections_app.reports.conversions import Telling
from collections_app.screens import (
    report_disputes,
    report_holds,
    report_promises,
    report_promises_ended,
    report_released,
)
from collections_app.screens.report_filters import Filters
from collections_app.screens.scoping import Scope

DUE_HEADS = ("Due", "Currency", "Promises", "Not paid yet")
HOLD_HEADS = ("Figure", "Currency", "Amount", "Number", "Median, hours", "On average, hours")
RESTATED_HEADS = ("At the end of", "Edition", "Figure", "Currency", "When it was first over", "Now")
LATE = "before today, in its grace"


@contextmanager
def promises(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """What is promised by day; of today alone, as on the page."""
    found = report_promises.drawn(scope, filters)
    telling: Telling = found["found"]
    rows = [
        (each.on or LATE, telling.currency, each.number, _told(each.amount, telling))
        for each in found["columns"]
    ]
    yield _table("Promises due", telling, DUE_HEADS, rows)


@contextmanager
def promises_ended(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """What came of the promises that fell due, by week."""
    yield _columns("Promises fallen due", report_promises_ended.drawn(scope, filters))


@contextmanager
def released(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """What was overdue when orders were released, and when it was paid, by month."""
    yield _columns("Released, then paid", report_released.drawn(scope, filters))


@contextmanager
def disputes(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """Open disputes by reason and age."""
    found = report_disputes.drawn(scope, filters)
    telling: Telling = found["found"]
    ages = [f"{band}{told}" for band in (*found["bands"], "All ages") for told in ("", ", number")]
    rows = [
        (
            row.label,
            telling.currency,
            *(cell for box in (*row.boxes, row.whole) for cell in (_told(box.amount, telling), box.number)),
            row.median,
        )
        for row in found["rows"]
    ]
    yield _table("Open disputes", telling, ("Reason", "Currency", *ages, "Median, working days"), rows)


@contextmanager
def holds(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """The orders that wait, and how long sales wait for us."""
    found = report_holds.drawn(scope, filters)
    telling: Telling = found["found"]
    decided, looks = found["decided"], found["looks"]
    rows: list[Sequence[Cell]] = [
        ("Orders that wait", telling.currency, _told(found["amount"], telling), found["number"], None, None),
        ("From request to decision", "", None, decided.number, decided.median_hours, decided.hours),
        ("From hold to our first look", "", None, looks.number, None, looks.hours),
        ("Wait unseen", "", None, looks.unseen, None, None),
    ]
    yield _table("Orders on hold", telling, HOLD_HEADS, rows)


@contextmanager
def restated(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """The days that are told otherwise than when they were first over, part by part."""
    rows: list[Sequence[Cell]] = [
        (
            each.day, each.edition, part.label, part.currency,
            *(money.rounded(told, part.currency) if isinstance(told, Decimal) else told
              for told in (part.was, part.now)),
        )
        for each in filters.dashboard.restatements
        for part in each.changes
    ]  # fmt: skip
    yield Table("Restated days", RESTATED_HEADS, rows, len(rows))


def _columns(title: str, found: dict[str, Any]) -> Table:
    """A chart of columns: what each part comes to, and beside it how many there are."""
    telling: Telling = found["found"]
    heads = [f"{head}{told}" for head in found["heads"] for told in ("", ", number")]
    rows = [
        (
            label,
            telling.currency,
            *(told for cell in cells for told in (_told(cell.amount, telling), cell.number)),
        )
        for label, cells in found["rows"]
    ]
    return _table(title, telling, (found["first_head"], "Currency", *heads), rows)


def _told(amount: Decimal, telling: Telling) -> Decimal:
    return money.rounded(amount, telling.currency)


def _table(title: str, telling: Telling, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    about: list[tuple[str, Cell]] = [("Currency", telling.currency)]
    return Table(title, heads, rows, len(rows), [*about, *tables.rates_told(telling.conversion)])


TABLES = {
    "promises": promises,
    "kept": promises_ended,
    "released": released,
    "disputes": disputes,
    "holds": holds,
    "restated": restated,
}
