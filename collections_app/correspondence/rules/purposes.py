"""What letters of ours are for, the languages they are written in, and what tells them apart. Pure."""

from enum import StrEnum

from collections_app.lib import locales


class Purpose(StrEnum):
    """What a letter is for: a rung of the ladder of reminders, or an occasion of its own."""

    LEVEL_0 = "level_0"
    LEVEL_1 = "level_1"
    LEVEL_2 = "level_2"
    LEVEL_3 = "level_3"
    LEVEL_4 = "level_4"
    LEVEL_5 = "level_5"
    SUMMARY = "summary"
    STATEMENT = "statement"
    HOLD_NOTICE = "hold_notice"
    HOLD_RELEASED = "hold_released"


PURPOSE_LABELS: dict[Purpose, str] = {
    Purpose.LEVEL_0: "Before the due date",
    Purpose.LEVEL_1: "First reminder",
    Purpose.LEVEL_2: "Second reminder",
    Purpose.LEVEL_3: "Third reminder",
    Purpose.LEVEL_4: "Final notice",
    Purpose.LEVEL_5: "Letter before action",
    Purpose.SUMMARY: "Summary after a call",
    Purpose.STATEMENT: "Statement of account",
    Purpose.HOLD_NOTICE: "Deliveries on hold",
    Purpose.HOLD_RELEASED: "Deliveries released",
}

# What each letter is there to achieve, for whoever edits it.
PURPOSE_AIMS: dict[Purpose, str] = {
    Purpose.LEVEL_0: "Hears early whether the invoice arrived and is approved. Nothing is late yet.",
    Purpose.LEVEL_1: "Points out an oversight, briefly and kindly. No consequence is named.",
    Purpose.LEVEL_2: "Asks for a payment date. Looks for what stands in the way, and blames nobody.",
    Purpose.LEVEL_3: "Asks for a decision, firmly and factually. Interest may be told as information.",
    Purpose.LEVEL_4: "The last step in the house: calm and exact. Says what happens on which day.",
    Purpose.LEVEL_5: "The letter before legal steps, signed by a manager or lawyer. Formal.",
    Purpose.SUMMARY: "Puts in writing what was agreed in a call, theirs and ours.",
    Purpose.STATEMENT: "Brings the statement of account as PDF, so that both sides look at the same list.",
    Purpose.HOLD_NOTICE: "Says that an order waits, why, and the smallest step that frees it.",
    Purpose.HOLD_RELEASED: "Says that deliveries go on, and thanks.",
}

# In the order in which we offer them; named in their own words.
LANGUAGES: dict[str, str] = {
    "en": "English",
    "nl": "Nederlands",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
}

LEVELS: dict[int, Purpose] = {
    0: Purpose.LEVEL_0,
    1: Purpose.LEVEL_1,
    2: Purpose.LEVEL_2,
    3: Purpose.LEVEL_3,
    4: Purpose.LEVEL_4,
    5: Purpose.LEVEL_5,
}
LEVEL_OF: dict[Purpose, int] = {purpose: level for level, purpose in LEVELS.items()}


def language_of(tag: str) -> str:
    """The language of ours that is written for ``tag`` ("de-CH"): English where we have no letters."""
    spoken = locales.spoken(tag)
    return spoken if spoken in LANGUAGES else "en"
