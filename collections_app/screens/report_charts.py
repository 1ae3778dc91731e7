"""The charts of the dashboard, one address each: the page of the figures asks for them when it is there, so
that no chart keeps the figures waiting, and one that fails fails alone. Without htmx each is a page of its
own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from collections_app.people.rules import Deed
from collections_app.reports import long_readings
from collections_app.screens import (
    report_accuracy,
    report_cash,
    report_disputes,
    report_holds,
    report_months,
    report_promises,
    report_promises_ended,
    report_released,
    report_rolling,
    report_team,
    report_top,
    report_waiting,
    report_words,
)
from collections_app.screens.htmx import render_page
from collections_app.screens.report_filters import Filters, filters_of
from collections_app.screens.scoping import Scope, scope_of

Draw = Callable[[Scope, Filters], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: its name in the address, its title, how it is read, and what draws it. One that ``is_wide``
    takes the whole width.
    """

    name: str
    title: str
    about: str
    template: str
    draw: Draw
    is_wide: bool = False


# In the order of the dashboard.
CHARTS = {
    each.name: each
    for each in (
        Chart(
            "ageing",
            "Ageing by month",
            "by due date, before credit notes and unallocated money",
            "reports/_ageing.html",
            report_months.ageing,
        ),
        Chart(
            "dso",
            "Days sales outstanding",
            "The gap between the first two lines is what collecting can change.",
            "reports/_lines.html",
            report_months.dso,
        ),
        Chart(
            "cash",
            "Cash this month",
            "received, what the night expects, and the target",
            "reports/_cash.html",
            report_cash.drawn,
        ),
        Chart(
            "effectiveness",
            "Collection effectiveness by month",
            "Of what could be collected in the month, how much was.",
            "reports/_lines.html",
            report_months.effectiveness,
        ),
        Chart(
            "promises",
            "Promises due",
            "within ten working days, less what came for them",
            "reports/_promises.html",
            report_promises.drawn,
        ),
        Chart(
            "kept",
            "Promises fallen due",
            "by week, and what came of them",
            "reports/_columns.html",
            report_promises_ended.drawn,
        ),
        Chart(
            "accuracy",
            "Forecast and what came",
            "each week as it was expected on its Monday, or first after it",
            "reports/_accuracy.html",
            report_accuracy.drawn,
        ),
        Chart(
            "released",
            "Released, then paid?",
            "what was overdue when orders went by a release",
            "reports/_columns.html",
            report_released.drawn,
        ),
        Chart(
            "top",
            "Most overdue",
            "as the night measured it",
            "reports/_top.html",
            report_top.drawn,
            is_wide=True,
        ),
        Chart(
            "disputes",
            "Open disputes",
            "by reason, and by age in working days",
            "reports/_disputes.html",
            report_disputes.drawn,
            is_wide=True,
        ),
        Chart(
            "rolling",
            "Roll rates",
            "of what fell due in a month, the share of each step that was still unpaid at the next",
            "reports/_rolling_chart.html",
            report_rolling.drawn,
            is_wide=True,
        ),
        Chart(
            "holds",
            "Orders on hold",
            "what sales wait for",
            "reports/_holds.html",
            report_holds.drawn,
            is_wide=True,
        ),
        Chart(
            "team",
            "The team",
            "how the work is spread, to balance it",
            "reports/_team.html",
            report_team.drawn,
            is_wide=True,
        ),
    )
}


# Charts that are drawn from all measures, and not from what the dashboard reads.
OF_MEASURES = {"rolling"}


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a chart comes to stand on the dashboard, and its address."""

    chart: Chart
    url: str


def slots(scope: Scope, query: str) -> list[Slot]:
    """All charts, with the filters of a page."""
    return [Slot(chart, f"{address(scope, name)}?{query}") for name, chart in CHARTS.items()]


def address(scope: Scope, name: str) -> str:
    """The page of a chart, without filters."""
    return reverse("report_chart", kwargs={"company": scope.company.code, "chart": name})


@require_safe
def show(request: HttpRequest, company: str, chart: str) -> HttpResponse:
    """One chart with the table behind it."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    if chart not in CHARTS:
        raise Http404("No such chart.")
    filters = filters_of(request, scope)
    what = long_readings.MEASURES if chart in OF_MEASURES else long_readings.DASHBOARD
    if waiting := report_waiting.page(request, scope, filters, what=what):
        return waiting
    drawn = CHARTS[chart].draw(scope, filters)
    found = drawn["found"]
    context = {
        "scope": scope,
        "filters": filters,
        "chart": CHARTS[chart],
        "conversion": report_words.converted(found.conversion),
        "reports_url": reverse("reports", kwargs={"company": company}),
        "file_query": filters.address(currency=found.currency),
        **drawn,
    }
    return render_page(request, "reports/chart.html", context, fragment="chart")


urlpatterns = [path("reports/charts/<slug:chart>/", show, name="report_chart")]
