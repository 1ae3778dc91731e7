"""What was expected of the last twelve weeks on their Mondays, against what came: how near, and in which way
off.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from collections_app.forecasting.rules import accuracy
from collections_app.forecasting.rules.accuracy import Compared
from collections_app.lib import money
from collections_app.reports import conversions, forecast_records
from collections_app.reports.forecast_records import Week
from collections_app.screens import charts
from collections_app.screens.report_filters import Filters
from collections_app.screens.report_links import pieces_url
from collections_app.screens.scoping import Scope
from collections_app.templatetags import formats


@dataclass(frozen=True, slots=True)
class Row:
    """One week with its lists; without addresses where a forecast kept no customers yet."""

    week: Week
    compared: Compared
    missed: Decimal
    error: str
    expected_url: str
    came_url: str
    missed_url: str


def drawn(scope: Scope, filters: Filters) -> dict[str, Any]:
    """The chart, its weeks and what they come to together."""
    asked = filters.asked
    currency = filters.currency or scope.company.currency
    weeks = forecast_records.weeks(asked)
    known = {name for week in weeks for name in week.expected}
    telling = conversions.telling(asked, currency=currency, into=filters.into, currencies=known)
    rows = []
    for week in weeks:
        if not telling.knows(week.expected):
            continue
        expected, came = telling.told(week.expected), telling.told(week.came)
        compared = Compared(expected, came, *(Decimal(0),) * 4)
        urls = [
            pieces_url(scope, filters, what, of=week.monday.isoformat(), currency=telling.currency)
            if week.is_by_customer
            else ""
            for what in ("expected", "came", "missed")
        ]
        rows.append(Row(week, compared, came - expected, _error(compared), *urls))
    oldest_first = rows[::-1]
    all_weeks = [each.compared for each in rows]
    bias = accuracy.bias(all_weeks)
    pairs = [
        (
            (each.compared.expected, f"expected {money.shown(each.compared.expected, telling.currency)}"),
            (each.compared.came, f"came {money.shown(each.compared.came, telling.currency)}"),
            each.error,
        )
        for each in oldest_first
    ]
    return {
        "found": telling,
        "rows": rows,
        "drawn": charts.paired([f"{each.week.monday:%-d %b}" for each in oldest_first], pairs),
        "accuracy": accuracy.accuracy(all_weeks),
        "bias": bias,
        "bias_words": ""
        if not bias
        else "more was expected than came"
        if bias > 0
        else "less was expected than came",
    }


def _error(compared: Compared) -> str:
    """By how much of what came it was off: above nothing, too much was expected."""
    if compared.came <= 0:
        return formats.NOTHING
    share = (compared.expected - compared.came) / compared.came
    return f"{'+' if share > 0 else ''}{formats.figure(share * 100, '', whole=True)}{formats.NO_BREAK}%"
