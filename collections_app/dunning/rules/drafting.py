"""What becomes of a draft of a step: its states, who may approve it, and the key of its message. Pure."""

import datetime as dt
from enum import StrEnum

from collections_app.dunning.rules.steps import LEVEL_FINAL, Channel, Signer
from collections_app.lib.refusals import Problem

BECAUSE_LETTERS_MAX = 300
# Somebody who drops a draft without a day sees its step again no sooner.
PUT_OFF_DAYS = 7
PUT_OFF_DAYS_MAX = 180


class DraftState(StrEnum):
    """Proposed and held back are open: a person or the next run goes on with them. The others are ends."""

    PROPOSED = "proposed"
    HELD_BACK = "held_back"
    APPROVED = "approved"
    DROPPED = "dropped"
    DONE = "done"


STATE_LABELS: dict[DraftState, str] = {
    DraftState.PROPOSED: "Proposed",
    DraftState.HELD_BACK: "Held back",
    DraftState.APPROVED: "Approved",
    DraftState.DROPPED: "Dropped",
    DraftState.DONE: "Done",
}

OPEN = (DraftState.PROPOSED, DraftState.HELD_BACK)

# Approved comes back to proposed while its message has not left, and is held back when a letter that is to be
# printed is no longer right. What was done by hand was perhaps not, and is then as it was before.
TRANSITIONS: dict[DraftState, frozenset[DraftState]] = {
    DraftState.PROPOSED: frozenset(
        {DraftState.APPROVED, DraftState.HELD_BACK, DraftState.DROPPED, DraftState.DONE}
    ),
    DraftState.HELD_BACK: frozenset({DraftState.PROPOSED, DraftState.DROPPED}),
    DraftState.APPROVED: frozenset(
        {DraftState.PROPOSED, DraftState.HELD_BACK, DraftState.DROPPED, DraftState.DONE}
    ),
    DraftState.DROPPED: frozenset({DraftState.PROPOSED, DraftState.HELD_BACK}),
    DraftState.DONE: frozenset({DraftState.PROPOSED, DraftState.APPROVED}),
}


def may_become(state: DraftState, new: DraftState) -> bool:
    """Whether the one state may follow the other."""
    return new in TRANSITIONS[state]


def message_key(*, company: int, customer: int, run_on: dt.date, level: int, channel: str) -> str:
    """The cause of a message: one for a customer, run, level and channel (practice, F4)."""
    return f"reminder:{company}:{customer}:{run_on.isoformat()}:{level}:{channel}"


def needs_manager(*, level: int, signer: str, channel: str) -> bool:
    """Whether a manager decides: final notices and what comes after, holds, and what a manager signs."""
    return level >= LEVEL_FINAL or signer == Signer.MANAGER or channel == Channel.HOLD_PROPOSAL


def is_for_manager(*, signer: str, channel: str) -> bool:
    """Whether what is to be done is for a manager, and not for whoever works the customer."""
    return signer == Signer.MANAGER or channel == Channel.HOLD_PROPOSAL


def problems_of_decision(because: str) -> list[Problem]:
    """What speaks against saying yes or no to a proposal of a hold."""
    if not because.strip():
        return [Problem("because", "Say why, so that whoever asks later reads it.")]
    if len(because.strip()) > BECAUSE_LETTERS_MAX:
        return [Problem("because", f"The reason may have {BECAUSE_LETTERS_MAX} letters.")]
    return []


def problems_of_run(day: dt.date, *, today: dt.date) -> list[Problem]:
    """Why reminders of ``day`` are not written ``today``; empty when they may be. What was missed is made up
    for by the next run, and what is to come is not owed yet.
    """
    if day == today:
        return []
    text = (
        f"Reminders are written for today, {today:%-d %B %Y}, and for no other day: a day that was missed is "
        f"made up for by the next run. Use --dry-run to see those of {day:%-d %B %Y}."
    )
    return [Problem("not_today", text)]


def problems_of_drop(*, because: str, put_off_until: dt.date | None, today: dt.date) -> list[Problem]:
    """What speaks against dropping a draft."""
    problems = []
    if not because.strip():
        problems.append(Problem("because", "Say why this reminder is not to leave."))
    elif len(because.strip()) > BECAUSE_LETTERS_MAX:
        problems.append(Problem("because", f"The reason may have {BECAUSE_LETTERS_MAX} letters."))
    if put_off_until is not None and not 0 < (put_off_until - today).days <= PUT_OFF_DAYS_MAX:
        problems.append(
            Problem("put_off", f"Put it off by one day at least, and by {PUT_OFF_DAYS_MAX} at most.")
        )
    return problems
