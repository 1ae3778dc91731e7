"""A version of hold rules: what holds the orders of a company, of one segment, or of one customer, from a
day on.

A draft is edited and published, or discarded; what was published never changes. The newest version whose day
has come is in force. The nearest scope holds wholly: customer, then segment, then company. A version without
rules says that from its day on the wider scope holds again.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from collections_app.holds.rules import rule_sets
from collections_app.holds.rules.rule_sets import RuleSet
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User


class HoldRuleVersionQuerySet(models.QuerySet["HoldRuleVersion"]):
    """Words for versions of hold rules."""

    def published(self) -> "HoldRuleVersionQuerySet":
        """In force, once in force, or to be."""
        return self.filter(state="published")

    def in_order(self) -> "HoldRuleVersionQuerySet":
        """The last in force comes last."""
        return self.order_by("in_force_from", "number")


class HoldRuleVersion(models.Model):
    """Rules for a company; with a segment's code or a customer, only for that."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    segment_code = models.CharField(max_length=40, blank=True)
    customer = models.ForeignKey(
        Customer, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=[(s, s) for s in ("draft", "published")])
    # rule_sets.write; None follows the wider scope.
    settings = models.JSONField(null=True)
    note = models.CharField(max_length=300, blank=True)
    # Rises with every edit of a draft.
    revision = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    # Whoever kept the rules last as they stand: what lets more through is published by somebody else.
    kept_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    published_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    published_at = models.DateTimeField(null=True)
    in_force_from = models.DateField(null=True)

    objects: ClassVar[HoldRuleVersionQuerySet] = HoldRuleVersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "hold_rule_version"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "segment_code", "customer", "number"],
                nulls_distinct=False,
                name="hold_rule_version_number_is_used_once",
            ),
            models.UniqueConstraint(
                fields=["company", "segment_code", "customer"],
                condition=Q(state="draft"),
                nulls_distinct=False,
                name="scope_has_one_draft_of_its_hold_rules",
            ),
            models.CheckConstraint(
                name="hold_rules_are_for_a_segment_or_a_customer_or_for_all",
                condition=Q(segment_code="") | Q(customer__isnull=True),
            ),
            models.CheckConstraint(
                name="hold_rules_of_a_company_say_something",
                condition=~Q(segment_code="") | Q(customer__isnull=False) | Q(settings__isnull=False),
            ),
            models.CheckConstraint(
                name="hold_rules_that_are_published_say_since_when",
                condition=Q(state="draft", in_force_from__isnull=True, published_at__isnull=True)
                | Q(state="published", in_force_from__isnull=False, published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        if self.customer_id:
            scope = f" of {self.customer}"
        else:
            scope = f" of segment {self.segment_code}" if self.segment_code else ""
        return f"hold rules{scope}, version {self.number}"

    @property
    def rules(self) -> RuleSet | None:
        """The set, as the pure functions take it; None where the wider scope holds."""
        return None if self.settings is None else rule_sets.read(self.settings)
