"""What a system is to be told, as it waits, was taken or was given up. The rows are the outbox: what stands
here is sent, and a worker that dies loses nothing of it.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.systems.endpoints import Endpoint
from collections_app.systems.rules.delivering import DeliveryKind, DeliveryState

ANSWER_LETTERS_MAX = 300


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Words for deliveries."""

    def waiting(self) -> "DeliveryQuerySet":
        """Not taken, and not given up."""
        return self.filter(state=DeliveryState.WAITING)


class Delivery(models.Model):
    """One thing to tell at one address. Tried again, it is the same to the letter, with the same key."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    endpoint = models.ForeignKey(
        Endpoint, on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="+", db_index=False)
    hold = models.ForeignKey(Hold, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in DeliveryKind])
    occurred_at = models.DateTimeField()
    body = models.TextField()
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in DeliveryState])
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    # Somebody is at it; when they are not heard of again, somebody else is.
    leased_until = models.DateTimeField(null=True, blank=True)
    # The last answer: its status (empty when there was none) and its beginning, or why there was none.
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_status = models.PositiveSmallIntegerField(null=True, blank=True)
    answer = models.CharField(max_length=ANSWER_LETTERS_MAX, blank=True)

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "webhook_delivery"
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "hold", "kind"], name="hold_is_told_once_at_an_address"
            ),
            models.CheckConstraint(
                name="delivery_has_a_known_state",
                condition=Q(state__in=[state.value for state in DeliveryState]),
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], condition=Q(state="waiting"), name="delivery_due"),
            models.Index(
                fields=["endpoint", "order", "id"],
                condition=Q(state="waiting"),
                name="delivery_waiting_by_order",
            ),
            models.Index(fields=["endpoint", "-id"], name="delivery_by_endpoint"),
        ]
