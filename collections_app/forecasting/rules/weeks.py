"""What is expected to come a week: invoices spread over weeks to the penny, and how sure a week is. Pure.

Weeks begin on Monday; the first is what is left of this one. After the last there is "later or never".
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from collections_app.forecasting.rules.chances import Chances, within
from collections_app.lib import money

Units = NDArray[np.int64]

WEEKS = 13
# Invoices of one customer often come together: so much of what is uncertain about them is shared.
TOGETHER = 0.3
# So much may a whole week swing with the season, the bank or the post, whoever the customers are.
SWING = 0.05

# How far off so many weeks were that have ended widens the bands of those to come; so many that were off as
# told stand beside them, so that one odd week is not believed.
WEEKS_TELLING = 12
WEEKS_TRUSTED = 4

_WITHIN_50, _WITHIN_80 = (NormalDist().inv_cdf(0.5 + share / 2) for share in (0.5, 0.8))


def monday_of(day: dt.date) -> dt.date:
    """The Monday with which the week of ``day`` begins."""
    return day - dt.timedelta(day.weekday())


def days_left(today: dt.date, weeks: int = WEEKS) -> list[int]:
    """How many days from today on have gone at the end of each week."""
    return [7 * week + 7 - today.weekday() for week in range(weeks)]


def week_chances(found: Chances, ends: Sequence[int]) -> Chances:
    """The chance of each week, one row an invoice; what is left of 1 is later."""
    gone = np.stack([np.zeros(len(found)), *(within(found, end) for end in ends)], axis=1)
    return np.clip(np.diff(gone, axis=1), 0.0, 1.0)


def units(amount: Decimal) -> int:
    """``amount`` in the smallest units that the ledger keeps, thousandths."""
    return int(amount.scaleb(money.DECIMAL_PLACES))


def amount_of(units: int) -> Decimal:
    """The amount that so many thousandths make."""
    return Decimal(units).scaleb(-money.DECIMAL_PLACES)


def step_of(currency: str) -> int:
    """The thousandths of a currency's minor unit: 10 for a penny."""
    return int(10 ** (money.DECIMAL_PLACES - money.minor_units(currency)))


def spread(units: Units, by_week: Chances, steps: Units) -> Units:
    """Thousandths over the weeks and "later or never", by their chances, one row an invoice. Weeks are whole
    minor units (``steps``), and each row adds up exactly.
    """
    gone = np.minimum(np.cumsum(by_week, axis=1), 1.0)
    so_far = (np.rint((units // steps)[:, None] * gone)).astype(np.int64) * steps[:, None]
    so_far = np.concatenate([np.zeros_like(units)[:, None], so_far, units[:, None]], axis=1)
    return np.diff(so_far, axis=1)


@dataclass(frozen=True, slots=True)
class Band:
    """Between what and what a week comes to: in one of two weeks, and in four of five."""

    low_50: Decimal
    high_50: Decimal
    low_80: Decimal
    high_80: Decimal


def stretch(missed: Sequence[float]) -> float:
    """How many times as wide as invoices alone tell bands are: ``missed`` tells of weeks that have ended, the
    newest first, by how many of their deviations what came lay off. Root mean square; never narrower.
    """
    newest = missed[:WEEKS_TELLING]
    squares = sum(each * each for each in newest) + WEEKS_TRUSTED
    return max(1.0, sqrt(squares / (len(newest) + WEEKS_TRUSTED)))


@dataclass(slots=True)
class Uncertainty:
    """How far each week may lie from what is expected of it."""

    apart: NDArray[np.float64] = field(default_factory=lambda: np.zeros(WEEKS))
    together: NDArray[np.float64] = field(default_factory=lambda: np.zeros(WEEKS))

    def see(self, amounts: NDArray[np.float64], by_week: Chances, customers: Units) -> None:
        """Some invoices, all of their customers, who stand together."""
        variance = amounts[:, None] ** 2 * by_week * (1 - by_week)
        first = np.flatnonzero(np.concatenate([[True], customers[1:] != customers[:-1]]))
        self.apart += variance.sum(axis=0)
        self.together += (np.add.reduceat(np.sqrt(variance), first, axis=0) ** 2).sum(axis=0)

    def deviation(self, week: int, *, expected: Decimal) -> float:
        """How far one week may lie off, as its invoices tell."""
        variance = TOGETHER * self.together[week] + (1 - TOGETHER) * self.apart[week]
        return sqrt(variance + (SWING * float(expected)) ** 2)

    def band(
        self, week: int, *, expected: Decimal, total: Decimal, currency: str, stretched: float = 1.0
    ) -> Band:
        """The bands of one week, between nothing and all that is open."""
        deviation = Decimal(self.deviation(week, expected=expected) * stretched)

        def edge(times: float) -> Decimal:
            return money.rounded(
                min(max(expected + Decimal(times) * deviation, money.ZERO), max(total, expected)), currency
            )

        return Band(edge(-_WITHIN_50), edge(_WITHIN_50), edge(-_WITHIN_80), edge(_WITHIN_80))
