"""What moved days sales outstanding in a month, from the points of a dashboard: no query of its own."""

from decimal import Decimal

from collections_app.reports.dashboards import Dashboard, Point
from collections_app.reports.rules import bridging, months
from collections_app.reports.rules.bridging import Bridge, End


def spans(found: Dashboard) -> list[tuple[Point, Point]]:
    """An end of a month and the next point, for each two that follow each other; the newest first."""
    pairs = zip(found.points, found.points[1:], strict=False)
    return [pair for pair in pairs if pair[0].day == months.first_of(pair[1].day) - months.DAY][::-1]


def between(earlier: Point, later: Point) -> Bridge | None:
    """What moved DSO from one to the other; none where a period has no sales."""
    return bridging.bridge(_end(earlier), _end(later), later.flow, is_narrowed=later.is_narrowed)


def _end(point: Point) -> End:
    inputs = point.measures["dso_rolling"].inputs
    sales, days = inputs["invoiced"], inputs["days"]
    assert isinstance(sales, Decimal)
    assert isinstance(days, int)
    return End(point.standing, sales, days)
