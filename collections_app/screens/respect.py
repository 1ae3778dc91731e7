"""The respect report: how we treated customers by month, beside how fast they pay. Of nobody by name."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from collections_app.contact.rules.committing import KIND_LABELS, CommitmentKind
from collections_app.people.rules import Deed
from collections_app.reports import dashboards, respect
from collections_app.reports.derived import Asked
from collections_app.reports.respect import Figure, Item, Kind
from collections_app.reports.rules import months
from collections_app.screens import paging
from collections_app.screens.htmx import render_page
from collections_app.screens.scoping import Scope, scope_of


@dataclass(frozen=True, slots=True)
class Words:
    """What a figure is called, and how it is counted."""

    label: str
    formula: str
    missed: str


WORDS = {
    Kind.WORDS: Words(
        "Messages without a warning",
        "Messages that left for customers without a warning of the tone guard that somebody passed, of all "
        "that left",
        "a warning was passed",
    ),
    Kind.COMMITMENTS: Words(
        "What we promised, done by its day",
        "Of our commitments whose first promised day has passed, those done by that day; withdrawn by then "
        "says nothing",
        "not done by the day",
    ),
    Kind.CALL_BACKS: Words(
        "Agreed calls made",
        "Of calls agreed for a day that has passed, those after which we spoke, or tried, by that day",
        "not called by the day",
    ),
    Kind.HOURS: Words(
        "Calls within office hours",
        "Of our calls, those made on a day that is worked in the customer's country, from 08:00 to before "
        "18:00 where the customer is",
        "outside office hours",
    ),
    Kind.REPLIES: Words(
        "Replies read within a working day",
        "Of customers' replies, those that somebody read by the next working day",
        "read later, or not yet",
    ),
    Kind.DISPUTES: Words(
        "Disputes answered by their day",
        "Of disputes whose day for a first answer has passed, those answered, told of or closed by that day",
        "not answered by the day",
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A figure over the months, each cell with the address of its list."""

    words: Words
    cells: list[tuple[Figure, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing behind a figure, in words, and where it stands."""

    item: Item
    about: str
    url: str


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """The figures of the last months, and days sales outstanding at the end of each."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    found = respect.figures(scope.company, today=scope.today)
    shown = next(iter(found.values()))
    ends = _days_outstanding(scope)
    context = {
        "scope": scope,
        "months": [each.month for each in shown],
        "rows": [
            Row(WORDS[kind], [(each, _address(scope, kind, each.month)) for each in figures])
            for kind, figures in found.items()
        ],
        "dso": [(each.month, *ends.get(each.month, (None, ""))) for each in shown],
    }
    return render_page(request, "respect/index.html", context)


@require_safe
def show(request: HttpRequest, company: str, kind: str) -> HttpResponse:
    """What is behind a figure of a month, what was missed first."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    if kind not in set(Kind):
        raise Http404("No such figure.")
    month = _month(request.GET.get("month", ""), scope)
    missed, page = request.GET.get("only") == "missed", paging.asked(request)
    chosen = Kind(kind)
    found, is_last = respect.items(
        scope.company, chosen, month=month, missed=missed, today=scope.today, page=page
    )
    whole = respect.figure(scope.company, chosen, month=month, today=scope.today)
    context = {
        "scope": scope,
        "words": WORDS[chosen],
        "month": month,
        "missed": missed,
        "figure": whole,
        "lines": [_line(each, chosen, scope) for each in found],
        "here": _address(scope, chosen, month),
        "missed_number": whole.number - whole.good,
        **paging.ways(request, page=page, is_last=is_last)._asdict(),
    }
    return render_page(request, "respect/show.html", context)


def _days_outstanding(scope: Scope) -> dict[dt.date, tuple[Decimal | None, str]]:
    """DSO at the end of a month, by its first day, and the report that it stands in; of this month as it
    stands.
    """
    points = dashboards.of(Asked(scope.company, scope.today)).points
    reports = reverse("reports", kwargs={"company": scope.company.code})
    return {
        months.first_of(each.day): (each.value("dso_rolling"), f"{reports}?as_of={each.day.isoformat()}")
        for each in points
    }


def _month(text: str, scope: Scope) -> dt.date:
    """The first day of a month that is told; this month for anything else."""
    try:
        month = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        month = scope.today
    return months.first_of(min(month, scope.today))


def _line(item: Item, kind: Kind, scope: Scope) -> Line:
    return Line(item, _about(item, kind), _url(item, kind, scope))


def _about(item: Item, kind: Kind) -> str:
    if kind == Kind.COMMITMENTS:
        code, _, words = item.about.partition(" ")
        label = KIND_LABELS[CommitmentKind(code)]
        return f"{label}: {words}" if words else label
    if kind == Kind.HOURS:
        return f"Called at {item.about} their time"
    return "A call was agreed" if kind == Kind.CALL_BACKS else item.about


def _url(item: Item, kind: Kind, scope: Scope) -> str:
    """Where it stands; an administrator works no customer, and reads it on the customer's page."""
    pages = {
        Kind.COMMITMENTS: ("commitment", "commitment_id"),
        Kind.DISPUTES: ("dispute", "dispute_id"),
        Kind.WORDS: ("message", "message_id"),
        Kind.REPLIES: ("inbox_message", "received_id"),
    }
    of_company = {"company": scope.company.code}
    if kind in pages and scope.may_work:
        name, takes = pages[kind]
        return reverse(name, kwargs={**of_company, takes: item.id})
    return (
        reverse("customer", kwargs={**of_company, "customer_id": item.customer_id})
        if item.customer_id
        else ""
    )


def _address(scope: Scope, kind: Kind, month: dt.date) -> str:
    url = reverse("respect_figure", kwargs={"company": scope.company.code, "kind": kind.value})
    return f"{url}?month={month:%Y-%m}"


urlpatterns = [
    path("reports/respect/", index, name="respect"),
    path("reports/respect/<slug:kind>/", show, name="respect_figure"),
]
