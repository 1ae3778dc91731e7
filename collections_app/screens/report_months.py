"""The charts over thirteen months: ageing, days sales outstanding and effectiveness, each with the table
behind it.
"""

from typing import Any

from collections_app.lib import money
from collections_app.reports.dashboards import Dashboard, Point
from collections_app.reports.rules.parts import AGE_LABELS, AGE_PARTS
from collections_app.reports.tables import DSO_WORDS
from collections_app.screens import charts, report_words
from collections_app.screens.charts import Chart
from collections_app.screens.report_filters import Filters
from collections_app.screens.report_links import list_of
from collections_app.screens.report_words import ListOf
from collections_app.screens.scoping import Scope
from collections_app.templatetags import formats

# After the name of a line, where some of its values may be more.
AT_LEAST = " (at least, where a year of sales is less than what is owed)"


def ageing(scope: Scope, filters: Filters) -> dict[str, Any]:
    """What was owed at each end of month by age."""
    found = filters.dashboard
    return {
        "found": found,
        "drawn": _ageing(found),
        "rows": _ageing_rows(found, list_of(scope, filters, found.currency, is_derived=found.is_derived)),
        "age_labels": AGE_LABELS,
        "days_query": filters.address(currency=found.currency, as_of=""),
    }


def dso(scope: Scope, filters: Filters) -> dict[str, Any]:
    """Days sales outstanding against the best possible; the gap is what collecting can change."""
    found = filters.dashboard
    names = ("dso_rolling", "dso_best_possible", "dso_countback")
    is_at_least = any(each.measures["dso_countback"].is_at_least for each in found.points)
    series = [
        (
            f"{words}{AT_LEAST * (is_at_least and name == 'dso_countback')}",
            [each.value(name) for each in found.points],
        )
        for name, words in zip(names, DSO_WORDS, strict=True)
    ]
    drawn = charts.lines([label(each) for each in found.points], series, has_band=True)
    return _lines(filters, found, drawn, (*DSO_WORDS, "ADD"), found.points, (*names, "add")) | {
        "unit": "days"
    }


def effectiveness(scope: Scope, filters: Filters) -> dict[str, Any]:
    """Collection effectiveness of each month that is over."""
    found = filters.dashboard
    points = [each for each in found.points if each.is_whole_month]
    series = [
        (words, [None if (value := each.value(name)) is None else value * 100 for each in points])
        for name, words in (("cei", "total"), ("cei_cash", "cash only"))
    ]
    drawn = charts.lines([label(each) for each in points], series)
    return _lines(filters, found, drawn, ("Total", "Cash only"), points, ("cei", "cei_cash")) | {
        "unit": "per cent"
    }


def label(point: Point) -> str:
    """A month at an axis, or the day of one that is not over."""
    return f"{point.day:%b}" if point.is_whole_month else f"{point.day.day} {point.day:%b}"


def _lines(
    filters: Filters,
    found: Dashboard,
    drawn: Chart,
    heads: tuple[str, ...],
    points: list[Point],
    names: tuple[str, ...],
) -> dict[str, Any]:
    rows = [
        {
            "day": each.day,
            "values": [report_words.shown(each.measures[name], each.value(name)) for name in names],
        }
        for each in reversed(points)
    ]
    days_query = filters.address(currency=found.currency, as_of="")
    return {"found": found, "drawn": drawn, "heads": heads, "rows": rows, "days_query": days_query}


def _ageing(found: Dashboard) -> Chart:
    columns = [
        [
            (
                getattr(each.standing, part),
                f"{words}: {money.shown(getattr(each.standing, part), found.currency)}",
            )
            for part, words in zip(AGE_PARTS, AGE_LABELS, strict=True)
        ]
        for each in found.points
    ]
    return charts.stacked([label(each) for each in found.points], columns)


def _ageing_rows(found: Dashboard, opens: ListOf) -> list[dict[str, Any]]:
    return [
        {
            "day": each.day,
            "amounts": [
                (getattr(each.standing, part), opens(part, each.day, 1)) for part in (*AGE_PARTS, "owed")
            ],
            "overdue": formats.share(
                each.standing.overdue / each.standing.owed if each.standing.owed else None
            ),
        }
        for each in reversed(found.points)
    ]
