"""On which weekdays and days of the month somebody pays. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# A customer's weekdays weigh against so many payments of everybody's, those of everybody against so many
# spread evenly.
WEEKDAY_TRUST = 50.0
# A day of the month weighs against so many payments on any day.
MONTH_DAY_TRUST = 5.0
DAYS_A_MONTH = 30.4
# On a weekday of less than this nothing is usually paid: it waits for the next.
CLOSED_BELOW = 0.3

EVEN = (1.0,) * 7


def weekday_factors(paid: Sequence[float], behind: Sequence[float] = EVEN) -> tuple[float, ...]:
    """How much more than on an average day is paid on each weekday, Monday first; 1 is the average."""
    seen = sum(paid) + WEEKDAY_TRUST
    return tuple(
        (7 * mine + WEEKDAY_TRUST * theirs) / seen for mine, theirs in zip(paid, behind, strict=True)
    )


@dataclass(frozen=True, slots=True)
class PayDays:
    """``weekdays`` are factors, Monday first; ``month_day`` is the day of the month on which most is paid, by
    ``month_factor`` more than on an average day (``other_factor`` is that of the other days).
    """

    weekdays: tuple[float, ...] = EVEN
    month_day: int | None = None
    month_factor: float = 1.0
    other_factor: float = 1.0

    def open_weekdays(self) -> NDArray[np.bool_]:
        """On which weekdays something is usually paid."""
        return np.asarray(self.weekdays) >= CLOSED_BELOW

    def month_day_factors(self, days: NDArray[np.int64]) -> NDArray[np.float64]:
        """The factor of each of these days of the month."""
        if self.month_day is None:
            return np.ones(len(days))
        return np.where(days == self.month_day, self.month_factor, self.other_factor)


def pay_days(
    weekdays: tuple[float, ...], month_day: int | None, *, paid_on_it: float, paid: float
) -> PayDays:
    """Pay days with a usual day of the month, on which ``paid_on_it`` of ``paid`` invoices were paid."""
    if month_day is None or paid <= 0:
        return PayDays(weekdays)
    share = (paid_on_it + MONTH_DAY_TRUST / DAYS_A_MONTH) / (paid + MONTH_DAY_TRUST)
    other = (1 - share) * DAYS_A_MONTH / (DAYS_A_MONTH - 1)
    return PayDays(weekdays, month_day, share * DAYS_A_MONTH, other)
