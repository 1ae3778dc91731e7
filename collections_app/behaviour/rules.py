"""What is to be collected from a customer in one currency on a day. Pure; ``measure_positions_*.sql`` say
the same in sets.

The two are held together by ``tests/twins``: every change here is a change there.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from collections_app.lib.money import ZERO

# An amount that falls due within so many days is worth a call beforehand (key accounts).
SOON_DUE_DAYS = 7
# Became overdue within so many days: a customer's first lapse, caught early.
NEW_OVERDUE_DAYS = 7

# Habits are read from the invoices settled in the last two years.
HABIT_DAYS = 730
# A weekday or day of the month counts as a pay day when at least so much of what was settled falls on it.
PAY_DAY_SHARE = Decimal("0.4")
# Fewer settled invoices tell no pay day and no trend.
HABIT_COUNT_MIN = 5
# The trend compares the newest days with those before.
TREND_DAYS = 90
TREND_BEFORE_DAYS = 365
TREND_COUNT_MIN = 3
# Promises that broke, or were kept only in part, within so many days are "lately".
LATELY_DAYS = 30


@dataclass(frozen=True, slots=True)
class Item:
    """Something open and owed on the day, with the contested amount and what of it is still promised."""

    due_on: dt.date | None
    open: Decimal
    disputed: Decimal = ZERO
    promised: Decimal = ZERO

    @property
    def disputed_part(self) -> Decimal:
        """Contested, but never more than is open."""
        return min(self.open, self.disputed)

    @property
    def promised_part(self) -> Decimal:
        """Promised, of what is not contested."""
        return min(self.open - self.disputed_part, self.promised)

    @property
    def collectable(self) -> Decimal:
        return self.open - self.disputed_part - self.promised_part

    def is_due(self, day: dt.date) -> bool:
        """Due today can be asked for, though it is not overdue."""
        return self.due_on is not None and self.due_on <= day


@dataclass(frozen=True, slots=True)
class Standing:
    """What a customer owes in one currency, and what of it can be asked for."""

    overdue: Decimal
    due: Decimal
    disputed: Decimal
    promised: Decimal
    cover: Decimal
    to_collect: Decimal
    oldest_due_on: dt.date | None
    oldest_days: int


def standing(items: Iterable[Item], *, credits: Decimal, unallocated: Decimal, day: dt.date) -> Standing:
    """Where a customer stands in one currency.

    ``cover`` (open credit notes and unallocated cash) is set against the oldest collectable first: the oldest
    to ask about is the first whose end it does not reach.
    """
    due = sorted((item for item in items if item.is_due(day)), key=lambda item: item.due_on or day)
    cover = max(ZERO, credits + unallocated)
    oldest: dt.date | None = None
    so_far = ZERO
    for item in due:
        so_far += item.collectable
        if item.collectable > 0 and so_far > cover:
            oldest = item.due_on
            break
    collectable = sum((item.collectable for item in due), ZERO)
    return Standing(
        overdue=sum((item.open for item in due if item.due_on != day), ZERO),
        due=sum((item.open for item in due), ZERO),
        disputed=sum((item.disputed_part for item in due), ZERO),
        promised=sum((item.promised_part for item in due), ZERO),
        cover=cover,
        to_collect=max(ZERO, collectable - cover),
        oldest_due_on=oldest,
        oldest_days=(day - oldest).days if oldest else 0,
    )
