"""The draft of a segment's procedure: its steps in one form, kept whole, then published from a day on."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from collections_app.dunning import procedures
from collections_app.dunning.procedure_rows import ProcedureVersion
from collections_app.dunning.rules.procedures import STEPS_MAX, problems_of
from collections_app.dunning.rules.steps import Procedure
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens import procedure_forms, procedure_words
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.procedure_forms import DraftForm, StepForm
from collections_app.screens.procedures import address, in_force, name_or_404
from collections_app.screens.scoping import Scope, scope_of


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, company: str, code: str) -> HttpResponse:
    """The draft; a POST keeps its steps, and publishes them when asked to."""
    scope = scope_of(request, to=Deed.EDIT_PROCEDURES)
    name_or_404(scope, code)
    draft = procedures.draft(company=scope.company, segment_code=code)
    if draft is None and request.method != "POST":
        return go_to(request, address(scope, code))
    draft = _draft_or_404(draft)
    if request.method != "POST":
        steps = procedure_forms.drawn(procedure_forms.filled(draft.procedure))
        form = DraftForm(initial={"revision": draft.revision, "in_force_from": scope.today})
        return _page(request, scope, draft, steps, form)
    return _kept(request, scope, draft)


@require_POST
def look(request: HttpRequest, company: str, code: str) -> HttpResponse:
    """The form as its buttons make it; nothing is kept. htmx gets the form alone."""
    scope = scope_of(request, to=Deed.EDIT_PROCEDURES)
    name_or_404(scope, code)
    draft = _draft_or_404(procedures.draft(company=scope.company, segment_code=code))
    given = procedure_forms.after(procedure_forms.posted(request.POST.dict()), request.POST.get("step", ""))
    form = DraftForm(initial=request.POST.dict())
    return _page(request, scope, draft, procedure_forms.drawn(given), form)


def _kept(request: HttpRequest, scope: Scope, draft: ProcedureVersion) -> HttpResponse:
    count = len(procedure_forms.posted(request.POST.dict()))
    forms, form = procedure_forms.asked(request.POST.dict(), count), DraftForm(request.POST)
    steps = procedure_forms.steps_of(forms, draft.procedure)
    if not form.is_valid() or not all(each.is_valid() for each in forms):
        problems = problems_of(Procedure(draft.segment_code, steps))
        return _page(request, scope, draft, forms, form, problems, status=UNPROCESSABLE)
    given = form.cleaned_data
    try:
        kept = procedures.edit(
            version=draft, steps=steps, revision=given["revision"], by=scope.user, at=scope.at
        )
    except Refused as refused:
        return _page(request, scope, draft, forms, form, refused.problems, status=UNPROCESSABLE)
    if request.POST.get("step") != "publish":
        messages.success(request, "The draft is kept. Customers are reminded as before until you publish it.")
        return go_to(request, address(scope, draft.segment_code, "procedure_draft"))
    if given["in_force_from"] is None:
        return _unpublished(
            request, scope, kept, [Problem("in_force_from", "Say from which day it is in force.")]
        )
    try:
        procedures.publish(
            version=kept,
            revision=kept.revision,
            in_force_from=given["in_force_from"],
            note=given["note"],
            by=scope.user,
            at=scope.at,
        )
    except Refused as refused:
        return _unpublished(request, scope, kept, refused.problems)
    messages.success(request, f"Version {kept.number} is published, in force from {given['in_force_from']}.")
    return go_to(request, address(scope, draft.segment_code))


def _unpublished(
    request: HttpRequest, scope: Scope, kept: ProcedureVersion, problems: Sequence[Problem]
) -> HttpResponse:
    """The steps are kept: the form goes on from them."""
    sent = request.POST.copy()
    sent["revision"] = str(kept.revision)
    steps = procedure_forms.drawn(procedure_forms.filled(kept.procedure))
    return _page(request, scope, kept, steps, DraftForm(sent), problems, status=UNPROCESSABLE)


def _page(
    request: HttpRequest,
    scope: Scope,
    draft: ProcedureVersion,
    steps: Sequence[StepForm],
    form: DraftForm,
    problems: Sequence[Problem] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    currency = scope.company.currency
    context = {
        "scope": scope,
        "draft": draft,
        "code": draft.segment_code,
        "name": name_or_404(scope, draft.segment_code),
        "steps": steps,
        "steps_max": STEPS_MAX,
        "form": form,
        "problems": problems,
        "standing": procedure_words.of(in_force(scope, draft.segment_code), currency),
    }
    return render_page(request, "procedures/draft.html", context, fragment="form", status=status)


def _draft_or_404(draft: ProcedureVersion | None) -> ProcedureVersion:
    if draft is None:
        raise Http404("There is no draft of this procedure.")
    return draft


urlpatterns = [
    path("procedures/segments/<slug:code>/draft/", show, name="procedure_draft"),
    path("procedures/segments/<slug:code>/draft/look/", look, name="procedure_look"),
]
