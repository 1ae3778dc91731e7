"""Taking back reminders that were approved: what is ticked, a whole group, or all of one approval."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import path
from django.views.decorators.http import require_POST

from collections_app.dunning import draft_lists, take_backs
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.people.rules import Deed
from collections_app.screens.htmx import UNPROCESSABLE, go_to
from collections_app.screens.reminders import address, asked_of, chosen_in, page, visible_to
from collections_app.screens.scoping import Scope, scope_of
from collections_app.templatetags import formats

# More than this is taken back in another go.
ASKED_MAX = 2_000


@require_POST
def take_back(request: HttpRequest, company: str) -> HttpResponse:
    """What has not left waits for a decision again; how much had left is said."""
    scope = scope_of(request, to=Deed.APPROVE_REMINDERS)
    chosen = chosen_in(request.POST, "underway")
    if "since" in request.GET:
        asked = _of_one_approval(scope, request.GET)
    else:
        leaving = draft_lists.in_view(ReminderDraft.objects.all(), "underway").order_by("pk")
        asked = asked_of(request, scope, chosen, among=leaving, at_once=ASKED_MAX)
        if not asked:
            problems = ["Tick the reminders that are to be taken back. Those that left are no longer here."]
            return page(request, scope, chosen, problems=problems, status=UNPROCESSABLE)
    done = take_backs.take_back(asked[:ASKED_MAX], company=scope.company, by=scope.user, at=scope.at)
    messages.success(request, _said(done, left_over=max(len(asked) - ASKED_MAX, 0)))
    return go_to(request, f"{address(scope)}?view=to_approve")


def _of_one_approval(scope: Scope, asked: QueryDict) -> list[ReminderDraft]:
    since, until = (_moment(asked.get(name, "")) for name in ("since", "until"))
    found = take_backs.approved_by(scope.user, company=scope.company, since=since, until=until)
    visible = visible_to(scope)
    if visible is not None:
        found = found.filter(customer__in=visible.values("pk"))
    return list(found.order_by("pk")[: ASKED_MAX + 1])


def _moment(text: str) -> dt.datetime:
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        raise Http404("No such approval.") from None
    if found.tzinfo is None:
        raise Http404("No such approval.")
    return found


def _said(done: take_backs.TakenBack, *, left_over: int) -> str:
    said = [f"{formats.counted(done.taken, 'reminder')} taken back: they wait for a decision again."]
    if done.left:
        said.append(f"{formats.counted(done.left, 'reminder')} had left, or cannot be taken back.")
    if left_over:
        said.append("There are more: take back once again.")
    return " ".join(said)


urlpatterns = [
    path("reminders/take-back/", take_back, name="reminders_take_back"),
]
