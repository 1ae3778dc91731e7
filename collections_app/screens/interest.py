"""Interest for late payment of one customer: what each document costs with its working, and what is decided
about it.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.chase import postings
from collections_app.dunning import (
    interest,
    interest_charges,
    interest_terms,
    reference_rates,
)
from collections_app.dunning.interest import Accrued
from collections_app.dunning.interest_rows import InterestCharge, InterestExemption
from collections_app.dunning.rules.charging import ChargeState
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib import money
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.people.selling import problems_of_seller
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page, sentence
from collections_app.screens.interest_forms import ExemptionForm, GivingUpForm, ProposalForm
from collections_app.screens.scoping import Scope, customer_or_404, scope_of

DOCUMENTS_MAX = 50


GIVING_UP: dict[str, tuple[Callable[..., InterestCharge], str]] = {
    "waive": (interest_charges.waive, "Waived. These days are not charged any more."),
    "withdraw": (interest_charges.withdraw, "Withdrawn. It may be proposed again."),
    "credit": (postings.credit_interest, "Given back by a credit note. The accounts system has to be told."),
}


@dataclass(slots=True)
class Row:
    """A document with what it costs, what was decided, and the forms that its reader may send."""

    accrued: Accrued
    charges: list[InterestCharge] = field(default_factory=list)
    proposal: ProposalForm | None = None
    giving_up: GivingUpForm | None = None
    waiting: InterestCharge | None = None
    problems: Sequence[Problem] = ()
    is_own: bool = False
    credits: list[tuple[InterestCharge, GivingUpForm]] = field(default_factory=list)


def address(customer_id: int, company: str) -> str:
    """The page of a customer's interest."""
    return reverse("customer_interest", kwargs={"company": company, "customer_id": customer_id})


@require_safe
def show(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """What is owed for being late, document by document; for htmx the list alone."""
    scope = _scope(request)
    return _page(request, scope, customer_or_404(scope, customer_id))


@require_POST
def propose(request: HttpRequest, company: str, customer_id: int, invoice_id: int) -> HttpResponse:
    """Propose to charge what has run on a document."""
    scope = scope_of(request, to=Deed.CHARGE_INTEREST)
    customer = customer_or_404(scope, customer_id)
    found = Invoice.objects.filter(customer=customer).select_related("customer__company", "company")
    invoice = get_object_or_404(found, pk=invoice_id)
    form = ProposalForm(request.POST, today=scope.today, invoice_id=invoice_id)
    if not form.is_valid():
        return _page(request, scope, customer, refused=invoice_id, proposal=form)
    given = form.cleaned_data
    try:
        made = interest_charges.propose(invoice, **given, by=scope.user, at=scope.at)
    except Refused as refusal:
        problems = refusal.problems
        return _page(request, scope, customer, refused=invoice_id, proposal=form, problems=problems)
    amount = money.shown(made.amount, made.currency)
    messages.success(request, f"{amount} is proposed. Somebody else approves it.")
    return go_to(request, address(customer_id, company))


@require_POST
def approve(request: HttpRequest, company: str, charge_id: int) -> HttpResponse:
    """Post what somebody else proposed."""
    scope, charge = _charge_or_404(request, charge_id)
    try:
        postings.approve_interest(charge, by=scope.user, at=scope.at)
    except Refused as refusal:
        refused = charge.invoice_id
        return _page(request, scope, charge.customer, refused=refused, problems=refusal.problems)
    messages.success(request, f"{money.shown(charge.amount, charge.currency)} is charged as {charge.posted}.")
    return go_to(request, address(charge.customer_id, company))


@require_POST
def give_up(request: HttpRequest, company: str, charge_id: int, name: str) -> HttpResponse:
    """Waive a proposal, withdraw it, or give back what was charged."""
    scope, charge = _charge_or_404(request, charge_id)
    form = GivingUpForm(request.POST, charge_id=charge.pk)
    deed, said = GIVING_UP[name]
    problems: Sequence[Problem] = ()
    if form.is_valid():
        try:
            deed(charge, because=form.cleaned_data["because"], by=scope.user, at=scope.at)
        except Refused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, said)
            return go_to(request, address(charge.customer_id, company))
    refused = charge.invoice_id
    return _page(request, scope, charge.customer, refused=refused, giving_up=form, problems=problems)


