"""The row of a commitment: what we owe a customer, who of us does it, and by which day. Its verbs stand in
``commitments``, what is read of all of them in ``owing``.
"""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.disputes import Dispute
from collections_app.contact.rules import committing
from collections_app.contact.rules.committing import KIND_LABELS, CommitmentKind, CommitmentState
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.people.users import User


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Words for commitments."""

    def open(self) -> "CommitmentQuerySet":
        """Neither met nor withdrawn."""
        return self.filter(state=CommitmentState.OPEN)

    def late(self, today: dt.date) -> "CommitmentQuerySet":
        """Open, and its day has passed."""
        return self.open().filter(due_on__lt=today)

    def due(self, today: dt.date) -> "CommitmentQuerySet":
        """Open, and to be done today or before: what its owner is reminded of."""
        return self.open().filter(due_on__lte=today)

    def of(self, user: User) -> "CommitmentQuerySet":
        """Those that ``user`` is to do."""
        return self.filter(owner=user)

    def in_order(self, *, latest_first: bool = False) -> "CommitmentQuerySet":
        """What is due first stands first, so late ones lead; or the other way round, for what has ended."""
        return self.order_by("-due_on", "-pk") if latest_first else self.order_by("due_on", "pk")

    def after(self, due_on: dt.date, pk: int, *, latest_first: bool = False) -> "CommitmentQuerySet":
        """Those that follow one in that order; a page begins after the one before."""
        if latest_first:
            return self.filter(Q(due_on__lt=due_on) | Q(due_on=due_on, pk__lt=pk))
        return self.filter(Q(due_on__gt=due_on) | Q(due_on=due_on, pk__gt=pk))


class Commitment(models.Model):
    """What we owe a customer. ``due_at`` is in the company's zone."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="commitments", db_index=False
    )
    contact_log = models.ForeignKey(
        ContactLog, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    dispute = models.ForeignKey(
        Dispute, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    invoices = models.ManyToManyField(Invoice, through="CommitmentInvoice", related_name="commitments")
    kind = models.CharField(
        max_length=15, choices=[(kind.value, KIND_LABELS[kind]) for kind in CommitmentKind]
    )
    words = models.CharField(max_length=committing.WORDS_MAX, blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    due_on = models.DateField()
    due_at = models.TimeField(null=True, blank=True)
    # The day that was promised first: the rate looks at it, however often the day moves.
    first_due_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=[(s.value, committing.STATE_LABELS[s]) for s in CommitmentState]
    )
    # Empty when the clock did it.
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Counts the changes: a form that saw an older one is refused.
    version = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(null=True, blank=True, unique=True)

    objects: ClassVar[CommitmentQuerySet] = CommitmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "commitment"
        constraints = [
            models.CheckConstraint(
                name="commitment_that_is_open_has_not_ended",
                condition=Q(state="open", ended_on__isnull=True, ended_by__isnull=True)
                | (~Q(state="open") & Q(ended_on__isnull=False, ended_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="commitment_has_a_known_kind", condition=Q(kind__in=[k.value for k in CommitmentKind])
            ),
            models.CheckConstraint(
                name="commitment_has_a_known_state", condition=Q(state__in=[s.value for s in CommitmentState])
            ),
            models.CheckConstraint(
                name="commitment_has_a_time_only_for_a_call_back",
                condition=Q(due_at__isnull=True) | Q(kind="call_back"),
            ),
            models.CheckConstraint(
                name="commitment_is_met_in_time_or_late",
                condition=(~Q(state="met") | Q(ended_on__lte=F("due_on")))
                & (~Q(state="met_late") | Q(ended_on__gt=F("due_on"))),
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_on"], condition=Q(state="open"), name="commitment_open_by_owner"
            ),
            models.Index(
                fields=["customer", "due_on"], condition=Q(state="open"), name="commitment_open_by_customer"
            ),
            models.Index(fields=["company", "due_on", "id"], name="commitment_by_day"),
            models.Index(fields=["company", "first_due_on"], name="commitment_by_first_day"),
        ]

    def __str__(self) -> str:
        label = KIND_LABELS[CommitmentKind(self.kind)]
        return f"{label}: {self.words}" if self.words else label

    def is_late(self, today: dt.date) -> bool:
        """Open, and its day has passed."""
        return self.state == CommitmentState.OPEN and self.due_on < today


class CommitmentInvoice(models.Model):
    """That a commitment is about an invoice."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT)

    class Meta:
        db_table = "commitment_invoice"
        constraints = [
            models.UniqueConstraint(fields=["commitment", "invoice"], name="commitment_names_an_invoice_once")
        ]
