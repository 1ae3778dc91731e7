"""Which requests a reader may see, and what their list shows."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import path
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from collections_app.contact import request_rows
from collections_app.contact.request_rows import ColleagueRequest, RequestQuerySet
from collections_app.contact.rules.asking import KINDS, STATE_LABELS, RequestState
from collections_app.people import desks
from collections_app.screens import keysets
from collections_app.screens.commitment_forms import named
from collections_app.screens.htmx import render_page
from collections_app.screens.keysets import Place
from collections_app.screens.scoping import Scope, scope_of
from collections_app.segmentation import assignments

PAGE_ROWS = 50
VIEWS: dict[str, Callable[[Scope], Q]] = {
    "mine": lambda scope: request_rows.to_person(scope.user),
    "desk": lambda scope: request_rows.to_desk_of(scope.user),
    "asked": lambda scope: Q(asked_by=scope.user),
    "overdue": lambda scope: request_rows.is_overdue(scope.today),
    "all": lambda scope: Q(),
}
LABELS = {"mine": "To me", "desk": "My desk", "asked": "Asked by me", "overdue": "Overdue", "all": "All"}


def visible(scope: Scope) -> RequestQuerySet:
    """What the reader has to do with; whoever works customers also sees what is asked about theirs."""
    found = ColleagueRequest.objects.filter(company=scope.company)
    if not scope.sees_credit:
        return found.concerning(scope.user)
    seen = assignments.visible_to(scope.user, today=scope.today).filter(company=scope.company)
    concerning = ColleagueRequest.objects.filter(company=scope.company).concerning(scope.user)
    return found.filter(Q(pk__in=concerning.values("pk")) | Q(customer__in=seen.values("pk")))


def listed(scope: Scope, asked: QueryDict) -> dict[str, Any]:
    """What the list shows for a query: one view, state and kind, from a place on."""
    view = asked.get("view", "mine") if asked.get("view") in VIEWS else "mine"
    state = asked.get("state", "open") if asked.get("state") in STATE_LABELS else "open"
    kind = asked.get("kind", "") if asked.get("kind") in KINDS else ""
    found = visible(scope).filter(VIEWS[view](scope), state=state)
    if kind:
        found = found.filter(kind=kind)
    latest_first = state != RequestState.OPEN
    if place := keysets.parse(asked.get("after", "")):
        found = found.after(*place, latest_first=latest_first)
    rows = found.in_order(latest_first=latest_first).select_related(
        "customer", "to_user", "asked_by", "ended_by"
    )
    page = list(rows.prefetch_related("invoices")[: PAGE_ROWS + 1])
    shown = {"view": view, "state": state, "kind": kind}
    last = page[PAGE_ROWS - 1] if len(page) > PAGE_ROWS else None
    return {
        **shown,
        "scope": scope,
        "rows": [
            {
                "request": each,
                "numbers": named(each.invoices.all()),
                "is_overdue": each.is_overdue(scope.today),
                "is_risen_to_reader": each.risen_to_id == scope.user.pk,
            }
            for each in page[:PAGE_ROWS]
        ],
        "here": urlencode(shown),
        "more": urlencode({**shown, "after": str(Place(last.due_on, last.pk))}) if last else "",
        "is_first": place is None,
    }


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """Requests to the reader, to their desk, by them, what is overdue, and all that they may see."""
    scope = scope_of(request)
    counted = {code: Count("pk", filter=is_of(scope)) for code, is_of in VIEWS.items()}
    counts = visible(scope).open().aggregate(**counted)
    views = [
        (code, f"{LABELS[code]}: {desks.label(scope.user.desk)}" if code == "desk" else LABELS[code])
        for code in VIEWS
        if code != "desk" or scope.user.desk
    ]
    context = {
        **listed(scope, request.GET),
        "views": [(code, label, counts[code]) for code, label in views],
        "states": STATE_LABELS.items(),
        "kinds": [(kind.value, said.label) for kind, said in KINDS.items()],
    }
    return render_page(request, "requests/index.html", context, fragment="list")


urlpatterns = [path("requests/", index, name="requests")]
