"""Set-up of the reasons of disputes: what is contested, which desk answers, how soon, what to ask for at
once.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collections_app.contact import dispute_reasons
from collections_app.contact.dispute_reasons import DisputeReason
from collections_app.contact.rules.disputing import Reason
from collections_app.contact.rules.reason_terms import ASK_LETTERS_MAX, DAYS_MAX, LABEL_LETTERS_MAX
from collections_app.lib.refusals import Problem, Refused
from collections_app.people import desks
from collections_app.people.rules import Deed
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import Scope, scope_of


class ReasonForm(forms.Form):
    """A reason as a manager writes it."""

    label = forms.CharField(max_length=LABEL_LETTERS_MAX, label="What is contested")
    desk = forms.ChoiceField(
        choices=[(desk.value, label) for desk, label in desks.LABELS.items()], label="Desk that answers"
    )
    answer_days = forms.IntegerField(
        min_value=0, max_value=DAYS_MAX, label="First answer", help_text="Working days; 0 is the same day."
    )
    resolve_days = forms.IntegerField(
        min_value=0, max_value=DAYS_MAX, label="Resolved", help_text="Working days from the lodging."
    )
    ask_for = forms.CharField(
        max_length=ASK_LETTERS_MAX,
        required=False,
        label="Evidence to ask for at once",
        help_text="Empty: none.",
    )
    x12_code = forms.CharField(
        max_length=2,
        required=False,
        label="X12 code",
        help_text="Adjustment reason, element 426; may be empty.",
    )
    is_provisional = forms.BooleanField(
        required=False,
        label="To be replaced by the real reason within two working days",
        help_text="A dispute cannot be closed with it.",
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class KnownReasonForm(ReasonForm):
    """A reason that is there already."""

    is_active = forms.BooleanField(
        required=False,
        label="Can be chosen for new disputes",
        help_text="Take the tick away to retire it; disputes that have it keep it.",
    )


class NewReasonForm(ReasonForm):
    """A reason of one's own."""

    code = forms.CharField(
        max_length=10, label="Code", help_text="Capitals and digits. It stays what it is once it is kept."
    )
    field_order = ("code",)


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """The reasons in the order in which they are offered."""
    scope = scope_of(request, to=Deed.EDIT_DISPUTE_REASONS)
    lines = [(row, desks.label(row.desk)) for row in dispute_reasons.rows_of(scope.company)]
    return render_page(request, "dispute_reasons/index.html", {"scope": scope, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, company: str) -> HttpResponse:
    """A new reason, offered last."""
    scope = scope_of(request, to=Deed.EDIT_DISPUTE_REASONS)
    form = NewReasonForm(request.POST or None, initial={"answer_days": 1, "resolve_days": 5})
    problems: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = dispute_reasons.add(
                company=scope.company, reason=_reason(form.cleaned_data), by=scope.user, at=scope.at
            )
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"{made.code} can be chosen now.")
            return go_to(request, reverse("dispute_reasons", kwargs={"company": company}))
    return _page(request, scope, None, form, problems)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, company: str, code: str) -> HttpResponse:
    """One reason. Its code stays, and so do the due days of open disputes."""
    scope = scope_of(request, to=Deed.EDIT_DISPUTE_REASONS)
    row = _row_or_404(scope, code)
    form = KnownReasonForm(request.POST or None, initial=_filled(row))
    problems: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            dispute_reasons.change(
                company=scope.company,
                code=code,
                reason=_reason({**given, "code": code}),
                version=given["version"],
                by=scope.user,
                at=scope.at,
            )
        except Refused as refused:
            problems = refused.problems
            row = _row_or_404(scope, code)
            form = KnownReasonForm({**request.POST.dict(), "version": str(row.version)})
        else:
            messages.success(request, f"{code} is set up anew.")
            return go_to(request, reverse("dispute_reasons", kwargs={"company": company}))
    return _page(request, scope, row, form, problems)


@require_POST
def remove(request: HttpRequest, company: str, code: str) -> HttpResponse:
    """Take a reason away that no dispute has."""
    scope = scope_of(request, to=Deed.EDIT_DISPUTE_REASONS)
    row = _row_or_404(scope, code)
    try:
        dispute_reasons.remove(company=scope.company, code=code, by=scope.user, at=scope.at)
    except Refused as refused:
        return _page(request, scope, row, KnownReasonForm(initial=_filled(row)), refused.problems)
    messages.success(request, f"{code} is no more.")
    return go_to(request, reverse("dispute_reasons", kwargs={"company": company}))


def _row_or_404(scope: Scope, code: str) -> DisputeReason:
    rows = {row.code: row for row in dispute_reasons.rows_of(scope.company)}
    if code not in rows:
        raise Http404("No such reason.")
    return rows[code]


def _reason(given: dict[str, Any]) -> Reason:
    names = ("code", "desk", "answer_days", "resolve_days", "ask_for", "x12_code", "is_provisional")
    is_active = given.get("is_active", True)
    return Reason(**{name: given[name] for name in names}, label=given["label"].strip(), is_active=is_active)


def _filled(row: DisputeReason) -> dict[str, Any]:
    return {name: getattr(row, name) for name in KnownReasonForm.base_fields}


def _page(
    request: HttpRequest,
    scope: Scope,
    row: DisputeReason | None,
    form: forms.Form,
    problems: Sequence[Problem],
) -> HttpResponse:
    in_use = dispute_reasons.is_in_use(scope.company, row.code) if row else False
    context = {"scope": scope, "row": row, "form": form, "problems": problems, "is_in_use": in_use}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render_page(request, "dispute_reasons/show.html", context, status=status)


urlpatterns = [
    path("disputes/reasons/", index, name="dispute_reasons"),
    path("disputes/reasons/new/", add, name="dispute_reason_new"),
    path("disputes/reasons/<str:code>/", change, name="dispute_reason"),
    path("disputes/reasons/<str:code>/remove/", remove, name="dispute_reason_remove"),
]
