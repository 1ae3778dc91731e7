"""What a manager decides about all orders of a customer, from the customer's page."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_POST

from collections_app.holds import steering
from collections_app.holds.customer_terms import ForcedHold, HoldExclusion
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.screens.customer_hold_forms import ExcludeForm, ExpiryForm, ForceForm, LiftForm
from collections_app.screens.customers import address, most_alone, refused
from collections_app.screens.htmx import go_to
from collections_app.screens.scoping import Scope, customer_or_404, scope_of


@require_POST
def force(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """Hold every order of the customer."""
    scope = scope_of(request, to=Deed.RELEASE_ORDERS)
    customer, form = customer_or_404(scope, customer_id), ForceForm(request.POST)
    said = f"Every order of {customer.name} waits until somebody lifts it."
    return _done(request, scope, customer, "force", form, said, lambda: steering.force(
        customer, **form.cleaned_data, by=scope.user, at=scope.at
    ))  # fmt: skip


@require_POST
def lift(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """Orders are held only for what the rules say again."""
    scope = scope_of(request, to=Deed.RELEASE_ORDERS)
    customer = customer_or_404(scope, customer_id)
    newest = ForcedHold.objects.filter(customer=customer).order_by("-pk")
    forced = get_object_or_404(newest.select_related("customer__company")[:1])
    form = LiftForm(request.POST)
    said = "It is lifted. Orders wait only for what the rules say."
    return _done(request, scope, customer, "lift", form, said, lambda: steering.lift(
        forced, **form.cleaned_data, by=scope.user, at=scope.at
    ))  # fmt: skip


@require_POST
def exclude(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """Set a rule aside for the customer."""
    scope = scope_of(request, to=Deed.RELEASE_ORDERS)
    customer = customer_or_404(scope, customer_id)
    form = ExcludeForm(request.POST, today=scope.today, most=most_alone(scope, customer))
    said = "It is set aside. Their orders were checked again."
    return _done(request, scope, customer, "exclude", form, said, lambda: steering.exclude(
        customer, **form.cleaned_data, by=scope.user, at=scope.at
    ))  # fmt: skip


@require_POST
def end_exclusion(request: HttpRequest, company: str, exclusion_id: int) -> HttpResponse:
    """The rule holds again before the day."""
    scope = scope_of(request, to=Deed.RELEASE_ORDERS)
    found = HoldExclusion.objects.filter(company=scope.company).select_related("customer__company")
    exclusion = get_object_or_404(found, pk=exclusion_id)
    customer = customer_or_404(scope, exclusion.customer_id)
    steering.end_exclusion(exclusion, by=scope.user, at=scope.at)
    messages.success(request, "The rule holds their orders again.")
    return go_to(request, f"{address(customer.pk, company)}#orders")


@require_POST
def set_expiry(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """Until when the credit limit holds; an empty day: it does not expire."""
    scope = scope_of(request, to=Deed.RELEASE_ORDERS)
    customer, form = customer_or_404(scope, customer_id), ExpiryForm(request.POST)
    return _done(request, scope, customer, "expiry", form, "It is set.", lambda: steering.set_expiry(
        customer, **form.cleaned_data, by=scope.user, at=scope.at
    ))  # fmt: skip


def _done(
    request: HttpRequest,
    scope: Scope,
    customer: Customer,
    name: str,
    form: Form,
    said: str,
    deed: Callable[[], object],
) -> HttpResponse:
    """Do it and go back to the page, or the page again with what was typed and what stands in the way."""
    if not form.is_valid():
        return refused(request, scope, customer, hold_typed={name: form})
    try:
        deed()
    except Refused as refusal:
        return refused(request, scope, customer, hold_typed={name: form}, hold_problems=refusal.problems)
    messages.success(request, said)
    return go_to(request, f"{address(customer.pk, scope.company.code)}#orders")


urlpatterns = [
    path("customers/<int:customer_id>/holds/force/", force, name="customer_force_hold"),
    path("customers/<int:customer_id>/holds/lift/", lift, name="customer_lift_hold"),
    path("customers/<int:customer_id>/holds/exclusions/", exclude, name="customer_hold_exclusions"),
    path("customers/<int:customer_id>/holds/expiry/", set_expiry, name="customer_limit_expiry"),
    path("holds/exclusions/<int:exclusion_id>/end/", end_exclusion, name="hold_exclusion_end"),
]
