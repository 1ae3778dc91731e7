"""The tables of the reports as they are written to a file: the same rows and figures as on the page, each
amount with its currency in a column of its own.

A list comes from the database while it is written. The others are as short as on the page.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.http import HttpRequest

from collections_app.lib import money
from collections_app.lib.spreadsheets import Cell, Table
from collections_app.reports import bridges, items, pieces, tables
from collections_app.reports.items import Streamed
from collections_app.screens import report_bridge, report_cash, report_pieces, report_top
from collections_app.screens.report_filters import Filters
from collections_app.screens.report_lists import (
    KIND_WORDS,
    POSTED,
    Chosen,
    chosen_of,
    converted_of,
    customer_of,
)
from collections_app.screens.scoping import Scope

Opened = AbstractContextManager[Table]

CUSTOMER_HEADS = ("Customer number", "Customer", "Currency", "Amount", "Documents", "Oldest, days overdue")
DOCUMENT_HEADS = (
    "Document", "Kind", "Customer number", "Customer", "Issued", "Posted", "Due", "Days overdue", "Currency",
    "Amount", "Disputed",
)  # fmt: skip
PIECE_HEADS = ("Customer number", "Customer", "Document", "What", "Day", "Currency", "Amount")
CONVERTED_HEADS = ("Currency", "Part", "Amount", "Rate", "Converted", "Into")
TOP_HEADS = (
    "Customer number", "Customer", "Currency", "Overdue", "Disputed", "Promised", "To collect",
    "Oldest to collect, days overdue", "Collector",
)  # fmt: skip
MEASURE_HEADS = ("Measure", "Variant", "Line", "Currency", "Unit", "Value", "Formula or note")


@contextmanager
def customers(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """The customers of a part of the ledger; what was invoiced or received is told by document, and what is
    converted by currency.
    """
    chosen = chosen_of(request)
    if filters.into:
        yield _converted(chosen)
        return
    if chosen.part in POSTED:
        with documents(request, scope, filters) as table:
            yield table
        return
    given = {"part": chosen.part, "currency": chosen.currency}
    with items.every_customer(chosen.filters.asked, **given) as found:
        rows = (_customer(row, chosen.currency) for row in found.rows)
        title = f"{chosen.label} by customer"
        yield Table(title, CUSTOMER_HEADS, rows, found.number, _about_list(chosen, found))


def _converted(chosen: Chosen) -> Table:
    found = converted_of(chosen)
    into = found.conversion.into
    rows = [
        (each.currency, each.label, money.rounded(each.own, each.currency), each.rate, each.amount, into)
        for each in found.lines
    ]
    about: list[tuple[str, Cell]] = [("Total", found.whole), ("Currency", into)]
    title = f"{chosen.label} by currency"
    return Table(title, CONVERTED_HEADS, rows, len(rows), [*about, *tables.rates_told(found.conversion)])


@contextmanager
def documents(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """The documents of a part, of one customer or of all, or what was posted in the month."""
    chosen, number = chosen_of(request), request.GET.get("customer", "")
    customer = customer_of(scope, number) if number else None
    with _every(chosen, customer.pk if customer else None) as found:
        rows = (_document(row, chosen.currency) for row in found.rows)
        about = _about_list(chosen, found)
        if customer:
            about.append(("Customer", f"{customer.number} {customer.name}"))
        yield Table(f"{chosen.label} by document", DOCUMENT_HEADS, rows, found.number, about)


def _every(chosen: Chosen, customer: int | None) -> AbstractContextManager[Streamed]:
    asked, currency = chosen.filters.asked, chosen.currency
    if chosen.part in POSTED:
        return items.every_posted(asked, what=chosen.part, currency=currency, since=chosen.since)
    return items.every_document(asked, part=chosen.part, currency=currency, customer=customer)


def _about_list(chosen: Chosen, found: Streamed) -> list[tuple[str, Cell]]:
    return [("Total", money.rounded(found.whole, chosen.currency)), ("Currency", chosen.currency)]


def _customer(row: dict[str, Any], currency: str) -> Sequence[Cell]:
    amount = money.rounded(row["amount"], currency)
    return (row["number"], row["name"], currency, amount, row["items"], row["oldest_days"])


def _document(row: dict[str, Any], currency: str) -> Sequence[Cell]:
    disputed = row["disputed"]
    return (
        row["number"], KIND_WORDS[row["kind"]], row["customer_number"], row["customer"], row["issued_on"],
        row["posted_on"], row["due_on"], row["days_overdue"], currency,
        money.rounded(row["amount"], currency),
        None if disputed is None else money.rounded(disputed, currency),
    )  # fmt: skip


@contextmanager
def listed_pieces(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """What a sum is made of; converted, what it comes to by currency."""
    chosen = report_pieces.chosen_of(request, request.GET.get("what", ""))
    if filters.into and not chosen.kind.is_counted:
        yield _converted_pieces(chosen)
        return
    number, of = chosen.number, chosen.of
    with pieces.every(
        chosen.filters.asked, chosen.what, number=number, of=of, currencies=chosen.sought
    ) as found:
        rows = (
            (
                row["customer_number"], row["customer"], row["number"],
                report_pieces.word_of(row["about"], chosen), row["on_day"], row["currency"],
                None if row["amount"] is None else money.rounded(row["amount"], row["currency"]),
            )
            for row in found.rows
        )  # fmt: skip
        about: list[tuple[str, Cell]] = [
            ("Total", money.rounded(found.whole, chosen.currency)), ("Currency", chosen.currency)
        ]  # fmt: skip
        yield Table(chosen.label, PIECE_HEADS, rows, found.number, about)


def _converted_pieces(chosen: report_pieces.Chosen) -> Table:
    conversion, lines = report_pieces.converted_of(chosen)
    into = conversion.into
    rows = [
        (each.each.currency, each.label, money.rounded(each.each.amount, each.each.currency), each.rate,
         each.amount, into)
        for each in lines
        if each.each.currency in conversion.rates
    ]  # fmt: skip
    about: list[tuple[str, Cell]] = [("Currency", into), *tables.rates_told(conversion)]
    return Table(f"{chosen.label} by currency", CONVERTED_HEADS, rows, len(rows), about)


@contextmanager
def cash_of_month(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """What came in the month, by day."""
    found = report_cash.read(scope, filters)
    currency = found.telling.currency
    rows = [
        (each.day, currency, money.rounded(each.received, currency), money.rounded(each.so_far, currency))
        for each in found.days
    ]
    heads = ("Day", "Currency", "Received", "Received in the month until then")
    about: list[tuple[str, Cell]] = [("Currency", currency), *tables.rates_told(found.telling.conversion)]
    yield Table("Cash of the month", heads, rows, len(rows), about)


@contextmanager
def amounts(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """The ledger in amounts."""
    yield tables.amounts(filters.dashboard)


@contextmanager
def ageing(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """What is owed at each end of month by age."""
    yield tables.ageing(filters.dashboard)


@contextmanager
def dso(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """Days sales outstanding at each end of month."""
    yield tables.dso(filters.dashboard)


@contextmanager
def effectiveness(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """Collection effectiveness of each month that is over."""
    yield tables.effectiveness(filters.dashboard)


@contextmanager
def bridge(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """What moved DSO in a month, in each reading."""
    found = filters.dashboard
    span = report_bridge.chosen(request, found)
    moved = bridges.between(*span) if span else None
    heads = ("From", "To", "Read", "Step", "Currency", "Change of what is owed", "Change in days")
    rows: list[Sequence[Cell]] = [
        (
            span[0].day,
            span[1].day,
            reading.title,
            step.label,
            found.currency,
            None if step.amount is None else money.rounded(step.amount, found.currency),
            step.shown,
        )
        for reading in (moved.readings if moved else [])
        for step in reading.steps
        if span
    ]
    yield tables.of_dashboard("What moved DSO", found, heads, rows)


@contextmanager
def top(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """The customers that are most overdue, as the night measured them."""
    found = filters.dashboard
    rows: list[Sequence[Cell]] = [
        (
            each.customer.number,
            each.customer.name,
            each.currency,
            *(
                money.rounded(amount, each.currency)
                for amount in (each.overdue, each.disputed, each.promised, each.to_collect)
            ),
            each.oldest_days,
            report_top.collector_of(each),
        )
        for each in report_top.of(scope, filters, found)
    ]
    yield tables.of_dashboard("Most overdue", found, TOP_HEADS, rows)


@contextmanager
def all_measures(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """Every measure with its formula, and below it each figure that goes into it."""
    yield tables.all_measures(filters.measured, filters.into or filters.currency or scope.company.currency)


TABLES: dict[str, Callable[[HttpRequest, Scope, Filters], Opened]] = {
    "customers": customers,
    "documents": documents,
    "pieces": listed_pieces,
    "cash": cash_of_month,
    "amounts": amounts,
    "ageing": ageing,
    "dso": dso,
    "effectiveness": effectiveness,
    "bridge": bridge,
    "top": top,
    "measures": all_measures,
}
