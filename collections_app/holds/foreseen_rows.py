"""Whose orders go on hold soon, as the newest night found it: where a list begins to look. What is shown of
it is worked out anew, since somebody may have paid meanwhile.
"""

import datetime as dt
from collections.abc import Mapping

from django.db import models, transaction

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer

ROWS_AT_ONCE = 1000


class ForeseenHold(models.Model):
    """The first day on which orders of a customer, or one order of theirs, will be held."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()

    class Meta:
        db_table = "foreseen_hold"
        indexes = [models.Index(fields=["company", "on"], name="foreseen_hold_by_day")]


@transaction.atomic
def keep(*, company: Company, days: Mapping[int, dt.date]) -> None:
    """``days`` are all there are now, by customer (id); the same again writes nothing."""
    known = dict(ForeseenHold.objects.filter(company=company).values_list("customer", "on"))
    gone = [customer for customer in known if customer not in days]
    ForeseenHold.objects.filter(company=company, customer__in=gone).delete()
    rows = [
        ForeseenHold(company=company, customer_id=customer, on=on)
        for customer, on in sorted(days.items())
        if known.get(customer) != on
    ]
    ForeseenHold.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["customer"],
        update_fields=["on"],
        batch_size=ROWS_AT_ONCE,
    )
