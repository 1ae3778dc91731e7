"""Writing a conversation down from the customer's page, and taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from collections_app.chase import cards, working
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.rules import OUTCOME_LABELS, Outcome
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.screens import view_counts
from collections_app.screens.conversation_form import ConversationForm
from collections_app.screens.customers import address, go_on, refused
from collections_app.screens.htmx import go_to
from collections_app.screens.scoping import customer_or_404, scope_of


def _numbers(request: HttpRequest, name: str) -> list[int]:
    return [int(text) for text in request.POST.getlist(name) if text.isdecimal() and len(text) < 18]


def _ticked(request: HttpRequest) -> list[int]:
    return _numbers(request, "invoices")


@require_POST
def create(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """Write a conversation down and go on to the next customer, or stay with this one."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    customer = customer_or_404(scope, customer_id)
    card = cards.card_of(customer, today=scope.today, at=scope.at)
    ticked = _ticked(request)
    shown = {invoice.pk for invoice in card.invoices}
    whole = not shown.issuperset([*ticked, *_numbers(request, "dispute_invoice")])
    if whole:  # the page was that with all invoices, not only the oldest
        card = cards.card_of(customer, today=scope.today, at=scope.at, all_invoices=True)
    form = ConversationForm(request.POST, card=card, today=scope.today)
    if not form.is_valid():
        return refused(request, scope, customer, form=form, ticked=ticked, all_invoices=whole)
    place = card.entry.place if card.entry else None
    about = tuple(Invoice.objects.filter(customer=customer, pk__in=ticked))
    try:
        log = working.log_contact(
            form.conversation(about),
            customer=customer,
            form_key=form.cleaned_data["form_key"],
            by=scope.user,
            at=scope.at,
        )
    except Refused as refusal:
        return refused(
            request,
            scope,
            customer,
            form=form,
            problems=refusal.problems,
            ticked=ticked,
            all_invoices=whole,
        )
    view_counts.forget(scope)
    said = f"{customer.name}: {OUTCOME_LABELS[Outcome(log.outcome)].lower()} is written down."
    undo = reverse("contact_undo", kwargs={"company": company, "log_id": log.pk})
    if request.POST.get("then") == "stay":
        messages.success(request, said, extra_tags=undo)
        return go_to(request, address(customer.pk, company))
    return go_on(request, scope, after=place, said=said, undo=undo)


@require_POST
def undo(request: HttpRequest, company: str, log_id: int) -> HttpResponse:
    """Take a conversation of today back and show its customer again."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    log = get_object_or_404(ContactLog.objects.select_related("company", "customer"), pk=log_id)
    customer_or_404(scope, log.customer_id)
    try:
        view_counts.forget(scope)
        working.undo_contact(log, by=scope.user, at=scope.at)
        messages.success(request, "Taken back. Everything is as it was before.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, address(log.customer_id, company))


urlpatterns = [
    path("customers/<int:customer_id>/contacts/", create, name="customer_contacts"),
    path("contacts/<int:log_id>/undo/", undo, name="contact_undo"),
]
