"""A claim: that somebody has a customer open. It is a lease: it ends by itself when it is not renewed."""

from django.db import models

from collections_app.ledger.customers import Customer
from collections_app.people.users import User

LEASE_MINUTES = 10


class Claim(models.Model):
    """Who has a customer open, until when."""

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="claim")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="claims")
    claimed_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        db_table = "chase_claim"
