"""What each customer adds to the measures of today, kept once its night is over: so that the first look at
them, whoever they are narrowed to, reads no million invoices, and a posting costs no more than whom it is
about.

It stands on postings of its own (a bookmark), not on those of a snapshot: while the day is derived anew after
an import, measures are what was kept, without the customers it is about, who are read from rows.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import money
from collections_app.reports.snapshot_rows import DIGITS_OF_DAYS

# Who takes in what was posted: what is kept here.
READER = "measures"


class PartBasis(models.Model):
    """What the kept parts of a company are of. Replaced with them."""

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    # When that began, at the latest: disputes that changed since are read from rows.
    read_at = models.DateTimeField()
    # Touches have no posting: of all customers those until this moment, whenever each was read.
    touched_until = models.DateTimeField()
    # All of them together: rows of name, currency, key, count and amount as text.
    whole = models.JSONField()

    class Meta:
        db_table = "report_part_basis"


class CustomerPart(models.Model):
    """One part of one customer in a currency; ``rules.measure_parts`` says what keys are."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=20)
    currency = models.CharField(max_length=3, blank=True)
    keys = ArrayField(models.IntegerField())
    counts = ArrayField(models.BigIntegerField())
    amounts = ArrayField(models.DecimalField(max_digits=DIGITS_OF_DAYS, decimal_places=money.DECIMAL_PLACES))

    class Meta:
        db_table = "report_customer_part"
        constraints = [
            models.UniqueConstraint(fields=["customer", "name", "currency"], name="customer_has_a_part_once")
        ]
