"""The tables of a report, as they leave for a spreadsheet: what a page shows, and what is sent by email."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from collections_app.lib import money
from collections_app.lib.spreadsheets import Cell, Table
from collections_app.reports.dashboards import Dashboard, Point
from collections_app.reports.measures import Measured
from collections_app.reports.rules import definitions
from collections_app.reports.rules.converting import Conversion
from collections_app.reports.rules.definitions import Unit
from collections_app.reports.rules.dividing import rounded
from collections_app.reports.rules.measuring import Measure, Value
from collections_app.reports.rules.parts import AGE_LABELS, AGE_PARTS

DSO_WORDS = ("DSO, rolling", "best possible", "DSO, countback")
MEASURE_HEADS = ("Measure", "Variant", "Line", "Currency", "Unit", "Value", "Formula")


def parts_of(found: Dashboard) -> list[tuple[str, str, Decimal]]:
    """The ledger in amounts: the name of each figure, the list that it opens, and the amount."""
    now, flow = found.now.standing, found.now.flow
    return [
        ("Balance", "total", now.total),
        ("Owed", "owed", now.owed),
        ("Not overdue", "not_due", now.not_due),
        ("Overdue", "overdue", now.overdue),
        *(
            (label, part, getattr(now, part))
            for part, label in zip(AGE_PARTS[1:], AGE_LABELS[1:], strict=True)
        ),
        ("Credit notes", "credits", now.credits),
        ("Unallocated", "unallocated", now.unallocated),
        ("Invoiced this month", "invoiced", flow.invoiced),
        ("Received this month", "received", flow.received),
    ]


def amounts(found: Dashboard) -> Table:
    """The ledger in amounts."""
    rows = [
        (label, found.currency, money.rounded(amount, found.currency)) for label, _, amount in parts_of(found)
    ]
    return of_dashboard("The ledger in amounts", found, ("Figure", "Currency", "Amount"), rows)


def ageing(found: Dashboard) -> Table:
    """What is owed at each end of month by age, with what makes it up to the balance."""
    parts = (*AGE_PARTS, "owed", "credits", "unallocated", "total")
    heads = (
        "At the end of", "Currency", *AGE_LABELS, "Owed", "Credit notes", "Unallocated", "Balance",
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
    return of_dashboard("Ageing by month", found, heads, rows)


def dso(found: Dashboard) -> Table:
    """Days sales outstanding at each end of month."""
    words = (*(f"{each}, days" for each in (*DSO_WORDS, "ADD")), "Countback is")
    names = ("dso_rolling", "dso_best_possible", "dso_countback", "add")
    at_least = [
        "at least" if each.measures["dso_countback"].is_at_least else "" for each in reversed(found.points)
    ]
    told = zip(_points(found.points, found.currency, names), at_least, strict=True)
    rows = [(*row, word) for row, word in told]
    return of_dashboard("Days sales outstanding", found, ("At the end of", "Currency", *words), rows)


def effectiveness(found: Dashboard) -> Table:
    """Collection effectiveness of each month that is over."""
    points = [each for each in found.points if each.is_whole_month]
    heads = ("At the end of", "Currency", "Total, per cent", "Cash only, per cent")
    return of_dashboard(
        "Collection effectiveness",
        found,
        heads,
        _points(points, found.currency, ("cei", "cei_cash")),
    )


def all_measures(found: Measured, currency: str) -> Table:
    """Every measure with its formula, and below it each figure that goes into it."""
    of = found.in_currency(currency)
    lines = [line for each in (*of.measures, *found.work) for line in _measure(each)]
    about = [("Currency", of.currency), *rates_told(found.conversion)]
    return Table("All measures", MEASURE_HEADS, lines, len(lines), about)


def _measure(measure: Measure) -> Iterator[Sequence[Cell]]:
    words, money_in = measure.definition, measure.currency
    value = _told(measure.value, words.unit, money_in)
    currency = money_in if words.unit == Unit.MONEY else ""
    unit = "per cent" if words.unit == Unit.SHARE else words.unit.value
    name = "value, at least" if measure.is_at_least else "value"
    yield (words.label, words.variant, name, currency, unit, value, words.formula)
    if measure.note:
        yield (words.label, words.variant, "note", "", "", None, measure.note)
    for name, given in measure.inputs.items():
        is_money = isinstance(given, Decimal) and bool(money_in) and definitions.is_money(name)
        told = _input(given, money_in if is_money else "")
        kind = "money" if is_money else ""
        if isinstance(given, Decimal) and definitions.is_rate(name):
            told, kind = _percent(given), "per cent"
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


def rates_told(conversion: Conversion | None) -> list[tuple[str, Cell]]:
    """What a file is converted at, a line a rate, and what stays apart."""
    if conversion is None:
        return []
    told: list[tuple[str, Cell]] = [
        (f"Rate of {each.currency}", conversion.worded(each)) for each in conversion.used
    ]
    return [*told, *((f"Without {each.currency}", each.why) for each in conversion.apart)]


def of_dashboard(title: str, found: Dashboard, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    """A table that is of a dashboard, with its rates."""
    about = [("Currency", found.currency), *rates_told(found.conversion)]
    return Table(title, heads, rows, len(rows), about)
