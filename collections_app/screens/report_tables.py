"""The tables of the reports as they are written to a file: the same rows and figures as on the page, each
amount with its currency in a column of its own.

A list comes from the database while it is written. The others are as short as on the page.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from decimal import Decimal
from typing import Any

from django.http import HttpRequest

from collections_app.lib import money
from collections_app.lib.spreadsheets import Cell, Table
from collections_app.reports import bridges, dashboards, items, measures
from collections_app.reports.dashboards import Dashboard, Point
from collections_app.reports.items import Streamed
from collections_app.reports.rules import months
from collections_app.reports.rules.definitions import Unit
from collections_app.reports.rules.dividing import rounded
from collections_app.reports.rules.measuring import Measure, Value
from collections_app.screens import report_bridge, report_words, reports
from collections_app.screens.report_filters import Filters
from collections_app.screens.report_lists import KIND_WORDS, POSTED, Chosen, chosen_of, customer_of
from collections_app.screens.scoping import Scope

Opened = AbstractContextManager[Table]

CUSTOMER_HEADS = ("Customer number", "Customer", "Currency", "Amount", "Documents", "Oldest, days overdue")
DOCUMENT_HEADS = (
    "Document", "Kind", "Customer number", "Customer", "Issued", "Posted", "Due", "Days overdue", "Currency",
    "Amount", "Disputed",
)  # fmt: skip
TOP_HEADS = (
    "Customer number", "Customer", "Currency", "Overdue", "Disputed", "Promised", "To collect",
    "Oldest to collect, days overdue", "Collector",
)  # fmt: skip
MEASURE_HEADS = ("Measure", "Variant", "Line", "Currency", "Unit", "Value", "Formula or note")


@contextmanager
def customers(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """The customers of a part of the ledger; what was invoiced or received is told by document."""
    chosen = chosen_of(request)
    if chosen.part in POSTED:
        with documents(request, scope, filters) as table:
            yield table
        return
    given = {"part": chosen.part, "currency": chosen.currency}
    with items.every_customer(filters.asked, **given) as found:
        rows = (_customer(row, chosen.currency) for row in found.rows)
        title = f"{chosen.label} by customer"
        yield Table(title, CUSTOMER_HEADS, rows, found.number, _about_list(chosen, found))


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
        since = months.first_of(asked.day)
        return items.every_posted(asked, what=chosen.part, currency=currency, since=since)
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
def amounts(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """The ledger in amounts."""
    found = _dashboard(filters)
    rows = [
        (each.label, found.currency, money.rounded(each.amount, found.currency))
        for each in reports.parts_of(found, lambda part: part)
    ]
    yield _table("The ledger in amounts", found.currency, ("Figure", "Currency", "Amount"), rows)


@contextmanager
def ageing(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """What is owed at each end of month by age, with what makes it up to the balance."""
    found = _dashboard(filters)
    parts = (*reports.AGE_PARTS, "owed", "credits", "unallocated", "total")
    heads = (
        "At the end of", "Currency", *reports.AGE_LABELS, "Owed", "Credit notes", "Unallocated", "Balance",
        "Overdue, per cent of owed",
    )  # fmt: skip
    rows = [
        (
            each.day,
            found.currency,
            *(money.rounded(getattr(each.standing, part), found.currency) for part in parts),
            _percent(each.standing.overdue / each.standing.owed if each.standing.owed else None),
        )
        for each in reversed(found.points)
    ]
    yield _table("Ageing by month", found.currency, heads, rows)


@contextmanager
def dso(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """Days sales outstanding at each end of month."""
    found = _dashboard(filters)
    heads = ("At the end of", "Currency", *(f"{words}, days" for words in (*reports.DSO_WORDS, "ADD")))
    names = ("dso_rolling", "dso_best_possible", "dso_countback", "add")
    yield _table(
        "Days sales outstanding", found.currency, heads, _points(found.points, found.currency, names)
    )


@contextmanager
def effectiveness(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """Collection effectiveness of each month that is over."""
    found = _dashboard(filters)
    points = [each for each in found.points if each.is_whole_month]
    heads = ("At the end of", "Currency", "Total, per cent", "Cash only, per cent")
    yield _table(
        "Collection effectiveness",
        found.currency,
        heads,
        _points(points, found.currency, ("cei", "cei_cash")),
    )


@contextmanager
def bridge(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """What moved DSO in a month, in each reading."""
    found = _dashboard(filters)
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
    yield _table("What moved DSO", found.currency, heads, rows)


@contextmanager
def top(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """The customers that are most overdue, as the night measured them."""
    currency = filters.currency or scope.company.currency
    rows: list[Sequence[Cell]] = [
        (
            each.customer.number,
            each.customer.name,
            currency,
            *(money.rounded(amount, currency) for amount in (each.overdue, each.disputed, each.promised)),
            money.rounded(each.to_collect, currency),
            each.oldest_days,
            reports.collector_of(each),
        )
        for each in reports.top_of(scope, filters, currency)
    ]
    yield _table("Most overdue", currency, TOP_HEADS, rows)


@contextmanager
def all_measures(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """Every measure with its formula, and below it each figure that goes into it."""
    asked = filters.asked
    found = measures.measured(company=asked.company, day=asked.day, narrowed=asked.narrowed)
    of = reports.measures_in(found, filters.currency or scope.company.currency)
    lines = [line for each in (*of.measures, *found.work) for line in _measure(each)]
    yield _table("All measures", of.currency, MEASURE_HEADS, lines)


def _measure(measure: Measure) -> Iterator[Sequence[Cell]]:
    words, money_in = measure.definition, measure.currency
    value = _told(measure.value, words.unit, money_in)
    currency = money_in if words.unit == Unit.MONEY else ""
    unit = "per cent" if words.unit == Unit.SHARE else words.unit.value
    yield (words.label, words.variant, "value", currency, unit, value, words.formula)
    for name, given in measure.inputs.items():
        is_money = isinstance(given, Decimal) and bool(money_in) and name not in report_words.NOT_MONEY
        told = _input(given, money_in if is_money else "")
        kind = "money" if is_money else ""
        yield (
            words.label,
            words.variant,
            name.replace("_", " "),
            money_in if is_money else "",
            kind,
            told,
            "",
        )


def _input(value: Value, currency: str) -> Cell:
    if not isinstance(value, Decimal):
        return value
    return money.rounded(value, currency) if currency else rounded(value, 1)


def _told(value: Decimal | None, unit: Unit, currency: str) -> Cell:
    if value is None:
        return None
    if unit == Unit.MONEY:
        return money.rounded(value, currency)
    return _percent(value) if unit == Unit.SHARE else rounded(value, 1)


def _percent(share: Decimal | None) -> Decimal | None:
    return None if share is None else rounded(share * 100, 1)


def _points(points: list[Point], currency: str, names: Sequence[str]) -> list[Sequence[Cell]]:
    return [
        (
            each.day,
            currency,
            *(_told(each.value(name), each.measures[name].definition.unit, currency) for name in names),
        )
        for each in reversed(points)
    ]


def _dashboard(filters: Filters) -> Dashboard:
    return dashboards.of(filters.asked, currency=filters.currency)


def _table(title: str, currency: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    return Table(title, heads, rows, len(rows), [("Currency", currency)])


TABLES: dict[str, Callable[[HttpRequest, Scope, Filters], Opened]] = {
    "customers": customers,
    "documents": documents,
    "amounts": amounts,
    "ageing": ageing,
    "dso": dso,
    "effectiveness": effectiveness,
    "bridge": bridge,
    "top": top,
    "measures": all_measures,
}
