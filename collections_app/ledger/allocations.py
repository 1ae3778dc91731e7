"""An allocation: the part of a payment or credit note that is set against an invoice, and its undoing.

Exactly one thing is settled by a row: ``invoice`` when given (a credit note may stand there too, when it is
refunded or vanished from the open items), and the source, ``payment`` or ``credit_note``, is used up by the
same amount. A row without a source says on what ``basis`` we hold the invoice to be settled; a row with only
a payment says that the payment was used up in a way the file did not state. Rows are never changed: an
undoing is a row that ``restores``.
"""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Case, F, Q, Value, When

from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.payments import Payment
from collections_app.ledger.postings import Posting
from collections_app.ledger.rules import Basis, Side
from collections_app.lib import money


class Allocation(models.Model):
    """An amount set against an invoice, a payment, or one against the other."""

    # Each key that the database checks costs an import as much again as its indexes do. The invoice or
    # payment ties a row to its company, and the ledger's proofs compare the two.
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    invoice = models.ForeignKey(
        Invoice, null=True, blank=True, on_delete=models.PROTECT, related_name="allocations"
    )
    payment = models.ForeignKey(
        Payment, null=True, blank=True, on_delete=models.PROTECT, related_name="allocations", db_index=False
    )
    credit_note = models.ForeignKey(
        Invoice, null=True, blank=True, on_delete=models.PROTECT, related_name="used_in", db_index=False
    )
    # The file's own number of this allocation, so that a repeated file is known; empty when it has none.
    number = models.CharField(max_length=64, blank=True, default="")
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)
    side = models.CharField(
        max_length=10, choices=[(side.value, side.value) for side in Side], default=Side.SETTLES
    )
    effect = models.GeneratedField(
        expression=Case(When(side=Value("restores"), then=-F("amount")), default=F("amount")),
        output_field=models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES),
        db_persist=True,
    )
    basis = models.CharField(
        max_length=20, choices=[(basis.value, basis.value.replace("_", " ")) for basis in Basis]
    )
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversal"
    )
    posted_on = models.DateField()
    recorded_at = models.DateTimeField()
    posting = models.ForeignKey(
        Posting, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        db_table = "allocation"
        constraints = [
            models.CheckConstraint(name="allocation_amount_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="allocation_is_for_something",
                condition=Q(invoice__isnull=False) | Q(payment__isnull=False),
            ),
            models.CheckConstraint(
                name="allocation_has_one_source",
                condition=Q(payment__isnull=True) | Q(credit_note__isnull=True),
            ),
            models.CheckConstraint(
                name="allocation_credit_note_is_not_set_against_itself",
                condition=~Q(credit_note=F("invoice")),
            ),
            models.CheckConstraint(
                name="allocation_that_undoes_restores",
                condition=Q(reverses__isnull=True) | Q(side="restores"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["payment"], condition=Q(payment__isnull=False), name="allocation_by_payment"
            ),
            models.Index(
                fields=["credit_note"],
                condition=Q(credit_note__isnull=False),
                name="allocation_by_credit_note",
            ),
            # Read as of a past day: what was allocated after it.
            models.Index(fields=["company", "posted_on"], name="allocation_by_day"),
            # Read wherever what was given up is no payment. Hardly any rows.
            models.Index(fields=["invoice"], condition=Q(basis="write_off"), name="allocation_written_off"),
            # Read by balances.refresh: rows of one posting lie together, so a block range index finds them.
            BrinIndex(fields=["posting"], name="allocation_of_posting"),
        ]
