"""On which weekdays and days of the month customers pay, a row each. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Factors = NDArray[np.float64]

# A customer's weekdays weigh against so many payments of everybody's, those of everybody against so many
# spread evenly.
WEEKDAY_TRUST = 50.0
# A day of the month weighs against so many payments on any day.
MONTH_DAY_TRUST = 5.0
DAYS_A_MONTH = 30.4
# On a weekday of less than this nothing is usually paid: it waits for the next.
CLOSED_BELOW = 0.3

EVEN = (1.0,) * 7
NO_DAY = 0


def weekday_factors(paid: ArrayLike, behind: ArrayLike = EVEN) -> Factors:
    """How much more than on an average day is paid on each weekday, Monday first; 1 is the average. Of one
    customer, or of several in rows.
    """
    mine = np.asarray(paid, dtype=np.float64)
    seen = mine.sum(axis=-1, keepdims=True) + WEEKDAY_TRUST
    found: Factors = (7 * mine + WEEKDAY_TRUST * np.asarray(behind)) / seen
    return found


@dataclass(frozen=True, slots=True)
class PayDays:
    """``weekdays`` are factors, Monday first, a row a customer; ``month_days`` the day of the month on which
    each pays most (0: none), by ``month_factors`` more than on an average day (``other_factors`` are those of
    the other days).
    """

    weekdays: Factors
    month_days: NDArray[np.int64]
    month_factors: Factors
    other_factors: Factors

    def open_weekdays(self) -> NDArray[np.bool_]:
        """On which weekdays something is usually paid."""
        return self.weekdays >= CLOSED_BELOW

    def month_day_factors(self, days: NDArray[np.int64]) -> Factors:
        """The factor of each of these days of the month, a row a customer."""
        is_it = self.month_days[:, None] == days
        return np.where(is_it, self.month_factors[:, None], self.other_factors[:, None])


def pay_days(
    weekdays: ArrayLike,
    month_days: ArrayLike = NO_DAY,
    *,
    paid_on_it: ArrayLike = 0.0,
    paid: ArrayLike = 0.0,
) -> PayDays:
    """Pay days of some customers with the usual day of the month of each (0: none), on which ``paid_on_it``
    of ``paid`` invoices were paid.
    """
    factors = np.atleast_2d(np.asarray(weekdays, dtype=np.float64))
    days = np.broadcast_to(np.asarray(month_days, dtype=np.int64), len(factors))
    seen = np.asarray(paid, dtype=np.float64)
    told = (days != NO_DAY) & (seen > 0)
    share = (np.asarray(paid_on_it) + MONTH_DAY_TRUST / DAYS_A_MONTH) / (seen + MONTH_DAY_TRUST)
    other = (1 - share) * DAYS_A_MONTH / (DAYS_A_MONTH - 1)
    return PayDays(
        factors,
        np.where(told, days, NO_DAY),
        np.where(told, share * DAYS_A_MONTH, 1.0),
        np.where(told, other, 1.0),
    )
