"""How the lists of a language are written, and how they become patterns, once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from collections_app.correspondence.rules.tone.shapes import Action


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases that one suggestion answers, divided by `` | ``; a line may break between them. Each is a small
    pattern in lower case; a blank stands for any white space, ' for every apostrophe.
    """

    listed: str
    instead: str


class Cue(StrEnum):
    """What a text does, told by its words."""

    DUE = "due"
    WAY_TO_PAY = "way to pay"
    NEW_BANK = "new bank"
    DOOR = "door"
    ASK = "ask"
    ATTACHED = "attached"
    NOT_ATTACHED = "not attached"
    DISPUTED = "disputed"
    PROMISED = "promised"
    CHARGE = "charge"
    WILL_CHARGE = "will charge"
    NOT_CHARGED = "not charged"
    MAYBE = "maybe"
    WITHIN = "within"
    BY = "by"
    REPLY = "reply"
    OURS = "ours"
    IF = "if"
    SIGN_OFF = "sign off"
    PROTOCOL = "protocol"
    THIRTY_DAYS = "thirty days"
    INVOICE = "invoice"
    NEGATIVE = "negative"
    MUST = "must"
    PASSIVE = "passive"


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of one language. ``phrases`` go by rule, ``cues`` by what they tell."""

    phrases: Mapping[str, Phrases]
    cues: Mapping[Cue, str]
    actions: Mapping[Action, str]
    # What a greeting begins with; who is greeted when no name is meant; when a name would be kinder; titles.
    greetings: str
    needs_name: str
    several: str
    impersonal: str
    titles: str
    months: tuple[str, ...]
    weekdays: str
    # Words that only this language uses, so that it is told from the others.
    own: str
    formal: str = ""
    informal: str = ""
    # Written in capitals by everybody.
    capitals: str = ""
    # The most of LIX, a measure of long words and sentences; none where syllables are counted.
    lix_most: int | None = None
    # By rule: what only looks like trouble.
    ordinary: Mapping[str, str] = field(default_factory=dict)


_BLANK = re.compile(r" ")
_MAYBE_BLANK = re.compile(r" (?=[?*])")
_CONTINUED = re.compile(r"\s*\n\s*\|(?!\s)")


def set_of(listed: str) -> frozenset[str]:
    """The words of a list that blanks divide."""
    return frozenset(listed.split())


def joined(listed: str) -> str:
    """The phrases of a list as alternatives of a pattern. A line may break within a group, before its bar."""
    parts = (part.strip() for part in " ".join(_CONTINUED.sub("|", listed).split()).split(" | "))
    return "|".join(_BLANK.sub(r"\\s+", _MAYBE_BLANK.sub(r"\\s", part)) for part in parts if part)


def pattern(listed: str) -> re.Pattern[str]:
    """A pattern that finds any phrase of a list as whole words, in text that ``reading`` has evened out."""
    return re.compile(rf"(?<![\w-])(?:{joined(listed) or '(?!)'})(?!\w)")
