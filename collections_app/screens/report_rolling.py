"""How the cohort of a report went on unpaid from step to step, for a page to draw."""

from dataclasses import dataclass
from decimal import Decimal

from collections_app.lib import money
from collections_app.reports.measures import CurrencyMeasures
from collections_app.reports.rules.measuring import COHORT_STEPS
from collections_app.screens import charts
from collections_app.screens.charts import Chart
from collections_app.screens.report_words import Drill
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


def _label(step: int) -> str:
    if step < 0:
        return "fell due"
    return "on the day" if step == 0 else f"{step} days"
