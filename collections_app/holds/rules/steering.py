"""When somebody may hold a customer's orders by hand, lift that, or set a rule aside for a time. Pure."""

import datetime as dt
from dataclasses import dataclass

from collections_app.holds.rules.reasons import EXCLUDABLE
from collections_app.lib.refusals import Problem

WORDS_LETTERS_MAX = 300
EXCLUSION_DAYS_MAX = 366


@dataclass(frozen=True, slots=True)
class WishedExclusion:
    """Somebody wants to set a rule (by its code; empty for every rule) aside up to and with a day."""

    may_release: bool
    is_salesperson: bool
    code: str
    until: dt.date
    today: dt.date
    reason: str


def problems_of_deed(*, may_release: bool, reason: str, is_salesperson: bool = False) -> list[Problem]:
    """What speaks against holding by hand, lifting it, or setting a rule aside."""
    found = []
    if not may_release:
        found.append(Problem("not_allowed", "Your role does not hold or free orders by hand."))
    if is_salesperson:
        found.append(Problem("salesperson", "You sell to this customer, so somebody else decides."))
    if not reason.strip():
        found.append(Problem("reason", "Say why, in a few words."))
    if len(reason) > WORDS_LETTERS_MAX:
        found.append(Problem("reason", f"Say why in {WORDS_LETTERS_MAX} letters at most."))
    return found


def problems_of_exclusion(wish: WishedExclusion) -> list[Problem]:
    """Everything that speaks against it."""
    found = problems_of_deed(
        may_release=wish.may_release, reason=wish.reason, is_salesperson=wish.is_salesperson
    )
    if wish.code and wish.code not in {code.value for code in EXCLUDABLE}:
        found.append(Problem("code", f"“{wish.code}” is not a rule that can be set aside."))
    last = wish.today + dt.timedelta(days=EXCLUSION_DAYS_MAX)
    if not wish.today <= wish.until <= last:
        found.append(Problem("until", f"It ends today or later, and by {last:%-d %B %Y} at the latest."))
    return found
