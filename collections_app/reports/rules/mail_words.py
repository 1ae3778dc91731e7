"""The letter with which a report goes out: its main figures, and where the rest is. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from collections_app.correspondence.rules import Audience, MessageKind
from collections_app.correspondence.rules.writing import SUBJECT_LETTERS_MAX, Letter, one_line
from collections_app.lib import money
from collections_app.reports.rules.definitions import Unit
from collections_app.reports.rules.dividing import rounded
from collections_app.reports.rules.measuring import Measure

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure, and what it was at the end of the month before; empty where nothing is known of that."""

    label: str
    value: str
    before: str = ""

    def __str__(self) -> str:
        return f"{self.label}: {self.value}" + (f" (a month before: {self.before})" if self.before else "")


@dataclass(frozen=True, slots=True)
class Told:
    """What the letters about one report say. ``notes`` are sentences: rates, and what stays apart."""

    company: str
    view: str
    day: dt.date
    read_at: dt.datetime
    narrowed: Sequence[tuple[str, str]]
    lines: Sequence[Line]
    notes: Sequence[str]
    schedule: str
    report_url: str
    mailing_url: str


def shown(measure: Measure) -> str:
    """The value of a measure as it is read."""
    value, unit = measure.value, measure.definition.unit
    if value is None:
        return NOTHING
    if unit == Unit.MONEY:
        return money.shown(value, measure.currency)
    if unit == Unit.SHARE:
        return f"{rounded(value * 100, 1)} %"
    return f"{rounded(value, 1)} {unit.value}"


def letter(told: Told, *, to_name: str, to_address: str) -> Letter:
    """The report to one colleague."""
    greeting = f"Hello {to_name}," if to_name else "Hello,"
    of = f"Here is the report “{told.view}” of {told.company}"
    when = f"as the ledger stands on {told.day:%A %-d %B %Y} at {told.read_at:%H:%M}"
    narrowed = ", ".join(f"{name}: {value}" for name, value in told.narrowed)
    parts = [
        greeting,
        f"{of}, {when}." + (f" It is narrowed to {narrowed}." if narrowed else ""),
        "\n".join(str(line) for line in told.lines),
        *(["\n".join(told.notes)] if told.notes else []),
        f"All figures, each with its list:\n{told.report_url}",
        "The attached workbook holds the same as tables, and every measure with its formula.",
        f"You get this {told.schedule}. To change or end that:\n{told.mailing_url}",
        f"Kind regards\n{told.company}",
    ]
    return Letter(
        kind=MessageKind.REPORT,
        audience=Audience.COLLEAGUE,
        to_name=one_line(to_name),
        to_address=to_address,
        subject=one_line(f"{told.view}, {told.company}, {told.day:%-d %B %Y}")[:SUBJECT_LETTERS_MAX].strip(),
        body="\n\n".join(parts) + "\n",
        is_automatic=True,
    )
