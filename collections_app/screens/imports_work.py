"""What is done with an import: checked again, applied with its questions answered, or put away."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from collections_app.intake import batches
from collections_app.jobs import imports as work
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page, sentence
from collections_app.screens.imports import Standing, standing_or_404, told
from collections_app.screens.imports_new import NO_WORKER
from collections_app.screens.scoping import Scope, scope_of

NOT_APPLIED = (
    "No worker could be told, so nothing was changed. Try again in a minute; the file stays as checked."
)


@require_POST
def check(request: HttpRequest, company: str, batch_id: int) -> HttpResponse:
    """Have the file looked through once more."""
    scope = scope_of(request, to=Deed.IMPORT_LEDGER)
    batch = standing_or_404(scope, batch_id).batch
    try:
        if not work.start_check(batch):
            messages.warning(request, NO_WORKER)
    except Refused as refused:
        return sentence(request, str(refused), status=409)
    return _back(request, company, batch_id)


@require_POST
def apply(request: HttpRequest, company: str, batch_id: int) -> HttpResponse:
    """Apply the file, when every question is answered with yes."""
    scope = scope_of(request, to=Deed.IMPORT_LEDGER)
    standing = standing_or_404(scope, batch_id)
    accepted = set(request.POST.getlist("accepted"))
    unanswered = [q for q in batches.open_questions(standing.batch) if q["code"] not in accepted]
    if unanswered:
        which = "the question" if len(unanswered) == 1 else f"the {len(unanswered)} questions that are open"
        words = f"Tick {which} to say that it is right, or discard the file."
        return _again(request, scope, standing, [Problem("unanswered", words)], accepted)
    try:
        if not work.start_apply(standing.batch, accepted=accepted, by=scope.user):
            messages.warning(request, NOT_APPLIED)
    except Refused as refused:
        return sentence(request, str(refused), status=409)
    return _back(request, company, batch_id)


@require_POST
def discard(request: HttpRequest, company: str, batch_id: int) -> HttpResponse:
    """Put the file away without applying it."""
    scope = scope_of(request, to=Deed.IMPORT_LEDGER)
    batch = standing_or_404(scope, batch_id).batch
    try:
        batches.discard(batch, by=scope.user, at=scope.at)
    except Refused as refused:
        return sentence(request, str(refused), status=409)
    messages.success(request, f"{batch.file_name} was discarded. The ledger is as it was.")
    return go_to(request, reverse("imports", kwargs={"company": company}))


def _again(
    request: HttpRequest, scope: Scope, standing: Standing, hindrances: Iterable[Problem], accepted: set[str]
) -> HttpResponse:
    context = {"scope": scope, **told(scope, standing), "hindrances": list(hindrances), "accepted": accepted}
    return render_page(request, "imports/show.html", context, fragment="batch", status=UNPROCESSABLE)


def _back(request: HttpRequest, company: str, batch_id: int) -> HttpResponse:
    return go_to(request, reverse("import", kwargs={"company": company, "batch_id": batch_id}))


urlpatterns = [
    path("imports/<int:batch_id>/check/", check, name="import_check"),
    path("imports/<int:batch_id>/apply/", apply, name="import_apply"),
    path("imports/<int:batch_id>/discard/", discard, name="import_discard"),
]
