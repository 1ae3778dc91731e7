"""A hold: that an order waits, with the reasons and figures and the version of the rules of that moment, and
how it ended. Beside them what the newest check found.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from collections_app.holds.order_rows import Order
from collections_app.holds.rule_rows import HoldRuleVersion
from collections_app.holds.rules.ordering import Ending, Moment
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User


class HoldQuerySet(models.QuerySet["Hold"]):
    """Words for holds."""

    def standing(self) -> "HoldQuerySet":
        """That hold an order now."""
        return self.filter(ended_at__isnull=True)


def _rules(**options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        HoldRuleVersion, on_delete=models.PROTECT, related_name="+", db_index=False, **options
    )


class Hold(models.Model):
    """One order that waits, or waited."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+", db_index=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="holds")
    held_at = models.DateTimeField()
    moment = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Moment])
    # Decision.as_facts, of the moment it was held and of the newest check that found something else.
    decision = models.JSONField()
    rules = _rules()
    newest_decision = models.JSONField()
    newest_rules = _rules()
    newest_at = models.DateTimeField()
    first_looked_at = models.DateTimeField(null=True, blank=True)
    first_looked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(
        max_length=12, blank=True, choices=[(each.value, each.value) for each in Ending]
    )
    # What the decision that freed it stood on (figures_of), and by which rules; empty when freed otherwise.
    ended_figures = models.JSONField(null=True, blank=True)
    ended_rules = _rules(null=True, blank=True)

    objects: ClassVar[HoldQuerySet] = HoldQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "order_hold"
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(ended_at__isnull=True), name="order_is_held_once_at_a_time"
            ),
            models.CheckConstraint(
                name="hold_that_ended_says_how",
                condition=Q(ended_at__isnull=True, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
            ),
            models.CheckConstraint(
                name="hold_that_was_looked_at_says_by_whom",
                condition=Q(first_looked_at__isnull=True, first_looked_by__isnull=True)
                | Q(first_looked_at__isnull=False, first_looked_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["company", "customer"],
                condition=Q(ended_at__isnull=True),
                name="hold_standing_by_customer",
            ),
            models.Index(fields=["company", "-held_at"], name="hold_by_moment"),
            models.Index(
                fields=["company", "-ended_at"], condition=Q(ended_at__isnull=False), name="hold_by_end"
            ),
        ]

    @property
    def is_standing(self) -> bool:
        """Whether the order waits."""
        return self.ended_at is None

    @property
    def sentences(self) -> list[str]:
        """Why it waits, as the newest check has it."""
        return [reason["sentence"] for reason in self.newest_decision["reasons"]]
