"""What moved days sales outstanding from one end of a month to the next: drawn, told and worked out."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from collections_app.lib import money
from collections_app.people.rules import Deed
from collections_app.reports import bridges
from collections_app.reports.dashboards import Dashboard, Point
from collections_app.reports.rules.bridging import Bridge, Reading, Step
from collections_app.screens import charts, report_words
from collections_app.screens.charts import Chart
from collections_app.screens.htmx import render_page
from collections_app.screens.report_filters import Filters, filters_of
from collections_app.screens.report_links import list_of
from collections_app.screens.scoping import Scope, scope_of

Span = tuple[Point, Point]

# Under a column there is no room for more.
LABELS = {"Pace of sales": "Pace"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A reading, its steps with their days in words, and its picture."""

    reading: Reading
    steps: list[tuple[Step, str]]
    chart: Chart


@require_safe
def show(request: HttpRequest, company: str) -> HttpResponse:
    """The bridge of a month, of the newest that is over when none is named."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    filters = filters_of(request, scope)
    found = filters.dashboard
    spans = bridges.spans(found)
    span = chosen(request, found)
    bridge = bridges.between(*span) if span else None
    until = span[1].day.isoformat() if span else ""
    context = {
        "scope": scope,
        "filters": filters,
        "found": found,
        "span": span,
        "bridge": bridge,
        "drawn": [_drawn(bridge, each) for each in bridge.readings] if bridge else [],
        "months": [(later, _address(scope, filters, found, later)) for _, later in spans],
        "lists": _lists(scope, filters, found, span) if span else {},
        "reports_url": f"{reverse('reports', kwargs={'company': company})}?{filters.address()}",
        "conversion": report_words.converted(found.conversion),
        "file_query": filters.address(currency=found.currency, until=until),
    }
    return render_page(request, "reports/bridge.html", context)


def chosen(request: HttpRequest, found: Dashboard) -> Span | None:
    """The span that ends at ``until``, else the newest whole month, else any. Raises ``Http404``."""
    spans, until = bridges.spans(found), request.GET.get("until", "")
    if until:
        named = [span for span in spans if span[1].day.isoformat() == until]
        if not named:
            raise Http404("No such month.")
        return named[0]
    whole = [span for span in spans if span[1].is_whole_month]
    return next(iter([*whole, *spans]), None)


def _address(scope: Scope, filters: Filters, found: Dashboard, later: Point) -> str:
    address = reverse("report_bridge", kwargs={"company": scope.company.code})
    return f"{address}?{filters.address(currency=found.currency, until=later.day.isoformat())}"


def _lists(scope: Scope, filters: Filters, found: Dashboard, span: Span) -> dict[str, str]:
    """The lists behind what was owed at both ends, and behind what was invoiced."""
    opens = list_of(scope, filters, found.currency, is_derived=found.is_derived)
    parts = {"opening": ("owed", span[0]), "closing": ("owed", span[1]), "invoiced": ("invoiced", span[1])}
    return {name: opens(part, end.day, 1) for name, (part, end) in parts.items()}


def _drawn(bridge: Bridge, reading: Reading) -> Drawn:
    steps = [(step, _signed(step.shown)) for step in reading.steps]
    columns = [
        (LABELS.get(step.label, step.label.removesuffix(" days")), step.after, words) for step, words in steps
    ]
    return Drawn(reading, steps, charts.waterfall(bridge.opening_days, columns))


def _signed(days: Decimal) -> str:
    return f"{'+' if days > 0 else money.MINUS if days < 0 else ''}{abs(days)}"


urlpatterns = [path("reports/bridge/", show, name="report_bridge")]
