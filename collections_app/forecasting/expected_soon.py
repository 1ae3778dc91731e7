"""How much of what a customer owes now is likely to come within a week. Derived; replaced with the expected
payments that it adds up, so that making a chase list reads a line for each customer and not every invoice.
"""

from django.db import models

from collections_app.ledger import customer_ranges
from collections_app.ledger.companies import Company
from collections_app.ledger.customer_ranges import CustomerRange
from collections_app.ledger.customers import Customer
from collections_app.lib import money
from collections_app.lib.sql import Statement

_WRITE = Statement(__file__, "write_expected_soon")


class ExpectedSoon(models.Model):
    """Of one customer in one currency, as expected on ``day``."""

    # Both are written from the rows that they name: looking each up again took a fifth of the stage.
    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    day = models.DateField()
    currency = models.CharField(max_length=3)
    # What is due on that day, neither disputed nor promised.
    askable = models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)
    # What of it is expected within seven days: each invoice by its chance.
    soon = models.DecimalField(max_digits=money.MAX_DIGITS + 4, decimal_places=money.DECIMAL_PLACES + 4)

    class Meta:
        db_table = "expected_soon"
        constraints = [
            models.UniqueConstraint(fields=["customer", "currency"], name="expected_soon_is_said_once")
        ]
        indexes = [models.Index(fields=["company"], name="expected_soon_by_company")]


def add_up(*, company: Company, within: CustomerRange | None = None) -> int:
    """Say it anew of the customers of ``company``, all or a range; how many rows there are."""
    said = ExpectedSoon.objects.filter(company=company)
    if within is not None:
        said = said.filter(**within.lookups("customer"))
    said.delete()
    return _WRITE.execute({"company": company.pk, **customer_ranges.params_of(within)})
