"""One write-off: proposing it from the page of a customer, deciding about it, taking it back, noting that it
is booked.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collections_app.chase import postings, timeline
from collections_app.chase.timeline import Filter
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib import money
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.people.selling import problems_of_seller
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import Scope, customer_or_404, scope_of
from collections_app.screens.write_off_forms import (
    ApproveForm,
    BookedForm,
    ProposalForm,
    RefuseForm,
    TakeBackForm,
)
from collections_app.screens.write_offs import visible
from collections_app.write_offs import (
    decisions,
    handovers,
    proposals,
    terms,
    write_off_reasons,
)
from collections_app.write_offs.rules import proposing
from collections_app.write_offs.rules.proposing import WriteOffState
from collections_app.write_offs.write_off_rows import WriteOff

INVOICES_OFFERED = 100
FORMS: dict[str, Callable[..., forms.Form]] = {
    "approve": ApproveForm,
    "refuse": RefuseForm,
    "take_back": TakeBackForm,
    "booked": BookedForm,
}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """Propose that invoices of a customer are written off, wholly or in part."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    customer = customer_or_404(scope, customer_id)
    invoices, currencies, currency = _offered(customer, request.GET.get("currency", ""))
    known = write_off_reasons.active(scope.company)
    form = ProposalForm(request.POST or None, invoices=invoices, known=known)
    problems: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("reason", "words", "in_spite_of", "form_key")}
        try:
            made = proposals.propose(customer, lines=form.lines, **told, by=scope.user, at=scope.at)
        except Refused as refusal:
            problems = refusal.problems
        else:
            amount = money.shown(made.amount, made.currency)
            messages.success(
                request, f"{amount} is proposed. Somebody else decides by {made.waits_until:%-d %B}."
            )
            return go_to(request, _address(made, company))
    hindered = proposals.hindrances_of([invoice.pk for invoice in invoices])
    context = {
        "scope": scope,
        "customer": customer,
        "form": form,
        "rows": [(*row, hindered.get(row[0].pk, [])) for row in form.rows],
        "problems": problems,
        "currencies": currencies,
        "currency": currency,
        "reasons": [each for each in known if each.evidence],
        **_tried(customer),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render_page(request, "write_offs/new.html", context, status=status)


@require_safe
def show(request: HttpRequest, company: str, write_off_id: int) -> HttpResponse:
    """What is proposed, what was tried, and what may be done about it."""
    scope, found = _found(request, write_off_id)
    return _page(request, scope, found)


@require_POST
def approve(request: HttpRequest, company: str, write_off_id: int) -> HttpResponse:
    """Approve what somebody else proposed."""
    return _do(
        request,
        write_off_id,
        "approve",
        lambda found, given, by, at: postings.approve_write_off(found, words=given["words"], by=by, at=at),
        lambda found: (
            "It is written off."
            if found.state == WriteOffState.APPROVED
            else "You approved it. A second person does too."
        ),
    )


@require_POST
def refuse(request: HttpRequest, company: str, write_off_id: int) -> HttpResponse:
    """Decide against it; words are read for courtesy once."""
    as_it_is = "as_it_is" in request.POST
    return _do(
        request,
        write_off_id,
        "refuse",
        lambda found, given, by, at: decisions.refuse(
            found, words=given["words"], as_it_is=as_it_is, by=by, at=at
        ),
        lambda found: f"It stays owed. {found.proposed_by} reads why.",
    )


@require_POST
def take_back(request: HttpRequest, company: str, write_off_id: int) -> HttpResponse:
    """Owed again."""
    return _do(
        request,
        write_off_id,
        "take_back",
        lambda found, given, by, at: postings.take_back_write_off(
            found, because=given["because"], by=by, at=at
        ),
        lambda found: "It is owed again. The bookkeeper's next list tells of it.",
    )


@require_POST
def booked(request: HttpRequest, company: str, write_off_id: int) -> HttpResponse:
    """The accounts system has it."""
    return _do(
        request,
        write_off_id,
        "booked",
        lambda found, given, by, at: handovers.note_booked(found, booked_as=given["booked_as"], by=by, at=at),
        lambda found: f"Noted: booked as {found.booked_as or 'before'}.",
    )


@require_POST
def withdraw(request: HttpRequest, company: str, write_off_id: int) -> HttpResponse:
    """Whoever proposed it takes it back."""
    scope, found = _found(request, write_off_id)
    try:
        proposals.withdraw(found, by=scope.user, at=scope.at)
    except Refused as refusal:
        return _page(request, scope, found, problems=refusal.problems, status=UNPROCESSABLE)
    messages.success(request, "It is withdrawn. Its invoices may be proposed again.")
    return go_to(request, _address(found, company))


def _do(
    request: HttpRequest,
    write_off_id: int,
    name: str,
    deed: Callable[..., WriteOff],
    said: Callable[[WriteOff], str],
) -> HttpResponse:
    scope, found = _found(request, write_off_id)
    form = FORMS[name](request.POST)
    if not form.is_valid():
        return _page(request, scope, found, typed={name: form}, status=UNPROCESSABLE)
    try:
        done = deed(found, form.cleaned_data, scope.user, scope.at)
    except Refused as refusal:
        asked = {problem.code for problem in refusal.problems} == {"courtesy"}
        findings = proposing.blame_in(form.cleaned_data["words"]) if asked else ()
        problems = () if asked else refusal.problems
        return _page(
            request,
            scope,
            found,
            typed={name: form},
            problems=problems,
            findings=findings,
            status=UNPROCESSABLE,
        )
    messages.success(request, said(done))
    return go_to(request, _address(found, scope.company.code))


def _page(
    request: HttpRequest,
    scope: Scope,
    found: WriteOff,
    *,
    typed: dict[str, forms.Form] | None = None,
    problems: Sequence[Problem] = (),
    findings: Sequence[Any] = (),
    status: int = 200,
) -> HttpResponse:
    decides = scope.user.may(Deed.APPROVE_WRITE_OFFS)
    held = terms.of(scope.company)
    worth = found.worth
    if found.is_waiting:
        worth = decisions.worth_of(scope.company, found.amount, found.currency, today=scope.today)
    typed = typed or {}
    sells = problems_of_seller(found.customer.is_sold_to_by(scope.user))
    context: dict[str, Any] = {
        "scope": scope,
        "write_off": found,
        "customer": found.customer,
        "lines": found.lines.select_related("invoice").order_by("pk"),
        "approvals": found.approvals.select_related("by").order_by("at"),
        "worth": worth,
        "needed": held.needed(worth),
        "decides": decides and found.is_waiting and not sells,
        "sells": sells,
        "hindrances": decisions.hindrances(found, by=scope.user, at=scope.at)
        if decides and found.is_waiting
        else [],
        "is_own": found.proposed_by_id == scope.user.pk,
        "may_take_back": decides and found.state == WriteOffState.APPROVED,
        "may_book": decides and bool(found.handed_over_at) and not found.booked_at,
        "forms": {name: typed.get(name) or make() for name, make in FORMS.items()},
        "opened": next(iter(typed), ""),
        "problems": problems,
        "findings": findings,
        **_tried(found.customer),
    }
    return render_page(request, "write_offs/show.html", context, status=status)


def _found(request: HttpRequest, write_off_id: int) -> tuple[Scope, WriteOff]:
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    named = visible(scope).select_related(
        "customer__company", "company", "proposed_by", "decided_by", "taken_back_by", "booked_by"
    )
    return scope, get_object_or_404(named, pk=write_off_id)


def _address(found: WriteOff, company: str) -> str:
    return reverse("write_off", kwargs={"company": company, "write_off_id": found.pk})


def _offered(customer: Customer, wanted: str) -> tuple[list[Invoice], list[str], str]:
    """What is owed in one currency, the oldest first; and all currencies in which something is."""
    owed = Invoice.objects.open().owed().filter(customer=customer)
    currencies = sorted(set(owed.values_list("currency", flat=True)))
    currency = wanted if wanted in currencies else next(iter(currencies), customer.company.currency)
    oldest = owed.filter(currency=currency).order_by("due_on", "pk")
    return list(oldest[:INVOICES_OFFERED]), currencies, currency


def _tried(customer: Customer) -> dict[str, Any]:
    """What was said and written so far, the newest first, with the way to older ones."""
    return {
        "contacts": timeline.read(customer, Filter("contacts")),
        "written": timeline.read(customer, Filter("messages")),
    }


urlpatterns = [
    path("customers/<int:customer_id>/write-offs/new/", new, name="write_off_new"),
    path("write-offs/<int:write_off_id>/", show, name="write_off"),
    path("write-offs/<int:write_off_id>/approve/", approve, name="write_off_approve"),
    path("write-offs/<int:write_off_id>/refuse/", refuse, name="write_off_refuse"),
    path("write-offs/<int:write_off_id>/withdraw/", withdraw, name="write_off_withdraw"),
    path("write-offs/<int:write_off_id>/take-back/", take_back, name="write_off_take_back"),
    path("write-offs/<int:write_off_id>/booked/", booked, name="write_off_booked"),
]
