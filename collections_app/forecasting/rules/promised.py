"""What a promise to pay adds to what is expected. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collections_app.forecasting.rules.chances import HORIZON_DAYS, Days

Row = NDArray[np.float64]

# A customer's own promises weigh against so many of the company's.
WORD_TRUST = 4.0
# And those against so many of which two in three were kept, as is usual.
USUAL_TRUST = 6.0
USUAL_KEPT = 2 / 3
# Whoever is this sure to have paid by then is not asked what they do afterwards.
SURE = 0.9995


def word(kept: NDArray[np.int64], due: NDArray[np.int64], *, behind: float) -> Row:
    """How often a promise of each customer is kept: their own rate, mixed with the rate ``behind`` it."""
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
    usual: Row, plan: Sequence[Instalment], open_days: Days, *, kept: float, part: float, today: int
) -> Row:
    """Chances of one invoice of which ``part`` (0 to 1) is promised by ``plan``, and the word is kept with
    the chance ``kept``: then it comes between its day and the end of its grace, on one of the ``open_days``
    (from today) on which they pay at all; otherwise as usual, but after it.
    """
    total = sum(each.amount for each in plan)
    if part <= 0 or not total:
        return usual
    spoken = np.zeros(HORIZON_DAYS)
    for each in plan:
        first, last = max(each.first - today, 0), max(each.last - today, 0)
        if_kept, if_broken = _spread(first, last, open_days), _after(usual, last + 1)
        spoken += each.amount / total * (kept * if_kept + (1 - kept) * if_broken)
    return part * spoken + (1 - part) * usual


def _spread(first: int, last: int, open_days: Days) -> Row:
    """Each day on which they pay at all as likely as the others; every day when there is none."""
    found = np.zeros(max(HORIZON_DAYS, last + 1))
    paid_on = open_days[(open_days >= first) & (open_days <= last)]
    days = paid_on if len(paid_on) else np.arange(first, last + 1)
    found[days] = 1 / len(days)
    chances: Row = np.cumsum(found)[:HORIZON_DAYS]
    return chances


def _after(usual: Row, days: int) -> Row:
    """Chances of an invoice that is still open after so many days."""
    gone = float(usual[min(days, HORIZON_DAYS) - 1])
    if gone > SURE:
        return np.zeros(HORIZON_DAYS)
    return np.maximum(0.0, (usual - gone) / (1 - gone))
