"""How promises end: kept, kept late, partly kept or broken, instalment by instalment. Pure.

An instalment falls due on its day, or the next working day of the company. Money posted until then keeps it;
money within the grace that a bank transfer needs keeps it late; after that it is partly kept or broken, and
with it the promise. Each pound keeps one instalment at most: the first that is still short takes it. What was
credited, or paid before the promise was made, is no longer promised, the last instalments first. What is
disputed is not awaited either, but a dispute may be closed again: so it decides nothing before the day.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from collections_app.contact.rules import PromiseState
from collections_app.lib.money import ZERO

# Ends that speak for themselves; how the others came about is told with them.
FAILED = (PromiseState.PARTLY_KEPT, PromiseState.BROKEN)
MET = (PromiseState.KEPT, PromiseState.KEPT_LATE, PromiseState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Counted:
    """What of a promise was still to be paid for, and what came until the last day that keeps an instalment
    and until the end of its grace; each invoice counts up to its own part, so that too much on one does not
    pay for another.
    """

    needed: Decimal
    by_due: Decimal
    by_grace: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """An instalment and what was counted until its days; ``undisputed`` leaves out what is disputed."""

    amount: Decimal
    due_on: dt.date
    grace_ends_on: dt.date
    whole: Counted
    undisputed: Counted


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an instalment stands: what of it was needed, and what came for it in time."""

    state: PromiseState
    needed: Decimal
    paid: Decimal


def verdicts(parts: Sequence[Part], *, kept_share: Decimal, today: dt.date) -> list[Verdict]:
    """How each instalment stands ``today``. Those after one that runs run too; those after one that failed
    are no longer awaited.
    """
    whole, undisputed = _shares(parts, lambda part: part.whole), _shares(parts, lambda part: part.undisputed)
    found: list[Verdict] = []
    for part, one, other in zip(parts, whole, undisputed, strict=True):
        before = found[-1].state if found else None
        is_over = any(each.state in FAILED for each in found)
        if before == PromiseState.RUNNING or is_over:
            state = PromiseState.WITHDRAWN if is_over else PromiseState.RUNNING
            found.append(Verdict(state, other.needed, ZERO if is_over else other.by_grace))
        else:
            found.append(_verdict(part, one, other, kept_share=kept_share, today=today))
    return found


def of_promise(instalments: Sequence[Verdict]) -> PromiseState:
    """How a promise stands that has these instalments."""
    states = [each.state for each in instalments]
    for state in (*FAILED, PromiseState.RUNNING):
        if state in states:
            return state
    if all(state == PromiseState.WITHDRAWN for state in states):
        return PromiseState.WITHDRAWN
    return PromiseState.KEPT_LATE if PromiseState.KEPT_LATE in states else PromiseState.KEPT


def current(instalments: Sequence[Verdict]) -> int:
    """The place of the instalment that a promise stands at: the first that was not met, or the last."""
    return next(
        (place for place, each in enumerate(instalments) if each.state not in MET), len(instalments) - 1
    )


def _shares(parts: Sequence[Part], of: Callable[[Part], Counted]) -> list[Counted]:
    """What is left for each instalment when the earlier ones have taken theirs."""
    found, taken, needed_before = [], ZERO, ZERO
    for part in parts:
        counted = of(part)
        needed = max(min(part.amount, counted.needed - needed_before), ZERO)
        by_due = max(min(counted.by_due - taken, needed), ZERO)
        by_grace = max(min(counted.by_grace - taken, needed), ZERO)
        found.append(Counted(needed, by_due, by_grace))
        taken, needed_before = taken + by_grace, needed_before + needed
    return found


def _verdict(
    part: Part, whole: Counted, undisputed: Counted, *, kept_share: Decimal, today: dt.date
) -> Verdict:
    """Paid in full, disputes or not, decides at once; all else waits for the days to pass."""
    enough = undisputed.needed * kept_share
    is_awaited = undisputed.needed > 0
    if whole.needed <= 0:
        return Verdict(PromiseState.WITHDRAWN, ZERO, ZERO)
    if whole.by_due >= whole.needed:
        return Verdict(PromiseState.KEPT, whole.needed, whole.needed)
    if is_awaited and today > part.due_on and undisputed.by_due >= enough:
        return Verdict(PromiseState.KEPT, undisputed.needed, undisputed.by_grace)
    if whole.by_grace >= whole.needed:
        return Verdict(PromiseState.KEPT_LATE, whole.needed, whole.needed)
    if today <= part.grace_ends_on:
        return Verdict(PromiseState.RUNNING, undisputed.needed, undisputed.by_grace)
    if not is_awaited:
        return Verdict(PromiseState.WITHDRAWN, ZERO, ZERO)
    if undisputed.by_grace >= enough:
        return Verdict(PromiseState.KEPT_LATE, undisputed.needed, undisputed.by_grace)
    state = PromiseState.PARTLY_KEPT if undisputed.by_grace > 0 else PromiseState.BROKEN
    return Verdict(state, undisputed.needed, undisputed.by_grace)
