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
from collections_app.screens import hand_overs, paging
from collections_app.screens.htmx import render_page
from collections_app.screens.scoping import Scope, scope_of

# What is drawn: a figure of everybody beside the middle of them.
DRAWN = {
    "customers": "Customers",
    "listed": "On the chase list",
    "contacts": "Contacts",
    "first_touch": "First contact, days",
}
# Where figures lead.
LISTS = ("chase_list", "promises", "commitments", "disputes", "report_customers")
PIECES = {"customers": "looked_after", "first_touch": "touched_lately", "contacts": "contacts"}
PLOT_WIDTH = 200
PAGE_ROWS = 25


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


@dataclass(frozen=True, slots=True)
class Ways:
    """Where figures lead, each address worked out once for everybody."""

    lists: Mapping[str, str]
    pieces: Mapping[str, str]

    def to(self, name: str, **query: str) -> str:
        """A list, narrowed."""
        return f"{self.lists[name]}?{urlencode(query)}"


def _ways(scope: Scope) -> Ways:
    code = scope.company.code
    return Ways(
        {name: reverse(name, kwargs={"company": code}) for name in LISTS},
        {
            name: reverse("report_pieces", kwargs={"company": code, "what": what})
            for name, what in PIECES.items()
        },
    )


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """Everybody's line for whoever sees the whole company, a page of them at a time beside the middle of all;
    their own for a collector.
    """
    scope = scope_of(request)
    sees_all = scope.user.may(Deed.SEE_WHOLE_COMPANY)
    if not sees_all:
        scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    found = workloads.loads(scope.company, today=scope.today, only=None if sees_all else scope.user)
    medians = workloads.medians(found)
    middles = {name: getattr(medians, name) for name in DRAWN}
    ways, pages = _ways(scope), -(-len(found) // PAGE_ROWS)
    page = min(paging.asked(request), max(pages, 1))
    shown = found[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    largest = tops(found)
    context = {
        "scope": scope,
        "sees_all": sees_all,
        "lines": [
            _line(load, scope, ways, dots=_dots(load, largest, middles) if sees_all else []) for load in shown
        ],
        "drawn": [(label, middles[name]) for name, label in DRAWN.items()],
        "width": PLOT_WIDTH,
        "contact_days": piece_params.CONTACT_WORKING_DAYS,
        "touch_days": piece_params.TOUCH_DAYS,
        "touched_until": found[0].touched_until if found else None,
        "handed": hand_overs.lately(scope),
        "may_hand_over": scope.user.may(Deed.EDIT_SEGMENTS),
        **paging.ways(request, page=page, is_last=page * PAGE_ROWS >= len(found))._asdict(),
    }
    return render_page(request, "workload/index.html", context)


def lines(found: Sequence[Load], scope: Scope) -> list[Line]:
    """What each has, with the lists behind it; not drawn."""
    ways = _ways(scope)
    return [_line(load, scope, ways, dots=[]) for load in found]


def tops(found: Sequence[Load]) -> dict[str, Decimal | int]:
    """The largest of each figure that is drawn."""
    return {name: max((figure(each, name) or 0 for each in found), default=0) for name in DRAWN}


def _line(load: Load, scope: Scope, ways: Ways, *, dots: list[Dot]) -> Line:
    """For whoever works customers each figure opens its list; an administrator works none."""
    who, whole = load.collector, scope.user.may(Deed.SEE_WHOLE_COMPANY)
    pk = str(who.pk)
    urls = {
        "listed": ways.to("chase_list", view="all" if whole else "mine", of=who.username),
        "call_backs": ways.to("chase_list", view="call_backs", of=who.username),
        "promises_today": ways.to("promises", view="today", owner=who.username),
        "promises_late": ways.to("promises", view="late", owner=who.username),
        "late_ours": ways.to("commitments", view="late", owner=pk),
        "disputes": ways.to("disputes", view="all", owner=pk),
    }
    overdue = [
        (
            amount,
            currency,
            ways.to("report_customers", part="overdue", currency=currency, collector=pk)
            if whole
            else urls["listed"],
        )
        for amount, currency in load.overdue
    ]
    of_reports = {name: f"{base}?{urlencode({'of': pk})}" for name, base in ways.pieces.items()}
    if load.touched_until:
        until = f"{pk}.{load.touched_until.isoformat()}"
        of_reports["first_touch"] = f"{ways.pieces['first_touch']}?{urlencode({'of': until})}"
    opened = (urls if scope.may_work else {}) | (of_reports if whole else {})
    return Line(load, opened, overdue, dots, may_read_portfolios=scope.sees_credit)


def _dots(
    load: Load, largest: Mapping[str, Decimal | int], middles: Mapping[str, Decimal | None]
) -> list[Dot]:
    found = []
    for name, label in DRAWN.items():
        value = figure(load, name)
        found.append(Dot(label, value, place(value, largest[name]), place(middles[name], largest[name])))
    return found


def figure(load: Load, name: str) -> Decimal | int | None:
    """One that is drawn, by its name."""
    found: Decimal | int | None = load.first_touch.median if name == "first_touch" else getattr(load, name)
    return found


def place(value: Decimal | int | None, top: Decimal | int) -> str | None:
    """From zero to the largest of them, with room for the dot at both ends."""
    if value is None:
        return None
    share = Decimal(value) / Decimal(top) if top else Decimal(0)
    return f"{6 + share * (PLOT_WIDTH - 12):.1f}"


urlpatterns = [path("reports/workload/", index, name="workload")]
