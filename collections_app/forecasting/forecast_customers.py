"""What a frozen forecast expected of each customer in its first week, and what then came from them: of whom a
week was missed, and by how much.

Weeks keep what is expected by currency; this keeps of whom, of the week that is held against what came. With
what stands in the weeks it agrees to the penny.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from collections_app.forecasting.forecasts import Forecast
from collections_app.ledger.customers import Customer
from collections_app.lib import money


def _money(**options: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES, **options)


class ForecastCustomer(models.Model):
    """One customer in one currency; ``came`` and ``credited`` are written when the week has ended. One of
    whom nothing was expected stands here when money came.
    """

    forecast = models.ForeignKey(Forecast, on_delete=models.CASCADE, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+", db_index=False)
    currency = models.CharField(max_length=3)
    expected = _money()
    came = _money(null=True)
    credited = _money(null=True)

    class Meta:
        db_table = "forecast_customer"
        constraints = [
            models.UniqueConstraint(
                fields=["forecast", "currency", "customer"], name="forecast_expects_of_a_customer_once"
            ),
            models.CheckConstraint(
                name="forecast_expects_of_nobody_below_zero", condition=Q(expected__gte=0)
            ),
        ]
