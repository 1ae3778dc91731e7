"""What waits for the reader's decision, over all rooms, the oldest first: each line opens its own page."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from collections_app.dunning.rules.steps import CHANNEL_LABELS, Channel
from collections_app.holds import looser_drafts
from collections_app.people.rules import Deed
from collections_app.reports import approvals
from collections_app.reports.approvals import Waiting
from collections_app.screens import paging
from collections_app.screens.htmx import render_page
from collections_app.screens.scoping import Scope, scope_of

# What it is, of how many, and where one is decided: the name of its address and what that takes.
KINDS = {
    "write_off": ("Write-off", "Write-offs", "write_off", "write_off_id"),
    "release": ("Release of an order", "Releases", "order", "order_id"),
    "interest": ("Late-payment interest", "Interest", "customer_interest", "customer_id"),
    "reminder": ("Reminder that a manager signs", "Reminders", "reminder", "draft_id"),
    "file": ("File to be applied", "Files", "import", "batch_id"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to decide, in words, and where."""

    waiting: Waiting
    label: str
    about: str
    url: str
    is_late: bool


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """A page of what waits; drafts that take a second person stand below the first."""
    scope = scope_of(request, to=Deed.APPROVE_WRITE_OFFS)
    kind, page = request.GET.get("kind", ""), paging.asked(request)
    if kind and kind not in KINDS:
        raise Http404("No such kind.")
    found = approvals.waiting_for(scope.user, company=scope.company, kind=kind, page=page)
    is_whole = not kind and page == 1
    context = {
        "scope": scope,
        "kind": kind,
        "views": [("", "All", found.whole)]
        + [(code, words[1], found.kinds.get(code, 0)) for code, words in KINDS.items()],
        "lines": [_line(each, scope) for each in found.rows],
        **paging.ways(request, page=page, is_last=found.is_last)._asdict(),
        "looser": looser_drafts.waiting_for(scope.user, company=scope.company, today=scope.today)
        if is_whole
        else [],
        "procedures": approvals.procedures_of_others(scope.user, company=scope.company) if is_whole else [],
    }
    return render_page(request, "approvals/index.html", context)


def _line(waiting: Waiting, scope: Scope) -> Line:
    label, _, name, takes = KINDS[waiting.kind]
    about = CHANNEL_LABELS[Channel(waiting.about)] if waiting.kind == "reminder" else waiting.about
    url = reverse(name, kwargs={"company": scope.company.code, takes: waiting.id})
    return Line(waiting, label, about, url, bool(waiting.until and waiting.until < scope.today))


urlpatterns = [path("approvals/", index, name="approvals")]
