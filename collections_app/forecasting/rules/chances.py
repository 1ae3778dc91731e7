"""The chances of the days from today on for open invoices, and what is read from them. Pure.

Days of the calendar are ordinals. ``Chances`` are one row an invoice and one column a day from today on: how
likely it is that the invoice is paid by the end of that day. Rows rise; what is left of 1 is later than the
horizon, and a day that is later is told as ``HORIZON_DAYS``.
"""

import numpy as np
from numpy.typing import NDArray

from collections_app.forecasting.rules.delays import FIRST_DAY, SPAN
from collections_app.forecasting.rules.pay_days import PayDays

Chances = NDArray[np.float64]
Days = NDArray[np.int64]

# Later than half a year from today is "later".
HORIZON_DAYS = 183
SHARE_MAX = 0.9999


class Calendar:
    """The days from ``today`` to the horizon."""

    def __init__(self, today: int) -> None:
        self.today = today
        days = np.arange(today, today + HORIZON_DAYS)
        self.weekdays = (days - 1) % 7
        first = np.datetime64("0001-01-01") - np.timedelta64(1, "D")
        dates = first + days.astype("timedelta64[D]")
        self.month_days = (dates - dates.astype("datetime64[M]")).astype(int) + 1


class Payers:
    """The shares and pay days of some customers, a row each, made ready for all their invoices open today."""

    def __init__(self, shares: NDArray[np.float64], days: PayDays, calendar: Calendar) -> None:
        self._calendar = calendar
        # How the chance to stay unpaid shrinks with each day, as logarithms: days then add up.
        self._shrinking = np.log1p(-np.minimum(shares, SHARE_MAX))
        self._months = days.month_day_factors(calendar.month_days)
        self._factors = days.weekdays[:, calendar.weekdays] * self._months
        self._is_open = days.open_weekdays()

    def open_days(self, row: int) -> Days:
        """On which days from today the customer of a row pays at all."""
        return np.flatnonzero(self._is_open[row, self._calendar.weekdays])

    def chances(self, rows: Days, due: Days) -> Chances:
        """The chances of invoices, each of the customer of its row and due on its day."""
        late = (self._calendar.today - due - FIRST_DAY)[:, None] + np.arange(HORIZON_DAYS)
        shrinking = self._shrinking[rows[:, None], np.clip(late, 0, SPAN - 1)]
        shrinking[late < 0] = 0.0
        days = shrinking * self._factors[rows]
        # What falls on a weekday on which they hardly pay waits for the next on which they do.
        weeks, kind = np.unique(self._is_open, axis=0, return_inverse=True)
        for place, week in enumerate(weeks):
            if not week.all():
                theirs = np.flatnonzero(kind.reshape(-1)[rows] == place)
                self._wait(days, shrinking, rows, theirs, week[self._calendar.weekdays])
        found: Chances = -np.expm1(np.cumsum(days, axis=1))
        return found

    def _wait(
        self, days: Chances, shrinking: Chances, rows: Days, theirs: Days, is_open: NDArray[np.bool_]
    ) -> None:
        opens, closed = np.flatnonzero(is_open), np.flatnonzero(~is_open)
        for day, until in zip(closed, np.searchsorted(opens, closed), strict=True):
            if until < len(opens):
                days[theirs, opens[until]] += shrinking[theirs, day] * self._months[rows[theirs], day]


def within(found: Chances, days: int) -> NDArray[np.float64]:
    """The chance that each is paid within so many days from today, today being the first."""
    return found[:, min(days, HORIZON_DAYS) - 1] if days > 0 else np.zeros(len(found))


def middle(found: Chances) -> Days:
    """Days from today by which each is as likely paid as not."""
    return _first_with(found, 0.5)


def band(found: Chances, share: float) -> tuple[Days, Days]:
    """The first and last day, counted from today, between which each is paid with about the chance ``share``.

    As much is left out before as after. A day may hold much of the chance: it is left out when that comes
    nearer to ``share``.
    """
    edge = (1 - share) / 2
    first, last = _first_with(found, edge), _first_with(found, 1 - edge)
    # By the end of the day before the first, of the first, ..., and later than the horizon at the end.
    edged = np.concatenate([np.zeros((len(found), 1)), found, np.ones((len(found), 1))], axis=1)
    rows = np.arange(len(found))
    best, one, other = np.full(len(found), np.inf), first, last
    for after, before in ((0, 0), (1, 0), (0, 1), (1, 1)):
        held = (
            edged[rows, np.maximum(last - before + 1, 0)]
            - edged[rows, np.minimum(first + after, HORIZON_DAYS)]
        )
        miss = np.round(np.abs(held - share), 9)
        nearer = (miss < best) & (first + after <= last - before)
        best = np.where(nearer, miss, best)
        one, other = np.where(nearer, first + after, one), np.where(nearer, last - before, other)
    return one, other


def _first_with(found: Chances, chance: float) -> Days:
    """The first day by whose end the chance is reached."""
    days: Days = (found < chance - 1e-12).sum(axis=1)
    return days
