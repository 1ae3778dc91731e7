"""What a procedure asks people to do: a task that a colleague is asked for, yes or no to a hold."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from collections_app.dunning import deeds
from collections_app.lib.refusals import Refused
from collections_app.screens.htmx import UNPROCESSABLE, go_to
from collections_app.screens.reminder_deeds import ONE, following_or_list, page, undo_address
from collections_app.screens.reminder_forms import HandOnForm, HoldForm
from collections_app.screens.reminders import draft_or_404


@require_POST
def hand_on(request: HttpRequest, company: str, draft_id: int) -> HttpResponse:
    """Ask a colleague for it."""
    scope, draft = draft_or_404(request, draft_id)
    form = HandOnForm(request.POST, draft=draft, today=scope.today)
    if not form.is_valid():
        return page(request, scope, draft, handing_on=form, status=UNPROCESSABLE)
    try:
        made = deeds.hand_on(draft, **form.cleaned_data, by=scope.user, at=scope.at)
    except Refused as refused:
        problems = refused.problems
        return page(request, scope, draft, handing_on=form, problems=problems, status=UNPROCESSABLE)
    messages.success(request, f"{made.asked_of} is asked, and reminded until there is an answer.")
    return go_to(request, following_or_list(scope, draft))


@require_POST
def decide_hold(request: HttpRequest, company: str, draft_id: int) -> HttpResponse:
    """A manager says yes or no."""
    scope, draft = draft_or_404(request, draft_id)
    form = HoldForm(request.POST)
    if not form.is_valid():
        return page(request, scope, draft, deciding=form, status=UNPROCESSABLE)
    given = form.cleaned_data
    try:
        deeds.decide_hold(
            draft, agrees=given["agrees"], because=given["decided_because"], by=scope.user, at=scope.at
        )
    except Refused as refused:
        problems = refused.problems
        return page(request, scope, draft, deciding=form, problems=problems, status=UNPROCESSABLE)
    said = "Deliveries are to wait" if given["agrees"] else "Deliveries go on"
    messages.success(
        request,
        f"{said}: it is written down for {draft.customer.name}.",
        extra_tags=undo_address(scope, draft),
    )
    return go_to(request, following_or_list(scope, draft))


urlpatterns = [
    path(f"{ONE}hand-on/", hand_on, name="reminder_hand_on"),
    path(f"{ONE}hold/", decide_hold, name="reminder_hold"),
]
