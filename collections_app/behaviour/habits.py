"""A pay habit: how late a customer pays, on which days, and whether that is getting worse. Derived every
night.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import models, transaction

from collections_app.behaviour import rules
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import planning, turns
from collections_app.lib.sql import Statement

_MEASURE = Statement(__file__, "measure_habits")


class PayHabit(models.Model):
    """What a customer's settled invoices of the last two years tell. Days late are
    negative when paid early.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="habit")
    day = models.DateField()  # measured so on this day, and the same ever since
    invoices_ever = models.PositiveIntegerField()
    first_invoice_on = models.DateField(null=True)
    settled_count = models.PositiveIntegerField()
    median_days_late = models.DecimalField(max_digits=7, decimal_places=1, null=True)
    p90_days_late = models.DecimalField(max_digits=7, decimal_places=1, null=True)
    share_paid_late = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    # The weekday (Monday 1) and day of month on which most is settled, when at least 40 % falls on it.
    pay_weekday = models.PositiveSmallIntegerField(null=True)
    pay_day_of_month = models.PositiveSmallIntegerField(null=True)
    # Median days late of the last 90 days less that of the 275 days before: positive is getting later.
    trend_days = models.DecimalField(max_digits=7, decimal_places=1, null=True)
    promises_kept = models.PositiveIntegerField(default=0)
    promises_due = models.PositiveIntegerField(default=0)
    promises_broken_lately = models.PositiveIntegerField(default=0)  # in the last 30 days
    last_paid_on = models.DateField(null=True)

    class Meta:
        db_table = "pay_habit"
        indexes = [models.Index(fields=["company"], name="pay_habit_by_company")]


class HabitRound(models.Model):
    """The day for which the habits of all customers of a company stand."""

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="+", primary_key=True)
    day = models.DateField()

    class Meta:
        db_table = "habit_round"


@transaction.atomic
def measure(*, company: Company, today: dt.date, customers: Sequence[int] | None = None) -> int:
    """Measure how customers (ids; None for all) of ``company`` pay, as seen on ``today``; the number of rows
    written.
    """
    turns.take("habits", company.pk, shared=customers is not None)
    with planning.joining_sets(whole=customers is None):
        return _MEASURE.execute(
            {
                "company": company.pk,
                "day": today,
                "customers": None if customers is None else list(customers),
                "habit_days": rules.HABIT_DAYS,
                "habit_count_min": rules.HABIT_COUNT_MIN,
                "pay_day_share": rules.PAY_DAY_SHARE,
                "trend_days": rules.TREND_DAYS,
                "trend_before_days": rules.TREND_BEFORE_DAYS,
                "trend_count_min": rules.TREND_COUNT_MIN,
                "lately_days": rules.LATELY_DAYS,
            }
        )
