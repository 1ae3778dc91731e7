"""A dispute: an amount of an invoice that the customer contests. The rest of the invoice stays collectable."""

from django.db import models
from django.db.models import Q

from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.rules import DisputeState
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib import money
from collections_app.people.users import User


class Dispute(models.Model):
    """A contested amount of one invoice, and how it ended."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="disputes", db_index=False)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="disputes")
    contact_log = models.ForeignKey(ContactLog, null=True, blank=True, on_delete=models.PROTECT, related_name="disputes")
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)
    reason = models.CharField(max_length=10)
    said = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in DisputeState])
    lodged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lodged_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "dispute"
        constraints = [
            models.CheckConstraint(name="dispute_amount_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="dispute_is_closed_by_somebody",
                condition=Q(state="lodged", closed_by__isnull=True, closed_at__isnull=True)
                | (~Q(state="lodged") & Q(closed_by__isnull=False, closed_at__isnull=False)),
            ),
            models.UniqueConstraint(fields=["invoice"], condition=Q(state="lodged"), name="invoice_has_one_open_dispute"),
        ]
        indexes = [models.Index(fields=["company", "customer"], condition=Q(state="lodged"), name="dispute_open_by_customer")]
