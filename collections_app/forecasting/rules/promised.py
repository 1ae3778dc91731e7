"""What a promise to pay adds to what is expected. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from collections_app.forecasting.rules import chances
from collections_app.forecasting.rules.chances import HORIZON_DAYS, Chances
from collections_app.forecasting.rules.pay_days import PayDays

# A customer's own promises weigh against so many of the company's.
WORD_TRUST = 4.0
# And those against so many of which two in three were kept, as is usual.
USUAL_TRUST = 6.0
USUAL_KEPT = 2 / 3


def word(kept: int, due: int, *, behind: float) -> float:
    """How often a customer's promise is kept: their own rate, mixed with the rate ``behind`` it."""
    return (kept + WORD_TRUST * behind) / (due + WORD_TRUST)


def usual_word(kept: int, due: int) -> float:
    """How often the company's promises are kept."""
    return (kept + USUAL_TRUST * USUAL_KEPT) / (due + USUAL_TRUST)


@dataclass(frozen=True, slots=True)
class Instalment:
    """``amount`` between the ordinal days ``first`` and ``last``, the end of its grace."""

    amount: float
    first: int
    last: int


def with_promise(
    usual: Chances, plan: Sequence[Instalment], days: PayDays, *, kept: float, part: float, today: int
) -> Chances:
    """Chances where ``part`` (0 to 1) of what is open is promised by ``plan``, and the word is kept with the
    chance ``kept``: then it comes between its day and the end of its grace, otherwise as usual, but after it.
    """
    total = sum(each.amount for each in plan)
    if part <= 0 or not total:
        return usual
    spoken = [0.0] * HORIZON_DAYS
    for each in plan:
        share = each.amount / total
        first, last = max(each.first, today), max(each.last, today)
        if_kept = _spread(_days_of(first, last, days), today=today)
        if_broken = _after(usual, last - today + 1)
        for place in range(HORIZON_DAYS):
            spoken[place] += share * (kept * if_kept[place] + (1 - kept) * if_broken[place])
    return chances.mixed(spoken, usual, weight=part)


def _days_of(first: int, last: int, days: PayDays) -> list[int]:
    """The days from ``first`` to ``last`` on which they pay at all; all of them when there is none."""
    span = range(first, last + 1)
    return [day for day in span if days.is_open(day)] or list(span)


def _spread(on: Sequence[int], *, today: int) -> Chances:
    """Each of the days as likely as the others."""
    found = [0.0] * HORIZON_DAYS
    for day in on:
        if day - today < HORIZON_DAYS:
            found[day - today] = 1 / len(on)
    return list(accumulate(found))


def _after(usual: Chances, days: int) -> Chances:
    """Chances of an invoice that is still open after so many days."""
    gone = chances.within(usual, days)
    left = 1 - gone
    if left < 1 - chances.SURE or days >= len(usual):
        return [0.0] * HORIZON_DAYS
    later = [(chance - gone) / left for chance in usual[days:]]
    found = [0.0] * days + later
    return found + found[-1:] * (HORIZON_DAYS - len(found))
