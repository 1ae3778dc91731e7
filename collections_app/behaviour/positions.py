"""A position: what one customer owes in one currency on a day, and how much of it can be asked for.

``to_collect`` is what is overdue or due, less disputed, promised and unallocated cash and credits: the number
to ask for. It is never negative. Derived; replaced by every measurement.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from collections_app.behaviour.rules import NEW_OVERDUE_DAYS, SOON_DUE_DAYS
from collections_app.ledger import customer_ranges
from collections_app.ledger.companies import Company
from collections_app.ledger.customer_ranges import CustomerRange
from collections_app.ledger.customers import Customer
from collections_app.lib import money, planning, shadows
from collections_app.lib.prepared import Prepared, is_few
from collections_app.lib.sql import Statement, array

# What each open item adds (``part``) and where everybody stands (``measured``) on a day, for statements that
# go on from there: with what ``params`` gives.
PARTS = Statement(__file__, "measure_positions_items", "measure_positions_standing")
_MEASURE = Statement(__file__, "measure_positions_written", after=PARTS)
_MEASURE_FEW = Prepared.of(
    _MEASURE,
    {"by_ids": True, "first": None, "last": None},
    company="bigint", day="date", customers="bigint[]", soon_days="int", new_days="int",
)  # fmt: skip


def _money() -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)


class Position(models.Model):
    """A customer's standing in one currency on the day it was measured for."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="positions", db_index=False)
    currency = models.CharField(max_length=3)
    day = models.DateField()
    exposure = _money()  # everything open and owed, less credits and unallocated cash
    overdue = _money()  # owed, open, past the due date
    due = _money()  # owed, open, due today or earlier
    not_due = _money()  # owed, open, due later or without a due date
    credits = _money()  # open credit notes
    unallocated = _money()  # receipts not yet set against anything, less refunds and reversals
    disputed = _money()  # contested part of what is due
    promised = _money()  # part of what is due under a running promise, not disputed
    to_collect = _money()
    open_count = models.PositiveIntegerField()
    overdue_count = models.PositiveIntegerField()
    # Of what is due and neither wholly disputed nor promised.
    oldest_due_on = models.DateField(null=True)
    oldest_days = (
        models.IntegerField()
    )  # days overdue of the oldest collectable invoice; 0 when none is overdue
    new_overdue_count = models.PositiveIntegerField()  # became overdue within the last seven days
    next_due_on = models.DateField(null=True)  # the first day after this one on which something falls due
    soon_amount = models.DecimalField(  # the largest single amount that falls due within the next seven days
        max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES, default=money.ZERO
    )

    class Meta:
        db_table = "customer_position"
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "currency"], name="customer_has_one_position_a_currency"
            )
        ]
        indexes = [models.Index(fields=["company", "currency"], name="position_by_company")]

    @property
    def cover(self) -> Decimal:
        """Credits and unallocated cash, which are held against the oldest first; never below zero."""
        cover: Decimal = self.credits + self.unallocated
        return max(money.ZERO, cover)

    @property
    def is_spoken_for(self) -> bool:
        """Whether something is overdue and nothing of it is to be asked for: covered, disputed, promised."""
        return self.overdue > 0 and self.oldest_days == 0


@transaction.atomic(savepoint=False)
def measure(
    *,
    company: Company,
    today: dt.date,
    customers: Sequence[int] | None = None,
    within: CustomerRange | None = None,
) -> int:
    """Measure where customers (ids, or a range; None for all) of ``company`` stand on ``today``; the number
    of rows written.

    ``today`` may be any day: what was set against an invoice or payment after it counts as still open on it.
    """
    customer_ranges.take_turn("positions", company, customers=customers, within=within)
    statement = _MEASURE_FEW if is_few(customers) else _MEASURE
    with planning.joining_sets(whole=customers is None):
        return statement.execute(params(company=company, day=today, customers=customers, within=within))


def rehearse(*, company: Company, today: dt.date) -> None:
    """Measure where all customers of ``company`` stand on ``today`` for a transaction that is rolled back:
    only it sees that, and nobody waits for its turn.
    """
    with shadows.covering(Position._meta.db_table, company=company.pk), planning.joining_sets():
        _MEASURE.execute(params(company=company, day=today, customers=None))


def params(
    *,
    company: Company,
    day: dt.date,
    customers: Sequence[int] | None,
    within: CustomerRange | None = None,
) -> dict[str, Any]:
    """What ``PARTS`` asks for."""
    return {
        **customer_ranges.params_of(within),
        "company": company.pk,
        "day": day,
        "by_ids": customers is not None,
        "customers": None if customers is None else array(customers),
        "soon_days": SOON_DUE_DAYS,
        "new_days": NEW_OVERDUE_DAYS,
    }
