"""How a message leaves: from which state to which, how long one may call it back, what follows from what the
mail server said, and when it is tried again. Pure.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from collections_app.correspondence.rules import MessageState
from collections_app.lib.refusals import Problem

# Whoever sends may call it back for so long.
UNDO_SECONDS = 20
# From a claim on. Longer than a worker may live with it, so that nobody is at it any more when it ends.
LEASE_SECONDS = 900
# After this a message of which nobody knows is counted as one that left; it still waits for a person.
COUNTED_AS_LEFT_AFTER_HOURS = 24
# Before the second, third ... attempt: a mail server that asks for patience gets it, for a little more than
# five hours. What it did not take by then is put before a person.
RETRY_SECONDS = (60, 300, 900, 3600, 4 * 3600)
ATTEMPTS_MAX = len(RETRY_SECONDS) + 1
ANSWER_LETTERS_MAX = 500

_S = MessageState
MAY_BECOME: dict[MessageState, frozenset[MessageState]] = {
    _S.READY: frozenset({_S.QUEUED, _S.WITHDRAWN}),
    _S.QUEUED: frozenset({_S.READY, _S.SENDING, _S.HELD_BACK, _S.WITHDRAWN}),
    # Back to the queue only when it is known that nothing left.
    _S.SENDING: frozenset({_S.SENT, _S.QUEUED, _S.FAILED, _S.UNCERTAIN}),
    # Sent also when the worker whose lease was over turns out to have done it.
    _S.UNCERTAIN: frozenset({_S.SENT, _S.QUEUED, _S.FAILED, _S.WITHDRAWN}),
    _S.HELD_BACK: frozenset({_S.QUEUED, _S.WITHDRAWN}),
    _S.FAILED: frozenset({_S.QUEUED, _S.WITHDRAWN}),
    _S.SENT: frozenset(),
    _S.WITHDRAWN: frozenset(),
}
# What a person may release, and what they may end without sending it.
RELEASABLE = tuple(state for state in _S if _S.QUEUED in MAY_BECOME[state] and state != _S.SENDING)
WITHDRAWABLE = tuple(state for state in _S if _S.WITHDRAWN in MAY_BECOME[state])
# Where nothing more happens unless a person decides.
UNDECIDED = (_S.UNCERTAIN, _S.FAILED, _S.HELD_BACK)


class Outcome(StrEnum):
    """What is known of a message after an attempt to hand it over."""

    ACCEPTED = "accepted"
    NOT_NOW = "not_now"  # certainly not accepted, and it may be later
    REFUSED = "refused"  # certainly not accepted, and it never will be like this
    UNKNOWN = "unknown"  # it was handed over, and no answer came


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of an attempt, and what the mail server said or what went wrong; ``is_about_address`` when it
    said so of the addressee, before it had seen a word of the message.
    """

    outcome: Outcome
    answer: str
    is_about_address: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """Something that speaks against sending now: a stable code and one sentence. With ``until`` it ends by
    itself at that moment, otherwise a person decides.
    """

    code: str
    sentence: str
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class After:
    """Where a message stands after an attempt, and after how many seconds it is tried again."""

    state: MessageState
    again_in_seconds: int | None = None


def after(outcome: Outcome, *, attempts: int) -> After:
    """What follows from the outcome of the attempt number ``attempts``."""
    if outcome == Outcome.ACCEPTED:
        return After(_S.SENT)
    if outcome == Outcome.UNKNOWN:
        return After(_S.UNCERTAIN)
    if outcome == Outcome.NOT_NOW and attempts < ATTEMPTS_MAX:
        return After(_S.QUEUED, RETRY_SECONDS[attempts - 1])
    return After(_S.FAILED)


def waits_until(stops: Sequence[Stop]) -> dt.datetime | None:
    """When all of ``stops`` have ended by themselves; None when one of them needs a person."""
    moments = [stop.until for stop in stops]
    known = [moment for moment in moments if moment is not None]
    return max(known) if known and len(known) == len(moments) else None


def host_of(address: str) -> str:
    """The host whose mail server takes what is written to ``address``."""
    return address.rpartition("@")[2].casefold()


def problems_of_release(state: MessageState) -> list[Problem]:
    """Why a message in ``state`` cannot be released to leave; empty when it can."""
    return [] if state in RELEASABLE else [Problem("not_to_send", _NOT_TO_SEND[state])]


def problems_of_recall(state: MessageState) -> list[Problem]:
    """Why a message in ``state`` cannot be called back; empty when it can."""
    if state in (_S.QUEUED, _S.READY):
        return []
    text = {
        _S.SENDING: "It is leaving this very moment and cannot be called back.",
        _S.SENT: "It has left and cannot be called back.",
        _S.WITHDRAWN: "It was withdrawn already, and does not leave.",
    }.get(state, "It does not wait to leave; decide on its page what becomes of it.")
    return [Problem("too_late", text)]


def problems_of_withdrawal(state: MessageState) -> list[Problem]:
    """Why a message in ``state`` cannot be withdrawn; empty when it can, or is already."""
    if state in WITHDRAWABLE or state == _S.WITHDRAWN:
        return []
    return [Problem("too_late", "It is leaving this very moment." if state == _S.SENDING else "It has left.")]


def problems_of_confirming(state: MessageState) -> list[Problem]:
    """Why nobody may say of a message in ``state`` that it left; empty when they may."""
    if state in (_S.UNCERTAIN, _S.SENT):
        return []
    return [Problem("is_known", "It is known where this message stands; nobody needs to say so.")]


_NOT_TO_SEND = {
    _S.QUEUED: "It waits to leave already.",
    _S.SENDING: "It is leaving this very moment.",
    _S.SENT: "It has left already.",
    _S.WITHDRAWN: "It was withdrawn. Write a new one.",
}
