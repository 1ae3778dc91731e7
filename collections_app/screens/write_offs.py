"""Write-offs of the customers that the reader may see: those that wait, those that were posted, what the
bookkeeper is to be told, and what ended otherwise.
"""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.lib.spreadsheets import Cell, Table
from collections_app.people.rules import Deed
from collections_app.screens import paging
from collections_app.screens.htmx import go_to, render_page
from collections_app.screens.report_files import KINDS, written
from collections_app.screens.scoping import Scope, scope_of
from collections_app.segmentation import assignments
from collections_app.write_offs import handovers
from collections_app.write_offs.rules.proposing import WriteOffState
from collections_app.write_offs.write_off_rows import WriteOff, WriteOffLine

PAGE_ROWS = 50
VIEWS = {
    "waiting": "Wait for a decision",
    "posted": "Written off",
    "bookkeeper": "For the bookkeeper",
    "ended": "Ended otherwise",
}
HEADS = (
    "Write-off", "What", "Customer", "Name", "Invoice", "Instalment", "Currency", "Amount", "Day", "Reason",
    "Approved by", "Booked as",
)  # fmt: skip


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """One view of them, the newest first; what waits, the oldest first."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    view = request.GET.get("view", "waiting")
    if view not in VIEWS:
        raise Http404("No such view.")
    found = _in_view(visible(scope), view)
    page = paging.asked(request)
    listed = found.select_related("customer", "proposed_by", "decided_by")
    rows = list(listed[(page - 1) * PAGE_ROWS : page * PAGE_ROWS + 1])
    decides = scope.user.may(Deed.APPROVE_WRITE_OFFS)
    context = {
        "scope": scope,
        "view": view,
        "views": VIEWS.items(),
        "rows": rows[:PAGE_ROWS],
        "sums": _sums(found),
        **paging.ways(request, page=page, is_last=len(rows) <= PAGE_ROWS)._asdict(),
        "decides": decides,
        "handed_over": _handed_over(scope) if decides and view == "bookkeeper" else [],
        "to_hand_over": WriteOff.objects.to_hand_over().filter(company=scope.company).count()
        if decides and view == "bookkeeper"
        else 0,
    }
    return render_page(request, "write_offs/index.html", context)


def visible(scope: Scope) -> "QuerySet[WriteOff]":
    """Those of customers that the reader may see."""
    customers = assignments.visible_to(scope.user, today=scope.today).filter(company=scope.company)
    return WriteOff.objects.filter(company=scope.company, customer__in=customers.values("pk"))


@require_POST
def hand_over(request: HttpRequest, company: str) -> HttpResponse:
    """Put what the bookkeeper does not know of on a list; the list is on the same page from now on."""
    scope = scope_of(request, to=Deed.APPROVE_WRITE_OFFS)
    found = handovers.hand_over(company=scope.company, by=scope.user, at=scope.at)
    if found:
        messages.success(request, "The list is made. Take it as a file, and give it to the bookkeeper.")
    else:
        messages.info(request, "The bookkeeper knows of all of them.")
    return go_to(request, f"{reverse('write_offs', kwargs={'company': company})}?view=bookkeeper")


@require_safe
def file(request: HttpRequest, company: str, stamp: str, kind: str) -> HttpResponseBase:
    """A list as it was handed over, as often as it is asked for."""
    scope = scope_of(request, to=Deed.APPROVE_WRITE_OFFS)
    try:
        at = dt.datetime.strptime(stamp, "%Y%m%dT%H%M%S%f").replace(tzinfo=dt.UTC)
    except ValueError:
        raise Http404("No such list.") from None
    lines = handovers.again(company=scope.company, at=at)
    if not lines or kind not in KINDS:
        raise Http404("No such list.")
    about: list[tuple[str, Cell]] = [
        ("Company", f"{scope.company.code} {scope.company.name}"),
        ("Handed over", f"{at.astimezone(scope.now.tzinfo):%Y-%m-%d %H:%M} {scope.company.time_zone}"),
        ("What to do", "Book each line under its write-off number, then note the entry in the workbench."),
        ("Rows", len(lines)),
    ]
    table = Table("Write-offs", HEADS, [_cells(line, at) for line in lines], len(lines), about)
    return written(table, kind, f"{scope.company.code}, write-offs handed over {stamp}.{kind}")


def _cells(line: WriteOffLine, at: dt.datetime) -> tuple[Cell, ...]:
    held = line.write_off
    is_undoing = held.undoing_handed_over_at == at
    on = held.company.today(at=held.taken_back_at) if is_undoing and held.taken_back_at else held.posted_on
    return (
        held.number, "take back" if is_undoing else "write off", held.customer.number, held.customer.name,
        line.invoice.number, line.invoice.line, held.currency, -line.amount if is_undoing else line.amount,
        on, f"{held.reason} {held.reason_label}", str(held.decided_by), held.booked_as,
    )  # fmt: skip


def _in_view(found: "QuerySet[WriteOff]", view: str) -> "QuerySet[WriteOff]":
    if view == "waiting":
        return found.filter(state=WriteOffState.PROPOSED).order_by("proposed_at", "pk")
    if view == "posted":
        return found.filter(state=WriteOffState.APPROVED).order_by("-decided_at", "-pk")
    if view == "bookkeeper":
        new = found.filter(pk__in=WriteOff.objects.to_hand_over().values("pk"))
        return (new | found.filter(pk__in=WriteOff.objects.to_book().values("pk"))).order_by(
            "posted_on", "pk"
        )
    ended = (WriteOffState.REFUSED, WriteOffState.WITHDRAWN, WriteOffState.EXPIRED, WriteOffState.TAKEN_BACK)
    return found.filter(state__in=ended).order_by("-proposed_at", "-pk")


def _sums(found: "QuerySet[WriteOff]") -> list[dict[str, Any]]:
    """How many and how much, by currency."""
    totals = found.order_by("currency").values("currency").annotate(many=Count("pk"), total=Sum("amount"))
    return [dict(each) for each in totals]


def _handed_over(scope: Scope) -> list[tuple[dt.datetime, str]]:
    """The newest lists, by their moment, with what names them in an address."""
    found = WriteOff.objects.filter(company=scope.company)
    moments = set(found.filter(handed_over_at__isnull=False).values_list("handed_over_at", flat=True))
    undone = found.filter(undoing_handed_over_at__isnull=False)
    moments |= set(undone.values_list("undoing_handed_over_at", flat=True))
    newest = sorted((each for each in moments if each), reverse=True)[:10]
    return [(each, f"{each.astimezone(dt.UTC):%Y%m%dT%H%M%S%f}") for each in newest]


urlpatterns = [
    path("write-offs/", index, name="write_offs"),
    path("write-offs/hand-over/", hand_over, name="write_offs_hand_over"),
    path("write-offs/handed-over/<slug:stamp>.<slug:kind>", file, name="write_offs_file"),
]
