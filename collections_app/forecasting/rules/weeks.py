"""What is expected to come a week: invoices spread over weeks to the penny, and how sure a week is. Pure.

Weeks begin on Monday; the first is what is left of this one. After the last there is "later or never".
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate, pairwise
from math import sqrt
from statistics import NormalDist

from collections_app.forecasting.rules.chances import Chances, within
from collections_app.lib import money

WEEKS = 13
# Invoices of one customer often come together: so much of what is uncertain about them is shared.
TOGETHER = 0.3
# So much may a whole week swing with the season, the bank or the post, whoever the customers are.
SWING = 0.05

_WITHIN_50, _WITHIN_80 = (NormalDist().inv_cdf(0.5 + share / 2) for share in (0.5, 0.8))


def monday_of(day: dt.date) -> dt.date:
    """The Monday with which the week of ``day`` begins."""
    return day - dt.timedelta(day.weekday())


def days_left(today: dt.date, weeks: int = WEEKS) -> list[int]:
    """How many days from today on have gone at the end of each week."""
    return [7 * week + 7 - today.weekday() for week in range(weeks)]


def week_chances(found: Chances, ends: Sequence[int]) -> list[float]:
    """The chance of each week; what is left of 1 is later."""
    gone = [0.0, *(within(found, end) for end in ends)]
    return [min(1.0, max(0.0, after - before)) for before, after in pairwise(gone)]


def spread(amount: Decimal, currency: str, by_week: Sequence[float]) -> list[Decimal]:
    """``amount`` over the weeks and "later", by their chances: whole minor units that add up to it."""
    units = Decimal(1).scaleb(-money.minor_units(currency))
    whole = int(amount / units)
    so_far = [0, *(round(whole * min(1.0, gone)) for gone in accumulate(by_week))]
    parts = [(after - before) * units for before, after in pairwise(so_far)]
    return [*parts, amount - sum(parts, money.ZERO)]


@dataclass(frozen=True, slots=True)
class Band:
    """Between what and what a week comes to: in one of two weeks, and in four of five."""

    low_50: Decimal
    high_50: Decimal
    low_80: Decimal
    high_80: Decimal


@dataclass(slots=True)
class Uncertainty:
    """How far a week may lie from what is expected of it, customer by customer."""

    apart: list[float] = field(default_factory=lambda: [0.0] * WEEKS)
    together: list[float] = field(default_factory=lambda: [0.0] * WEEKS)
    _of_customer: list[float] = field(default_factory=lambda: [0.0] * WEEKS)

    def see(self, amount: float, by_week: Sequence[float]) -> None:
        """One invoice of the customer that is being looked at."""
        for week, chance in enumerate(by_week):
            if chance:
                variance = amount * amount * chance * (1 - chance)
                self.apart[week] += variance
                self._of_customer[week] += sqrt(variance)

    def end_customer(self) -> None:
        """That was all of this customer."""
        for week, deviation in enumerate(self._of_customer):
            self.together[week] += deviation * deviation
        self._of_customer = [0.0] * WEEKS

    def band(self, week: int, *, expected: Decimal, total: Decimal, currency: str) -> Band:
        """The bands of one week, between nothing and all that is open."""
        variance = TOGETHER * self.together[week] + (1 - TOGETHER) * self.apart[week]
        deviation = Decimal(sqrt(variance + (SWING * float(expected)) ** 2))

        def edge(times: float) -> Decimal:
            return money.rounded(
                min(max(expected + Decimal(times) * deviation, money.ZERO), max(total, expected)), currency
            )

        return Band(edge(-_WITHIN_50), edge(_WITHIN_50), edge(-_WITHIN_80), edge(_WITHIN_80))
