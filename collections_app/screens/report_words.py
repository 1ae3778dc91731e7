"""Measures in words for a page: the value as it is read, what changed, and the working with links to its
lists.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from collections_app.lib import money
from collections_app.reports.dashboards import Dashboard
from collections_app.reports.rules import definitions, months
from collections_app.reports.rules.converting import Conversion
from collections_app.reports.rules.definitions import Unit
from collections_app.reports.rules.dividing import rounded
from collections_app.reports.rules.measuring import (
    BUCKET_NAMES,
    COHORT_STEPS,
    COUNTBACK_MONTHS,
    Measure,
    Value,
)
from collections_app.screens import charts
from collections_app.templatetags import formats

# Which list an input of a measure opens: a part of the ledger.
PART_OF_INPUT = {
    "owed": "owed", "closing": "owed", "not_overdue": "not_due", "closing_not_overdue": "not_due",
    "over_90": "over_90", "overdue": "overdue", "days_1_30": "overdue_1", "days_31_60": "overdue_31",
    "days_61_90": "overdue_61", "days_91_120": "overdue_91", "days_121": "overdue_121",
}  # fmt: skip
# Each with the query that narrows its lists.
PROVISIONS = {"provision": "", "provision_insured": "insured=yes", "provision_uninsured": "insured=no"}
# What is owed when a month begins, by those who belong to a report at its end.
BEGINNING = "beginning"
YEAR = 12

# Makes the address of a part's list at the end of a day, of the month of that day or of so many; empty where
# no list can be had.
ListOf = Callable[[str, dt.date, int], str]
# Makes the address of the pieces of a sum (a name of ``pieces.KINDS``) at the end of a day, of so many months
# until then; then which of them, and of which currency.
PiecesOf = Callable[[str, dt.date, int, str, str], str]
# Makes the address of what a kind of pieces changed by from one day to another, in a currency.
MovedOf = Callable[[str, dt.date, dt.date, str], str]
# Which pieces an input of a measure opens, by measure and input; the last says which of several.
PIECES_OF_INPUT = {
    ("cei_cash", "settled_by_credit_notes"): ("settled_by_credit", ""),
    ("days_to_pay", "amounts_times_days"): ("paid_days", ""),
    ("days_to_pay", "amounts"): ("paid", ""),
    ("days_late", "amounts_times_days"): ("late_days", ""),
    ("days_late", "amounts"): ("paid_due", ""),
    ("collectable_overdue", "disputed"): ("disputed", ""),
    **{
        (of, name): ("unpaid", f"{step}.all")
        for of in PROVISIONS
        for name, step in (
            ("fell_due", COHORT_STEPS[0]),
            ("lost", COHORT_STEPS[-1]),
            *zip((f"{each}_reached" for each in BUCKET_NAMES), COHORT_STEPS[1:], strict=False),
        )
    },
    ("promise_kept", "kept"): ("promises_kept", ""),
    ("promise_kept", "fallen_due"): ("promises_fallen", ""),
    ("promise_kept_value", "promised"): ("promised", ""),
    ("promise_kept_value", "received"): ("promise_received", ""),
    ("commitments_met", "met"): ("commitments_met", ""),
    ("commitments_met", "fallen_due"): ("commitments_fallen", ""),
    ("dispute_rate", "disputed"): ("invoices_disputed", ""),
    ("dispute_rate", "invoices"): ("invoices_raised", ""),
    ("dispute_cycle", "ended"): ("disputes_ended", ""),
    ("dispute_cycle", "open"): ("disputes_standing", ""),
    ("first_touch", "count"): ("touched", ""),
    ("first_touch", "untouched"): ("untouched", ""),
    ("contact_rate", "answered"): ("calls_answered", ""),
    ("contact_rate", "made"): ("calls_made", ""),
    ("contact_rate", "right_person"): ("calls_decided", ""),
    ("hold_hours", "looked_at"): ("holds_looked_at", ""),
    ("hold_hours", "waiting_unseen"): ("holds_unseen", ""),
    ("hold_hours", "requests_decided"): ("requests_decided", ""),
    ("days_late_closed", "count"): ("closed_late", ""),
    ("days_to_pay_closed", "count"): ("closed_to_pay", ""),
    ("days_late_closed_and_open", "count"): ("late_to_date", ""),
    ("days_to_pay_closed_and_open", "count"): ("to_pay_to_date", ""),
    ("dispute_rate_value", "disputed"): ("dispute_raised", ""),
    ("dispute_rate_value", "invoiced"): ("dispute_invoiced", ""),
}
# Of these the pieces are worked out from the day alone.
OF_ONE_DAY = {
    "collectable_overdue", *PROVISIONS, "promise_kept", "promise_kept_value", "commitments_met",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drill:
    """Where figures of a day open, and of a period of so many months that ends with it."""

    list_of: ListOf
    pieces_of: PiecesOf
    day: dt.date
    months: int

    def part(self, part: str) -> str:
        """The list of a part of the ledger, or of what came or went in the month."""
        return self.list_of(part, self.day, 1)

    def of_input(self, measure: Measure, name: str) -> str:
        """The list of what goes into a measure."""
        url, narrowed = self._of_input(measure, name), PROVISIONS.get(measure.name)
        return f"{url}&{narrowed}" if url and narrowed else url

    def _of_input(self, measure: Measure, name: str) -> str:
        if found := PIECES_OF_INPUT.get((measure.name, name)):
            what, of = found
            of = measure.until.isoformat() if measure.until else of
            number = 1 if measure.name in OF_ONE_DAY else self.months
            return self.pieces_of(what, self.day, number, of, measure.currency)
        if measure.name == "dso_sales_weighted" and (of := _months_open(measure, name)):
            return self.pieces_of("open", self.day, COUNTBACK_MONTHS, of, measure.currency)
        if name in PART_OF_INPUT:
            return self.part(PART_OF_INPUT[name])
        if name == "opening":
            begins = BEGINNING if self.months == 1 else "owed"
            return self.list_of(begins, months.first_of(self.day, back=self.months - 1) - months.DAY, 1)
        if name == "invoiced":
            return self.list_of("invoiced", self.day, 1 if measure.name == "dso_simple" else self.months)
        if name.startswith("invoiced_"):
            year, month = (int(each) for each in name.split("_")[1:])
            end = months.first_of(dt.date(year, month, 1), back=-1) - months.DAY
            return self.list_of("invoiced", min(end, self.day), 1)
        return ""


def _months_open(measure: Measure, name: str) -> str:
    """Of the sales of which months something is still open under this name: of one, or of all that are left
    out, which are those of a year without sales and those before.
    """
    if name.startswith("open_"):
        return name.removeprefix("open_").replace("_", "-")
    if name != "left_out":
        return ""
    sales = {each: value for each, value in measure.inputs.items() if each.startswith("invoiced_")}
    without = [each for each, value in sales.items() if isinstance(value, Decimal) and value <= 0]
    return ",".join([*(each.removeprefix("invoiced_").replace("_", "-") for each in without), "before"])


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


@dataclass(frozen=True, slots=True)
class Converted:
    """A conversion in words: ``lines`` name every rate with its day, age and source, and what stays apart;
    ``short`` is what stands under a figure.
    """

    into: str
    day: dt.date
    lines: list[str]
    short: str


def converted(conversion: Conversion | None) -> Converted | None:
    """What a page says of its conversion; none without one."""
    if conversion is None:
        return None
    lines = [conversion.worded(each) for each in conversion.used if each.quotes]
    lines += [each.why for each in conversion.apart]
    short = ", ".join(
        f"1 {each.currency} = {each.rate.normalize():f} of {each.day:%-d %B %Y}"
        for each in conversion.used
        if each.day
    )
    return Converted(conversion.into, conversion.day, lines, short)


def shown(measure: Measure, value: Decimal | None) -> str:
    """A value of this measure as it is read."""
    if value is None:
        return formats.NOTHING
    unit = measure.definition.unit
    if unit == Unit.MONEY:
        return formats.amount(value, measure.currency)
    if unit == Unit.SHARE:
        return formats.share(value)
    return f"{'at least ' * measure.is_at_least}{rounded(value, 1)} {unit.value}"


def working(measure: Measure, drill: Drill) -> Working:
    """How it was worked out, with the lists of what went in."""
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
        return Input(label, f"{value:,}", drill.of_input(measure, name))
    if definitions.is_rate(name):
        return Input(label, formats.share(value))
    if not definitions.is_money(name) or not measure.currency:
        return Input(label, f"{rounded(value, 1)}")
    return Input(label, money.shown(value, measure.currency), drill.of_input(measure, name))


def tile(found: Dashboard, name: str, workings: list[Working], *, of_months: bool = False) -> Tile:
    """A measure of the day, or with ``of_months`` of the newest month that is over, with what changed."""
    points = [each for each in found.points if each.is_whole_month or not of_months] or found.points
    measure, values = points[-1].measures[name], [each.value(name) for each in points]
    words = measure.definition
    variant = f"{words.variant}, {points[-1].day:%B %Y}" if of_months else words.variant
    return tile_of(measure, values, workings, variant=variant)


def tile_of(measure: Measure, values: charts.Values, workings: list[Working], *, variant: str = "") -> Tile:
    """A measure with its values at the ends of months, the last of which is its own."""
    words = measure.definition
    changes = [
        f"{change} {than}"
        for than, back in (("than a month before", 1), ("than a year before", YEAR))
        if (change := _change(measure, values, back))
    ]
    value = shown(measure, measure.value)
    return Tile(words.label, variant or words.variant, value, changes, charts.spark(values), workings)


def _change(measure: Measure, values: charts.Values, back: int) -> str:
    now, before = values[-1], values[-1 - back] if len(values) > back else None
    if now is None or before is None:
        return ""
    times, unit = (100, "points") if measure.definition.unit == Unit.SHARE else (1, "days")
    change = rounded((now - before) * times, 1) or Decimal(0)
    if measure.definition.unit == Unit.MONEY:
        less = money.shown(abs(now - before), measure.currency)
        return f"{less} {'more' if now >= before else 'less'}"
    return f"{abs(change)} {unit} {'more' if change >= 0 else 'less'}"
