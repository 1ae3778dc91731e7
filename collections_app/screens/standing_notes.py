"""Standing notes from the customer's page: put on the card, taken off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_POST

from collections_app.contact import standing_notes
from collections_app.contact.rules.noting import NoteKind
from collections_app.contact.standing_notes import StandingNote
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.screens.customers import address, refused
from collections_app.screens.htmx import go_to
from collections_app.screens.note_form import NoteForm
from collections_app.screens.scoping import customer_or_404, scope_of


@require_POST
def create(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """Put a note on the call card; what is better left out is asked about once."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    customer = customer_or_404(scope, customer_id)
    form = NoteForm(request.POST.copy())
    if not form.is_valid():
        return refused(request, scope, customer, note_form=form)
    given = form.cleaned_data
    try:
        standing_notes.record(
            customer=customer,
            kind=NoteKind(given["kind"]),
            words=given["words"],
            as_it_is=given["as_it_is"],
            form_key=given["form_key"],
            by=scope.user,
            at=scope.at,
        )
    except Refused as refusal:
        form.ask_once(refusal.problems)
        return refused(request, scope, customer, note_form=form, note_problems=refusal.problems)
    messages.success(request, "It stands on the card.")
    return go_to(request, address(customer.pk, company))


@require_POST
def withdraw(request: HttpRequest, company: str, note_id: int) -> HttpResponse:
    """Take a note off the call card."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    note = get_object_or_404(StandingNote.objects.select_related("company", "customer"), pk=note_id)
    customer_or_404(scope, note.customer_id)
    standing_notes.withdraw(note, by=scope.user, at=scope.at)
    messages.success(request, "Taken off the card. The timeline keeps it.")
    return go_to(request, address(note.customer_id, company))


urlpatterns = [
    path("customers/<int:customer_id>/notes/", create, name="standing_notes"),
    path("notes/<int:note_id>/withdraw/", withdraw, name="standing_note_withdraw"),
]
