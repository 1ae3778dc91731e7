"""A release: somebody asks that one order goes although it is on hold, somebody else decides; what was
granted ends by itself.

Asked -> granted | declined | withdrawn | lapsed (the hold ended without it); granted -> ended (its days are
over, the order grew, or it was delivered).
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from collections_app.contact.promised import Promise
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.rules.releasing import (
    CONDITIONS_LETTERS_MAX,
    STATE_LABELS,
    WORDS_LETTERS_MAX,
    ReleaseState,
)
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import money
from collections_app.people.users import User


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Words for releases."""

    def waiting(self) -> "ReleaseQuerySet":
        """Asked for, and nobody has decided."""
        return self.filter(state=ReleaseState.ASKED)

    def granted(self) -> "ReleaseQuerySet":
        """By which an order goes now."""
        return self.filter(state=ReleaseState.GRANTED)


def _somebody(**options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False, **options)


class Release(models.Model):
    """For one order, until a day, up to the amount it had."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+", db_index=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="releases", db_index=False)
    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="releases")
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in ReleaseState])
    asked_by = _somebody()
    asked_at = models.DateTimeField()
    reason = models.CharField(max_length=WORDS_LETTERS_MAX)
    # The day by which whoever asked needs an answer, if they said one.
    needed_on = models.DateField(null=True, blank=True)
    # The promise to pay that it rests on, if any.
    promise = models.ForeignKey(
        Promise, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_by = _somebody(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    words = models.CharField(max_length=WORDS_LETTERS_MAX, blank=True)
    conditions = models.CharField(max_length=CONDITIONS_LETTERS_MAX, blank=True)
    # The last day on which it lets the order go, and the largest amount it lets go.
    until = models.DateField(null=True, blank=True)
    amount = models.DecimalField(
        max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES, null=True, blank=True
    )
    currency = models.CharField(max_length=3, blank=True)
    # What was known when it was decided: Decision.as_facts, with the ``figures`` it stood on (figures_of) and
    # the version of the ``rules`` (its id).
    known = models.JSONField(null=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=WORDS_LETTERS_MAX, blank=True)
    # The key of the form that wrote it: the same form posted twice has one effect.
    form_key = models.UUIDField(null=True, blank=True, unique=True)

    objects: ClassVar[ReleaseQuerySet] = ReleaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "order_release"
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(state="asked"), name="release_of_an_order_waits_once"
            ),
            models.UniqueConstraint(
                fields=["order"], condition=Q(state="granted"), name="order_is_released_once_at_a_time"
            ),
            models.CheckConstraint(
                name="release_is_decided_by_somebody_else",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="release_that_is_decided_says_by_whom_and_when",
                condition=(
                    Q(state__in=["granted", "declined", "ended"])
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                )
                | (
                    Q(state__in=["asked", "withdrawn", "lapsed"])
                    & Q(decided_by__isnull=True, decided_at__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="release_that_was_granted_says_until_when_and_how_much",
                condition=(Q(state__in=["granted", "ended"]) & Q(until__isnull=False, amount__isnull=False))
                | ~Q(state__in=["granted", "ended"]),
            ),
            models.CheckConstraint(name="release_is_asked_for_with_a_reason", condition=~Q(reason="")),
        ]
        indexes = [
            models.Index(fields=["company", "asked_at"], condition=Q(state="asked"), name="release_waiting"),
            models.Index(fields=["company", "until"], condition=Q(state="granted"), name="release_granted"),
            models.Index(fields=["order", "-asked_at"], name="release_by_order"),
        ]

    def __str__(self) -> str:
        return f"{STATE_LABELS[ReleaseState(self.state)]}: {self.reason}"
