"""A pay habit: how late a customer pays, on which days, and whether that is getting worse. Derived every
night.

A night measures those again of whom something new is known, or for whom a window of days moved past
something, and counts invoices whose day has come; the others cannot have changed. Everybody is measured when
there is no earlier night to go on from, when the day is not a little later than the last, and when most would
have to be measured anyway: it gives the same answers.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import models, transaction

from collections_app.behaviour import rules
from collections_app.ledger import bookmarks, customer_ranges
from collections_app.ledger.companies import Company
from collections_app.ledger.customer_ranges import CustomerRange
from collections_app.ledger.customers import Customer
from collections_app.lib import planning, shadows
from collections_app.lib.sql import Statement, array

_FIND, _MEASURE, _COUNT_COMING = (
    Statement(__file__, name)
    for name in ("find_habits_to_measure", "measure_habits", "count_coming_invoices")
)
_READER = "habits"
# Later than so many days after the last night, or with more than this share of customers to measure, all are.
GAP_DAYS_MAX = 31
SHARE_MAX = 0.4


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
    promises_broken_lately = models.PositiveIntegerField(default=0)  # or kept in part, in the last 30 days
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

    Who measures a few for another day than the others stand for makes the next night measure everybody.
    """
    customer_ranges.take_turn("habits", company, customers=customers)
    if customers is not None:
        HabitRound.objects.filter(company=company).exclude(day=today).delete()
        return _measure(company, today, customers)
    postings = bookmarks.new_to(_READER, company=company)
    written = _measure_new(company, today, postings)
    note_measured(company=company, today=today, postings=postings)
    return written


def postings_to_measure(*, company: Company) -> list[int]:
    """What ranges are measured for, one after the other or side by side: the postings (ids) that no night
    took in yet.
    """
    return bookmarks.new_to(_READER, company=company)


@transaction.atomic
def measure_range(*, company: Company, today: dt.date, within: CustomerRange, postings: Sequence[int]) -> int:
    """Measure a range of customers as ``measure`` does all of them; the rows written. Once all ranges are
    measured, ``note_measured`` is told.
    """
    customer_ranges.take_turn("habits", company, within=within)
    return _measure_new(company, today, postings, within)


@transaction.atomic
def note_measured(*, company: Company, today: dt.date, postings: Sequence[int]) -> None:
    """The habits of all customers stand for ``today``, with these postings taken in."""
    bookmarks.keep(_READER, postings)
    HabitRound.objects.update_or_create(company=company, defaults={"day": today})


def rehearse(*, company: Company, today: dt.date) -> None:
    """Measure how all customers of ``company`` pay, as seen on ``today``, for a transaction that is rolled
    back: only it sees that, and nobody waits for its turn.
    """
    with shadows.covering(PayHabit._meta.db_table, company=company.pk):
        _measure_new(company, today, bookmarks.new_to(_READER, company=company))


def _measure_new(
    company: Company, today: dt.date, postings: Sequence[int], within: CustomerRange | None = None
) -> int:
    """Measure those whose habits may be others than on the last night, or everybody; the rows written."""
    last = HabitRound.objects.filter(company=company).first()
    if last is None or not 0 <= (today - last.day).days <= GAP_DAYS_MAX:
        return _measure(company, today, None, within)
    params = {**_params(company, today, within), "since": last.day, "postings": array(postings)}
    with planning.joining_sets():
        chosen = [row["customer_id"] for row in _FIND.rows(params)]
        if len(chosen) > _habits(company, within).count() * SHARE_MAX:
            return _measure(company, today, None, within)
        counted = _COUNT_COMING.execute({**params, "measured": array(chosen)})
    return counted + _measure(company, today, chosen)


def _habits(company: Company, within: CustomerRange | None) -> "models.QuerySet[PayHabit]":
    found = PayHabit.objects.filter(company=company)
    return found if within is None else found.filter(**within.lookups("customer"))


def _measure(
    company: Company,
    today: dt.date,
    customers: Sequence[int] | None,
    within: CustomerRange | None = None,
) -> int:
    if customers is not None and not customers:
        return 0
    with planning.joining_sets(whole=customers is None):
        chosen = None if customers is None else array(customers)
        return _MEASURE.execute({**_params(company, today, within), "customers": chosen})


def _params(company: Company, today: dt.date, within: CustomerRange | None) -> dict[str, Any]:
    return {
        **customer_ranges.params_of(within),
        "company": company.pk,
        "day": today,
        "habit_days": rules.HABIT_DAYS,
        "habit_count_min": rules.HABIT_COUNT_MIN,
        "pay_day_share": rules.PAY_DAY_SHARE,
        "trend_days": rules.TREND_DAYS,
        "trend_before_days": rules.TREND_BEFORE_DAYS,
        "trend_count_min": rules.TREND_COUNT_MIN,
        "lately_days": rules.LATELY_DAYS,
    }
