"""How good expected days were on invoices of the past, beside plain guesses. Pure.

On each Monday of the trial only what was known then is used: what was paid before, and what was open. Every
invoice is guessed once, on the first Monday on which it is open.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

import numpy as np

from collections_app.forecasting.rules import chances, delays, pay_days, weeks
from collections_app.forecasting.rules.chances import HORIZON_DAYS, Calendar, Chances, Payers
from collections_app.forecasting.rules.delays import Tallies
from collections_app.forecasting.rules.weeks import Uncertainty
from collections_app.lib.money import ZERO

NEAR_DAYS = 7
# Weeks of which the bands are held against what came; further ones are thin in sets of past invoices.
WEEKS_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Past:
    """An invoice of which it is known how it ended; days are ordinals. ``paid`` is None when it never was."""

    customer: str
    begun: int
    due: int
    paid: int | None
    amount: Decimal

    def is_open(self, day: int) -> bool:
        """Whether it was there and unpaid as ``day`` began."""
        return self.begun < day and (self.paid is None or self.paid >= day)


@dataclass(slots=True)
class Guesses:
    """How far guesses were from what came, in days."""

    missed: list[int] = field(default_factory=list)

    @property
    def mean_days(self) -> float:
        return sum(self.missed) / len(self.missed)

    @property
    def near(self) -> float:
        """The share that was right within a week."""
        return sum(days <= NEAR_DAYS for days in self.missed) / len(self.missed)


@dataclass(slots=True)
class Trial:
    """What came of it: the three ways to guess, and how often bands held (a list of yes and no)."""

    ours: Guesses = field(default_factory=Guesses)
    customer_median: Guesses = field(default_factory=Guesses)
    due_date: Guesses = field(default_factory=Guesses)
    held_50: list[bool] = field(default_factory=list)
    held_80: list[bool] = field(default_factory=list)
    weeks_held_50: list[bool] = field(default_factory=list)
    weeks_held_80: list[bool] = field(default_factory=list)
    # Expected and came, by Monday and weeks ahead.
    weeks: list[tuple[int, int, Decimal, Decimal]] = field(default_factory=list)
    # Of the first week of each Monday: by how many deviations it was missed.
    missed: list[float] = field(default_factory=list)


def tallies(invoices: Sequence[Past], rows: Mapping[str, int], day: int) -> Tallies:
    """How customers paid, as known when ``day`` began; of each in their row."""
    seen = [each for each in invoices if each.begun < day and (each.paid or day) >= day - delays.HISTORY_DAYS]
    begun, due = (
        np.array([getattr(each, name) for each in seen], dtype=np.int64) for name in ("begun", "due")
    )
    # Not paid until now, as far as is known.
    paid = np.array([min(each.paid or day, day) for each in seen], dtype=np.int64)
    is_paid = paid < day
    return Tallies.counted(
        len(rows),
        np.array([rows[each.customer] for each in seen], dtype=np.int64),
        begun=begun - due,
        ended=np.where(is_paid, paid, day - 1) - due,
        weights=np.where(is_paid, 0.5 ** ((day - paid) / delays.HALF_LIFE_DAYS), 1.0),
        weekdays=np.where(is_paid, (paid - 1) % 7, -1),
    )


def run(invoices: Sequence[Past], *, first: dt.date, last: dt.date) -> Trial:
    """Guess on every Monday from ``first`` to ``last``. The weeks before only tell how far weeks were missed,
    as those before a night do.
    """
    begins = weeks.monday_of(first + dt.timedelta(6))
    before, trial, guessed = Trial(), Trial(), set[int]()
    for back in range(weeks.WEEKS_TELLING, 0, -1):
        day = begins - dt.timedelta(7 * back)
        if any(each.paid is not None and each.paid < day.toordinal() for each in invoices):
            _guess(before, invoices, set(), day)
    trial.missed += before.missed
    day = begins
    while day <= last:
        _guess(trial, invoices, guessed, day)
        day += dt.timedelta(7)
    return trial


def _guess(trial: Trial, invoices: Sequence[Past], guessed: set[int], monday: dt.date) -> None:
    day = monday.toordinal()
    ends = weeks.days_left(monday)
    rows = {customer: row for row, customer in enumerate({each.customer: None for each in invoices})}
    known = tallies(invoices, rows, day)
    everybody = known.together(np.zeros(len(rows), dtype=np.int64), 1)
    common, weekdays = delays.common_shares(everybody), pay_days.weekday_factors(everybody.weekdays[0])
    usual, usual_of_all = _medians(invoices, day)
    calendar, uncertain = Calendar(day), Uncertainty()
    expected, came, total = [ZERO] * weeks.WEEKS, [ZERO] * weeks.WEEKS, ZERO
    by_customer: dict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(invoices):
        if each.is_open(day):
            by_customer[each.customer].append(place)
    open_ones = known.picked(np.array([rows[customer] for customer in by_customer], dtype=np.int64))
    payers = Payers(
        delays.shares(open_ones, common, trust=delays.OWN_TRUST),
        pay_days.pay_days(pay_days.weekday_factors(open_ones.weekdays, weekdays)),
        calendar,
    )
    for row, (customer, places) in enumerate(by_customer.items()):
        theirs = [invoices[place] for place in places]
        found = payers.chances(np.full(len(theirs), row), np.array([each.due for each in theirs]))
        by_week = weeks.week_chances(found, ends)
        units = np.array([weeks.units(each.amount) for each in theirs])
        uncertain.see(units / 1000, by_week, np.zeros(len(theirs), dtype=np.int64))
        spread = weeks.spread(units, by_week, np.ones_like(units)).sum(axis=0)
        for week in range(weeks.WEEKS):
            expected[week] += weeks.amount_of(int(spread[week]))
        for each in theirs:
            total += each.amount
            if each.paid is not None and (week := (each.paid - day) // 7) < weeks.WEEKS:
                came[week] += each.amount
        new = [row for row, place in enumerate(places) if place not in guessed and theirs[row].paid]
        guessed.update(places[row] for row in new)
        if new:
            late = usual.get(customer, usual_of_all)
            _score(trial, found[new], [theirs[row] for row in new], day=day, late=late)
    stretched = weeks.stretch(trial.missed[::-1])
    deviation = uncertain.deviation(0, expected=expected[0])
    if deviation:
        trial.missed.append(float(abs(came[0] - expected[0])) / deviation)
    for week in range(WEEKS_AHEAD):
        band = uncertain.band(week, expected=expected[week], total=total, currency="", stretched=stretched)
        trial.weeks.append((day, week + 1, expected[week], came[week]))
        trial.weeks_held_50.append(band.low_50 <= came[week] <= band.high_50)
        trial.weeks_held_80.append(band.low_80 <= came[week] <= band.high_80)


def _score(trial: Trial, found: Chances, invoices: Sequence[Past], *, day: int, late: float) -> None:
    """Count one guess of each way for each. A day that has gone is guessed as today by all three."""
    came = np.array([(each.paid or 0) - day for each in invoices])
    due = np.array([each.due - day for each in invoices])
    for way, guess in (
        (trial.ours, chances.middle(found)),
        (trial.due_date, np.maximum(due, 0)),
        (trial.customer_median, np.maximum(np.rint(due + late), 0)),
    ):
        way.missed += [int(days) for days in np.abs(guess - came)]
    for held, share in ((trial.held_50, 0.5), (trial.held_80, 0.8)):
        first, last = chances.band(found, share)
        inside = (first <= came) & (came <= last) & (first < HORIZON_DAYS)
        held += [bool(one) for one in inside]


def _medians(invoices: Iterable[Past], day: int) -> tuple[Mapping[str, float], float]:
    """How late each customer's middle invoice was, of those paid before ``day``; and that of all."""
    late: dict[str, list[int]] = defaultdict(list)
    for each in invoices:
        if each.paid is not None and each.paid < day:
            late[each.customer].append(each.paid - each.due)
    everybody = [days for own in late.values() for days in own]
    return {customer: median(own) for customer, own in late.items()}, median(everybody) if everybody else 0
