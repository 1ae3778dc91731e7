"""The rows of write-offs: what was proposed of which invoices, who approved it, and what became of it.

Proposed -> approved | refused | withdrawn | expired; approved -> taken back. What was posted is never
removed: taking it back writes rows that undo it.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from collections_app.ledger.allocations import Allocation
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib import money
from collections_app.people.users import User
from collections_app.write_offs.rules.proposing import STATE_LABELS, WORDS_LETTERS_MAX, WriteOffState
from collections_app.write_offs.rules.reasons import CODE_LETTERS_MAX, LABEL_LETTERS_MAX

REFERENCE_LETTERS_MAX = 100
_POSTED = Q(state__in=["approved", "taken_back"])


def _money(**options: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES, **options)


def _somebody(**options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False, **options)


class WriteOffQuerySet(models.QuerySet["WriteOff"]):
    """Words for write-offs."""

    def waiting(self) -> "WriteOffQuerySet":
        """Proposed, and not yet decided."""
        return self.filter(state=WriteOffState.PROPOSED)

    def posted(self) -> "WriteOffQuerySet":
        """That are, or were, in the ledger."""
        return self.filter(_POSTED)

    def to_hand_over(self) -> "WriteOffQuerySet":
        """Of which the bookkeeper does not know: posted, or taken back after they were told."""
        new = Q(state="approved", handed_over_at__isnull=True)
        return self.filter(
            new | Q(state="taken_back", handed_over_at__isnull=False, undoing_handed_over_at__isnull=True)
        )

    def to_book(self) -> "WriteOffQuerySet":
        """Handed over, and nobody said yet that the accounts system has them."""
        return self.filter(state="approved", handed_over_at__isnull=False, booked_at__isnull=True)


class WriteOff(models.Model):
    """Amounts of one customer's invoices in one currency."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="write_offs", db_index=False
    )
    currency = models.CharField(max_length=3)
    amount = _money()
    reason = models.CharField(max_length=CODE_LETTERS_MAX)
    # As it read when it was proposed, whatever becomes of the list of reasons.
    reason_label = models.CharField(max_length=LABEL_LETTERS_MAX)
    words = models.CharField(max_length=WORDS_LETTERS_MAX)
    # Disputes and promises that stood in the way, in sentences, and why it was proposed in spite of them.
    hindrances = models.JSONField(default=list)
    in_spite_of = models.CharField(max_length=WORDS_LETTERS_MAX, blank=True)
    state = models.CharField(max_length=12, choices=[(s.value, STATE_LABELS[s]) for s in WriteOffState])
    proposed_by = _somebody()
    proposed_at = models.DateTimeField()
    # The last day on which it waits.
    waits_until = models.DateField()
    decided_by = _somebody(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=WORDS_LETTERS_MAX, blank=True)
    # What it came to in the company's currency when it was decided; None where no rate was known.
    worth = _money(null=True, blank=True)
    posted_on = models.DateField(null=True, blank=True)
    taken_back_by = _somebody(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_because = models.CharField(max_length=WORDS_LETTERS_MAX, blank=True)
    # When the bookkeeper's list had it, and its undoing; and when they said that their books have it.
    handed_over_at = models.DateTimeField(null=True, blank=True)
    undoing_handed_over_at = models.DateTimeField(null=True, blank=True)
    booked_at = models.DateTimeField(null=True, blank=True)
    booked_by = _somebody(null=True, blank=True)
    booked_as = models.CharField(max_length=REFERENCE_LETTERS_MAX, blank=True)
    # The key of the form that wrote it: the same form posted twice has one effect.
    form_key = models.UUIDField(null=True, blank=True, unique=True)

    objects: ClassVar[WriteOffQuerySet] = WriteOffQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "write_off"
        constraints = [
            models.CheckConstraint(name="write_off_amount_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="write_off_is_decided_by_somebody_else",
                condition=Q(state__in=["proposed", "withdrawn", "expired"])
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="write_off_is_posted_once_it_is_approved",
                condition=(_POSTED & Q(posted_on__isnull=False)) | (~_POSTED & Q(posted_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="write_off_that_is_taken_back_says_why",
                condition=~Q(state="taken_back")
                | Q(taken_back_by__isnull=False, taken_back_at__isnull=False) & ~Q(taken_back_because=""),
            ),
            models.CheckConstraint(
                name="write_off_that_is_refused_says_why", condition=~Q(state="refused") | ~Q(decision="")
            ),
        ]
        indexes = [
            models.Index(
                fields=["company", "proposed_at"], condition=Q(state="proposed"), name="write_off_waiting"
            ),
            models.Index(fields=["company", "-proposed_at"], name="write_off_by_company"),
            models.Index(fields=["customer", "-proposed_at"], name="write_off_by_customer"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """By which people and the bookkeeper's list call it."""
        return f"WO-{self.pk:06d}"

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has to decide."""
        return self.state == WriteOffState.PROPOSED


class WriteOffLine(models.Model):
    """What of one invoice is given up; ``allocation`` settles it once it is approved."""

    write_off = models.ForeignKey(WriteOff, on_delete=models.CASCADE, related_name="lines")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="written_off")
    amount = _money()
    # Follows the write-off, for the one constraint.
    is_waiting = models.BooleanField(default=True)
    allocation = models.OneToOneField(
        Allocation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        db_table = "write_off_line"
        constraints = [
            models.CheckConstraint(name="write_off_line_amount_is_positive", condition=Q(amount__gt=0)),
            models.UniqueConstraint(fields=["write_off", "invoice"], name="write_off_names_an_invoice_once"),
            models.UniqueConstraint(
                fields=["invoice"], condition=Q(is_waiting=True), name="invoice_waits_once_to_be_written_off"
            ),
        ]


class WriteOffApproval(models.Model):
    """That somebody approved a write-off; above a sum it takes two different people."""

    write_off = models.ForeignKey(WriteOff, on_delete=models.CASCADE, related_name="approvals")
    by = _somebody()
    at = models.DateTimeField()
    words = models.CharField(max_length=WORDS_LETTERS_MAX, blank=True)

    class Meta:
        db_table = "write_off_approval"
        constraints = [
            models.UniqueConstraint(fields=["write_off", "by"], name="write_off_is_approved_once_by_each")
        ]
