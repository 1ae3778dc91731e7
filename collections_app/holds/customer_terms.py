"""What somebody said about one customer's orders: that all of them wait, that a rule is set aside for a time,
or until when their limit holds. The verbs are in ``steering``.
"""

from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models import Q

from collections_app.holds.rules.reasons import REASON_LABELS, ReasonCode
from collections_app.holds.rules.steering import WORDS_LETTERS_MAX
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import money
from collections_app.people.users import User

_Said = TypeVar("_Said", bound=models.Model)


class StandingQuerySet(models.QuerySet[_Said]):
    """Words for what stands until somebody ends it."""

    def standing(self) -> "StandingQuerySet[_Said]":
        """That nobody has ended."""
        return self.filter(ended_at__isnull=True)


def _somebody(**options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False, **options)


class ForcedHold(models.Model):
    """Every order of a customer waits, until a person lifts it; nothing else does."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="forced_holds", db_index=False
    )
    reason = models.CharField(max_length=WORDS_LETTERS_MAX)
    placed_by = _somebody()
    placed_at = models.DateTimeField()
    ended_by = _somebody(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=WORDS_LETTERS_MAX, blank=True)
    form_key = models.UUIDField(null=True, blank=True, unique=True)

    objects: ClassVar["StandingQuerySet[ForcedHold]"] = StandingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "forced_hold"
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(ended_at__isnull=True),
                name="customer_is_forced_on_hold_once_at_a_time",
            ),
            models.CheckConstraint(name="forced_hold_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="forced_hold_is_lifted_by_a_person_who_says_why",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(because="")),
            ),
        ]
        indexes = [models.Index(fields=["customer", "-placed_at"], name="forced_hold_by_customer")]


class HoldExclusion(models.Model):
    """A rule (by its code; empty for every rule) that does not hold a customer's orders up to a day, those
    up to an amount: the largest that whoever made it releases alone; empty for any.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="hold_exclusions", db_index=False
    )
    code = models.CharField(max_length=20, blank=True)
    until = models.DateField()
    amount_max = models.DecimalField(
        max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES, null=True, blank=True
    )
    currency = models.CharField(max_length=3, blank=True)
    reason = models.CharField(max_length=WORDS_LETTERS_MAX)
    made_by = _somebody()
    made_at = models.DateTimeField()
    ended_by = _somebody(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(null=True, blank=True, unique=True)

    objects: ClassVar["StandingQuerySet[HoldExclusion]"] = StandingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "hold_exclusion"
        constraints = [
            models.CheckConstraint(name="hold_exclusion_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="hold_exclusion_up_to_an_amount_says_its_currency",
                condition=Q(amount_max__isnull=True, currency="")
                | (Q(amount_max__isnull=False) & ~Q(currency="")),
            ),
            models.CheckConstraint(
                name="hold_exclusion_is_ended_by_a_person",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["customer", "until"],
                condition=Q(ended_at__isnull=True),
                name="hold_exclusion_standing",
            )
        ]

    @property
    def rule_label(self) -> str:
        """What is set aside, in words."""
        return REASON_LABELS[ReasonCode(self.code)] if self.code else "every rule"


class CreditTerm(models.Model):
    """Until and with which day a customer's credit limit holds; without a row it does not expire."""

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="credit_term")
    limit_expires_on = models.DateField(null=True, blank=True)
    set_by = _somebody(null=True)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "credit_term"
