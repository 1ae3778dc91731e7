"""An order of a customer, as the system states it that takes orders. It is not ours to change: we hold it,
free it, and tell.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from collections_app.holds.rules.ordering import (
    CLASS_LETTERS_MAX,
    NUMBER_LETTERS_MAX,
    SALESPERSON_LETTERS_MAX,
    SOURCE_LETTERS_MAX,
    OrderState,
)
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import money
from collections_app.people.users import User


class OrderQuerySet(models.QuerySet["Order"]):
    """Words for orders."""

    def in_hand(self) -> "OrderQuerySet":
        """Neither delivered nor cancelled."""
        return self.filter(state=OrderState.IN_HAND)

    def in_order(self) -> "OrderQuerySet":
        """As they come before each other: by day, then as they came in."""
        return self.order_by("placed_on", "pk")


class Order(models.Model):
    """What a customer wants delivered."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="orders", db_index=False)
    number = models.CharField(max_length=NUMBER_LETTERS_MAX)
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)
    placed_on = models.DateField()
    wanted_on = models.DateField(null=True, blank=True)
    exemption_class = models.CharField(max_length=CLASS_LETTERS_MAX, blank=True)
    # Named by the system that takes orders. The user is filled in when somebody here has that username.
    salesperson_code = models.CharField(max_length=SALESPERSON_LETTERS_MAX, blank=True)
    salesperson = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    source = models.CharField(max_length=SOURCE_LETTERS_MAX, blank=True)
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in OrderState])
    received_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[OrderQuerySet] = OrderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "customer_order"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="order_number_is_unique_in_company"),
            models.CheckConstraint(name="order_amount_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="order_has_a_known_state", condition=Q(state__in=[state.value for state in OrderState])
            ),
        ]
        indexes = [
            models.Index(
                fields=["company", "customer", "placed_on"],
                condition=Q(state="in_hand"),
                name="order_in_hand_by_customer",
            ),
            models.Index(fields=["customer", "-placed_on"], name="order_by_customer"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def taken_by_id(self) -> int | None:
        """Who sold it (their id), where the system that takes orders names somebody; whoever sells to the
        customer, it stays theirs.
        """
        return self.salesperson_id if self.salesperson_code else None

    @property
    def is_in_hand(self) -> bool:
        """Whether it is still to be delivered."""
        return self.state == OrderState.IN_HAND
