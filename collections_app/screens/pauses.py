"""Out of the way for a while: snooze with a day and a reason, pass over for today, and back again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from collections_app.chase import working
from collections_app.chase.entries import Entry, Place
from collections_app.chase.snoozes import Snooze
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.screens import view_counts
from collections_app.screens.customers import address, go_on, refused
from collections_app.screens.htmx import go_to
from collections_app.screens.pause_form import PauseForm, SkipForm
from collections_app.screens.scoping import customer_or_404, scope_of
from collections_app.segmentation import assignments

SELECTED_MAX = 200


def _place(customer: Customer) -> Place | None:
    entry = Entry.objects.filter(customer=customer).first()
    return entry.place if entry else None


@require_POST
def snooze(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """Put a customer to sleep until a day, and go on to the next."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    customer = customer_or_404(scope, customer_id)
    form = PauseForm(request.POST, today=scope.today)
    if not form.is_valid():
        return refused(request, scope, customer, pause_form=form)
    given, place = form.cleaned_data, _place(customer)
    try:
        made = working.snooze(
            customer=customer, until=given["until"], reason=given["reason"], by=scope.user, at=scope.at
        )
    except Refused as refusal:
        return refused(request, scope, customer, pause_form=form, problems=refusal.problems)
    named = {"company": company, "customer_id": customer_id, "snooze_id": made.pk}
    undo = reverse("customer_snooze_undo", kwargs=named)
    said = f"{customer.name} sleeps until {given['until']:%-d %B}."
    return go_on(request, scope, after=place, said=said, undo=undo)


@require_POST
def undo_snooze(request: HttpRequest, company: str, customer_id: int, snooze_id: int) -> HttpResponse:
    """Take a snooze back, and show the customer as it was before."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    customer = customer_or_404(scope, customer_id)
    snooze = get_object_or_404(Snooze, pk=snooze_id, customer=customer)
    view_counts.forget(scope)
    working.undo_snooze(snooze, by=scope.user, at=scope.at)
    messages.success(request, f"{customer.name} is as before.")
    return go_to(request, address(customer_id, company))


@require_POST
def wake(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """End a snooze and show the customer."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    customer = customer_or_404(scope, customer_id)
    view_counts.forget(scope)
    woken = working.wake(customer=customer, by=scope.user, at=scope.at)
    messages.success(request, f"{customer.name} {'is awake again' if woken else 'was not asleep'}.")
    return go_to(request, address(customer_id, company))


@require_POST
def skip(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """Pass a customer over for the rest of today, and go on to the next."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    customer = customer_or_404(scope, customer_id)
    form = SkipForm(request.POST)
    if not form.is_valid():
        return refused(request, scope, customer, skip_form=form)
    place = _place(customer)
    working.skip(customer=customer, reason=form.cleaned_data["reason"], by=scope.user, at=scope.at)
    undo = reverse("customer_unskip", kwargs={"company": company, "customer_id": customer_id})
    said = f"{customer.name} is not offered to you again today."
    return go_on(request, scope, after=place, said=said, undo=undo)


@require_POST
def unskip(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """Take back that a customer was passed over, and show it."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    customer = customer_or_404(scope, customer_id)
    working.unskip(customer=customer, by=scope.user, at=scope.at)
    messages.success(request, f"{customer.name} is offered to you again.")
    return go_to(request, address(customer_id, company))


@require_POST
def snooze_selected(request: HttpRequest, company: str) -> HttpResponse:
    """Put the ticked customers of the list to sleep, all or none."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    back = reverse("chase_list", kwargs={"company": company})
    form = PauseForm(request.POST, today=scope.today)
    ids = [int(text) for text in request.POST.getlist("customers") if text.isdecimal() and len(text) < 18]
    visible = assignments.visible_to(scope.user, today=scope.today).filter(company=scope.company)
    chosen = list(visible.filter(pk__in=ids[:SELECTED_MAX]).select_related("company").order_by("pk"))
    if not chosen:
        messages.error(request, "Tick the customers that are to sleep.")
    elif not form.is_valid():
        messages.error(request, " ".join(str(text) for problems in form.errors.values() for text in problems))
    else:
        try:
            given = form.cleaned_data
            working.snooze_several(
                customers=chosen, until=given["until"], reason=given["reason"], by=scope.user, at=scope.at
            )
            number = f"{len(chosen)} customers sleep" if len(chosen) > 1 else f"{chosen[0].name} sleeps"
            view_counts.forget(scope)
            messages.success(request, f"{number} until {given['until']:%-d %B}.")
        except Refused as refusal:
            messages.error(request, str(refusal))
    return go_to(request, back)


urlpatterns = [
    path("chase/snooze/", snooze_selected, name="chase_snooze"),
    path("customers/<int:customer_id>/snooze/", snooze, name="customer_snooze"),
    path(
        "customers/<int:customer_id>/snoozes/<int:snooze_id>/undo/", undo_snooze, name="customer_snooze_undo"
    ),
    path("customers/<int:customer_id>/wake/", wake, name="customer_wake"),
    path("customers/<int:customer_id>/skip/", skip, name="customer_skip"),
    path("customers/<int:customer_id>/unskip/", unskip, name="customer_unskip"),
]
