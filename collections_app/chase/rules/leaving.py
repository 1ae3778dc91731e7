"""What keeps a customer off the chase list: the first of these that applies. Pure."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from collections_app.chase.rules.points import STEPS_WE_OWE
from collections_app.lib.money import ZERO

# In the order in which they are asked, with what each means.
LEFT_OUT = {
    "inactive": "the customer is not active any more",
    "snoozed": "somebody put them to sleep, with a reason",
    "nothing_due": "nothing is due",
    "all_disputed": "all that is due is disputed",
    "all_promised": "all that is due is promised or disputed",
    "covered": "credits and unallocated cash cover what is due",
    "asleep": "the next step is agreed for a later day",
    "worked_today": "somebody worked them today",
    "below_least_amount": "less than their segment asks for",
    "too_early": "not yet as long overdue as their segment waits",
    "usual_delay": "within their own usual delay",
}


@dataclass(frozen=True, slots=True)
class Case:
    """What decides whether one customer is on the list of ``day``. Amounts are in the shown currency."""

    day: dt.date
    is_active: bool = True
    snoozed_until: dt.date | None = None
    due: Decimal = ZERO
    to_collect: Decimal = ZERO
    disputed: Decimal = ZERO
    promised: Decimal = ZERO
    next_step: str = ""
    next_on: dt.date | None = None
    last_contact_on: dt.date | None = None
    broken_promises: int = 0
    broke_since_contact: bool = False
    wants_call_before: bool = False
    # In the company's currency; None when a rate is missing, and then no amount is too small.
    weight: Decimal | None = ZERO
    oldest_days: int = 0
    least_amount: Decimal = ZERO
    least_days_overdue: int = 1
    usual_days: Decimal | None = None
    habit_grace_days: int | None = None


def left_out(case: Case) -> str:
    """The first rule that leaves the customer out; empty when they are on the list.

    What we owe them (a call-back, a copy) lists them whatever they owe; any other agreed step lists them when
    something is due. A promise that broke since the last contact wakes them, and no threshold of a segment
    hides a broken promise.
    """
    step_is_due = case.next_on is not None and case.next_on <= case.day
    answers = (
        ("inactive", not case.is_active),
        ("snoozed", case.snoozed_until is not None and case.snoozed_until > case.day),
        ("", step_is_due and case.next_step in STEPS_WE_OWE),
        ("nothing_due", case.due == 0 and not case.wants_call_before),
        ("", step_is_due),
        (_why_nothing_to_collect(case), case.due > 0 and case.to_collect == 0 and not case.wants_call_before),
        ("asleep", case.next_on is not None and case.next_on > case.day and not case.broke_since_contact),
        ("worked_today", case.last_contact_on == case.day),
        ("", case.wants_call_before or case.broken_promises > 0),
        ("below_least_amount", case.weight is not None and case.weight < case.least_amount),
        ("too_early", case.oldest_days < case.least_days_overdue),
        ("usual_delay", case.oldest_days < _usual_with_grace(case)),
        ("", True),
    )
    return next(answer for answer, applies in answers if applies)


def _why_nothing_to_collect(case: Case) -> str:
    if case.disputed >= case.due:
        return "all_disputed"
    return "all_promised" if case.disputed + case.promised >= case.due else "covered"


def _usual_with_grace(case: Case) -> int:
    """Days overdue at which a steady payer becomes late by their own measure; 0 when that is not asked."""
    if case.usual_days is None or case.habit_grace_days is None:
        return 0
    return ceil(max(ZERO, case.usual_days)) + case.habit_grace_days
