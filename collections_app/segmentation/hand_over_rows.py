"""A hand-over: customers that pass from one collector to another for good, from a day on. Its verbs are in
``hand_overs``.

It holds as if the accounts system named the new collector, until that names somebody else than it did then.
"""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User

WORDS_LETTERS_MAX = 500
NUMBER = models.BigIntegerField()
# Home tells the new collector so long before the day.
TOLD_DAYS = 14


class HandOverQuerySet(models.QuerySet["HandOver"]):
    """Words for hand-overs."""

    def standing(self) -> "HandOverQuerySet":
        """Those that were not taken back."""
        return self.filter(undone_at__isnull=True)

    def told_to(self, user: User, *, today: dt.date) -> "HandOverQuerySet":
        """What home tells ``user``: customers that they were given or soon are, and did not read of yet."""
        soon = today + dt.timedelta(days=TOLD_DAYS)
        return self.standing().filter(taker=user, read_at__isnull=True, first_on__lte=soon)


class HandOver(models.Model):
    """Who gives whom customers, from which day on. ``chosen`` says in words which of them."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    giver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    taker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    first_on = models.DateField()
    chosen = models.CharField(max_length=300)
    words = models.CharField(max_length=WORDS_LETTERS_MAX, blank=True)
    number = models.PositiveIntegerField()  # of customers
    # The giver's portfolios (ids) that pass with them, so that new customers do too; none, and these only.
    portfolios = models.JSONField(default=list)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    # When its day had come and what was with the giver passed over: ids of commitments and disputes.
    begun_at = models.DateTimeField(null=True, blank=True)
    passed = models.JSONField(default=dict)
    undone_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(null=True, blank=True, unique=True)

    objects: ClassVar[HandOverQuerySet] = HandOverQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "hand_over"
        constraints = [
            models.CheckConstraint(name="hand_over_is_to_somebody_else", condition=~Q(giver=F("taker"))),
        ]
        indexes = [models.Index(fields=["company", "first_on"], name="hand_over_by_day")]

    def may_be_undone(self, today: dt.date) -> bool:
        """On the day on which it was made, and until it begins."""
        if self.undone_at is not None:
            return False
        return today <= self.company.today(at=self.made_at) or today < self.first_on


class HandedCustomer(models.Model):
    """One customer of a hand-over; ``named`` is whom the accounts system named for them then."""

    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="lines", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    named = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)

    class Meta:
        db_table = "handed_customer"
        constraints = [
            models.UniqueConstraint(
                fields=["hand_over", "customer"], name="customer_is_handed_over_once_at_a_time"
            )
        ]


def with_named(customers: QuerySet[Customer], *, company: Company, today: dt.date) -> QuerySet[Customer]:
    """``customers`` with ``named``: the id of whom they were handed to, else of whom the accounts system
    names, if anybody.
    """
    begun = HandOver.objects.standing().filter(company=company, first_on__lte=today)
    named: Combinable = F("collector_id")
    if begun.exists():
        lines = (
            HandedCustomer.objects.filter(customer=OuterRef("pk"), hand_over__in=begun)
            .alias(
                now=Coalesce(OuterRef("collector_id"), 0, output_field=NUMBER),
                then=Coalesce("named_id", 0, output_field=NUMBER),
            )
            .filter(then=F("now"))
            .order_by("-hand_over__first_on", "-pk")
        )
        named = Coalesce(
            Subquery(lines.values("hand_over__taker")[:1]), F("collector_id"), output_field=NUMBER
        )
    return customers.annotate(named=named)
