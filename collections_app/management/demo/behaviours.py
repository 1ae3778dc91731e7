"""How the demo's customers pay. One table; chance draws a customer's own figures from it, once."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from collections_app.management.demo.calendars import DAY, WorkDays, month_end, next_fifteenth, next_friday


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One way of paying. Shares are of 1; days are calendar days after the due date, negative when early."""

    code: str
    share: float
    late_from: int
    late_to: int
    spread: float = 1.5
    # By so many days later at the end of the two years than at their beginning.
    worsens: int = 0
    pay_run: str = "any"
    contests: float = 0.015
    bounces: float = 0.0
    in_parts: float = 0.0
    # Share of receipts that come without saying what they are for.
    unexplained: float = 0.02
    forgets: float = 0.003
    prepays: bool = False
    goes_quiet: bool = False


BEHAVIOURS = (
    Behaviour("on time", 0.35, -3, 1),
    Behaviour("late but sure", 0.16, 9, 24, spread=2.0, pay_run="friday"),
    Behaviour("on the fifteenth", 0.10, 0, 4, pay_run="fifteenth"),
    Behaviour("at the end of the month", 0.06, 0, 3, pay_run="month end"),
    Behaviour("slow and worsening", 0.07, 4, 12, spread=6, worsens=40),
    Behaviour("slow", 0.08, 25, 55, spread=14, forgets=0.02),
    Behaviour("disputes", 0.05, 5, 15, spread=6, contests=0.14),
    Behaviour("breaks promises", 0.04, 30, 60, spread=12),
    Behaviour("prepays", 0.03, -20, -10, prepays=True),
    Behaviour("bounces", 0.02, 1, 6, bounces=0.12),
    Behaviour("in parts", 0.03, 8, 20, spread=5, in_parts=0.5),
    Behaviour("gone quiet", 0.01, 10, 25, spread=6, goes_quiet=True),
)
_SHARES = [behaviour.share for behaviour in BEHAVIOURS]


def drawn(rng: Random) -> Behaviour:
    """The way of paying of one customer."""
    return rng.choices(BEHAVIOURS, _SHARES)[0]


def pay_day(
    behaviour: Behaviour, due_on: dt.date, *, usual: int, age: float, days: WorkDays, rng: Random
) -> dt.date:
    """When an invoice is paid; ``usual`` is the customer's own delay, ``age`` 0 two years ago and 1 today."""
    late = usual + behaviour.worsens * age * age + rng.gauss(0, behaviour.spread)
    day = due_on + DAY * round(late)
    if behaviour.pay_run == "friday":
        return days.on_or_after(next_friday(day))
    if behaviour.pay_run == "fifteenth":
        return days.on_or_before(next_fifteenth(day))
    if behaviour.pay_run == "month end":
        return days.on_or_before(month_end(day))
    return days.on_or_after(day)
