"""What a dispute was about before its amount was changed, so that every past day stands as it was then.

Read by ``disputed_before`` in the database, wherever disputes are asked for as of a day.
"""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import F, Func, Q, Value

from collections_app.contact.dispute_rows import Dispute
from collections_app.lib import money


class DisputeAmount(models.Model):
    """An amount that was contested until the moment at which another took its place."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="amounts", db_index=False)
    was = models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)
    until = models.DateTimeField()

    class Meta:
        db_table = "dispute_amount"
        constraints = [models.CheckConstraint(name="disputed_amount_was_positive", condition=Q(was__gt=0))]
        indexes = [
            models.Index(fields=["dispute", "until"], name="dispute_amount_by_dispute"),
            # Whose disputes changed since figures were kept.
            models.Index(fields=["until"], name="dispute_amount_by_moment"),
        ]


def before(moment: dt.datetime) -> "Func":
    """The amount of a dispute just before ``moment``, for a query of disputes."""
    output: models.DecimalField[Any, Any] = models.DecimalField(
        max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES
    )
    return Func(F("pk"), F("amount"), Value(moment), function="disputed_before", output_field=output)
