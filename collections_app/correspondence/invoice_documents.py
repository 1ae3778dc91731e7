"""A document of an invoice: the file as it left our house, or, where nobody attached one, a copy drawn from
the ledger's rows. Attached by whoever works the customer; taken off, never changed.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

from collections_app.activity import events
from collections_app.correspondence import drawings, stored_files
from collections_app.correspondence.rules import copying
from collections_app.correspondence.rules.copying import Original, Settling
from collections_app.correspondence.rules.files import clean_name
from collections_app.correspondence.stored_files import StoredFile
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.customers import lock_customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.rules import Basis
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User

COPIES_MAX = 20


class InvoiceDocumentQuerySet(models.QuerySet["InvoiceDocument"]):
    """Words for documents of invoices."""

    def standing(self) -> "InvoiceDocumentQuerySet":
        """Not taken off."""
        return self.filter(withdrawn_at__isnull=True)


class InvoiceDocument(models.Model):
    """That a stored file belongs to an invoice."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="documents", db_index=False)
    stored_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    attached_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    attached_at = models.DateTimeField()
    # The key of the form that brought it: the same form posted twice has one effect.
    form_key = models.UUIDField(null=True, blank=True, unique=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[InvoiceDocumentQuerySet] = InvoiceDocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "invoice_document"
        constraints = [
            models.CheckConstraint(
                name="invoice_document_is_withdrawn_by_somebody",
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["invoice", "-attached_at"],
                condition=Q(withdrawn_at__isnull=True),
                name="invoice_document_by_invoice",
            )
        ]


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of an invoice as bytes. Without ``stored_file`` it is drawn from the ledger's rows."""

    invoice: Invoice
    name: str
    media_type: str
    content: bytes
    stored_file: StoredFile | None = None


def attach(
    *,
    invoice: Invoice,
    name: str,
    content: bytes,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> InvoiceDocument:
    """Attach one file to an invoice; see ``attach_several``."""
    return attach_several(invoice=invoice, files=[(name, content)], form_key=form_key, by=by, at=at)[0]


def attach_several(
    *,
    invoice: Invoice,
    files: Sequence[tuple[str, bytes]],
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> list[InvoiceDocument]:
    """Attach files, name and bytes each, to an invoice: all of them or none. The same ``form_key`` twice
    gives the first document that is there. Raises ``Refused`` with what is wrong with any.
    """
    require(by, Deed.WORK_CUSTOMERS)
    with transaction.atomic():
        lock_customer(invoice.customer_id)
        if form_key and (there := InvoiceDocument.objects.filter(form_key=form_key).first()):
            return [there]
        made: list[InvoiceDocument] = []
        problems: list[Problem] = []
        for place, (name, content) in enumerate(files):
            try:
                kept = stored_files.keep(name=name, content=content, by=by, at=at)
            except Refused as refused:
                problems.extend(refused.problems)
                continue
            made.append(
                InvoiceDocument.objects.create(
                    invoice=invoice,
                    stored_file=kept,
                    attached_by=by,
                    attached_at=at,
                    form_key=None if place else form_key,
                )
            )
            _record("invoice_document.attached", f"Attached {kept} to {invoice}", made[-1], by=by, at=at)
        if problems:
            raise Refused(problems)
    return made


def withdraw(document: InvoiceDocument, *, by: User, at: dt.datetime) -> InvoiceDocument:
    """Take a document off its invoice; the file stays kept. Twice has one effect."""
    require(by, Deed.WORK_CUSTOMERS)
    with transaction.atomic():
        lock_customer(document.invoice.customer_id)
        document.refresh_from_db()
        if document.withdrawn_at is not None:
            return document
        document.withdrawn_by, document.withdrawn_at = by, at
        document.save(update_fields=["withdrawn_by", "withdrawn_at"])
        what = f"Took {document.stored_file} off {document.invoice}"
        _record("invoice_document.withdrawn", what, document, by=by, at=at)
    return document


def copy_name(number: str) -> str:
    """What the file of a copy that is drawn is called."""
    return clean_name(f"{number.replace('/', '-')}.pdf")


def copies_of(invoices: Sequence[Invoice], *, language: str, day: dt.date) -> list[Copy]:
    """A copy of each invoice: the newest file attached to it, or one drawn in ``language``, dated ``day``.

    Invoices come with their customer and company. Two queries and one for each attached file; at most
    ``COPIES_MAX`` at once, else ``Refused``.
    """
    if len(invoices) > COPIES_MAX:
        raise Refused.because("too_many", f"Choose up to {COPIES_MAX} invoices at once.")
    attached = InvoiceDocument.objects.standing().filter(invoice__in=invoices).select_related("stored_file")
    newest = {one.invoice_id: one.stored_file for one in attached.order_by("attached_at", "pk")}
    settled = _settlings([invoice for invoice in invoices if invoice.pk not in newest], day)
    return [
        _kept(invoice, newest[invoice.pk])
        if invoice.pk in newest
        else _drawn(invoice, tuple(settled[invoice.pk]), language, day)
        for invoice in invoices
    ]


def _settlings(invoices: Sequence[Invoice], day: dt.date) -> dict[int, list[Settling]]:
    """What settled each until ``day``; a credit note is used up by what it settles, and counts so. What we
    wrote off is a matter of our books: to the customer it is not settled.
    """
    found: dict[int, list[Settling]] = {invoice.pk: [] for invoice in invoices}
    rows = Allocation.objects.filter(Q(invoice__in=found) | Q(credit_note__in=found), posted_on__lte=day)
    for row in rows.exclude(basis=Basis.WRITE_OFF).order_by("posted_on", "pk"):
        for number in (row.invoice_id, row.credit_note_id):
            if number in found:
                found[number].append(Settling(row.posted_on, row.basis, row.effect))
    return found


def _kept(invoice: Invoice, file: StoredFile) -> Copy:
    return Copy(invoice, file.name, file.media_type, stored_files.content_of(file), file)


def _drawn(invoice: Invoice, settlings: tuple[Settling, ...], language: str, day: dt.date) -> Copy:
    customer = invoice.customer
    original = Original(
        company=invoice.company.name,
        customer=customer.name,
        customer_number=customer.number,
        address=customer.address,
        kind=invoice.kind,
        number=invoice.number,
        reference=invoice.reference,
        currency=invoice.currency,
        amount=invoice.amount,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        terms=invoice.terms,
        settlings=settlings,
    )
    data = copying.copy_of(original, language=language, country=customer.country, day=day)
    content = drawings.draw("invoice_copy", data, day=day)
    return Copy(invoice, copy_name(invoice.number), "application/pdf", content)


def _record(what: str, summary: str, document: InvoiceDocument, *, by: User, at: dt.datetime) -> None:
    invoice = document.invoice
    facts = {"invoice": invoice.pk, "stored_file": document.stored_file_id}
    events.record(
        what, summary, company=invoice.company, customer=invoice.customer, facts=facts, by=by, at=at
    )
