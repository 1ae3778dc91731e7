"""What a frozen forecast expected of each open invoice in its first week, and what then came for it: the
invoices behind every figure of a week that is over.

With what is kept of customers and in the weeks they agree to the penny. They are many: each is a row of its
key and three amounts, and after ``forecasts.INVOICES_KEPT_WEEKS`` they are forgotten.
"""

from django.db import models
from django.db.models import Q

from collections_app.forecasting.forecasts import Forecast
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice


class ForecastInvoice(models.Model):
    """One invoice of the customer that it was of, in thousandths; only statements write it. ``came`` and
    ``credited`` are written when the week has ended. One of which nothing was expected stands here when
    something came.
    """

    pk = models.CompositePrimaryKey("forecast", "currency", "customer", "invoice")
    forecast = models.ForeignKey(Forecast, on_delete=models.CASCADE, related_name="+", db_index=False)
    currency = models.CharField(max_length=3)
    # Both are taken from rows that have them proved.
    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    invoice = models.ForeignKey(
        Invoice, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    expected = models.BigIntegerField()
    came = models.BigIntegerField(default=0, db_default=0)
    credited = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        db_table = "forecast_invoice"
        constraints = [
            models.CheckConstraint(
                name="forecast_expects_of_no_invoice_below_zero", condition=Q(expected__gte=0)
            ),
        ]
