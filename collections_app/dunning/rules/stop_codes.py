"""A stop: why a message does not leave, what becomes of it, and the sentence that says so. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class StopCode(StrEnum):
    """Why a message does not leave."""

    SETTLED = "settled"
    CHANGED = "changed"
    OUTDATED = "outdated"
    OUT_OF_TURN = "out_of_turn"
    TOO_SOON = "too_soon"
    FIRST_WORD = "first_word"
    NO_DRAFT = "no_draft"
    UNAPPROVED = "unapproved"
    LEVEL_OFF = "level_off"
    INACTIVE = "inactive"
    COVERED = "covered"
    DISPUTED = "disputed"
    PROMISED = "promised"
    BLOCKED = "blocked"
    LEFT_ALONE = "left_alone"
    UNREAD_REPLY = "unread_reply"
    OURS_LATE = "ours_late"
    NO_ADDRESS = "no_address"
    NO_LEGAL_FORM = "no_legal_form"
    BOUNCED = "bounced"
    PAUSED = "paused"
    OLD_LEDGER = "old_ledger"
    OLD_BANK = "old_bank"
    BUDGET = "budget"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    HOUR = "hour"
    BUSY = "busy"


STOP_LABELS: dict[StopCode, str] = {
    StopCode.SETTLED: "Paid or credited since it was written",
    StopCode.CHANGED: "The amount changed since it was written",
    StopCode.OUTDATED: "It was written too long ago",
    StopCode.OUT_OF_TURN: "The reminder before it has not left",
    StopCode.TOO_SOON: "Another reminder left lately",
    StopCode.FIRST_WORD: "A final notice would be the first word",
    StopCode.NO_DRAFT: "Nobody knows what it asks for",
    StopCode.UNAPPROVED: "Nobody has approved it",
    StopCode.LEVEL_OFF: "Reminders of this level are switched off",
    StopCode.INACTIVE: "Not a customer any more",
    StopCode.COVERED: "Money has come in that may be for it",
    StopCode.DISPUTED: "Disputed since it was written",
    StopCode.PROMISED: "Promised since it was written",
    StopCode.BLOCKED: "Reminders are blocked",
    StopCode.LEFT_ALONE: "A call is agreed",
    StopCode.UNREAD_REPLY: "They wrote, and nobody has read it",
    StopCode.OURS_LATE: "We are late with something ourselves",
    StopCode.NO_ADDRESS: "No address",
    StopCode.NO_LEGAL_FORM: "Nobody said whether they are a company",
    StopCode.BOUNCED: "The address does not work",
    StopCode.PAUSED: "Sends are paused",
    StopCode.OLD_LEDGER: "The ledger is old",
    StopCode.OLD_BANK: "News of payments is old",
    StopCode.BUDGET: "They heard from us often enough",
    StopCode.WEEKEND: "Weekend where they are",
    StopCode.HOLIDAY: "Holiday where they are",
    StopCode.HOUR: "Not a decent hour where they are",
    StopCode.BUSY: "Somebody is just writing about them",
}


class Then(StrEnum):
    """What becomes of a message that is stopped."""

    # It asks again at ``until`` and leaves by itself when nothing stops it then.
    WAITS = "waits"
    # What it says is no longer right, or not for now: it is dropped, and a later run writes anew.
    ANEW = "anew"
    # Somebody has to do something before it, or another one, can leave.
    PERSON = "person"


# The graver one decides what becomes of a message that several things stop.
GRAVER: tuple[Then, ...] = (Then.ANEW, Then.PERSON, Then.WAITS)


@dataclass(frozen=True, slots=True)
class Stop:
    """One reason. ``until`` is the moment at which a message that waits asks again; of others it is when the
    reason ends, if that is known.
    """

    code: StopCode
    then: Then
    sentence: str
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a message: ``then``, all sentences, and the moment until which it waits, if it does."""

    then: Then
    words: str
    until: dt.datetime | None


def verdict(stops: tuple[Stop, ...]) -> Verdict | None:
    """What all of its stops together do to a message; None when there is none, and it may leave."""
    if not stops:
        return None
    then = next(each for each in GRAVER if any(stop.then == each for stop in stops))
    waits = [stop.until for stop in stops if stop.then == Then.WAITS and stop.until]
    until = max(waits) if then == Then.WAITS and waits else None
    return Verdict(then, " ".join(stop.sentence for stop in stops), until)
