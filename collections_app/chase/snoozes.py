"""A snooze: an entry put to sleep until a day, with a reason. Ends by itself, or is ended by a person."""

from django.db import models
from django.db.models import Q

from collections_app.ledger.customers import Customer
from collections_app.people.users import User


class Snooze(models.Model):
    """Who put a customer's entry to sleep, until when, and why."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="snoozes", db_index=False)
    until = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "chase_snooze"
        constraints = [
            models.UniqueConstraint(fields=["customer"], condition=Q(ended_at__isnull=True), name="customer_has_one_running_snooze"),
            models.CheckConstraint(name="snooze_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="snooze_is_ended_by_somebody",
                condition=Q(ended_by__isnull=True, ended_at__isnull=True) | Q(ended_by__isnull=False, ended_at__isnull=False),
            ),
        ]


class Skip(models.Model):
    """That somebody passed an entry over for the rest of a day, with a reason; *Next* does not offer it to them again."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="skips", db_index=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        db_table = "chase_skip"
        constraints = [
            models.UniqueConstraint(fields=["user", "day", "customer"], name="entry_is_skipped_once_a_day"),
            models.CheckConstraint(name="skip_has_a_reason", condition=~Q(reason="")),
        ]
