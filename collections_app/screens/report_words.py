"""Measures in words for a page: the value as it is read, what changed, and the working with links to its
lists.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from collections_app.lib import money
from collections_app.reports.dashboards import Dashboard
from collections_app.reports.rules.definitions import Unit
from collections_app.reports.rules.dividing import rounded
from collections_app.reports.rules.measuring import Measure, Value
from collections_app.screens import charts
from collections_app.templatetags import formats

# Which list an input of a measure opens: a part of the ledger.
PART_OF_INPUT = {
    "owed": "owed", "closing": "owed", "not_overdue": "not_due", "closing_not_overdue": "not_due",
    "over_90": "over_90", "overdue": "overdue", "days_1_30": "overdue_1", "days_31_60": "overdue_31",
    "days_61_90": "overdue_61", "days_91_120": "overdue_91", "days_121": "overdue_121",
}  # fmt: skip
NOT_MONEY = {"days", "count", "kept", "fallen_due", "dso", "best_possible"}
YEAR = 12

Drill = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Input:
    """One figure that goes into a measure; ``url`` opens its list."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Working:
    """A measure and how it was worked out."""

    label: str
    variant: str
    value: str
    formula: str
    inputs: list[Input]
    exclusions: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the figures of the first row, with a line of its last months."""

    label: str
    variant: str
    value: str
    changes: list[str]
    spark: str
    workings: list[Working]
    url: str = ""
    exact: Decimal | None = None


def shown(measure: Measure, value: Decimal | None) -> str:
    """A value of this measure as it is read."""
    if value is None:
        return formats.NOTHING
    unit = measure.definition.unit
    if unit == Unit.MONEY:
        return formats.amount(value, measure.currency)
    if unit == Unit.SHARE:
        return formats.share(value)
    return f"{rounded(value, 1)} {unit.value}"


def working(measure: Measure, drill: Drill) -> Working:
    """How it was worked out; ``drill`` makes the address of a part's list, or of what was invoiced."""
    words = measure.definition
    inputs = [_input(name, value, measure, drill) for name, value in measure.inputs.items()]
    return Working(
        words.label,
        words.variant,
        shown(measure, measure.value),
        words.formula,
        inputs,
        words.exclusions,
        measure.note,
    )


def _input(name: str, value: Value, measure: Measure, drill: Drill) -> Input:
    label = name.replace("_", " ")
    if value is None:
        return Input(label, formats.NOTHING)
    if isinstance(value, int):
        return Input(label, f"{value:,}")
    if name in NOT_MONEY or not measure.currency:
        return Input(label, f"{rounded(value, 1)}")
    part = PART_OF_INPUT.get(name, "")
    return Input(label, money.shown(value, measure.currency), drill(part) if part else "")


def tile(found: Dashboard, name: str, workings: list[Working], *, of_months: bool = False) -> Tile:
    """A measure of the day, or with ``of_months`` of the newest month that is over, with what changed."""
    points = [each for each in found.points if each.is_whole_month or not of_months] or found.points
    measure, values = points[-1].measures[name], [each.value(name) for each in points]
    words = measure.definition
    variant = f"{words.variant}, {points[-1].day:%B %Y}" if of_months else words.variant
    changes = [
        f"{change} {than}"
        for than, back in (("than a month before", 1), ("than a year before", YEAR))
        if (change := _change(measure, values, back))
    ]
    return Tile(words.label, variant, shown(measure, measure.value), changes, charts.spark(values), workings)


def _change(measure: Measure, values: list[Decimal | None], back: int) -> str:
    now, before = values[-1], values[-1 - back] if len(values) > back else None
    if now is None or before is None:
        return ""
    times, unit = (100, "points") if measure.definition.unit == Unit.SHARE else (1, "days")
    change = rounded((now - before) * times, 1) or Decimal(0)
    if measure.definition.unit == Unit.MONEY:
        less = money.shown(abs(now - before), measure.currency)
        return f"{less} {'more' if now >= before else 'less'}"
    return f"{abs(change)} {unit} {'more' if change >= 0 else 'less'}"
