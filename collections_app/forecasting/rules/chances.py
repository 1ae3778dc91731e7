"""The chances of the days from today on for one open invoice, and what is read from them. Pure.

Days of the calendar are ordinals. ``Chances`` tell for each day from today on how likely it is that the
invoice is paid by its end; they rise, and what is left of 1 is later than their last day.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from math import exp, log

from collections_app.forecasting.rules.delays import FIRST_DAY, SPAN
from collections_app.forecasting.rules.pay_days import PayDays

# Later than half a year from today is "later".
HORIZON_DAYS = 183
# Within this of certain, the rest counts as later.
SURE = 0.9995
SHARE_MAX = 0.9999

Chances = list[float]


class Payer:
    """A customer's shares and pay days, made ready for all their invoices open on ``today``."""

    def __init__(self, shares: Sequence[float], days: PayDays, *, today: int) -> None:
        self._today = today
        # How the chance to stay unpaid shrinks with each day, as logarithms: days then add up.
        shrinking = [log(1 - min(share, SHARE_MAX)) for share in shares]
        self._shrinking = shrinking + shrinking[-1:] * HORIZON_DAYS
        calendar = range(today, today + HORIZON_DAYS)
        self._factors = [days.weekdays[(day - 1) % 7] * days.month_day_factor(day) for day in calendar]
        # What falls on a weekday on which they hardly pay waits for the next on which they do.
        open_days = [place for place, day in enumerate(calendar) if days.is_open(day)]
        self._waits = [
            (place, open_days[later], days.month_day_factor(day))
            for place, day in enumerate(calendar)
            if not days.is_open(day) and (later := bisect_left(open_days, place)) < len(open_days)
        ]

    def chances(self, *, due: int) -> Chances:
        """The chances of an invoice due on ``due``."""
        first = self._today - due - FIRST_DAY
        early = min(max(-first, 0), HORIZON_DAYS)
        start = min(max(first, 0), SPAN - 1)
        shrinking = [0.0] * early + self._shrinking[start : start + HORIZON_DAYS - early]
        days = [share * factor for share, factor in zip(shrinking, self._factors, strict=True)]
        for closed, opened, factor in self._waits:
            days[opened] += shrinking[closed] * factor
        found = [1 - exp(unpaid) for unpaid in accumulate(days)]
        return found[: bisect_left(found, SURE) + 1]


def mixed(first: Chances, second: Chances, *, weight: float) -> Chances:
    """Chances of the one with ``weight`` (0 to 1) and of the other with the rest."""
    length = max(len(first), len(second))
    one, other = (each + each[-1:] * (length - len(each)) or [0.0] * length for each in (first, second))
    return [weight * mine + (1 - weight) * theirs for mine, theirs in zip(one, other, strict=True)]


def within(found: Chances, days: int) -> float:
    """The chance that it is paid within so many days from today, today being the first."""
    return found[min(days, len(found)) - 1] if found and days > 0 else 0.0


def middle(found: Chances) -> int | None:
    """Days from today by which it is as likely paid as not; None when that is later."""
    day = bisect_left(found, 0.5)
    return day if day < len(found) else None


def band(found: Chances, share: float) -> tuple[int | None, int | None]:
    """The first and last day, counted from today, between which it is paid with about the chance ``share``;
    None for later.

    As much is left out before as after. A day may hold much of the chance: it is left out when that comes
    nearer to ``share``.
    """
    edge, end = (1 - share) / 2, len(found)
    first, last = bisect_left(found, edge), bisect_left(found, 1 - edge)

    def beside(narrower: tuple[int, int]) -> float:
        one, other = narrower
        held = (found[other] if other < end else 1.0) - (found[one - 1] if one else 0.0)
        return round(abs(held - share), 9)

    narrower = [(first, last)]
    if first < last:
        narrower += [(first + 1, last), (first, last - 1)]
    if first + 1 < last:
        narrower += [(first + 1, last - 1)]
    one, other = min(narrower, key=beside)
    return (one if one < end else None, other if other < end else None)
