"""Approving reminders from their list: few while somebody waits, many by a worker who tells how far it is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from collections_app.dunning import approvals, draft_lists
from collections_app.dunning.approvals import Approved
from collections_app.dunning.bulk_approvals import AT_ONCE_MAX
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.jobs import bulk_approvals as work
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.screens.bulk_approving import address_of_approval, on_its_way
from collections_app.screens.htmx import UNPROCESSABLE, go_to, wants_part
from collections_app.screens.reminders import address, asked_of, chosen_in, page
from collections_app.screens.scoping import Scope, scope_of
from collections_app.templatetags import formats

# More than this is approved in another go.
ASKED_MAX = 2_000
WAITS_NO_MORE = (
    "What you ticked waits for your yes no more: it was approved or dropped meanwhile. This is the list now."
)


@require_POST
def approve(request: HttpRequest, company: str) -> HttpResponse:
    """Approve what is ticked, or a whole group of what waits for a yes. What is stopped meanwhile is held
    back; the rest leaves at each customer's next decent hour, and can be taken back until then.
    """
    scope = scope_of(request, to=Deed.APPROVE_REMINDERS)
    chosen = chosen_in(request.POST, "to_approve")
    open_ones = ReminderDraft.objects.open().messages().order_by("pk")
    if request.POST.get("whole"):
        open_ones = draft_lists.in_view(open_ones, "to_approve").order_by("pk")
    asked = asked_of(request, scope, chosen, among=open_ones, at_once=ASKED_MAX)
    if not asked:
        problem = WAITS_NO_MORE if request.POST.get("draft") else "Tick the reminders that are to leave."
        return page(request, scope, chosen, problems=[problem], status=UNPROCESSABLE)
    back, ours, by = f"{address(scope)}?{chosen.query}", scope.company, scope.user
    try:
        approvals.check(asked, company=ours, by=by)
        is_many = len(asked) > AT_ONCE_MAX
        if is_many and work.start(asked[:ASKED_MAX], company=ours, by=by, at=scope.at):
            return go_to(request, back)
        # Without a worker the first of them are approved all the same.
        done = approvals.approve(asked[:AT_ONCE_MAX], company=ours, by=by, at=scope.at)
    except Refused as refused:
        return page(request, scope, chosen, problems=refused.problems, status=UNPROCESSABLE)
    undo = address_of_approval(scope, since=scope.at, until=scope.at) if done.released or done.to_post else ""
    said = _said(done, scope, left=max(len(asked) - AT_ONCE_MAX, 0))
    messages.success(request, said, extra_tags=undo)
    return go_to(request, back)


@require_safe
def progress(request: HttpRequest, company: str) -> HttpResponse:
    """How far a worker is: the part that the page asks for again."""
    scope = scope_of(request, to=Deed.APPROVE_REMINDERS)
    if not wants_part(request):
        return go_to(request, address(scope))
    return render(request, "reminders/_approving.html", {"scope": scope, **on_its_way(scope)})


def _said(done: Approved, scope: Scope, *, left: int) -> str:
    said = []
    if done.released and done.leaves_at:
        when = formats.moment(done.leaves_at.astimezone(scope.now.tzinfo), now=scope.now)
        said.append(f"{formats.counted(done.released, 'reminder')} approved; the first leaves {when}.")
    if done.to_post:
        said.append(f"{formats.counted(done.to_post, 'letter')} to print and post.")
    if done.held_back:
        said.append(
            f"{formats.counted(len(done.held_back), 'reminder')} held back; the reason stands with each."
        )
    if left:
        said.append("There are more of this group: approve once again.")
    return " ".join(said) or "Nothing waited any more."


urlpatterns = [
    path("reminders/approve/", approve, name="reminders_approve"),
    path("reminders/approving/", progress, name="reminders_approving"),
]
