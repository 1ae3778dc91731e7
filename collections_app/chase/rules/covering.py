"""What a stand-in and who was away tell each other: which events matter, in which order, and the sentences of
home. Pure.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from collections_app.chase.rules import sentences
from collections_app.contact.rules import DisputeState, PromiseState
from collections_app.contact.rules.committing import CommitmentState

# Promises that broke so many days ago still matter to whoever calls next.
BROKEN_DAYS = 30


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of what happened: its words, whether it is bad or good, and the events that tell of it."""

    label: str
    tone: str
    events: tuple[str, ...] = ()


def _ends(noun: str, *states: str) -> tuple[str, ...]:
    return tuple(f"{noun}.{state}" for state in states)


# What is bad stands first; a customer of whom something bad is told leads the list.
KINDS: dict[str, Kind] = {
    "broken": Kind("Promises broken", "bad", _ends("promise", PromiseState.BROKEN, PromiseState.PARTLY_KEPT)),
    "reversed": Kind("Payments reversed", "bad"),
    "lodged": Kind("Disputes lodged", "warn", _ends("dispute", DisputeState.LODGED)),
    "owed": Kind("Commitments made", "warn", ("commitment.recorded",)),
    "taken_back": Kind(
        "Promises taken back", "warn", _ends("promise", PromiseState.WITHDRAWN, PromiseState.REPLACED)
    ),
    "contacts": Kind("Contacts", "info"),
    "promised": Kind("Promises made", "info", ("promise.recorded",)),
    "closed": Kind(
        "Disputes closed",
        "info",
        _ends(
            "dispute",
            DisputeState.ACCEPTED,
            DisputeState.PARTLY_ACCEPTED,
            DisputeState.REJECTED,
            DisputeState.WITHDRAWN,
        ),
    ),
    "noted": Kind("New standing notes", "info", ("standing_note.recorded",)),
    "note_off": Kind("Notes taken off", "info", ("standing_note.withdrawn",)),
    "asked": Kind("Asked of colleagues", "info", ("request.asked",)),
    "answered": Kind("Colleagues answered", "info", ("request.answered", "request.declined")),
    "met": Kind(
        "Commitments met", "good", _ends("commitment", CommitmentState.MET, CommitmentState.MET_LATE)
    ),
    "kept": Kind("Promises kept", "good", _ends("promise", PromiseState.KEPT, PromiseState.KEPT_LATE)),
    "paid": Kind("Payments", "good"),
}
KIND_OF_EVENT = {event: code for code, kind in KINDS.items() for event in kind.events}
_BADNESS = {"bad": 0, "warn": 1}


class Happening(Protocol):
    """What was told of one customer at a moment."""

    @property
    def customer_id(self) -> int: ...
    @property
    def code(self) -> str: ...
    @property
    def at(self) -> dt.datetime: ...


H = TypeVar("H", bound=Happening)


def chapters(happenings: Iterable[H]) -> list[tuple[int, list[H]]]:
    """By customer, each in the order in which it happened: first those of whom something bad is told, then
    those who need care; among them whoever something happened with last.
    """
    told: dict[int, list[H]] = {}
    for each in sorted(happenings, key=lambda one: one.at):
        told.setdefault(each.customer_id, []).append(each)
    newest_first = sorted(told.items(), key=lambda item: item[1][-1].at, reverse=True)
    return sorted(newest_first, key=lambda item: _worst(item[1]))


def _worst(told: Sequence[Happening]) -> int:
    return min(_BADNESS.get(KINDS[each.code].tone, len(_BADNESS)) for each in told)


@dataclass(frozen=True, slots=True)
class Absence:
    """A cover as a sentence needs it; ``ended`` when it was ended before its last day."""

    collector: str
    stand_in: str
    portfolio: str
    first_on: dt.date
    last_on: dt.date
    ended: bool = False

    def has_begun(self, today: dt.date) -> bool:
        return self.first_on <= today

    def is_over(self, today: dt.date) -> bool:
        return self.ended or self.last_on < today


def to_who_is_away(absence: Absence, *, today: dt.date) -> str:
    """Tom looks after your customers in “North” until 14 March."""
    return _told(absence, absence.stand_in, f"your customers in “{absence.portfolio}”", today)


def to_the_stand_in(absence: Absence, *, today: dt.date) -> str:
    """You look after the customers of Priya in “North” until 14 March."""
    return _told(absence, "you", _theirs(absence), today)


def to_others(absence: Absence, *, today: dt.date) -> str:
    """Tom looks after the customers of Priya in “North” until 14 March."""
    return _told(absence, absence.stand_in, _theirs(absence), today)


def _theirs(absence: Absence) -> str:
    return f"the customers of {absence.collector} in “{absence.portfolio}”"


def _told(absence: Absence, who: str, whose: str, today: dt.date) -> str:
    first = sentences.day(absence.first_on, today=today)
    last = sentences.day(absence.last_on, today=today)
    looks = "look" if who == "you" else "looks"
    starts = "You" if who == "you" else who
    if absence.is_over(today):
        if absence.first_on == absence.last_on:
            on = first if absence.first_on == today else f"on {first}"
            return f"{starts} looked after {whose} {on}."
        return f"{starts} looked after {whose} from {first} until {last}."
    if absence.has_begun(today):
        return f"{starts} {looks} after {whose} until {last}."
    return f"From {first} until {last} {who} {looks} after {whose}."
