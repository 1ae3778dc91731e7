"""Interest for late payment and the fixed sum that comes with it. Pure.

Interest is simple, runs on what is owed each day, a day at a time up to and including the day of a payment,
and is rounded once, at the end: what a line shows is its share of that sum. Weekends and holidays do not stop
it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from collections_app.dunning.rules.late_payment_laws import YEAR_DAYS, Law
from collections_app.dunning.rules.late_payment_rates import next_half_year
from collections_app.lib import money

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PrincipalEvent:
    """That what is owed changed: above zero by what was invoiced, below it by what was paid or credited. The
    day itself still bears interest as before; the change counts from the day after.
    """

    on: dt.date
    change: Decimal


@dataclass(frozen=True, slots=True)
class Debt:
    """A document that is owed."""

    currency: str
    issued_on: dt.date
    due_on: dt.date | None
    events: tuple[PrincipalEvent, ...]

    def principal_on(self, day: dt.date) -> Decimal:
        """What bears interest on ``day``."""
        owed = sum((event.change for event in self.events if event.on < day), money.ZERO)
        return max(owed, money.ZERO)


@dataclass(frozen=True, slots=True)
class InterestLine:
    """Days that follow each other with one principal and one rate (per cent a year), both ends included."""

    from_on: dt.date
    until_on: dt.date
    rate: Decimal
    principal: Decimal
    # What shows: the shares of all lines add up to the interest.
    amount: Decimal = money.ZERO

    @property
    def days(self) -> int:
        return (self.until_on - self.from_on).days + 1

    @property
    def exact(self) -> Fraction:
        """The interest of the line, not rounded."""
        return Fraction(self.principal) * Fraction(self.rate) * self.days / (100 * YEAR_DAYS)


@dataclass(frozen=True, slots=True)
class InterestStatement:
    """What is owed for being late. ``begins_on`` is the first day that bears interest for this debt,
    ``from_on`` and ``until_on`` the period that was asked for. ``not_known`` says from where on there is no
    rate, in a sentence; the lines end before that. The fixed sum is in a currency of its own.
    """

    law: Law
    currency: str
    begins_on: dt.date
    from_on: dt.date
    until_on: dt.date
    lines: tuple[InterestLine, ...]
    principal: Decimal
    fixed_sum: Decimal = money.ZERO
    per_day: Decimal = money.ZERO
    not_known: str = ""
    interest: Decimal = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "interest", sum((line.amount for line in self.lines), money.ZERO))

    @property
    def exact(self) -> Fraction:
        """The interest before it is rounded."""
        return sum((line.exact for line in self.lines), Fraction(0))

    @property
    def fixed_sum_here(self) -> Decimal:
        """The fixed sum where it is in the debt's currency; another one is never added to it."""
        return self.fixed_sum if self.law.currency == self.currency else money.ZERO

    @property
    def total(self) -> Decimal:
        """Interest and fixed sum, in the currency of the debt."""
        return self.interest + self.fixed_sum_here

    @property
    def days(self) -> int:
        """How many days bear interest."""
        return sum(line.days for line in self.lines)

    @property
    def rate(self) -> Decimal | None:
        """The rate of the last line."""
        return self.lines[-1].rate if self.lines else None


def interest_on(
    debt: Debt, law: Law, *, until: dt.date, from_on: dt.date | None = None, with_fixed_sum: bool = True
) -> InterestStatement:
    """Interest up to and including ``until``; from ``from_on``, or from the first day that bears any.

    The fixed sum is by what was owed on that first day, and owed once; whoever asks for a later part of the
    period leaves it out.
    """
    begins = law.begins_on(issued_on=debt.issued_on, due_on=debt.due_on)
    start = max(begins, from_on or begins)
    lines, not_known = _lines(debt, law, begins, start, until)
    owed = debt.principal_on(until)
    last = lines[-1] if lines else None
    is_running = last is not None and last.until_on == until
    return InterestStatement(
        law=law,
        currency=debt.currency,
        begins_on=begins,
        from_on=start,
        until_on=until,
        lines=_shared_out(lines, debt.currency),
        principal=owed,
        fixed_sum=law.fixed_sum(debt.principal_on(begins), arose_on=debt.issued_on)
        if with_fixed_sum and lines
        else money.ZERO,
        per_day=_per_day(owed, last.rate, debt.currency) if last and is_running else money.ZERO,
        not_known=not_known,
    )


def _lines(
    debt: Debt, law: Law, begins: dt.date, start: dt.date, until: dt.date
) -> tuple[list[InterestLine], str]:
    """The lines up to where no rate is known, and the sentence that says so."""
    lines: list[InterestLine] = []
    days = [*_turns(debt, law, start, until), until + DAY]
    for begun, ended in pairwise(days):
        principal = debt.principal_on(begun)
        if not principal:
            continue
        fixed_on = begins if law.is_fixed_at_start else begun
        rate = law.rate_for(fixed_on, arose_on=debt.issued_on)
        if rate is None:
            return lines, law.not_known(fixed_on, arose_on=debt.issued_on)
        lines.append(InterestLine(begun, ended - DAY, rate, principal))
    return lines, ""


def _turns(debt: Debt, law: Law, start: dt.date, until: dt.date) -> Sequence[dt.date]:
    """The days within the period from which something is different, its first day first."""
    if until < start:
        return ()
    changes: dict[dt.date, Decimal] = defaultdict(Decimal)
    for event in debt.events:
        changes[event.on] += event.change
    days = {start, *(on + DAY for on, change in changes.items() if change and start <= on < until)}
    if not law.is_fixed_at_start:
        day = next_half_year(start)
        while day <= until:
            days.add(day)
            day = next_half_year(day)
    return sorted(days)


def _shared_out(lines: Sequence[InterestLine], currency: str) -> tuple[InterestLine, ...]:
    """Each line with its share of the rounded sum: the difference that it makes to the sum so far."""
    shared: list[InterestLine] = []
    so_far, shown = Fraction(0), money.ZERO
    for line in lines:
        so_far += line.exact
        sum_now = _rounded(so_far, currency)
        shared.append(InterestLine(line.from_on, line.until_on, line.rate, line.principal, sum_now - shown))
        shown = sum_now
    return tuple(shared)


def _per_day(principal: Decimal, rate: Decimal, currency: str) -> Decimal:
    return _rounded(Fraction(principal) * Fraction(rate) / (100 * YEAR_DAYS), currency)


def _rounded(exact: Fraction, currency: str) -> Decimal:
    return money.rounded(Decimal(exact.numerator) / Decimal(exact.denominator), currency)
