"""An entry: one customer on the chase list of a day, with its rank and the points that make it.

Every customer with something due or agreed is evaluated; ``left_out`` names the first rule that keeps one off the
list, and is empty for those on it. Derived; replaced by every refresh, by the same statement for all or for one.
"""

from django.db import models
from django.db.models import Q

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import money
from collections_app.people.users import User
from collections_app.segmentation.segments import Segment


def _money() -> models.DecimalField:
    return models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)


class Entry(models.Model):
    """A customer's place on the chase list of ``day``."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="entry")
    day = models.DateField()
    segment = models.ForeignKey(Segment, null=True, on_delete=models.SET_NULL, related_name="+")
    # Who works it on that day: the portfolio's collector, or the stand-in while they are away.
    collector = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    currency = models.CharField(max_length=3)
    overdue = _money()
    to_collect = _money()
    disputed = _money()
    promised = _money()
    unallocated = _money()
    oldest_days = models.IntegerField()
    # to_collect in the company's currency at the day's rate; only compared, never shown or added.
    weight = models.DecimalField(max_digits=24, decimal_places=3)
    score = models.IntegerField()
    # [{"rule", "points", "measure"}], the points add up to the score; sentences are made from it on display.
    parts = models.JSONField(default=list)
    # Empty when on the list, otherwise the first rule that leaves it out, with what it saw.
    left_out = models.CharField(max_length=40, blank=True)
    left_out_facts = models.JSONField(default=dict)
    rank = models.PositiveIntegerField(null=True)
    previous_rank = models.PositiveIntegerField(null=True)  # on the newest earlier day's list
    asleep_until = models.DateField(null=True)
    call_back_at = models.DateTimeField(null=True)  # an agreed minute today
    last_contact_at = models.DateTimeField(null=True)
    next_step = models.CharField(max_length=20, blank=True)
    next_on = models.DateField(null=True)
    refreshed_at = models.DateTimeField()

    class Meta:
        db_table = "chase_entry"
        indexes = [
            models.Index(fields=["company", "rank"], condition=Q(left_out=""), name="entry_by_rank"),
            models.Index(fields=["company", "collector", "rank"], condition=Q(left_out=""), name="entry_by_collector"),
            models.Index(fields=["company", "left_out"], name="entry_by_left_out"),
        ]
