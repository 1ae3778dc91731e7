"""The policy of a credit insurer in days, and who is insured up to which amount."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from collections_app.insurance import policies, rules
from collections_app.insurance.rules import DAYS_MAX, NAME_LETTERS_MAX, Terms
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens import paging
from collections_app.screens.fields import MoneyField
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import Scope, scope_of

PAGE_ROWS = 100


def _days(label: str, *, required: bool = False, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=DAYS_MAX, required=required, help_text=help_text
    )


class PolicyForm(forms.Form):
    """A policy in days after the due date."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    insurer = forms.CharField(label="Insurer", max_length=NAME_LETTERS_MAX)
    policy_number = forms.CharField(label="Policy number", max_length=NAME_LETTERS_MAX, required=False)
    report_days = _days("Report as overdue within", required=True, help_text="Days after the due date.")
    stop_days = _days("Deliver no more under cover after", help_text="Days overdue. Empty: it says nothing.")
    claim_days = _days("Hand over as a claim within", help_text="Days after the due date. Empty: never.")
    warn_working_days = forms.IntegerField(
        label="Warn before", min_value=1, max_value=rules.WARN_WORKING_DAYS_MAX, help_text="Working days."
    )


class InsuredForm(forms.Form):
    """A customer that is insured."""

    number = forms.CharField(label="Customer number", max_length=64)
    limit = MoneyField("Insured up to")
    currency = forms.RegexField(
        "^[A-Z]{3}$", label="Currency", error_messages={"invalid": "Write a currency like GBP."}
    )
    report_days = _days("Report within", help_text="Days. Empty: as they have it, or as the policy says.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "insured_%s", **kwargs})
        self.fields["limit"].required = True


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, company: str) -> HttpResponse:
    """The policy."""
    scope = scope_of(request, to=Deed.EDIT_INSURANCE)
    form = PolicyForm(request.POST or None, initial=_filled(scope))
    problems: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        version = given.pop("version")
        try:
            policies.put(
                company=scope.company, terms=Terms(**given), version=version, by=scope.user, at=scope.at
            )
        except Refused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, "The policy is kept.")
            return go_to(request, _address(company))
    return _page(request, scope, policy_form=form, problems=problems)


@require_POST
def insure(request: HttpRequest, company: str) -> HttpResponse:
    """Insure a customer, or set another limit."""
    scope = scope_of(request, to=Deed.EDIT_INSURANCE)
    form = InsuredForm(request.POST)
    problems: Sequence[Problem] = ()
    if form.is_valid():
        try:
            policies.insure(company=scope.company, **form.cleaned_data, by=scope.user, at=scope.at)
        except Refused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, f"{form.cleaned_data['number']} is insured.")
            return go_to(request, _address(company))
    return _page(request, scope, insured_form=form, insured_problems=problems)


@require_POST
def end(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """A customer is insured no more."""
    scope = scope_of(request, to=Deed.EDIT_INSURANCE)
    customer = get_object_or_404(Customer, pk=customer_id, company=scope.company)
    policies.end(customer, by=scope.user, at=scope.at)
    messages.success(request, f"{customer.name} is not insured any more.")
    return go_to(request, _address(company))


def _page(request: HttpRequest, scope: Scope, **more: Any) -> HttpResponse:
    page = paging.asked(request)
    insured = list(policies.insured(scope.company)[(page - 1) * PAGE_ROWS : page * PAGE_ROWS + 1])
    context = {
        "scope": scope,
        "policy": policies.of(scope.company),
        "policy_form": PolicyForm(initial=_filled(scope)),
        "insured_form": InsuredForm(initial={"currency": scope.company.currency}),
        "insured": insured[:PAGE_ROWS],
        **paging.ways(request, page=page, is_last=len(insured) <= PAGE_ROWS)._asdict(),
        **more,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render_page(request, "insurance/setup.html", context, status=status)


def _filled(scope: Scope) -> dict[str, Any]:
    policy = policies.of(scope.company)
    if policy is None:
        return {"version": 0, "warn_working_days": rules.WARN_WORKING_DAYS}
    return {name: getattr(policy, name) for name in PolicyForm.base_fields}


def _address(company: str) -> str:
    return reverse("insurance_setup", kwargs={"company": company})


urlpatterns = [
    path("insurance/set-up/", show, name="insurance_setup"),
    path("insurance/set-up/customers/", insure, name="insurance_insure"),
    path("insurance/set-up/customers/<int:customer_id>/end/", end, name="insurance_end"),
]
