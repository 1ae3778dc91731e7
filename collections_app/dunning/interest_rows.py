"""The rows of interest: whether a company charges any, whom it spares, and what was proposed to be charged.

A charge keeps the lines that it was made from, so that what was posted can be explained whatever happens to
the ledger afterwards.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from collections_app.dunning.rules.charging import (
    EXEMPTION_LABELS,
    REASON_LETTERS_MAX,
    STATE_LABELS,
    ChargeState,
    ExemptionKind,
)
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib import money
from collections_app.people.users import User


def _money() -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)


def _somebody(**options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False, **options)


class InterestSetting(models.Model):
    """Whether a company tells and charges interest; without a row it does not."""

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="+")
    is_on = models.BooleanField()
    changed_by = _somebody(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "interest_setting"


class InterestExemption(models.Model):
    """That no law's interest is asked of a customer, why, and who said so."""

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="interest_exemption")
    kind = models.CharField(
        max_length=20, choices=[(kind.value, label) for kind, label in EXEMPTION_LABELS.items()]
    )
    words = models.CharField(max_length=REASON_LETTERS_MAX, blank=True)
    made_by = _somebody()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "interest_exemption"
        constraints = [
            models.CheckConstraint(
                name="interest_exemption_has_a_known_kind",
                condition=Q(kind__in=[kind.value for kind in ExemptionKind]),
            )
        ]

    def __str__(self) -> str:
        label = EXEMPTION_LABELS[ExemptionKind(self.kind)]
        return f"{label}: {self.words}" if self.words else label


class InterestChargeQuerySet(models.QuerySet["InterestCharge"]):
    """Words for charges."""

    def waiting(self) -> "InterestChargeQuerySet":
        """Proposed, and nobody has decided."""
        return self.filter(state=ChargeState.PROPOSED)

    def standing(self) -> "InterestChargeQuerySet":
        """Whose days are taken: all but withdrawn ones."""
        return self.exclude(state=ChargeState.WITHDRAWN)


class InterestCharge(models.Model):
    """Interest on one document for days that follow each other, with the fixed sum where it is the first."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+", db_index=False)
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="interest_charges", db_index=False
    )
    from_on = models.DateField()
    until_on = models.DateField()
    law = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    interest = _money()
    fixed_sum = _money()
    amount = _money()
    # [{"from", "until", "days", "rate", "principal", "amount"}], as it was worked out when it was proposed.
    lines = models.JSONField()
    state = models.CharField(
        max_length=10, choices=[(state.value, label) for state, label in STATE_LABELS.items()]
    )
    reason = models.CharField(max_length=REASON_LETTERS_MAX)
    proposed_by = _somebody()
    proposed_at = models.DateTimeField()
    decided_by = _somebody(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    # Why it was waived or withdrawn.
    because = models.CharField(max_length=REASON_LETTERS_MAX, blank=True)
    # The finance charge that it became.
    posted = models.OneToOneField(
        Invoice, null=True, blank=True, on_delete=models.PROTECT, related_name="interest_charge"
    )
    # The credit note that gave it back, who wrote it and when; ``because`` says why.
    credited = models.OneToOneField(
        Invoice, null=True, blank=True, on_delete=models.PROTECT, related_name="credited_charge"
    )
    credited_by = _somebody(null=True, blank=True)
    credited_at = models.DateTimeField(null=True, blank=True)
    # The key of the form that wrote it: the same form posted twice has one effect.
    form_key = models.UUIDField(null=True, blank=True, unique=True)

    objects: ClassVar[InterestChargeQuerySet] = InterestChargeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "interest_charge"
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "from_on"],
                condition=~Q(state="withdrawn"),
                name="interest_is_charged_once_for_an_invoice_and_period",
            ),
            models.UniqueConstraint(
                fields=["invoice"],
                condition=Q(state="proposed"),
                name="interest_of_an_invoice_waits_once_for_approval",
            ),
            models.CheckConstraint(
                name="interest_charge_adds_up",
                condition=Q(amount=F("interest") + F("fixed_sum"), amount__gt=0, until_on__gte=F("from_on")),
            ),
            models.CheckConstraint(
                name="interest_charge_that_is_decided_says_by_whom",
                condition=Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="proposed") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="interest_charge_is_approved_by_somebody_else",
                condition=~Q(state__in=["posted", "credited"]) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="interest_charge_is_in_the_ledger_once_it_is_posted",
                condition=Q(state__in=["posted", "credited"], posted__isnull=False)
                | (~Q(state__in=["posted", "credited"]) & Q(posted__isnull=True)),
            ),
            models.CheckConstraint(
                name="interest_charge_that_is_given_up_says_why",
                condition=~Q(state__in=["waived", "withdrawn", "credited"]) | ~Q(because=""),
            ),
            models.CheckConstraint(
                name="interest_charge_that_is_credited_says_by_which_note",
                condition=Q(
                    state="credited",
                    credited__isnull=False,
                    credited_by__isnull=False,
                    credited_at__isnull=False,
                )
                | (
                    ~Q(state="credited")
                    & Q(credited__isnull=True, credited_by__isnull=True, credited_at__isnull=True)
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["company"], condition=Q(state="proposed"), name="interest_charge_waiting"),
            models.Index(fields=["invoice", "-until_on"], name="interest_charge_by_invoice"),
            models.Index(fields=["customer", "-proposed_at"], name="interest_charge_by_customer"),
            models.Index(fields=["company", "-proposed_at"], name="interest_charge_by_company"),
        ]

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has to decide."""
        return self.state == ChargeState.PROPOSED

    @property
    def number(self) -> str:
        """Of the document that it becomes."""
        return f"INT-{self.pk:06d}"

    @property
    def credit_number(self) -> str:
        """Of the credit note that gives it back."""
        return f"{self.number}-CR"
