"""How late invoices were paid, counted so that those still open tell something too. Pure.

A day is a distance from the due date: 3 is three days late, -2 two days early.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

# One figure for each day of ``SPAN``.
Shares = NDArray[np.float64]

# Paid earlier than the first counts as paid on it; nobody pays earlier. Later than the last is only known to
# be later: it gives no share of its own.
FIRST_DAY = -90
LAST_DAY = 400
SPAN = LAST_DAY - FIRST_DAY + 1

# What was settled in so many days counts, and half as much with each half-life that has passed.
HISTORY_DAYS = 730
HALF_LIFE_DAYS = 365

# The customer's own invoices weigh against so many of the segment's; the segment's against so many of the
# company's. Chosen on the first months of two public sets of invoices, see docs/forecast.md.
OWN_TRUST = 2.0
SEGMENT_TRUST = 20.0
# The company's share for a day takes in the days around it until so many invoices stand behind it, but not
# farther than a third of the way to the due date: who was three days late tells nothing of the thirtieth day.
COMMON_COUNT_MIN = 50
COMMON_REACH_DAYS = 30
COMMON_REACH_PART = 3
# Where nobody knows anything, one in fifty is paid on a day; it weighs as much as two invoices.
UNKNOWN_SHARE = 0.02
UNKNOWN_WEIGHT = 2.0


def place(days: int) -> int:
    """Where a distance stands in a list of ``SPAN`` days."""
    return min(max(days, FIRST_DAY), LAST_DAY) - FIRST_DAY


@dataclass(slots=True)
class Tally:
    """Invoices counted by distance, each with its weight: on which they could be paid first (``begun``), on
    which they were last seen open or were paid (``ended``), and on which they were paid (``paid``).
    """

    begun: dict[int, float] = field(default_factory=dict)
    ended: dict[int, float] = field(default_factory=dict)
    paid: dict[int, float] = field(default_factory=dict)
    # Invoices without weights, for words.
    paid_count: dict[int, int] = field(default_factory=dict)
    # What was paid by weekday, Monday first.
    weekdays: list[float] = field(default_factory=lambda: [0.0] * 7)

    def see(self, *, begun: int, ended: int, weight: float = 1.0, weekday: int | None = None) -> None:
        """Count one invoice: paid on ``ended`` when a ``weekday`` (Monday 0) is given, still open after it
        otherwise.
        """
        if weekday is not None:
            self.paid[ended] = self.paid.get(ended, 0.0) + weight
            self.paid_count[ended] = self.paid_count.get(ended, 0) + 1
            self.weekdays[weekday] += weight
        elif ended < begun:
            return
        first = min(begun, ended)
        self.begun[first] = self.begun.get(first, 0.0) + weight
        self.ended[ended] = self.ended.get(ended, 0.0) + weight

    def add(self, other: "Tally") -> None:
        """Count what another one counted."""
        for mine, theirs in ((self.begun, other.begun), (self.ended, other.ended), (self.paid, other.paid)):
            for days, weight in theirs.items():
                mine[days] = mine.get(days, 0.0) + weight
        for days, count in other.paid_count.items():
            self.paid_count[days] = self.paid_count.get(days, 0) + count
        self.weekdays = [mine + theirs for mine, theirs in zip(self.weekdays, other.weekdays, strict=True)]

    @property
    def settled(self) -> int:
        """How many invoices were paid."""
        return sum(self.paid_count.values())

    def as_late(self, days: int) -> int:
        """How many of those paid were still open as that day began."""
        return sum(count for late, count in self.paid_count.items() if late >= days)

    def by_day(self) -> tuple[Shares, Shares]:
        """What was paid on each day, and what was still open as it began."""
        paid, change = np.zeros(SPAN), np.zeros(SPAN + 1)
        _count(paid, {days: weight for days, weight in self.paid.items() if days < LAST_DAY})
        _count(change, self.begun)
        left = np.zeros(SPAN)
        _count(left, self.ended)
        change[1:] -= left
        return paid, np.maximum(0.0, np.cumsum(change[:SPAN]))


def _count(by_day: Shares, weights: Mapping[int, float]) -> None:
    if weights:
        places = np.clip(np.fromiter(weights.keys(), int, len(weights)), FIRST_DAY, LAST_DAY) - FIRST_DAY
        np.add.at(by_day, places, np.fromiter(weights.values(), float, len(weights)))


def total(tallies: Iterable[Tally]) -> Tally:
    """All that several counted."""
    found = Tally()
    for tally in tallies:
        found.add(tally)
    return found


def common_shares(everybody: Tally) -> Shares:
    """The share paid on each day of what was open as it began; days with few invoices take in their
    neighbours.
    """
    paid, still = everybody.by_day()
    paid_so_far, still_so_far = ([0.0, *np.cumsum(each).tolist()] for each in (paid, still))
    found = np.zeros(SPAN)
    for day in range(SPAN):
        reach, first, after = 0, day, day + 1
        far = min(COMMON_REACH_DAYS, 1 + abs(day + FIRST_DAY) // COMMON_REACH_PART)
        while still_so_far[after] - still_so_far[first] < COMMON_COUNT_MIN and reach < far:
            reach += 1
            first, after = max(0, day - reach), min(SPAN, day + reach + 1)
        seen = still_so_far[after] - still_so_far[first] + UNKNOWN_WEIGHT
        found[day] = (paid_so_far[after] - paid_so_far[first] + UNKNOWN_SHARE * UNKNOWN_WEIGHT) / seen
    return found


def shares(own: Tally, behind: Shares, *, trust: float) -> Shares:
    """A customer's (or segment's) share paid on each day, mixed with the shares ``behind`` it, which weigh as
    much as ``trust`` invoices that got so far.
    """
    paid, still = own.by_day()
    return (paid + trust * behind) / (still + trust)
