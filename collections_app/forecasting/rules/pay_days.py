"""On which weekdays and days of the month somebody pays. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

# A customer's weekdays weigh against so many payments of everybody's, those of everybody against so many
# spread evenly.
WEEKDAY_TRUST = 20.0
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

    def is_open(self, day: int) -> bool:
        """Whether something is usually paid on the weekday of an ordinal ``day``."""
        return self.weekdays[(day - 1) % 7] >= CLOSED_BELOW

    def month_day_factor(self, day: int) -> float:
        """The factor of the day of the month of an ordinal ``day``."""
        if self.month_day is None:
            return 1.0
        is_pay_day = dt.date.fromordinal(day).day == self.month_day
        return self.month_factor if is_pay_day else self.other_factor


def pay_days(
    weekdays: tuple[float, ...], month_day: int | None, *, paid_on_it: float, paid: float
) -> PayDays:
    """Pay days with a usual day of the month, on which ``paid_on_it`` of ``paid`` invoices were paid."""
    if month_day is None or paid <= 0:
        return PayDays(weekdays)
    share = (paid_on_it + MONTH_DAY_TRUST / DAYS_A_MONTH) / (paid + MONTH_DAY_TRUST)
    other = (1 - share) * DAYS_A_MONTH / (DAYS_A_MONTH - 1)
    return PayDays(weekdays, month_day, share * DAYS_A_MONTH, other)