@require_POST
def exempt(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """Say whether interest is asked of a customer."""
    scope = scope_of(request, to=Deed.CHARGE_INTEREST)
    customer = customer_or_404(scope, customer_id)
    form = ExemptionForm(request.POST, exemption=None)
    if not form.is_valid():
        return _page(request, scope, customer, exemption_form=form, status=UNPROCESSABLE)
    given = form.cleaned_data
    if given["kind"]:
        try:
            interest_terms.exempt(customer, **given, by=scope.user, at=scope.at)
        except Refused as refusal:
            return sentence(request, str(refusal), status=UNPROCESSABLE)
        messages.success(request, f"No interest is asked of {customer.name}.")
    else:
        interest_terms.include(customer, by=scope.user, at=scope.at)
        messages.success(request, f"Interest is asked of {customer.name} as the law says.")
    return go_to(request, address(customer_id, company))


def _scope(request: HttpRequest) -> Scope:
    scope = scope_of(request)
    if not scope.sees_credit:
        raise PermissionDenied("Your role does not do this.")
    return scope


def _charge_or_404(request: HttpRequest, charge_id: int) -> tuple[Scope, InterestCharge]:
    scope = scope_of(request, to=Deed.CHARGE_INTEREST)
    found = InterestCharge.objects.select_related("invoice__customer__company", "customer__company")
    charge = get_object_or_404(found, pk=charge_id, company=scope.company)
    customer_or_404(scope, charge.customer_id)
    return scope, charge


def _page(
    request: HttpRequest,
    scope: Scope,
    customer: Customer,
    *,
    refused: int = 0,
    proposal: ProposalForm | None = None,
    giving_up: GivingUpForm | None = None,
    problems: Sequence[Problem] = (),
    exemption_form: ExemptionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The customer's documents; the one whose form was refused (an id) shows it as it was typed."""
    documents = list(interest.looked_at(customer, today=scope.today)[: DOCUMENTS_MAX + 1])
    rows = _rows(scope, documents[:DOCUMENTS_MAX])
    for row in rows:
        if row.accrued.invoice.pk == refused:
            row.proposal = proposal or row.proposal
            _put_back(row, giving_up)
            row.problems = problems
    exemption = InterestExemption.objects.filter(customer=customer).select_related("made_by").first()
    context: dict[str, Any] = {
        "scope": scope,
        "customer": customer,
        "rows": rows,
        "refused": refused,
        "has_more": len(documents) > DOCUMENTS_MAX,
        "law": interest.law_of(customer, exemption, entered=reference_rates.of(scope.company.pk)),
        "is_on": interest.is_on(scope.company),
        "may_charge": scope.user.may(Deed.CHARGE_INTEREST),
        "sells": problems_of_seller(customer.is_sold_to_by(scope.user)),
        "exemption": exemption,
        "exemption_form": exemption_form or ExemptionForm(exemption=exemption),
    }
    status = UNPROCESSABLE if refused else status
    return render_page(request, "interest/show.html", context, fragment="documents", status=status)


def _rows(scope: Scope, documents: Sequence[Invoice]) -> list[Row]:
    decided: dict[int, list[InterestCharge]] = defaultdict(list)
    charges = InterestCharge.objects.filter(invoice__in=documents).order_by("-from_on", "-pk")
    for charge in charges.select_related("proposed_by", "decided_by", "posted", "credited", "credited_by"):
        decided[charge.invoice_id].append(charge)
    return [
        _row(scope, each, decided[each.invoice.pk])
        for each in interest.accrued(documents, as_of=scope.today).values()
    ]


def _row(scope: Scope, accrued: Accrued, charges: list[InterestCharge]) -> Row:
    row = Row(accrued, charges, waiting=next((each for each in charges if each.is_waiting), None))
    if not scope.user.may(Deed.CHARGE_INTEREST):
        return row
    row.credits = [
        (each, GivingUpForm(charge_id=each.pk)) for each in charges if each.state == ChargeState.POSTED
    ]
    if row.waiting:
        row.giving_up = GivingUpForm(charge_id=row.waiting.pk)
        row.is_own = row.waiting.proposed_by_id == scope.user.pk
    elif accrued.rest and accrued.rest.total > 0:
        row.proposal = ProposalForm(today=scope.today, invoice_id=accrued.invoice.pk)
    return row


def _put_back(row: Row, refused: GivingUpForm | None) -> None:
    """What was typed stands in the form that it was typed in."""
    if refused is None:
        return
    places = [each.pk for each, _ in row.credits]
    if refused.charge_id in places:
        place = places.index(refused.charge_id)
        row.credits[place] = (row.credits[place][0], refused)
    else:
        row.giving_up = refused


urlpatterns = [
    path("customers/<int:customer_id>/interest/", show, name="customer_interest"),
    path("customers/<int:customer_id>/interest/exemption/", exempt, name="customer_interest_exemption"),
    path("customers/<int:customer_id>/interest/<int:invoice_id>/", propose, name="interest_propose"),
    path("interest/<int:charge_id>/approve/", approve, name="interest_approve"),
    *(
        path(f"interest/<int:charge_id>/{name}/", give_up, {"name": name}, name=f"interest_{name}")
        for name in GIVING_UP
    ),
]
