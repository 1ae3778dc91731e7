"""Letters on paper: the approved ones in one PDF to print, and that somebody has printed and posted them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from collections_app.dunning import draft_lists, posting
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.screens import reminders
from collections_app.screens.file_answers import attachment
from collections_app.screens.htmx import UNPROCESSABLE, go_to
from collections_app.screens.reminders import Chosen
from collections_app.screens.scoping import Scope, scope_of
from collections_app.templatetags import formats

TAKE_OUT = (
    "Something speaks against it by now, and stands with each. Take it out of the post; "
    "when it is gone already, tick it and press “In the post already”."
)
NOTHING_TICKED = "Tick the letters that are to be printed."


@require_POST
def print_out(request: HttpRequest, company: str) -> HttpResponse:
    """One PDF of what is ticked, or of a whole group. What is no longer right is held back instead."""
    scope, chosen, asked = _asked(request)
    problems: list[object] = [] if asked else [NOTHING_TICKED]
    if asked:
        try:
            printed = posting.print_out(asked, company=scope.company, by=scope.user, at=scope.at)
        except Refused as refused:
            problems += refused.problems
        else:
            if printed.held_back:
                held = formats.counted(len(printed.held_back), "letter")
                messages.warning(request, f"{held} held back; the reason stands with each.")
            if printed.waiting:
                waits = formats.counted(len(printed.waiting), "letter")
                messages.warning(request, f"{waits} not printed yet; what it waits for stands with each.")
            if printed.with_enclosures:
                own = formats.counted(len(printed.with_enclosures), "letter")
                text = f"{own} with papers of their own: print those on their own pages."
                messages.warning(request, text)
            if printed.letters:
                name = f"letters {scope.company.code} {scope.today.isoformat()}.pdf"
                return attachment(name, printed.content, media_type="application/pdf")
            problems.append("None of them was printed. What stands in the way is said with each.")
    return reminders.page(request, scope, chosen, problems=problems, status=UNPROCESSABLE)


@require_POST
def post(request: HttpRequest, company: str) -> HttpResponse:
    """What is ticked, or a whole group, is printed and posted; what speaks against one stands with it."""
    scope, chosen, asked = _asked(request)
    if not asked:
        problems = [NOTHING_TICKED]
        return reminders.page(request, scope, chosen, problems=problems, status=UNPROCESSABLE)
    posted = posting.post(
        asked[: posting.PRINTED_AT_ONCE],
        company=scope.company,
        is_gone=bool(request.POST.get("is_gone")),
        by=scope.user,
        at=scope.at,
    )
    if posted.stopped:
        held = formats.counted(len(posted.stopped), "letter")
        messages.warning(request, f"{held} not marked as posted. {TAKE_OUT}")
    if posted.letters:
        said = f"{formats.counted(posted.letters, 'letter')} printed and posted."
        if len(asked) > posting.PRINTED_AT_ONCE:
            said += " There are more of this group: once again for those."
        messages.success(request, f"{said} Each can be taken back on its page today.")
    return go_to(request, f"{reminders.address(scope)}?{chosen.query}")


def _asked(request: HttpRequest) -> tuple[Scope, Chosen, list[ReminderDraft]]:
    scope = scope_of(request, to=Deed.APPROVE_REMINDERS)
    chosen = reminders.chosen_in(request.POST, "to_post")
    waiting = draft_lists.in_view(ReminderDraft.objects.all(), "to_post")
    at_once = posting.PRINTED_AT_ONCE
    return scope, chosen, reminders.asked_of(request, scope, chosen, among=waiting, at_once=at_once)


urlpatterns = [
    path("reminders/print/", print_out, name="letters_print"),
    path("reminders/post/", post, name="letters_post"),
]
