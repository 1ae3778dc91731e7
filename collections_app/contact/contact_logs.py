"""A contact log: one attempt or conversation, and what came of it. It is never edited; withdrawing it is an event.

The newest log that was not withdrawn says what happens next with the customer, and when.
"""

from django.db import models
from django.db.models import Q

from collections_app.contact.rules import Channel, Direction, NextStep, Outcome
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.people.users import User


class ContactLog(models.Model):
    """What was said with a customer, through which channel, by whom, and the next step."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="contact_logs", db_index=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="contact_logs")
    at = models.DateTimeField()
    channel = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Channel])
    direction = models.CharField(max_length=3, choices=[(d.value, d.value) for d in Direction])
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Who it was when it was nobody on file.
    spoke_with = models.CharField(max_length=150, blank=True)
    outcome = models.CharField(max_length=20, choices=[(o.value, o.value.replace("_", " ")) for o in Outcome])
    said = models.TextField(blank=True)
    invoices = models.ManyToManyField(Invoice, through="ContactLogInvoice", related_name="contact_logs")
    next_step = models.CharField(max_length=20, blank=True, choices=[(n.value, n.value.replace("_", " ")) for n in NextStep])
    next_on = models.DateField(null=True, blank=True)
    next_at = models.TimeField(null=True, blank=True)
    # The key of the form that wrote it: the same form posted twice has one effect.
    form_key = models.UUIDField(null=True, blank=True, unique=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "contact_log"
        constraints = [
            models.CheckConstraint(
                name="contact_log_next_step_has_a_day",
                condition=Q(next_step="", next_on__isnull=True) | (~Q(next_step="") & Q(next_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="contact_log_is_withdrawn_by_somebody",
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-at"], condition=Q(withdrawn_at__isnull=True), name="contact_log_by_customer"),
            models.Index(fields=["company", "next_on"], condition=Q(withdrawn_at__isnull=True), name="contact_log_by_next_step"),
        ]


class ContactLogInvoice(models.Model):
    """That a conversation was about an invoice."""

    contact_log = models.ForeignKey(ContactLog, on_delete=models.CASCADE)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT)

    class Meta:
        db_table = "contact_log_invoice"
        constraints = [models.UniqueConstraint(fields=["contact_log", "invoice"], name="contact_log_names_an_invoice_once")]
