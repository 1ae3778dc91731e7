"""Reminders from the customer's page: blocked until a day, the day moved, and let go on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from collections_app.chase import cards
from collections_app.dunning import blocks
from collections_app.dunning.blocks import Block
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.screens.block_form import BlockForm, MoveForm
from collections_app.screens.customers import address, refused
from collections_app.screens.htmx import go_to
from collections_app.screens.scoping import Scope, customer_or_404, scope_of

ID_DIGITS = 18
NO_DAY = "Choose the day until which they are not to be reminded."


@require_POST
def place(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """Block reminders of a customer, or of one invoice."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    customer = customer_or_404(scope, customer_id)
    chosen = _chosen(customer, request.POST.get("invoice", ""))
    form = BlockForm(request.POST, today=scope.today, invoices=chosen)
    if not form.is_valid():
        return refused(request, scope, customer, block_form=form)
    given = form.cleaned_data
    invoice = next((each for each in chosen if each.pk == given["invoice"]), None)
    try:
        made = blocks.place(
            customer=customer,
            invoice=invoice,
            reason=given["reason"],
            words=given["words"],
            until=given["until"],
            form_key=given["form_key"],
            by=scope.user,
            at=scope.at,
        )
    except Refused as refusal:
        return refused(request, scope, customer, block_form=form, block_problems=refusal.problems)
    named = {"company": company, "block_id": made.pk}
    said = f"No reminders of {invoice or customer.name} until {made.until:%-d %B}."
    messages.success(request, said, extra_tags=reverse("block_lift", kwargs=named))
    return go_to(request, address(customer.pk, company))


@require_POST
def lift(request: HttpRequest, company: str, block_id: int) -> HttpResponse:
    """Let reminders go on before the day."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    block = _block(scope, block_id)
    seen = request.POST.get("version", "")
    try:
        blocks.lift(block, version=int(seen) if seen.isdecimal() else None, by=scope.user, at=scope.at)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Reminders of {block.invoice or block.customer.name} go on.")
    return go_to(request, address(block.customer_id, company))


@require_POST
def move(request: HttpRequest, company: str, block_id: int) -> HttpResponse:
    """Another last day."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    block, form = _block(scope, block_id), MoveForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused.because("until", NO_DAY)
        blocks.move(block, **form.cleaned_data, by=scope.user, at=scope.at)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, f"No reminders of {block.invoice or block.customer.name} until {block.until:%-d %B}."
        )
    return go_to(request, address(block.customer_id, company))


def _chosen(customer: Customer, asked: str) -> list[Invoice]:
    """The invoices that the card offers, and the one that was chosen when it is another."""
    is_id = asked.isdecimal() and len(asked) < ID_DIGITS
    owed = Invoice.objects.open().owed().filter(customer=customer).order_by("due_on", "pk")
    offered = list(owed[: cards.INVOICES_SHOWN])
    other = owed.filter(pk=asked).exclude(pk__in=[each.pk for each in offered]) if is_id else ()
    return [*offered, *other]


def _block(scope: Scope, block_id: int) -> Block:
    found = Block.objects.select_related("company", "customer", "invoice").filter(company=scope.company)
    block = get_object_or_404(found, pk=block_id)
    customer_or_404(scope, block.customer_id)
    return block


urlpatterns = [
    path("customers/<int:customer_id>/blocks/", place, name="blocks"),
    path("blocks/<int:block_id>/lift/", lift, name="block_lift"),
    path("blocks/<int:block_id>/move/", move, name="block_move"),
]
