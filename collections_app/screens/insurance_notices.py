"""One insured customer: by when the insurer is to be told of which invoice, and noting that they were."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from collections_app.insurance import clocks, notices, policies
from collections_app.insurance.clocks import Clock
from collections_app.insurance.insurance_rows import InsurancePolicy, InsuredLimit, InsurerNotice
from collections_app.insurance.rules import KIND_LABELS, NAME_LETTERS_MAX, WORDS_LETTERS_MAX, NoticeKind
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib import money
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens.fields import DayField
from collections_app.screens.hold_forms import words_field
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import customer_or_404, scope_of


class NoticeForm(forms.Form):
    """What the insurer was told of which invoices. What is missing the rule says itself."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="What", choices=[(each.value, label) for each, label in KIND_LABELS.items()]
    )
    told_on = DayField("Told on")
    reference = forms.CharField(
        label="The insurer's reference",
        required=False,
        max_length=NAME_LETTERS_MAX,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    words = words_field("Note", WORDS_LETTERS_MAX, rows=2)

    def __init__(self, *args: Any, rows: Sequence[Clock], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "notice_%s", **kwargs})
        self.clocks = rows
        for each in rows:
            self.fields[f"tick_{each.invoice.pk}"] = forms.BooleanField(
                label=f"They are told of {each.invoice.number}",
                required=False,
                widget=forms.CheckboxInput({"class": "form-check-input"}),
            )
        if not self.is_bound:
            due = [each for each in rows if each.report_by and not each.is_reported]
            self.initial = {
                "form_key": uuid4(),
                "told_on": today,
                "kind": NoticeKind.REPORT if due else NoticeKind.CLAIM,
                **{f"tick_{each.invoice.pk}": each.report_by <= today for each in due if each.report_by},
            }

    @property
    def rows(self) -> list[tuple[Clock, forms.BoundField]]:
        """Each invoice with its tick."""
        return [(each, self[f"tick_{each.invoice.pk}"]) for each in self.clocks]

    @property
    def invoices(self) -> list[Invoice]:
        """What is ticked."""
        return [each.invoice for each in self.clocks if self.cleaned_data.get(f"tick_{each.invoice.pk}")]


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """The clocks of one customer; what is ticked becomes a notice."""
    scope = scope_of(request, to=Deed.TELL_INSURER)
    customer = customer_or_404(scope, customer_id)
    policy = policies.of(scope.company)
    is_insured = policy is not None and customer.insurer_report_days is not None
    rows = clocks.of_customer(policy, customer, today=scope.today) if policy and is_insured else []
    form = NoticeForm(request.POST or None, rows=rows, today=scope.today)
    problems: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            notices.tell(
                customer,
                kind=NoticeKind(given["kind"]),
                invoices=form.invoices,
                reference=given["reference"],
                told_on=given["told_on"] or scope.today,
                words=given["words"],
                form_key=given["form_key"],
                by=scope.user,
                at=scope.at,
            )
        except Refused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, "It is noted that the insurer was told.")
            return go_to(request, _address(customer, company))
    told = InsurerNotice.objects.filter(customer=customer).select_related("told_by", "withdrawn_by")
    context = {
        "scope": scope,
        "customer": customer,
        "policy": policy,
        "is_insured": is_insured,
        "form": form,
        "problems": problems,
        "stops_on": clocks.stops_on(policy, rows) if policy else None,
        "told": told.prefetch_related("lines__invoice").order_by("-told_on", "-pk"),
        **_limit(customer, policy),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render_page(request, "insurance/show.html", context, status=status)


@require_POST
def withdraw(request: HttpRequest, company: str, notice_id: int) -> HttpResponse:
    """It was a mistake: they were not told."""
    scope = scope_of(request, to=Deed.TELL_INSURER)
    notice = get_object_or_404(InsurerNotice, pk=notice_id, company=scope.company)
    customer = customer_or_404(scope, notice.customer_id)
    notices.withdraw(notice, by=scope.user, at=scope.at)
    messages.success(request, "The note is taken back; the clocks run again.")
    return go_to(request, _address(customer, company))


def _limit(customer: Customer, policy: InsurancePolicy | None) -> dict[str, Any]:
    """The insured limit, and what is open in its currency."""
    limit = InsuredLimit.objects.filter(customer=customer).first() if policy else None
    if limit is None:
        return {"limit": None}
    owed = Invoice.objects.open().owed().filter(customer=customer, currency=limit.currency)
    whole = owed.aggregate(whole=Sum("open_amount"))["whole"] or money.ZERO
    return {"limit": limit, "owed": whole, "above": max(whole - limit.amount, money.ZERO)}


def _address(customer: Customer, company: str) -> str:
    return reverse("insured_customer", kwargs={"company": company, "customer_id": customer.pk})


urlpatterns = [
    path("insurance/customers/<int:customer_id>/", show, name="insured_customer"),
    path("insurance/notices/<int:notice_id>/withdraw/", withdraw, name="insurance_withdraw"),
]
