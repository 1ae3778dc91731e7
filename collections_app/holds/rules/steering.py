"""When somebody may hold a customer's orders by hand, lift that, or set a rule aside for a time. Pure."""

import datetime as dt
from dataclasses import dataclass

from collections_app.holds.rules.reasons import EXCLUDABLE
from collections_app.lib.refusals import Problem
from collections_app.people.selling import problems_of_seller

WORDS_LETTERS_MAX = 300
EXCLUSION_DAYS_MAX = 366


@dataclass(frozen=True, slots=True)
class WishedExclusion:
    """Somebody wants to set a rule (by its code; empty for every rule) aside up to and with a day."""

    may_release: bool
    is_salesperson: bool
    is_asker: bool
    code: str
    until: dt.date
    today: dt.date
    reason: str


def problems_of_person(*, may_release: bool, is_salesperson: bool, is_asker: bool) -> list[Problem]:
    """Why somebody may not free a customer's orders by hand: as with releases, neither who sells to them nor
    who asked for the release of one decides.
    """
    found = []
    if not may_release:
        found.append(Problem("not_allowed", "Your role does not hold or free orders by hand."))
    found += problems_of_seller(is_salesperson)
    if is_asker:
        text = "You asked for the release of an order of theirs, so somebody else decides."
        found.append(Problem("own", text))
    return found


def problems_of_deed(
    *, may_release: bool, reason: str, is_salesperson: bool = False, is_asker: bool = False
) -> list[Problem]:
    """What speaks against holding by hand, lifting it, or setting a rule aside."""
    found = problems_of_person(may_release=may_release, is_salesperson=is_salesperson, is_asker=is_asker)
    if not reason.strip():
        found.append(Problem("reason", "Say why, in a few words."))
    if len(reason) > WORDS_LETTERS_MAX:
        found.append(Problem("reason", f"Say why in {WORDS_LETTERS_MAX} letters at most."))
    return found


def problems_of_lifting(
    *, may_release: bool, reason: str, is_salesperson: bool, is_asker: bool, too_large: str, most: str
) -> list[Problem]:
    """Everything that speaks against lifting a hold by hand; ``too_large`` names an order that nothing else
    holds and that is above ``most``, what they release alone.
    """
    found = problems_of_deed(
        may_release=may_release, reason=reason, is_salesperson=is_salesperson, is_asker=is_asker
    )
    if too_large:
        text = (
            f"Order {too_large} waits for nothing else, and orders above {most} are released by the finance "
            "director, who also lifts this hold."
        )
        found.append(Problem("amount", text))
    return found


def problems_of_exclusion(wish: WishedExclusion) -> list[Problem]:
    """Everything that speaks against it."""
    found = problems_of_deed(
        may_release=wish.may_release,
        reason=wish.reason,
        is_salesperson=wish.is_salesperson,
        is_asker=wish.is_asker,
    )
    if wish.code and wish.code not in {code.value for code in EXCLUDABLE}:
        found.append(Problem("code", f"“{wish.code}” is not a rule that can be set aside."))
    last = wish.today + dt.timedelta(days=EXCLUSION_DAYS_MAX)
    if not wish.today <= wish.until <= last:
        found.append(Problem("until", f"It ends today or later, and by {last:%-d %B %Y} at the latest."))
    return found


def problems_of_expiry(
    *, may_release: bool, is_salesperson: bool, is_asker: bool, is_later: bool, too_large: str, most: str
) -> list[Problem]:
    """Everything that speaks against another day on which a limit ends. Only a later one (``is_later``) frees
    orders; ``too_large`` names one that waits and is above ``most``, what they release alone.
    """
    found = problems_of_person(
        may_release=may_release, is_salesperson=is_later and is_salesperson, is_asker=is_later and is_asker
    )
    if is_later and too_large:
        text = (
            f"Order {too_large} waits, and orders above {most} are released by the finance director, who "
            "also says how long this limit holds."
        )
        found.append(Problem("amount", text))
    return found
