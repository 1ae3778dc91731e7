"""The managers' dashboard: five figures, ageing over 13 months, days sales outstanding, effectiveness,
and who owes most. Every figure opens the list that it is made of.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from collections_app.behaviour.positions import Position
from collections_app.lib import money
from collections_app.people.rules import Deed
from collections_app.reports import dashboards, measures, saved_views
from collections_app.reports.dashboards import Dashboard, Point
from collections_app.reports.measures import CurrencyMeasures, Measured
from collections_app.reports.rules.measuring import Measure
from collections_app.reports.rules.totals import BUCKET_LABELS, FIRSTS
from collections_app.screens import charts, report_views, report_words
from collections_app.screens.charts import Chart
from collections_app.screens.htmx import render_page
from collections_app.screens.report_filters import Filters, filters_of
from collections_app.screens.report_words import Drill, Tile, Working
from collections_app.screens.scoping import Scope, scope_of
from collections_app.templatetags import formats

TOP_ROWS = 20
AGE_PARTS = ("not_due", *(f"overdue_{first}" for first in FIRSTS))
AGE_LABELS = ("not overdue", *BUCKET_LABELS)


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
    found = dashboards.of(filters.asked, currency=filters.currency)
    drill = _drill(scope, filters, found.currency)
    of_month = _drill(scope, filters, found.currency, found.last_month.day)
    context = {
        "scope": scope,
        "filters": filters,
        "found": found,
        "tiles": _tiles(found, drill, of_month),
        "parts": parts_of(found, drill),
        "ageing": _ageing(found),
        "ageing_rows": _ageing_rows(found),
        "age_labels": AGE_LABELS,
        "dso": _dso(found),
        "effectiveness": _effectiveness(found),
        "top": top_of(scope, filters, found.currency),
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
    filters = filters_of(request, scope)
    measured = measures.measured(
        company=scope.company, day=filters.asked.day, narrowed=filters.asked.narrowed
    )
    of = measures_in(measured, filters.currency or scope.company.currency)
    drill = _drill(scope, filters, of.currency)
    context = {
        "scope": scope,
        "filters": filters,
        "measured": measured,
        "currency": of.currency,
        "ledger": [report_words.working(each, drill) for each in of.measures],
        "work": [report_words.working(each, drill) for each in measured.work],
        "agreements": measures.agreements(filters.asked),
        "file_query": filters.address(currency=of.currency),
    }
    return render_page(request, "reports/measures.html", context)


def measures_in(measured: Measured, currency: str) -> CurrencyMeasures:
    """The measures in a currency, or in the first when there are none in it."""
    found = (each for each in measured.currencies if each.currency == currency)
    return next(found, measured.currencies[0])


def _drill(scope: Scope, filters: Filters, currency: str, day: dt.date | None = None) -> Drill:
    address = reverse("report_customers", kwargs={"company": scope.company.code})
    given = {"currency": currency, **({"as_of": day.isoformat()} if day else {})}
    return lambda part: f"{address}?{filters.address(part=part, **given)}"


def _tiles(found: Dashboard, drill: Drill, drill_month: Drill) -> list[Tile]:
    now, month = found.now.measures, found.last_month.measures

    def workings(measures: dict[str, Measure], *names: str, drill: Drill = drill) -> list[Working]:
        return [report_words.working(measures[name], drill) for name in names]

    dso = workings(now, "dso_rolling", "dso_best_possible", "add", "dso_countback")
    kept = report_words.working(found.promises, drill)
    return [
        report_words.tile(found, "share_current", workings(now, "share_current", "share_over_90")),
        report_words.tile(found, "dso_rolling", dso),
        report_words.tile(
            found, "cei", workings(month, "cei", "cei_cash", drill=drill_month), of_months=True
        ),
        Tile(kept.label, kept.variant, kept.value, [], "", [kept]),
        report_words.tile(found, "days_late", workings(now, "days_late", "days_to_pay")),
    ]


def parts_of(found: Dashboard, drill: Drill) -> list[Figure]:
    """The ledger in amounts."""
    now = found.now.standing
    amounts = {
        "Balance": ("total", now.total),
        "Owed": ("owed", now.owed),
        "Not overdue": ("not_due", now.not_due),
        "Overdue": ("overdue", now.overdue),
        **{
            label: (part, getattr(now, part))
            for part, label in zip(AGE_PARTS[1:], BUCKET_LABELS, strict=True)
        },
        "Credit notes": ("credits", now.credits),
        "Unallocated": ("unallocated", now.unallocated),
    }
    figures = [Figure(label, amount, drill(part)) for label, (part, amount) in amounts.items()]
    flow = found.now.flow
    return [
        *figures,
        Figure("Invoiced this month", flow.invoiced, drill("invoiced")),
        Figure("Received this month", flow.received, drill("received")),
    ]


def _label(point: Point) -> str:
    return f"{point.day:%b}" if point.is_whole_month else f"{point.day.day} {point.day:%b}"


def _ageing(found: Dashboard) -> Chart:
    columns = [
        [
            (
                getattr(each.standing, part),
                f"{label}: {money.shown(getattr(each.standing, part), found.currency)}",
            )
            for part, label in zip(AGE_PARTS, AGE_LABELS, strict=True)
        ]
        for each in found.points
    ]
    return charts.stacked([_label(each) for each in found.points], columns)


def _ageing_rows(found: Dashboard) -> list[dict[str, Any]]:
    return [
        {
            "day": each.day,
            "amounts": [getattr(each.standing, part) for part in AGE_PARTS],
            "owed": each.standing.owed,
            "overdue": formats.share(
                each.standing.overdue / each.standing.owed if each.standing.owed else None
            ),
        }
        for each in reversed(found.points)
    ]


def _dso(found: Dashboard) -> dict[str, Any]:
    names = ("dso_rolling", "dso_best_possible", "dso_countback")
    series = [
        (words, [each.value(name) for each in found.points])
        for name, words in zip(names, DSO_WORDS, strict=True)
    ]
    chart = charts.lines([_label(each) for each in found.points], series, has_band=True)
    return {"chart": chart, "heads": (*DSO_WORDS, "ADD"), "rows": _rows(found.points, (*names, "add"))}


DSO_WORDS = ("DSO, rolling", "best possible", "DSO, countback")


def _effectiveness(found: Dashboard) -> dict[str, Any]:
    points = [each for each in found.points if each.is_whole_month]
    series = [
        (words, [None if (value := each.value(name)) is None else value * 100 for each in points])
        for name, words in (("cei", "total"), ("cei_cash", "cash only"))
    ]
    chart = charts.lines([_label(each) for each in points], series)
    return {"chart": chart, "heads": ("Total", "Cash only"), "rows": _rows(points, ("cei", "cei_cash"))}


def _rows(points: list[Point], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {
            "day": each.day,
            "values": [report_words.shown(each.measures[name], each.value(name)) for name in names],
        }
        for each in reversed(points)
    ]


def top_of(scope: Scope, filters: Filters, currency: str) -> list[Position]:
    """Those who owe most; positions are of today only."""
    if filters.asked.day != scope.today:
        return []
    names = {
        "segment": "customer__assignment__segment__code",
        "collector": "customer__assignment__collector",
        "salesperson": "customer__salesperson",
        "country": "customer__country",
    }
    given = {names[name]: value for name, value in filters.asked.narrowed.given.items() if value != ""}
    listed = Position.objects.filter(company=scope.company, currency=currency, overdue__gt=0, **given)
    if filters.asked.narrowed.segment == "":
        listed = listed.filter(customer__assignment__segment__isnull=True)
    return list(
        listed.select_related("customer__assignment__collector").order_by("-overdue", "customer")[:TOP_ROWS]
    )


def collector_of(position: Position) -> str:
    """The name of who looks after a customer that owes; empty for nobody."""
    assignment = getattr(position.customer, "assignment", None)
    return assignment.collector.full_name if assignment and assignment.collector else ""


urlpatterns = [
    path("reports/", index, name="reports"),
    path("reports/measures/", show, name="report_measures"),
]
