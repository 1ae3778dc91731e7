"""The rows of credit insurance: the policy of a company, limits of customers, what the insurer was told, and
the days whose list was signed off.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from collections_app.insurance.rules import (
    KIND_LABELS,
    NAME_LETTERS_MAX,
    WORDS_LETTERS_MAX,
    NoticeKind,
    Terms,
)
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib import money
from collections_app.people.users import User


def _somebody(**options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False, **options)


class InsurancePolicy(models.Model):
    """What a company's policy says, in days after the due date."""

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="+")
    insurer = models.CharField(max_length=NAME_LETTERS_MAX)
    policy_number = models.CharField(max_length=NAME_LETTERS_MAX, blank=True)
    report_days = models.PositiveSmallIntegerField()
    stop_days = models.PositiveSmallIntegerField(null=True, blank=True)
    claim_days = models.PositiveSmallIntegerField(null=True, blank=True)
    warn_working_days = models.PositiveSmallIntegerField()
    # From this day on its list is signed off.
    since = models.DateField()
    version = models.PositiveIntegerField(default=1)
    changed_by = _somebody()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "insurance_policy"

    @property
    def terms(self) -> Terms:
        """What the rules read of it."""
        return Terms(
            self.insurer,
            self.policy_number,
            self.report_days,
            self.stop_days,
            self.claim_days,
            self.warn_working_days,
        )


class InsuredLimit(models.Model):
    """Up to which amount a customer is insured."""

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="insured_limit")
    amount = models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)
    currency = models.CharField(max_length=3)
    set_by = _somebody()
    set_at = models.DateTimeField()

    class Meta:
        db_table = "insured_limit"
        constraints = [
            models.CheckConstraint(name="insured_limit_is_positive", condition=Q(amount__gt=0)),
        ]


class InsurerNotice(models.Model):
    """That the insurer was told of invoices of one customer. Withdrawn where it was a mistake."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=[(each.value, KIND_LABELS[each]) for each in NoticeKind])
    reference = models.CharField(max_length=NAME_LETTERS_MAX)
    words = models.CharField(max_length=WORDS_LETTERS_MAX, blank=True)
    told_on = models.DateField()
    told_by = _somebody()
    recorded_at = models.DateTimeField()
    withdrawn_by = _somebody(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # The key of the form that wrote it: the same form posted twice has one effect.
    form_key = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        db_table = "insurer_notice"
        constraints = [
            models.CheckConstraint(
                name="insurer_notice_that_is_withdrawn_says_by_whom",
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["company", "-told_on"], name="insurer_notice_by_day"),
            models.Index(
                fields=["customer", "kind"],
                condition=Q(withdrawn_at__isnull=True),
                name="insurer_notice_by_customer",
            ),
        ]


class InsurerNoticeLine(models.Model):
    """One invoice of a notice, with what was open of it and by when they were to be told."""

    notice = models.ForeignKey(InsurerNotice, on_delete=models.CASCADE, related_name="lines")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10)
    amount = models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)
    deadline_on = models.DateField()
    # Follows the notice, for the one constraint.
    is_valid = models.BooleanField(default=True)

    objects: ClassVar[models.Manager["InsurerNoticeLine"]] = models.Manager()

    class Meta:
        db_table = "insurer_notice_line"
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "kind"],
                condition=Q(is_valid=True),
                name="insurer_is_told_once_of_an_invoice",
            ),
        ]


class InsurerSignOff(models.Model):
    """That nothing was left to tell on a day, who says so, and how many invoices they were told of then."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    told = models.PositiveIntegerField()
    signed_by = _somebody()
    signed_at = models.DateTimeField()

    class Meta:
        db_table = "insurer_sign_off"
        constraints = [
            models.UniqueConstraint(fields=["company", "day"], name="insurer_list_is_signed_off_once_a_day"),
        ]
