"""When somebody may block reminders of a customer or an invoice, for how long, and who lets them go on. Pure.

To stop asking is free to everybody who works customers. A block always ends: whoever needs longer says so
again, so that no customer is forgotten. Where lawyers or an insolvency are the reason, only a manager lets
reminders go on before the day.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from collections_app.lib.refusals import Problem

WORDS_LETTERS_MAX = 300
PROPOSED_DAYS = 7


class BlockReason(StrEnum):
    """Why we do not remind."""

    CLARIFYING = "clarifying"
    CORRECTION = "correction"
    ON_ITS_WAY = "on_its_way"
    PLAN = "plan"
    AGREED = "agreed"
    INSOLVENCY = "insolvency"
    LEGAL = "legal"
    OTHER = "other"


class BlockState(StrEnum):
    """Standing until somebody lifts it or its day has passed."""

    STANDING = "standing"
    LIFTED = "lifted"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a reason allows: for how many days at most, and whether a manager must let reminders go on."""

    label: str
    days_max: int
    is_grave: bool = False


TERMS: dict[BlockReason, Terms] = {
    BlockReason.CLARIFYING: Terms("Something is being clarified", 30),
    BlockReason.CORRECTION: Terms("A corrected invoice is on its way", 30),
    BlockReason.ON_ITS_WAY: Terms("Their payment is on its way", 14),
    BlockReason.PLAN: Terms("A payment plan is being agreed", 30),
    BlockReason.AGREED: Terms("Agreed with whoever looks after them", 60),
    BlockReason.INSOLVENCY: Terms("Insolvency", 180, is_grave=True),
    BlockReason.LEGAL: Terms("With lawyers or an agency", 180, is_grave=True),
    BlockReason.OTHER: Terms("Another reason", 30),
}
DAYS_MOST = max(terms.days_max for terms in TERMS.values())


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody wants reminders blocked. ``standing_until`` is the last day of a block that stands already,
    and ``standing_by`` whose it is.
    """

    reason: str
    words: str
    until: dt.date
    today: dt.date
    may_work: bool
    is_theirs: bool = True
    standing_until: dt.date | None = None
    standing_by: str = ""


def problems_of(wish: Wish) -> list[Problem]:
    """Everything that speaks against a block; empty when it may be placed."""
    found = problems_of_worker(may_work=wish.may_work)
    if not wish.is_theirs:
        found.append(Problem("strange_invoice", "This invoice is not one of this customer."))
    if wish.reason not in set(BlockReason):
        found.append(Problem("reason", "Choose why they are not to be reminded."))
    else:
        found += _of_days(wish, TERMS[BlockReason(wish.reason)])
    if wish.reason == BlockReason.OTHER and not wish.words.strip():
        found.append(Problem("words", "Say why in a few words, so that others understand."))
    if len(wish.words.strip()) > WORDS_LETTERS_MAX:
        found.append(Problem("words", f"Keep the words within {WORDS_LETTERS_MAX} letters."))
    if wish.standing_until is not None:
        until = f"{wish.standing_until:%-d %B %Y}"
        text = f"{wish.standing_by} blocked them already, until {until}. Let reminders go on first."
        found.append(Problem("blocked_already", text))
    return found


def _of_days(wish: Wish, terms: Terms) -> list[Problem]:
    last = wish.today + dt.timedelta(days=terms.days_max)
    if wish.until < wish.today:
        return [Problem("until", "Choose a day that has not passed yet.")]
    if wish.until > last:
        text = f"For this reason choose a day up to {last:%-d %B %Y} ({terms.days_max} days)."
        return [Problem("until", text)]
    return []


def problems_of_worker(*, may_work: bool) -> list[Problem]:
    """Whether somebody may block reminders at all."""
    return [] if may_work else [Problem("may_not_work", "Your role does not work customers.")]


def problems_of_lifting(
    *, reason: str, may_work: bool, may_lift_grave: bool, is_own_of_today: bool = False
) -> list[Problem]:
    """Why somebody may not let reminders go on before the day; empty when they may. What they blocked
    themselves today was perhaps a slip of the key.
    """
    if problems := problems_of_worker(may_work=may_work):
        return problems
    terms = TERMS[BlockReason(reason)]
    if terms.is_grave and not (may_lift_grave or is_own_of_today):
        text = f"A manager lets reminders go on where the reason is this: {terms.label.lower()}."
        return [Problem("needs_manager", text)]
    return []


def told(reason: str, words: str) -> str:
    """The reason in words: its label, and what was written besides."""
    label = TERMS[BlockReason(reason)].label
    said = words.strip().rstrip(".")
    if reason == BlockReason.OTHER:
        return said
    return f"{label}, {said}" if said else label
