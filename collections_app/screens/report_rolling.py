"""How the cohort of a report went on unpaid from step to step, and that of each month, for a page to draw."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from collections_app.lib import money
from collections_app.reports.conversions import Telling
from collections_app.reports.measures import CurrencyMeasures
from collections_app.reports.rules.measuring import COHORT_STEPS
from collections_app.reports.rules.rolling import Rolled
from collections_app.screens import charts, report_links
from collections_app.screens.charts import Chart
from collections_app.screens.report_filters import Filters
from collections_app.screens.report_words import Drill
from collections_app.screens.scoping import Scope
from collections_app.templatetags import formats

# A step: what was unpaid and its list, its share of the one before; the same without disputes.
Row = tuple[str, Decimal, str, str, Decimal, str, str]


@dataclass(frozen=True, slots=True)
class Rolling:
    """The chart, and the table behind it: each step with its share of the one before."""

    chart: Chart
    rows: list[Row]


def of(found: CurrencyMeasures, drill: Drill) -> Rolling | None:
    """Of one currency; None where nothing fell due long enough ago."""
    rolled = found.rolled
    if rolled is None or not any(rolled.unpaid):
        return None
    pairs = list(zip(rolled.undisputed, rolled.disputed, strict=True))
    columns = [
        [
            (undisputed, f"never in dispute: {money.shown(undisputed, found.currency)}"),
            (disputed, f"ever in dispute: {money.shown(disputed, found.currency)}"),
        ]
        for undisputed, disputed in pairs
    ]
    labels = [_label(step) for step in COHORT_STEPS]
    rates, undisputed_rates = ([None, *each] for each in (rolled.rates, rolled.undisputed_rates))
    rows = [
        (
            _label(step),
            unpaid,
            drill.pieces_of("unpaid", drill.day, 1, f"{step}.all", found.currency),
            formats.share(rate),
            undisputed,
            drill.pieces_of("unpaid", drill.day, 1, f"{step}.never", found.currency),
            formats.share(undisputed_rate),
        )
        for step, unpaid, rate, undisputed, undisputed_rate in zip(
            COHORT_STEPS, rolled.unpaid, rates, rolled.undisputed, undisputed_rates, strict=True
        )
    ]
    return Rolling(charts.stacked(labels, columns), rows)


@dataclass(frozen=True, slots=True)
class Cell:
    """What of a month was unpaid at a step: its share of the step before (of the first: the amount), and its
    list; nothing where the step is not over.
    """

    amount: Decimal | None = None
    words: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Small:
    """A step over the months: a small line, its share in the newest month that has come to it, and in the
    cohort of a year.
    """

    label: str
    newest: str
    of: dt.date
    whole: str
    spark: str


@dataclass(frozen=True, slots=True)
class Table:
    """The months, the newest first, with a cell for each step."""

    title: str
    rows: list[tuple[dt.date, list[Cell]]]


@dataclass(frozen=True, slots=True)
class ByMonth:
    """All months, drawn small and as tables: with disputes, and without where there were any."""

    heads: list[str]
    smalls: list[Small]
    tables: list[Table]


def by_month(found: CurrencyMeasures, drill: Drill) -> ByMonth | None:
    """Of one currency; None where nothing has fallen due in a month that is over."""
    months = {first: each for first, each in sorted(found.rolled_by_month.items()) if any(each.unpaid)}
    if not months:
        return None
    tables = [_table("With disputes", months, "all", found.currency, drill)]
    if any(any(each.disputed) for each in months.values()):
        title = "Without what was ever in dispute"
        tables.append(_table(title, months, "never", found.currency, drill))
    smalls = [small for place in range(1, len(COHORT_STEPS)) if (small := _small(found, months, place))]
    return ByMonth([_label(step) for step in COHORT_STEPS], smalls, tables)


def drawn(scope: Scope, filters: Filters) -> dict[str, Any]:
    """Month by month for the dashboard; the cohort of a year stands with all measures."""
    measured = filters.measured_of(is_of_work=False)
    of = measured.in_currency(filters.into or filters.currency or scope.company.currency)
    list_of = report_links.list_of(scope, filters, of.currency, is_derived=True)
    pieces_of = report_links.pieces_of(scope, filters, is_derived=True)
    drill = Drill(list_of, pieces_of, filters.asked.day, measured.months)
    return {
        "found": Telling(of.currency, measured.conversion),
        "currency": of.currency,
        "rolling_months": by_month(of, drill),
        "measures_url": f"{reverse('report_measures', kwargs={'company': scope.company.code})}"
        f"?{filters.address(currency=of.currency)}",
    }


def _table(title: str, months: dict[dt.date, Rolled], of: str, currency: str, drill: Drill) -> Table:
    rows = []
    for first, each in reversed(months.items()):
        amounts, rates = (
            (each.unpaid, each.rates) if of == "all" else (each.undisputed, each.undisputed_rates)
        )
        told = [formats.figure(amounts[0], currency), *map(formats.share, rates)]
        cells = [
            Cell(
                amount,
                words,
                drill.pieces_of("unpaid", drill.day, 1, f"{first:%Y-%m}.{step}.{of}", currency),
            )
            for step, amount, words in zip(COHORT_STEPS, amounts, told, strict=False)
        ]
        rows.append((first, [*cells, *[Cell()] * (len(COHORT_STEPS) - len(cells))]))
    return Table(title, rows)


def _small(found: CurrencyMeasures, months: dict[dt.date, Rolled], place: int) -> Small | None:
    """The step at a place; None where no month has come to it."""
    rates = {first: each.rates[place - 1] for first, each in months.items() if len(each.rates) >= place}
    known = [first for first, rate in rates.items() if rate is not None]
    if not known:
        return None
    whole = found.rolled.rates[place - 1] if found.rolled else None
    line = charts.spark(list(rates.values()), from_zero=True)
    return Small(
        _label(COHORT_STEPS[place]), formats.share(rates[known[-1]]), known[-1], formats.share(whole), line
    )


def _label(step: int) -> str:
    if step < 0:
        return "fell due"
    return "on the day" if step == 0 else f"{step} days"
