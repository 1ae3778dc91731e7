"""The rows of a promise to pay: the promise, its part of each invoice, and its instalments. What is done with
them stands in ``promises``, how they end in ``endings``.

A promise runs until it is kept, kept late, partly kept or broken, or until somebody replaces or withdraws it
with a reason. It is never edited. ``promised_on`` is the day of the instalment it stands at; ``grace_days``
and ``kept_share`` are the company's of the day it was recorded.
"""

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Func, Q, Value

from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.rules import (
    CONFIDENCE_LABELS,
    PAY_BY_LABELS,
    Confidence,
    PayBy,
    PromiseState,
    promising,
)
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib import money
from collections_app.people.users import User


class Promise(models.Model):
    """What a customer said they would pay, and by when."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="promises", db_index=False)
    contact_log = models.ForeignKey(
        ContactLog, null=True, blank=True, on_delete=models.PROTECT, related_name="promises"
    )
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)
    promised_on = models.DateField()
    said_by = models.CharField(max_length=promising.NAME_LETTERS_MAX, blank=True)
    # Their role then: what they may decide tells how much their word is worth.
    said_by_role = models.CharField(
        max_length=promising.ROLE_LETTERS_MAX, blank=True, default="", db_default=""
    )
    how = models.CharField(
        max_length=20,
        blank=True,
        default="",
        db_default="",
        choices=[(h.value, PAY_BY_LABELS[h]) for h in PayBy],
    )
    confidence = models.CharField(
        max_length=10,
        blank=True,
        default="",
        db_default="",
        choices=[(c.value, CONFIDENCE_LABELS[c]) for c in Confidence],
    )
    state = models.CharField(
        max_length=20, choices=[(s.value, s.value.replace("_", " ")) for s in PromiseState]
    )
    # Which promise it is for its invoices, and how many of the customer's broke in the year before it.
    level = models.PositiveSmallIntegerField(default=1, db_default=1)
    broken_before = models.PositiveSmallIntegerField(default=0, db_default=0)
    grace_days = models.PositiveSmallIntegerField(
        default=promising.GRACE_WORKING_DAYS, db_default=promising.GRACE_WORKING_DAYS
    )
    kept_share = models.DecimalField(
        max_digits=5,
        decimal_places=4,
        default=promising.USUAL_KEPT_SHARE,
        db_default=promising.USUAL_KEPT_SHARE,
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    settled_on = models.DateField(null=True, blank=True)
    # Who replaced or withdrew it, and why; empty when it was settled.
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(
        max_length=promising.BECAUSE_LETTERS_MAX, blank=True, default="", db_default=""
    )
    # The later promise that took this one's place.
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )
    # What came for it in time, and what of it was to be paid at all: less what was credited or is disputed.
    paid_amount = models.DecimalField(
        max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES, default=money.ZERO
    )
    needed_amount = models.DecimalField(
        max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES, null=True, blank=True
    )
    # Counts changes, so that a form opened on an older state is refused.
    version = models.PositiveIntegerField(default=1, db_default=1)
    # The key of the form that wrote it: the same form posted twice has one effect.
    form_key = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        db_table = "promise"
        constraints = [
            models.CheckConstraint(name="promise_amount_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="promise_that_runs_is_not_settled",
                condition=Q(state="running", settled_on__isnull=True)
                | (~Q(state="running") & Q(settled_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="promise_that_is_replaced_names_its_successor",
                condition=Q(replaced_by__isnull=True) | Q(state="replaced"),
            ),
            models.CheckConstraint(
                name="promise_is_kept_from_a_share_up_to_one",
                condition=Q(kept_share__gt=0, kept_share__lte=1),
            ),
            models.CheckConstraint(
                name="promise_with_a_reason_was_ended_by_somebody",
                condition=Q(because="") | Q(ended_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["company", "customer"],
                condition=Q(state="running"),
                name="promise_running_by_customer",
            ),
            models.Index(fields=["customer", "-settled_on"], name="promise_by_customer"),
            # Read by the list of promises and by the rates.
            models.Index(
                fields=["company", "-settled_on", "-id"],
                condition=Q(settled_on__isnull=False),
                name="promise_ended_by_day",
            ),
        ]

    @property
    def awaited(self) -> Decimal:
        """What of it is to be paid at all, as it was settled last: less what was credited or is disputed."""
        return self.amount if self.needed_amount is None else self.needed_amount

    @property
    def still(self) -> Decimal:
        """What of it has not come yet, as it was settled last."""
        return max(self.awaited - self.paid_amount, money.ZERO)


class PromisedInvoiceQuerySet(models.QuerySet["PromisedInvoice"]):
    """Words for the parts of promises."""

    def running(self) -> "PromisedInvoiceQuerySet":
        """Of promises that run; an invoice has one at most."""
        return self.filter(is_running=True)


class PromisedInvoice(models.Model):
    """The part of a promise that is for one invoice. ``is_running`` follows the promise, for the one
    constraint.
    """

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="lines")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="promised")
    amount = models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)
    is_running = models.BooleanField(default=True)

    objects: ClassVar[PromisedInvoiceQuerySet] = PromisedInvoiceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "promised_invoice"
        constraints = [
            models.UniqueConstraint(
                fields=["invoice"], condition=Q(is_running=True), name="invoice_has_one_running_promise"
            ),
            models.UniqueConstraint(fields=["promise", "invoice"], name="promise_names_an_invoice_once"),
            models.CheckConstraint(name="promised_amount_is_positive", condition=Q(amount__gt=0)),
        ]


class InstalmentQuerySet(models.QuerySet["PromiseInstalment"]):
    """Words for instalments."""

    def current(self) -> "InstalmentQuerySet":
        """One a promise: that it stands at, whose day is the promise's."""
        return self.filter(promised_on=F("promise__promised_on"))


class PromiseInstalment(models.Model):
    """A part of a promise by a day; a promise has one or more, with rising days, which come to its amount.

    Its last days are worked out when it is recorded: ``due_on`` is the last that keeps it, moved on by days
    of rest, ``grace_ends_on`` the last that keeps it late.
    """

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="instalments", db_index=False)
    number = models.PositiveSmallIntegerField(default=1)
    amount = models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)
    promised_on = models.DateField()
    due_on = models.DateField()
    grace_ends_on = models.DateField()
    state = models.CharField(
        max_length=20, choices=[(s.value, s.value.replace("_", " ")) for s in PromiseState]
    )
    paid_amount = models.DecimalField(
        max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES, default=money.ZERO
    )
    settled_on = models.DateField(null=True, blank=True)

    objects: ClassVar[InstalmentQuerySet] = InstalmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "promise_instalment"
        constraints = [
            models.UniqueConstraint(fields=["promise", "number"], name="instalment_has_a_number_of_its_own"),
            models.UniqueConstraint(
                fields=["promise", "promised_on"], name="instalment_has_a_day_of_its_own"
            ),
            models.CheckConstraint(name="instalment_amount_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="instalment_days_follow_each_other",
                condition=Q(due_on__gte=F("promised_on"), grace_ends_on__gte=F("due_on")),
            ),
            models.CheckConstraint(
                name="instalment_that_runs_is_not_settled",
                condition=Q(state="running", settled_on__isnull=True)
                | (~Q(state="running") & Q(settled_on__isnull=False)),
            ),
        ]


def still_promised(day: dt.date) -> Func:
    """What of a promised part is still promised at the end of ``day``, for a query of them: less what came
    for it. The database says it, for statements and queries alike.
    """
    output: models.DecimalField[Any, Any] = models.DecimalField(
        max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES
    )
    return Func(F("pk"), Value(day), function="still_promised", output_field=output)
