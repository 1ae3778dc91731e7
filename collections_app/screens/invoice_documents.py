"""Documents of invoices on the customer's page: attached, downloaded, taken off; a copy of any invoice,
settled ones too, found by its number.
"""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from collections_app.correspondence import invoice_documents
from collections_app.correspondence.invoice_documents import InvoiceDocument
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.screens.customers import address
from collections_app.screens.file_answers import FilesField, attachment, download
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.keysets import DIGITS_MAX
from collections_app.screens.scoping import Scope, customer_or_404, scope_of
from collections_app.screens.upload_limits import takes_files

INVOICES_OFFERED = 500
INVOICES_SHOWN = 25
NUMBER_LETTERS_MAX = 60


class DocumentForm(forms.Form):
    """Files for one invoice of the customer."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    invoice = forms.ChoiceField(label="Invoice", error_messages={"required": "Choose the invoice."})
    documents = FilesField(label="Files")

    def __init__(self, *args: Any, customer: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "document_%s", **kwargs})
        if not self.is_bound:
            self.initial = {"form_key": uuid4(), **(self.initial or {})}
        field = self.fields["invoice"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose the invoice"), *_choices(customer, str(self["invoice"].value() or ""))]

    def clean_documents(self) -> list[tuple[str, bytes]]:
        """At least one."""
        given: list[tuple[str, bytes]] = self.cleaned_data["documents"]
        if not given:
            raise forms.ValidationError("Choose a file.")
        return given


def _choices(customer: Customer, chosen: str) -> list[tuple[str, str]]:
    """Open invoices, then the newest; and whichever was chosen, however old it is."""
    theirs = Invoice.objects.filter(customer=customer)
    ordered = theirs.alias(is_open=Q(open_amount__gt=0)).order_by("-is_open", "-issued_on", "-pk")
    offered = {str(each.pk): each.number for each in ordered[:INVOICES_OFFERED]}
    if chosen not in offered and chosen.isascii() and chosen.isdecimal() and len(chosen) <= DIGITS_MAX:
        offered |= {str(each.pk): each.number for each in theirs.filter(pk=chosen)}
    return list(offered.items())


def _invoices(customer: Customer, number: str) -> list[Invoice]:
    """The newest invoices whose number begins so; ``file`` is the name of the attached one, if any."""
    theirs = Invoice.objects.filter(customer=customer, number__istartswith=number)
    newest = InvoiceDocument.objects.standing().filter(invoice=OuterRef("pk")).order_by("-attached_at", "-pk")
    named = theirs.annotate(file=Subquery(newest.values("stored_file__name")[:1]))
    return list(named.order_by("-issued_on", "-pk")[: INVOICES_SHOWN + 1])


def _page(
    request: HttpRequest,
    scope: Scope,
    customer: Customer,
    form: DocumentForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    standing = InvoiceDocument.objects.standing().filter(invoice__customer=customer)
    number = request.GET.get("number", "").strip()[:NUMBER_LETTERS_MAX]
    found = _invoices(customer, number)
    context = {
        "number": number,
        "invoices": found[:INVOICES_SHOWN],
        "has_more": len(found) > INVOICES_SHOWN,
        "scope": scope,
        "customer": customer,
        "form": form,
        "documents": standing.select_related("invoice", "stored_file", "attached_by").order_by(
            "-attached_at", "-pk"
        )[:INVOICES_OFFERED],
        **more,
    }
    return render_page(request, "invoice_documents/index.html", context, status=status)


@require_safe
def index(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """What is attached to the customer's invoices, and a form to attach more."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    customer = customer_or_404(scope, customer_id)
    form = DocumentForm(customer=customer, initial={"invoice": request.GET.get("invoice", "")})
    return _page(request, scope, customer, form)


@takes_files
@require_POST
def create(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """Attach files to an invoice, all of them or none."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    customer = customer_or_404(scope, customer_id)
    form = DocumentForm(request.POST, request.FILES, customer=customer)
    if not form.is_valid():
        return _page(request, scope, customer, form, status=UNPROCESSABLE)
    given = form.cleaned_data
    try:
        invoice_documents.attach_several(
            invoice=get_object_or_404(Invoice, pk=given["invoice"], customer=customer),
            files=given["documents"],
            form_key=given["form_key"],
            by=scope.user,
            at=scope.at,
        )
    except Refused as refusal:
        return _page(request, scope, customer, form, status=UNPROCESSABLE, problems=refusal.problems)
    messages.success(request, "Attached.")
    return go_to(request, f"{address(customer.pk, company)}documents/")


@require_safe
def show(request: HttpRequest, company: str, document_id: int) -> HttpResponse:
    """The file, as a download."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    document = get_object_or_404(
        InvoiceDocument.objects.standing().select_related("invoice", "stored_file"), pk=document_id
    )
    customer_or_404(scope, document.invoice.customer_id)
    return download(document.stored_file)


@require_POST
def withdraw(request: HttpRequest, company: str, document_id: int) -> HttpResponse:
    """Take a document off its invoice."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    document = get_object_or_404(InvoiceDocument.objects.select_related("invoice__company"), pk=document_id)
    customer = customer_or_404(scope, document.invoice.customer_id)
    invoice_documents.withdraw(document, by=scope.user, at=scope.at)
    messages.success(request, "Taken off the invoice. The timeline keeps it.")
    return go_to(request, f"{address(customer.pk, company)}documents/")


@require_safe
def copy(request: HttpRequest, company: str, invoice_id: int) -> HttpResponse:
    """A copy of an invoice as a download: the newest file attached, else one drawn from the ledger's rows in
    the language of whoever is asked for first.
    """
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    invoice = get_object_or_404(Invoice.objects.select_related("customer", "company"), pk=invoice_id)
    customer = customer_or_404(scope, invoice.customer_id)
    contact = customer.contacts.filter(is_active=True).order_by("-is_primary", "name").first()
    language = (contact.language if contact else "") or customer.language
    [made] = invoice_documents.copies_of([invoice], language=language, day=scope.today)
    return attachment(made.name, made.content, media_type=made.media_type)


urlpatterns = [
    path("customers/<int:customer_id>/documents/", index, name="invoice_documents"),
    path("customers/<int:customer_id>/documents/new/", create, name="invoice_documents_new"),
    path("documents/<int:document_id>/", show, name="invoice_document"),
    path("documents/<int:document_id>/withdraw/", withdraw, name="invoice_document_withdraw"),
    path("invoices/<int:invoice_id>/copy/", copy, name="invoice_copy"),
]
