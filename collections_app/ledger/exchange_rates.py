"""An exchange rate: what one unit of a currency was worth in a company's currency, from a day on.

Rates only compare (does this amount count as large?); amounts of different currencies are never added.
"""

from django.db import models

from collections_app.ledger.companies import Company


class ExchangeRate(models.Model):
    """One unit of ``currency`` is worth ``rate`` units of the company's currency from ``valid_from`` on."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="exchange_rates")
    currency = models.CharField(max_length=3)
    valid_from = models.DateField()
    rate = models.DecimalField(max_digits=18, decimal_places=8)

    class Meta:
        db_table = "exchange_rate"
        constraints = [
            models.UniqueConstraint(fields=["company", "currency", "valid_from"], name="exchange_rate_is_given_once_a_day"),
            models.CheckConstraint(name="exchange_rate_is_positive", condition=models.Q(rate__gt=0)),
        ]
