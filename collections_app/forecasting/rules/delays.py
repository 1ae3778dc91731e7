"""How late invoices were paid, counted so that those still open tell something too. Pure.

A day is a distance from the due date: 3 is three days late, -2 two days early.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# One figure for each day of ``SPAN``, or rows of such figures.
Shares = NDArray[np.float64]
Whole = NDArray[np.int64]

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


@dataclass(frozen=True, slots=True)
class Tallies:
    """Invoices of some customers counted by distance, each with its weight: on which they could be paid first
    (``begun``), on which they were last seen open or were paid (``ended``), and on which they were paid
    (``paid``; ``counts`` without weights, for words).

    Each of these has a place for a customer and distance that something is known of, in the order of both;
    those of the customer of a row begin at ``starts[row]`` and end before the next. ``weekdays`` is what was
    paid by weekday, Monday first, a row a customer.
    """

    starts: Whole
    days: Whole
    begun: Shares
    ended: Shares
    paid: Shares
    counts: Whole
    weekdays: Shares

    @classmethod
    def of(
        cls,
        rows: Whole,
        days: Whole,
        weekdays: Shares,
        *,
        begun: Shares,
        ended: Shares,
        paid: Shares,
        counts: Whole,
    ) -> "Tallies":
        """From figures in any order, several of a row and distance added up."""
        keys, where = np.unique(
            rows * SPAN + np.clip(days, FIRST_DAY, LAST_DAY) - FIRST_DAY, return_inverse=True
        )
        starts = np.searchsorted(keys, np.arange(len(weekdays) + 1) * SPAN)
        return cls(
            starts,
            keys % SPAN + FIRST_DAY,
            _added(where, begun, len(keys)),
            _added(where, ended, len(keys)),
            _added(where, paid, len(keys)),
            _added(where, counts, len(keys)).astype(np.int64),
            weekdays,
        )

    @classmethod
    def counted(
        cls, number: int, rows: Whole, *, begun: Whole, ended: Whole, weights: Shares, weekdays: Whole
    ) -> "Tallies":
        """Invoices of ``number`` customers: paid on ``ended`` when a weekday (Monday 0) is given, still open
        after it where it is -1. What was not there yet on that day is not counted.
        """
        paid = weekdays >= 0
        seen = paid | (ended >= begun)
        of_paid = np.where(paid, weights, 0.0)[seen]
        rows, begun, ended, own = rows[seen], np.minimum(begun, ended)[seen], ended[seen], weights[seen]
        by_weekday = _added((rows * 7 + weekdays[seen])[paid[seen]], of_paid[paid[seen]], number * 7)
        none = np.zeros(len(rows))
        return cls.of(
            np.concatenate([rows, rows]),
            np.concatenate([begun, ended]),
            by_weekday.reshape(number, 7),
            begun=np.concatenate([own, none]),
            ended=np.concatenate([none, own]),
            paid=np.concatenate([none, of_paid]),
            counts=np.concatenate([none, paid[seen]]).astype(np.int64),
        )

    def __len__(self) -> int:
        return len(self.weekdays)

    @property
    def settled(self) -> Whole:
        """How many invoices of each were paid."""
        return np.diff(np.concatenate([[0], np.cumsum(self.counts)])[self.starts])

    def as_late(self, rows: Whole, days: Whole) -> Whole:
        """How many invoices that the customer of each row paid were still open as that day began."""
        so_far = np.concatenate([[0], np.cumsum(self.counts)])
        sought = self._keys_of(rows, np.maximum(days, FIRST_DAY))
        before = np.searchsorted(self._keys_of(self._rows, self.days), sought)
        found: Whole = so_far[self.starts[rows + 1]] - so_far[before]
        return found

    def picked(self, rows: Whole) -> "Tallies":
        """Those of some customers, in the order of ``rows``."""
        sizes = np.diff(self.starts)[rows]
        ends = np.cumsum(sizes)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(self.starts[rows] - ends + sizes, sizes)
        return Tallies(
            np.concatenate([[0], ends]),
            self.days[places],
            self.begun[places],
            self.ended[places],
            self.paid[places],
            self.counts[places],
            self.weekdays[rows],
        )

    def together(self, groups: Whole, number: int) -> "Tallies":
        """Added up: ``groups`` says to which of ``number`` the customer of each row belongs."""
        weekdays = np.zeros((number, 7))
        np.add.at(weekdays, groups, self.weekdays)
        return Tallies.of(
            groups[self._rows],
            self.days,
            weekdays,
            begun=self.begun,
            ended=self.ended,
            paid=self.paid,
            counts=self.counts,
        )

    def by_day(self) -> tuple[Shares, Shares]:
        """What was paid on each day, and what was still open as it began; a row a customer."""
        paid, begun, ended = (self._spread(each) for each in (self.paid, self.begun, self.ended))
        # Later than the last day is only known to be later.
        paid[:, -1] = 0.0
        begun[:, 1:] -= ended[:, :-1]
        return paid, np.maximum(0.0, np.cumsum(begun, axis=1))

    @property
    def _rows(self) -> Whole:
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def _keys_of(self, rows: Whole, days: Whole) -> Whole:
        # Wider than the span: a day past the last is past all of its row.
        found: Whole = rows * 2**20 + np.minimum(days, LAST_DAY + 1) - FIRST_DAY
        return found

    def _spread(self, weights: Shares) -> Shares:
        places = self._rows * SPAN + self.days - FIRST_DAY
        return _added(places, weights, len(self) * SPAN).reshape(len(self), SPAN)


def _added(places: Whole, weights: Shares | Whole, number: int) -> Shares:
    """What comes to each of ``number`` places."""
    return np.bincount(places, weights, number).astype(np.float64, copy=False)


def common_shares(everybody: Tallies) -> Shares:
    """The share paid on each day of what was open as it began, of tallies with one row; days with few
    invoices take in their neighbours.
    """
    (paid,), (still,) = everybody.by_day()
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


def shares(own: Tallies, behind: Shares, *, trust: float) -> Shares:
    """The share of each customer (or segment) paid on each day, a row each, mixed with the shares ``behind``
    it (a row for all, or one each), which weigh as much as ``trust`` invoices that got so far.
    """
    paid, still = own.by_day()
    return (paid + trust * behind) / (still + trust)
