"""When we may commit ourselves to a customer, how a commitment ends, and how many we met. Pure.

A commitment is met on the day it was promised for, or late after it. The rate looks at the first day that was
promised: moving a day is honest, but it does not make us punctual. One that was withdrawn before its day says
nothing about us; withdrawn after it, it was not met.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from collections_app.lib.refusals import Problem

WORDS_MAX = 500
REASON_MAX = 300
DAYS_MAX = 180


class CommitmentKind(StrEnum):
    """What we owe the customer."""

    COPY = "copy"
    CREDIT_NOTE = "credit_note"
    ANSWER = "answer"
    CALL_BACK = "call_back"
    OTHER = "other"


class CommitmentState(StrEnum):
    """How a commitment stands; every end but a slip of the key is final."""

    OPEN = "open"
    MET = "met"
    MET_LATE = "met_late"
    WITHDRAWN = "withdrawn"


KIND_LABELS: dict[CommitmentKind, str] = {
    CommitmentKind.COPY: "Copy of an invoice",
    CommitmentKind.CREDIT_NOTE: "Credit note",
    CommitmentKind.ANSWER: "Answer",
    CommitmentKind.CALL_BACK: "Call back",
    CommitmentKind.OTHER: "Something else",
}
STATE_LABELS: dict[CommitmentState, str] = {
    CommitmentState.OPEN: "Open",
    CommitmentState.MET: "Met",
    CommitmentState.MET_LATE: "Met late",
    CommitmentState.WITHDRAWN: "Withdrawn",
}
# In how many working days a form proposes to do it.
PROPOSED_DAYS: dict[CommitmentKind, int] = {
    CommitmentKind.COPY: 0,
    CommitmentKind.CREDIT_NOTE: 5,
    CommitmentKind.ANSWER: 2,
    CommitmentKind.CALL_BACK: 1,
    CommitmentKind.OTHER: 2,
}


@dataclass(frozen=True, slots=True)
class Owner:
    """Who is to do it. ``sees`` is whether they may see the company at all."""

    name: str
    is_active: bool
    sees: bool


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A commitment as somebody wants to make it. Days are the company's."""

    kind: str
    words: str
    owner: Owner | None
    due_on: dt.date
    due_at: dt.time | None
    today: dt.date
    strange_invoices: tuple[str, ...] = ()
    strange_talk: bool = False
    strange_dispute: bool = False


def problems_of(asked: Undertaking) -> list[Problem]:
    """Everything that speaks against making a commitment; empty when nothing does."""
    found = []
    if asked.kind not in set(CommitmentKind):
        found.append(Problem("unknown_kind", "Say what we owe them."))
    if asked.kind == CommitmentKind.OTHER and not asked.words.strip():
        found.append(Problem("says_nothing", "Say in a few words what we owe them."))
    if len(asked.words) > WORDS_MAX:
        found.append(Problem("too_long", f"Keep it within {WORDS_MAX} letters."))
    found += problems_of_owner(asked.owner)
    found += problems_of_day(asked.due_on, today=asked.today)
    if asked.due_at and asked.kind != CommitmentKind.CALL_BACK:
        found.append(Problem("time_without_call_back", "A time of day belongs to an agreed call back only."))
    if asked.strange_invoices:
        numbers = ", ".join(asked.strange_invoices)
        found.append(Problem("strange_invoices", f"Not an invoice of this customer: {numbers}."))
    if asked.strange_talk:
        found.append(Problem("strange_talk", "That conversation was with another customer."))
    if asked.strange_dispute:
        found.append(Problem("strange_dispute", "That dispute is another customer's."))
    return found


def problems_of_owner(owner: Owner | None) -> list[Problem]:
    """Whether somebody can be asked to do it."""
    if owner is None:
        return [Problem("no_owner", "Say who does it. What everybody owes, nobody does.")]
    if not owner.is_active:
        return [Problem("owner_left", f"{owner.name} does not work here any more. Choose somebody else.")]
    if not owner.sees:
        return [
            Problem("owner_sees_nothing", f"{owner.name} may not see this company. Choose somebody else.")
        ]
    return []


def problems_of_day(due_on: dt.date, *, today: dt.date) -> list[Problem]:
    """Whether it can be done on a day."""
    if due_on < today:
        return [Problem("past_day", f"The day cannot be in the past. Today is {today:%-d %B %Y}.")]
    if due_on > today + dt.timedelta(days=DAYS_MAX):
        last = today + dt.timedelta(days=DAYS_MAX)
        return [Problem("too_far", f"Choose a day up to {last:%-d %B %Y}, so that nothing is forgotten.")]
    return []


def problems_of_reason(reason: str, *, asked: str) -> list[Problem]:
    """A change of what we promised says why; ``asked`` is the sentence that asks for it."""
    if not reason.strip():
        return [Problem("no_reason", asked)]
    if len(reason) > REASON_MAX:
        return [Problem("reason_too_long", f"Keep the reason within {REASON_MAX} letters.")]
    return []


def problems_of_author(*, may_work: bool, is_owner: bool) -> list[Problem]:
    """Whether somebody may change a commitment: whoever works customers, and whoever is to do it."""
    if may_work or is_owner:
        return []
    return [Problem("may_not_work", "Only whoever does it, or somebody who works customers, can change it.")]


def problems_of_ending(state: CommitmentState) -> list[Problem]:
    """Whether a commitment can still be met, moved, handed over or withdrawn."""
    if state == CommitmentState.OPEN:
        return []
    return [Problem("ended", f"This is {STATE_LABELS[state].lower()} already and stays so.")]


def met_on(day: dt.date, *, due_on: dt.date) -> CommitmentState:
    """How a commitment ends that is met on ``day``."""
    return CommitmentState.MET if day <= due_on else CommitmentState.MET_LATE


def rate(met: int, fallen_due: int) -> Decimal | None:
    """The share of commitments that were met by the first promised day, with four decimals; None when none
    has fallen due.
    """
    return (Decimal(met) / fallen_due).quantize(Decimal("0.0001")) if fallen_due else None
