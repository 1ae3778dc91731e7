"""A snapshot: the ledger of a company at the end of a day, with what came and went in its month until then.

Figures are kept by currency, segment, collector, salesperson and country, not by invoice: some thousand
lines a day at most, so that 13 months of a chart, narrowed to anybody, are one query over a few ten
thousand rows. A table of items a day would be a hundred times as large and would tell nothing that the
rows of the ledger, read as of that day, do not tell as well. For the same reason the table is not cut
into months: it stays small, since of past days only the ends of months are kept for longer than some weeks.

A snapshot that was taken before its day was over is written anew. One of a day that is over never
changes: when the ledger of that day is corrected, another *edition* is taken and stands instead, the
older ones stay, and the difference is told as a restatement.
"""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import money
from collections_app.people.users import User

# Who takes in what was posted: the night's snapshot.
READER = "snapshots"
# Amounts times days are larger than any amount.
DIGITS_OF_DAYS = money.MAX_DIGITS + 6


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Words for snapshots."""

    def current(self) -> "SnapshotQuerySet":
        """The edition of each day that stands."""
        return self.filter(is_current=True)


class Snapshot(models.Model):
    """One day of a company as it was known when this was taken."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    edition = models.PositiveSmallIntegerField()
    is_current = models.BooleanField()
    taken_at = models.DateTimeField()
    # When it was last found to be what rows say; none when that was only when it was taken.
    checked_at = models.DateTimeField(null=True)
    # The balance of each currency by what was posted, as text: what the lines are set against.
    posted = models.JSONField(default=dict)
    # What the lines add up to: by currency each of ``Sums`` as text, so that months of the whole company are
    # a few rows.
    sums = models.JSONField(default=dict)
    # Of the newest, which ``CustomerSum`` has everybody of: by currency and part its amount as text, and how
    # many items and customers make it up.
    parts = models.JSONField(default=dict)
    # Of the newest: what ``CustomerSum`` adds up to, as ``sums``. Everybody is read a moment after the lines,
    # and what was posted in between is in the one and not in the other.
    by_customer = models.JSONField(default=dict)

    objects: ClassVar[SnapshotQuerySet] = SnapshotQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "report_snapshot"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "day", "edition"], name="snapshot_edition_is_taken_once"
            ),
            models.UniqueConstraint(
                fields=["company", "day"],
                condition=Q(is_current=True),
                name="snapshot_of_a_day_stands_in_one_edition",
            ),
            models.CheckConstraint(name="snapshot_editions_count_from_one", condition=Q(edition__gte=1)),
        ]


def _money() -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)


# What adds up to the balance of the ledger.
BALANCE = (
    "not_due", "overdue_1", "overdue_31", "overdue_61", "overdue_91", "overdue_121", "credits", "unallocated",
)  # fmt: skip


def _several(first: str, *names: str) -> "models.GeneratedField":
    summed: Any = F(first)
    for name in names:
        summed += F(name)
    return models.GeneratedField(expression=summed, output_field=_money(), db_persist=True)


def _times_days() -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=DIGITS_OF_DAYS, decimal_places=money.DECIMAL_PLACES)


def _somebody() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)


class Sums(models.Model):
    """``rules.totals`` says what each is."""

    not_due = _money()
    overdue_1 = _money()
    overdue_31 = _money()
    overdue_61 = _money()
    overdue_91 = _money()
    overdue_121 = _money()
    credits = _money()
    unallocated = _money()
    disputed = _money()
    disputed_overdue = _money()
    open_count = models.PositiveIntegerField()
    overdue_count = models.PositiveIntegerField()

    invoiced = _money()
    credited = _money()
    received = _money()
    settled = _money()
    settled_by_credit = _money()
    paid = _money()
    paid_due = _money()
    paid_days = _times_days()
    late_days = _times_days()

    class Meta:
        abstract = True


class SnapshotLine(Sums):
    """The sums of one place."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="lines")
    currency = models.CharField(max_length=3)
    segment = models.CharField(max_length=40, blank=True)
    collector = _somebody()
    salesperson = _somebody()
    country = models.CharField(max_length=2, blank=True)

    class Meta:
        db_table = "report_snapshot_line"
        # A report that is narrowed to one of these reads its lines of two years of days.
        indexes = [
            models.Index(fields=["snapshot", name], name=f"snapshot_line_by_{name}")
            for name in ("segment", "collector", "salesperson", "country")
        ]


class CustomerSum(Sums):
    """What one customer adds to the newest snapshot in a currency. Written by ``write_customer_sums``; those
    of older snapshots go, since lists of past days are read from the ledger.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+", db_index=False)
    currency = models.CharField(max_length=3)
    # What is not due, each bucket, credits and unallocated: how many open items are in it, in this order.
    counts = ArrayField(models.IntegerField(), size=8)
    # Parts that are made of several, for lists of the largest.
    total = _several(*BALANCE)
    owed = _several(*BALANCE[:6])
    overdue = _several(*BALANCE[1:6])
    over_90 = _several(*BALANCE[4:6])

    class Meta:
        db_table = "report_customer_sum"
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "customer", "currency"], name="customer_adds_once_to_a_snapshot"
            )
        ]
