"""How the work is spread over collectors, for whoever balances it; a collector reads their own line only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from collections_app.people.rules import Deed
from collections_app.reports import piece_params, workloads
from collections_app.reports.workloads import Load
from collections_app.screens import hand_overs
from collections_app.screens.htmx import render_page
from collections_app.screens.scoping import Scope, scope_of

# What is drawn: a figure of everybody beside the middle of them.
DRAWN = {
    "customers": "Customers",
    "listed": "On the chase list",
    "contacts": "Contacts",
    "first_touch": "First contact, days",
}
PLOT_WIDTH = 200


@dataclass(frozen=True, slots=True)
class Dot:
    """Where somebody's figure stands on its line, and the middle of all; ``x`` None where there is none."""

    label: str
    value: Decimal | int | None
    x: str | None
    middle_x: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One collector: the figures, each with the list behind it."""

    load: Load
    urls: Mapping[str, str]
    overdue: list[tuple[Decimal, str, str]]
    dots: list[Dot]
    may_read_portfolios: bool


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """Everybody's line for whoever sees the whole company; their own for a collector."""
    scope = scope_of(request)
    sees_all = scope.user.may(Deed.SEE_WHOLE_COMPANY)
    if not sees_all:
        scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    found = workloads.loads(scope.company, today=scope.today, only=None if sees_all else scope.user)
    middles = {name: getattr(workloads.medians(found), name) for name in DRAWN}
    context = {
        "scope": scope,
        "sees_all": sees_all,
        "lines": [_line(load, scope, dots=_dots(load, found, middles) if sees_all else []) for load in found],
        "drawn": [(label, middles[name]) for name, label in DRAWN.items()],
        "width": PLOT_WIDTH,
        "contact_days": piece_params.CONTACT_WORKING_DAYS,
        "touch_days": piece_params.TOUCH_DAYS,
        "handed": hand_overs.lately(scope),
        "may_hand_over": scope.user.may(Deed.EDIT_SEGMENTS),
    }
    return render_page(request, "workload/index.html", context)


def _line(load: Load, scope: Scope, *, dots: list[Dot]) -> Line:
    """For whoever works customers each figure opens its list; an administrator works none."""
    who, whole = load.collector, scope.user.may(Deed.SEE_WHOLE_COMPANY)
    urls = {
        "listed": _address("chase_list", scope, view="all" if whole else "mine", of=who.username),
        "call_backs": _address("chase_list", scope, view="call_backs", of=who.username),
        "promises_today": _address("promises", scope, view="today", owner=who.username),
        "promises_late": _address("promises", scope, view="late", owner=who.username),
        "late_ours": _address("commitments", scope, view="late", owner=str(who.pk)),
        "disputes": _address("disputes", scope, view="all", owner=str(who.pk)),
    }
    overdue = [
        (
            amount,
            currency,
            _address("report_customers", scope, part="overdue", currency=currency, collector=str(who.pk))
            if whole
            else urls["listed"],
        )
        for amount, currency in load.overdue
    ]
    of_reports = {
        name: _pieces(scope, what, **query)
        for name, what, query in (
            ("customers", "looked_after", {"of": str(who.pk)}),
            ("first_touch", "touched_lately", {"of": str(who.pk)}),
            ("contacts", "contacts", {"of": str(who.pk)}),
        )
    }
    opened = (urls if scope.may_work else {}) | (of_reports if whole else {})
    return Line(load, opened, overdue, dots, may_read_portfolios=scope.sees_credit)


def _pieces(scope: Scope, what: str, **query: str) -> str:
    address = reverse("report_pieces", kwargs={"company": scope.company.code, "what": what})
    return f"{address}?{urlencode(query)}"


def _address(name: str, scope: Scope, **query: str) -> str:
    return f"{reverse(name, kwargs={'company': scope.company.code})}?{urlencode(query)}"


def _dots(load: Load, everybody: Sequence[Load], middles: Mapping[str, Decimal | None]) -> list[Dot]:
    found = []
    for name, label in DRAWN.items():
        value = _figure(load, name)
        top = max((_figure(each, name) or 0 for each in everybody), default=0)
        found.append(Dot(label, value, _x(value, top), _x(middles[name], top)))
    return found


def _figure(load: Load, name: str) -> Decimal | int | None:
    found: Decimal | int | None = load.first_touch.median if name == "first_touch" else getattr(load, name)
    return found


def _x(value: Decimal | int | None, top: Decimal | int) -> str | None:
    """From zero to the largest of them, with room for the dot at both ends."""
    if value is None:
        return None
    share = Decimal(value) / Decimal(top) if top else Decimal(0)
    return f"{6 + share * (PLOT_WIDTH - 12):.1f}"


urlpatterns = [path("reports/workload/", index, name="workload")]
