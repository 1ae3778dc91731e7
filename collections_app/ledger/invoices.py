"""An invoice: a document that is owed (invoice, debit note, finance charge) or lessens what is owed (credit
note).

Amounts are positive and the kind tells the side; ``signed_amount`` and ``signed_open`` carry the sign for
sums. ``open_amount`` and ``settled_on`` are materialised by ``balances.refresh`` and proven by
``check_ledger``.
"""

import datetime as dt
from typing import Any, ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Case, F, Q, Value, When

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.postings import Posting
from collections_app.ledger.rules import InvoiceKind
from collections_app.lib import money


def _money(**options: object) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES, **options)  # type: ignore[arg-type]


def _signed(field: str) -> models.GeneratedField:
    return models.GeneratedField(
        expression=Case(When(kind=Value("credit_note"), then=-F(field)), default=F(field)),
        output_field=_money(),
        db_persist=True,
    )


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    """Words for invoices."""

    def open(self) -> "InvoiceQuerySet":
        """With something left to settle."""
        return self.filter(open_amount__gt=0)

    def overdue(self, today: dt.date) -> "InvoiceQuerySet":
        """Owed, open and past the due date; due today is not overdue."""
        return self.open().owed().filter(due_on__lt=today)

    def owed(self) -> "InvoiceQuerySet":
        """Every kind but credit notes."""
        return self.exclude(kind=InvoiceKind.CREDIT_NOTE)


class Invoice(models.Model):
    """A document on a customer's side of the ledger."""

    # A key that the database checks row by row costs an import as much again as its indexes do. That the
    # customer exists and is of this company is checked for whole statements at once, in migration 0050.
    # The proofs hold the posting.
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    # Guarded together with the company, in migration 0050.
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="invoices", db_index=False, db_constraint=False
    )
    kind = models.CharField(
        max_length=20, choices=[(kind.value, kind.value.replace("_", " ")) for kind in InvoiceKind]
    )
    number = models.CharField(max_length=64)
    # Tells instalments of one document apart; empty for a document due in one sum.
    line = models.CharField(max_length=20, blank=True, default="")
    reference = models.CharField(max_length=100, blank=True)
    currency = models.CharField(max_length=3)
    amount = _money()
    signed_amount = _signed("amount")
    issued_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    terms = models.CharField(max_length=40, blank=True)
    posted_on = models.DateField()
    recorded_at = models.DateTimeField()
    posting = models.ForeignKey(
        Posting, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    # Written here, and no file of the accounts system has stated it yet: until one does, a list of open items
    # that leaves it out does not settle it.
    is_ours_alone = models.BooleanField(default=False, db_default=False)
    open_amount = _money()
    signed_open = _signed("open_amount")
    settled_on = models.DateField(null=True, blank=True)

    objects: ClassVar[InvoiceQuerySet] = InvoiceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "invoice"
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "kind", "number", "line"], name="invoice_is_known_once"
            ),
            models.CheckConstraint(name="invoice_amount_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="invoice_open_amount_is_within_its_amount",
                condition=Q(open_amount__gte=0, open_amount__lte=F("amount")),
            ),
            models.CheckConstraint(
                name="invoice_is_settled_on_a_day_when_nothing_is_open",
                condition=Q(open_amount=0, settled_on__isnull=False)
                | Q(open_amount__gt=0, settled_on__isnull=True),
            ),
            models.CheckConstraint(
                name="invoice_has_a_known_kind", condition=Q(kind__in=[kind.value for kind in InvoiceKind])
            ),
        ]
        indexes = [
            # Read by ageing, positions and the chase list: only what is open, with the columns they sum and
            # what the rest is found by.
            models.Index(
                fields=["company", "customer", "due_on"],
                include=["id", "kind", "currency", "open_amount", "posted_on"],
                condition=Q(open_amount__gt=0),
                name="invoice_open_by_customer",
            ),
            # Read by lists of reports: the oldest first, as far as a page goes.
            models.Index(
                fields=["company", "currency", "due_on", "posted_on"],
                condition=Q(open_amount__gt=0),
                name="invoice_open_by_due_day",
            ),
            # Read by behaviour: what was settled lately.
            models.Index(
                fields=["company", "settled_on"], condition=Q(open_amount=0), name="invoice_settled_by_day"
            ),
            # Read as of a past day: what was not there yet.
            models.Index(fields=["company", "posted_on"], name="invoice_by_day"),
            # Read by search.
            models.Index(fields=["company", "number"], name="invoice_by_number"),
            # Read by imports: what we wrote and no file has stated yet. Hardly any rows.
            models.Index(fields=["company"], condition=Q(is_ours_alone=True), name="invoice_ours_alone"),
            # Read by whoever takes in new postings: their rows lie together, as with allocations.
            BrinIndex(fields=["posting"], name="invoice_of_posting"),
        ]

    def __str__(self) -> str:
        return self.number


class Correction(models.Model):
    """That a later file stated another amount or due date for an invoice. The invoice holds the new
    values."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="corrections")
    amount_from = _money()
    amount_to = _money()
    due_from = models.DateField(null=True, blank=True)
    due_to = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "invoice_correction"
