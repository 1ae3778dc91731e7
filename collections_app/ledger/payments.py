"""A payment: money received (receipt), the undoing of a receipt (reversal), or money returned (refund).

``unallocated_amount`` is what of it is not yet set against invoices; materialised by ``balances.refresh``.
"""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.postings import Posting
from collections_app.ledger.rules import PaymentKind
from collections_app.lib import money


class Payment(models.Model):
    """Money that moved between a customer and us."""

    # As with invoices: guarded together with the customer for whole statements, the proofs for the posting.
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    # Guarded together with the company, in migration 0050.
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="payments", db_index=False, db_constraint=False
    )
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in PaymentKind])
    number = models.CharField(max_length=64)
    reference = models.CharField(max_length=200, blank=True)
    method = models.CharField(max_length=40, blank=True)
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)
    # A reversal names the receipt it undoes, for the full amount.
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversal"
    )
    posted_on = models.DateField()
    recorded_at = models.DateTimeField()
    posting = models.ForeignKey(
        Posting, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    unallocated_amount = models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)

    class Meta:
        db_table = "payment"
        constraints = [
            models.UniqueConstraint(fields=["customer", "kind", "number"], name="payment_is_known_once"),
            models.CheckConstraint(name="payment_amount_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="payment_unallocated_amount_is_within_its_amount",
                condition=Q(unallocated_amount__gte=0, unallocated_amount__lte=F("amount")),
            ),
            models.CheckConstraint(
                name="payment_reversal_names_what_it_reverses",
                condition=Q(kind="reversal", reverses__isnull=False)
                | (~Q(kind="reversal") & Q(reverses__isnull=True)),
            ),
            models.CheckConstraint(
                name="payment_has_a_known_kind", condition=Q(kind__in=[kind.value for kind in PaymentKind])
            ),
        ]
        indexes = [
            models.Index(
                fields=["company", "customer"],
                include=["kind", "currency", "unallocated_amount", "posted_on"],
                condition=Q(unallocated_amount__gt=0),
                name="payment_unallocated_by_cust",
            ),
            # With what a month's cash is added up from, which is asked for three months at once.
            models.Index(
                fields=["company", "posted_on"],
                include=["customer", "kind", "currency", "amount"],
                name="payment_by_posted_day",
            ),
            BrinIndex(fields=["posting"], name="payment_of_posting"),
        ]

    def __str__(self) -> str:
        return self.number
