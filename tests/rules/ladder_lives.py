"""Lives of customers on the ladder: invoices fall due and are paid, runs come or are missed."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from collections_app.dunning.rules import ladder
from collections_app.dunning.rules.ladder import Falling, Known, Owed, Taken, Why
from collections_app.dunning.rules.steps import LEVEL_MAX, Procedure, Step
from collections_app.lib.working_days import Calendar


@dataclass(frozen=True)
class Bill:
    """An invoice; ``paid_on`` is None while nobody pays, ``rests`` the days it is promised or disputed."""

    number: int
    due_on: dt.date
    amount: Decimal
    currency: str = "GBP"
    paid_on: dt.date | None = None
    rests: tuple[dt.date, dt.date] | None = None

    def is_open(self, day: dt.date) -> bool:
        return (self.paid_on is None or day < self.paid_on) and self.due_on - dt.timedelta(30) <= day

    def is_collectable(self, day: dt.date) -> bool:
        return self.is_open(day) and not (self.rests and self.rests[0] <= day <= self.rests[1])


@dataclass(frozen=True)
class Happened:
    """A step that was taken on a day; ``climb`` counts the ladders of a life."""

    on: dt.date
    counts_on: dt.date
    step: Step
    climb: int
    invoices: tuple[int, ...]


@dataclass
class Life:
    """One customer, and all that the ladder did with them."""

    bills: Sequence[Bill]
    procedure: Procedure
    calendar: Calendar
    highest_level: int = LEVEL_MAX
    happened: list[Happened] = field(default_factory=list)
    climbs: int = 0
    is_climbing: bool = False

    def run(self, today: dt.date) -> Why:
        """What a run does with them, and remembers."""
        if self.is_climbing and not self._named_and_overdue(today):
            self.is_climbing = False
        known = self._known(today)
        made = ladder.decide(
            self.procedure, known, highest_level=self.highest_level, calendar=self.calendar, today=today
        )
        for step in made.steps:
            if not step.is_before_due and not self.is_climbing:
                self.is_climbing, self.climbs = True, self.climbs + 1
            invoices = made.invoices or tuple(bill.number for bill in self._collectable(today))
            self.happened.append(Happened(today, made.counts_on or today, step, self.climbs, invoices))
        return made.why

    def of_climb(self, number: int) -> list[Happened]:
        """What was done on one ladder."""
        return [each for each in self.happened if each.climb == number and not each.step.is_before_due]

    def _collectable(self, today: dt.date) -> list[Bill]:
        return [bill for bill in self.bills if bill.due_on <= today and bill.is_collectable(today)]

    def _named_and_overdue(self, today: dt.date) -> bool:
        named = {number for each in self.of_climb(self.climbs) for number in each.invoices}
        return any(
            bill.number in named and bill.is_open(today) and bill.due_on < today for bill in self.bills
        )

    def _known(self, today: dt.date) -> Known:
        by_currency: dict[str, list[Bill]] = {}
        for bill in self._collectable(today):
            by_currency.setdefault(bill.currency, []).append(bill)
        owed = [
            Owed(currency, min(bill.due_on for bill in bills), total, total)
            for currency, bills in by_currency.items()
            if (total := sum((bill.amount for bill in bills), Decimal(0)))
        ]
        steps = self.of_climb(self.climbs) if self.is_climbing else []
        return Known(
            owed=tuple(owed),
            falling=tuple(
                Falling(bill.number, bill.due_on, bill.amount, self._asked(bill.number))
                for bill in self.bills
                if bill.due_on >= today and bill.is_collectable(today)
            ),
            is_climbing=self.is_climbing,
            taken=Taken.of(steps[-1].step, steps[-1].counts_on) if steps else None,
        )

    def _asked(self, number: int) -> frozenset[str]:
        return frozenset(
            each.step.code for each in self.happened if each.step.is_before_due and number in each.invoices
        )


def live(life: Life, days: Collection[dt.date]) -> Life:
    """Run on each of ``days``, in order."""
    for day in sorted(days):
        life.run(day)
    return life
