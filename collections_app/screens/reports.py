"""The managers' dashboard: five figures and the ledger in amounts, then the charts, which come by themselves.
Every figure opens the list that it is made of.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from collections_app.people.rules import Deed
from collections_app.reports import dashboards, long_readings, measures, saved_views, tables, work_measures
from collections_app.reports.dashboards import Dashboard, Point
from collections_app.reports.rules.measuring import Measure
from collections_app.screens import (
    report_cash,
    report_charts,
    report_links,
    report_rolling,
    report_views,
    report_waiting,
    report_words,
)
from collections_app.screens.htmx import render_page
from collections_app.screens.report_filters import Filters, filters_of
from collections_app.screens.report_words import Drill, Tile, Working
from collections_app.screens.scoping import Scope, scope_of


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount that opens its list."""

    label: str
    amount: Decimal
    url: str


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """The dashboard of a day; without a filter, as the view has it that opens first."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    if not request.GET and (first := saved_views.default_of(scope.user, company=scope.company)):
        return HttpResponseRedirect(report_views.address(first))
    filters = filters_of(request, scope)
    if waiting := report_waiting.page(request, scope, filters, what=long_readings.DASHBOARD):
        return waiting
    found = filters.dashboard
    drill = _drill(scope, filters, found, found.now, dashboards.PERIOD_MONTHS)
    of_month = _drill(scope, filters, found, found.last_month, 1)
    context = {
        "scope": scope,
        "filters": filters,
        "found": found,
        "tiles": [*_tiles(found, drill, of_month), report_cash.of_month(scope, filters)],
        "parts": _parts(found, drill),
        "slots": report_charts.slots(scope, filters.address(currency=found.currency)),
        "differing": measures.differing(filters.asked, found.agreements),
        "conversion": report_words.converted(found.conversion),
        "apart": _apart(filters, found),
        "file_query": filters.address(currency=found.currency),
        "views": report_views.listed(scope, filters.query),
        "keep_url": f"{reverse('report_views', kwargs={'company': company})}?{filters.address()}",
        "bridge_url": f"{reverse('report_bridge', kwargs={'company': company})}?{filters.address()}",
        "measures_url": f"{reverse('report_measures', kwargs={'company': company})}?{filters.address()}",
    }
    return render_page(request, "reports/index.html", context)


@require_safe
def show(request: HttpRequest, company: str) -> HttpResponse:
    """Every measure of a day with its working."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    filters = filters_of(request, scope, knows=True)
    if waiting := report_waiting.page(request, scope, filters, what=long_readings.MEASURES):
        return waiting
    measured = filters.measured
    of = measured.in_currency(filters.into or filters.currency or scope.company.currency)
    list_of = report_links.list_of(scope, filters, of.currency, is_derived=True)
    pieces_of = report_links.pieces_of(scope, filters, is_derived=True)
    drill = Drill(list_of, pieces_of, filters.asked.day, measured.months)
    agreements = measures.agreements(filters.asked)
    context = {
        "scope": scope,
        "filters": filters,
        "measured": measured,
        "conversion": report_words.converted(measured.conversion),
        "currency": of.currency,
        "ledger": [report_words.working(each, drill) for each in of.measures],
        "work": [report_words.working(each, drill) for each in measured.work],
        "rolling": report_rolling.of(of, drill),
        "rolling_months": report_rolling.by_month(of, drill),
        "agreements": agreements,
        "differing": measures.differing(filters.asked, agreements),
        "file_query": filters.address(currency=of.currency),
    }
    return render_page(request, "reports/measures.html", context)


def _drill(scope: Scope, filters: Filters, found: Dashboard, point: Point, months: int) -> Drill:
    """Where figures of a point open: of the day, and of all that goes into it, by where customers belong
    now; of an earlier end as it was kept.
    """
    is_now = found.is_derived or point is found.now
    list_of = report_links.list_of(scope, filters, found.currency, is_derived=is_now)
    return Drill(list_of, report_links.pieces_of(scope, filters, is_derived=is_now), point.day, months)


def _tiles(found: Dashboard, drill: Drill, drill_month: Drill) -> list[Tile]:
    now, month = found.now.measures, found.last_month.measures

    def workings(measures: dict[str, Measure], *names: str, drill: Drill = drill) -> list[Working]:
        return [report_words.working(measures[name], drill) for name in names]

    dso = workings(now, "dso_rolling", "dso_best_possible", "add", "dso_countback")
    history = work_measures.promises_kept_at(found.asked, [each.day for each in found.points])
    return [
        report_words.tile(found, "share_current", workings(now, "share_current", "share_over_90")),
        report_words.tile(found, "dso_rolling", dso),
        report_words.tile(
            found, "cei", workings(month, "cei", "cei_cash", drill=drill_month), of_months=True
        ),
        report_words.tile_of(found.promises, history, [report_words.working(found.promises, drill)]),
    ]


def _parts(found: Dashboard, drill: Drill) -> list[Figure]:
    """The ledger in amounts."""
    return [Figure(label, amount, drill.part(part)) for label, part, amount in tables.parts_of(found)]


def _apart(filters: Filters, found: Dashboard) -> list[dict[str, Any]]:
    """What could not be converted, with the way to its own dashboard."""
    return [
        {
            "currency": each.currency,
            "why": each.why,
            "standing": standing,
            "query": filters.address(into="", currency=each.currency),
        }
        for each, standing in found.apart
    ]


urlpatterns = [
    path("reports/", index, name="reports"),
    path("reports/measures/", show, name="report_measures"),
]
