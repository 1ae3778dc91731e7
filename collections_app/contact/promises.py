"""A promise to pay: an amount, a day, the invoices it is for, and who said it. Settled from allocations only."""

from django.db import models
from django.db.models import Q

from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.rules import PromiseState
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib import money
from collections_app.people.users import User


class Promise(models.Model):
    """What a customer said they would pay, and by when."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="promises", db_index=False)
    contact_log = models.ForeignKey(ContactLog, null=True, blank=True, on_delete=models.PROTECT, related_name="promises")
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)
    promised_on = models.DateField()
    said_by = models.CharField(max_length=150, blank=True)
    state = models.CharField(max_length=20, choices=[(s.value, s.value.replace("_", " ")) for s in PromiseState])
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    settled_on = models.DateField(null=True, blank=True)
    paid_amount = models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES, default=money.ZERO)

    class Meta:
        db_table = "promise"
        constraints = [
            models.CheckConstraint(name="promise_amount_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="promise_that_runs_is_not_settled",
                condition=Q(state="running", settled_on__isnull=True) | (~Q(state="running") & Q(settled_on__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["company", "customer"], condition=Q(state="running"), name="promise_running_by_customer"),
            models.Index(fields=["customer", "-settled_on"], name="promise_by_customer"),
        ]


class PromisedInvoice(models.Model):
    """The part of a promise that is for one invoice. ``is_running`` follows the promise, for the one constraint."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="lines")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="promised")
    amount = models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)
    is_running = models.BooleanField(default=True)

    class Meta:
        db_table = "promised_invoice"
        constraints = [
            models.UniqueConstraint(fields=["invoice"], condition=Q(is_running=True), name="invoice_has_one_running_promise"),
            models.UniqueConstraint(fields=["promise", "invoice"], name="promise_names_an_invoice_once"),
            models.CheckConstraint(name="promised_amount_is_positive", condition=Q(amount__gt=0)),
        ]
