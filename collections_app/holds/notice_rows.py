"""What somebody is told about orders on hold, each thing once, until they have put it away; and who wants to
be told when an order is free.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from collections_app.holds.order_rows import Order
from collections_app.holds.rules.noticing import KEY_LETTERS_MAX, SENTENCE_LETTERS_MAX, NoticeKind
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User


class HoldNotice(models.Model):
    """One sentence for one reader. Its key says the cause, so that nothing is told twice."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    reader = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=KEY_LETTERS_MAX)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in NoticeKind])
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+", db_index=False)
    order = models.ForeignKey(
        Order, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    sentence = models.CharField(max_length=SENTENCE_LETTERS_MAX)
    # The day that it is about; after it there is nothing left to do about it.
    on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "hold_notice"
        constraints = [
            models.UniqueConstraint(fields=["reader", "key"], name="reader_is_told_a_thing_once"),
            models.CheckConstraint(name="hold_notice_says_something", condition=~Q(sentence="")),
        ]
        indexes = [
            models.Index(
                fields=["reader", "company", "-at"],
                condition=Q(seen_at__isnull=True),
                name="hold_notice_unseen",
            ),
            # What is no news any more is put away by its cause.
            models.Index(fields=["key"], condition=Q(seen_at__isnull=True), name="hold_notice_unseen_by_key"),
            models.Index(
                fields=["order"], condition=Q(seen_at__isnull=True), name="hold_notice_unseen_by_order"
            ),
        ]


class HoldWatchQuerySet(models.QuerySet["HoldWatch"]):
    """Words for wishes to be told."""

    def open(self) -> "HoldWatchQuerySet":
        """Of those who were not told yet."""
        return self.filter(told_at__isnull=True)


class HoldWatch(models.Model):
    """Somebody wants to be told when an order is free."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[HoldWatchQuerySet] = HoldWatchQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "hold_watch"
        constraints = [
            models.UniqueConstraint(
                fields=["order", "user"],
                condition=Q(told_at__isnull=True),
                name="order_is_watched_once_by_each",
            )
        ]
