"""A contact: a person at the customer whom we write to or call."""

from django.db import models
from django.db.models.functions import Lower

from collections_app.ledger.customers import Customer


class Contact(models.Model):
    """A person at a customer."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=100, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=5, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    # When they can be reached, in their words, and what to mind ("not on Fridays", "asks for copies by
    # email").
    hours = models.CharField(max_length=100, blank=True)
    remarks = models.CharField(max_length=300, blank=True)
    # When a message to this address came back for good; empty again once an import brings another address.
    email_bounced_at = models.DateTimeField(null=True, blank=True)
    is_primary = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    # Since when the accounts system no longer has them; empty while it does.
    dropped_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "contact"
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "name", "email"], name="contact_is_known_once_at_a_customer"
            ),
            models.UniqueConstraint(
                fields=["customer"],
                condition=models.Q(is_primary=True),
                name="customer_has_one_primary_contact",
            ),
        ]
        indexes = [
            # Read to find who else is written to at the same address.
            models.Index(Lower("email"), condition=~models.Q(email=""), name="contact_by_email"),
        ]

    def __str__(self) -> str:
        return self.name
