"""The managers' dashboard: five figures, ageing over 13 months, days sales outstanding, effectiveness,
and who owes most. Every figure opens the list that it is made of.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, DecimalField, F, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from collections_app.behaviour.positions import Position
from collections_app.lib import money
from collections_app.people.rules import Deed
from collections_app.reports import dashboards, measures, saved_views, tables
from collections_app.reports.dashboards import Dashboard, Point
from collections_app.reports.narrowing import ALL
from collections_app.reports.rules.measuring import Measure
from collections_app.reports.rules.parts import AGE_LABELS, AGE_PARTS
from collections_app.reports.tables import DSO_WORDS
from collections_app.screens import charts, report_rolling, report_views, report_words
from collections_app.screens.charts import Chart
from collections_app.screens.htmx import render_page
from collections_app.screens.report_filters import Filters, filters_of
from collections_app.screens.report_words import Drill, ListOf, Tile, Working
from collections_app.screens.scoping import Scope, scope_of
from collections_app.templatetags import formats

TOP_ROWS = 20


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
    found = filters.dashboard
    list_of = _list_of(scope, filters, found.currency, is_derived=False)
    drill = Drill(list_of, filters.asked.day, dashboards.PERIOD_MONTHS)
    of_month = Drill(list_of, found.last_month.day, 1)
    context = {
        "scope": scope,
        "filters": filters,
        "found": found,
        "tiles": _tiles(found, drill, of_month),
        "parts": _parts(found, drill),
        "ageing": _ageing(found),
        "ageing_rows": _ageing_rows(found, list_of),
        "age_labels": AGE_LABELS,
        "dso": _dso(found),
        "effectiveness": _effectiveness(found),
        "top": top_of(scope, filters, found),
        "conversion": report_words.converted(found.conversion),
        "apart": _apart(filters, found),
        "days_query": filters.address(currency=found.currency, as_of=""),
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
    measured = filters.measured
    of = measured.in_currency(filters.into or filters.currency or scope.company.currency)
    list_of = _list_of(scope, filters, of.currency, is_derived=True)
    drill = Drill(list_of, filters.asked.day, measured.months)
    context = {
        "scope": scope,
        "filters": filters,
        "measured": measured,
        "conversion": report_words.converted(measured.conversion),
        "currency": of.currency,
        "ledger": [report_words.working(each, drill) for each in of.measures],
        "work": [report_words.working(each, drill) for each in measured.work],
        "rolling": report_rolling.of(of),
        "agreements": measures.agreements(filters.asked),
        "file_query": filters.address(currency=of.currency),
    }
    return render_page(request, "reports/measures.html", context)


def _list_of(scope: Scope, filters: Filters, currency: str, *, is_derived: bool) -> ListOf:
    """What was kept of a past day is narrowed by where customers belonged then, and a list by where they
    belong now; so a narrowed figure of another day opens only where it is derived as lists are.
    """
    address = reverse("report_customers", kwargs={"company": scope.company.code})
    asked = filters.asked

    def list_of(part: str, day: dt.date, months: int) -> str:
        is_past = day != asked.day or months > 1
        if is_past and asked.narrowed != ALL and not is_derived:
            return ""
        of_months = {"months": str(months)} if months > 1 else {}
        return f"{address}?{filters.of_day(day, part=part, currency=currency, **of_months)}"

    return list_of


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


def _ageing_rows(found: Dashboard, list_of: ListOf) -> list[dict[str, Any]]:
    return [
        {
            "day": each.day,
            "amounts": [
                (getattr(each.standing, part), list_of(part, each.day, 1)) for part in (*AGE_PARTS, "owed")
            ],
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


def top_of(scope: Scope, filters: Filters, found: Dashboard) -> list[Position]:
    """Those who owe most; positions are of today only. With a conversion they are of all currencies that it
    has, each in its own, in the order of what they come to.
    """
    if filters.asked.day != scope.today:
        return []
    names = {
        "segment": "customer__assignment__segment__code",
        "collector": "customer__assignment__collector",
        "salesperson": "customer__salesperson",
        "country": "customer__country",
    }
    given = {names[name]: value for name, value in filters.asked.narrowed.given.items() if value != ""}
    rates = found.conversion.rates if found.conversion else {found.currency: Decimal(1)}
    listed = Position.objects.filter(company=scope.company, currency__in=rates, overdue__gt=0, **given)
    if filters.asked.narrowed.segment == "":
        listed = listed.filter(customer__assignment__segment__isnull=True)
    worth = Case(
        *(When(currency=name, then=F("overdue") * rate) for name, rate in rates.items()),
        default=F("overdue"),
        output_field=DecimalField(max_digits=40, decimal_places=12),
    )
    ordered = listed.annotate(worth=worth).order_by("-worth", "customer", "currency")
    return list(ordered.select_related("customer__assignment__collector")[:TOP_ROWS])


def collector_of(position: Position) -> str:
    """The name of who looks after a customer that owes; empty for nobody."""
    assignment = getattr(position.customer, "assignment", None)
    return assignment.collector.full_name if assignment and assignment.collector else ""


urlpatterns = [
    path("reports/", index, name="reports"),
    path("reports/measures/", show, name="report_measures"),
]
