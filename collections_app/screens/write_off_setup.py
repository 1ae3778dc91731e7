"""What holds for write-offs at a company: who approves up to which sum, and the reasons to choose from."""

from collections.abc import Sequence
from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from collections_app.ledger.companies import managers_of
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import Scope, scope_of
from collections_app.screens.write_off_forms import ReasonForm, TermsForm
from collections_app.write_offs import terms, write_off_reasons
from collections_app.write_offs.rules import limits
from collections_app.write_offs.rules.limits import Terms
from collections_app.write_offs.rules.reasons import Reason


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, company: str) -> HttpResponse:
    """The limits, for whoever decides; set by those who widen nobody's own."""
    scope = scope_of(request, to=Deed.EDIT_WRITE_OFF_TERMS)
    form = _form(request, scope)
    problems: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        asked = Terms(given["two_above"], given["waits_working_days"], given["managers"], form.limits)
        try:
            terms.put(
                company=scope.company, terms=asked, version=given["version"], by=scope.user, at=scope.at
            )
        except Refused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, "These limits hold from now on.")
            return go_to(request, reverse("write_off_setup", kwargs={"company": company}))
    hindrances = limits.problems_of_editor(role=scope.user.role, desk=scope.user.desk)
    context = {
        "scope": scope,
        "form": form,
        "problems": problems,
        "hindrances": hindrances,
        "reasons": write_off_reasons.of(scope.company).values(),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render_page(request, "write_offs/setup.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def reason(request: HttpRequest, company: str, code: str = "") -> HttpResponse:
    """One reason, or a new one. Its code stays; what was proposed with it keeps its words."""
    scope = scope_of(request, to=Deed.EDIT_WRITE_OFF_REASONS)
    known = write_off_reasons.of(scope.company).get(code)
    if code and known is None:
        raise Http404("No such reason.")
    form = ReasonForm(request.POST or None, initial=asdict(known) if known else {"is_active": True})
    if code:
        del form.fields["code"]
    problems: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        said = Reason(**{"code": code, **form.cleaned_data})
        try:
            write_off_reasons.put(
                company=scope.company, reason=said, is_new=not code, by=scope.user, at=scope.at
            )
        except Refused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, "The reason is kept.")
            return go_to(request, reverse("write_off_setup", kwargs={"company": company}))
    context = {"scope": scope, "code": code, "form": form, "problems": problems}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render_page(request, "write_offs/reason.html", context, status=status)


def _form(request: HttpRequest, scope: Scope) -> TermsForm:
    held = terms.of(scope.company)
    people = [(user.pk, str(user)) for user in managers_of(scope.company).order_by("full_name", "pk")]
    filled = {
        "version": terms.version_of(scope.company),
        "managers": f"{held.managers:,.2f}",
        "two_above": f"{held.two_above:,.2f}",
        "waits_working_days": held.waits_working_days,
        **{f"limit_{pk}": f"{amount:,.2f}" for pk, amount in held.people.items()},
    }
    return TermsForm(request.POST or None, initial=filled, people=people)


urlpatterns = [
    path("write-offs/set-up/", show, name="write_off_setup"),
    path("write-offs/reasons/new/", reason, name="write_off_reason_new"),
    path("write-offs/reasons/<slug:code>/", reason, name="write_off_reason"),
]
