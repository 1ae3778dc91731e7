"""The letters about a request: to whom it is asked of, as a reminder, and to their manager. Pure.

Each says please, why, by when and thank you. Where the reader does not sign in, ``LINK_SLOT`` stands for the
link that they answer with.
"""

import datetime as dt
from dataclasses import dataclass

from collections_app.contact.rules.asking import by_when
from collections_app.contact.rules.reminding import Nudge
from collections_app.correspondence.rules import Audience, MessageKind
from collections_app.correspondence.rules.writing import LINK_SLOT, SUBJECT_LETTERS_MAX, Letter, one_line

IN_PRODUCT = "You find it in the workbench, under Requests; a few words or a file there is all it takes."
BY_LINK = (
    f"Please answer here, without signing in:\n{LINK_SLOT}\n"
    "The link is for this one request only, so that your answer finds us straight away."
)
OPENINGS: dict[Nudge, str] = {
    Nudge.TOMORROW: "A friendly reminder of what I asked you for by tomorrow, {when}:",
    Nudge.TODAY: "A friendly reminder of what I asked you for by today, {when}:",
    Nudge.OVERDUE: (
        "May I come back to what I asked you for by {when}? If something is in the way, please let me know, "
        "so that we find another way:"
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What the letters about one request say."""

    label: str
    words: str
    customer: str
    due_on: dt.date
    due_at: dt.time
    asker: str
    reply_to: str
    company: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a letter goes to. ``signs_in`` when they answer in the product."""

    name: str
    email: str
    signs_in: bool


def asking(told: Told, reader: Reader) -> Letter:
    """The request itself."""
    subject = f"{told.label} for {told.customer}, please, by {told.due_on:%-d %B}"
    return _letter(told, reader, subject, [told.words, BY_LINK if not reader.signs_in else IN_PRODUCT])


def reminding(told: Told, reader: Reader, nudge: Nudge) -> Letter:
    """A courteous reminder of it."""
    opening = OPENINGS[nudge].replace("{when}", by_when(told.due_on, told.due_at))
    answer = BY_LINK if not reader.signs_in else IN_PRODUCT
    subject = f"Reminder: {told.label} for {told.customer}"
    return _letter(told, reader, subject, [opening, told.words, answer], is_automatic=True)


def rising(told: Told, manager: Reader, *, asked_of: str) -> Letter:
    """To the manager of a colleague, once: a plea for help, not a complaint."""
    plea = (
        f"I asked {asked_of} for something by {by_when(told.due_on, told.due_at)}, and the customer is "
        "waiting. Could you please help us to find a way within the next working day, because the money "
        "depends on it? Thank you."
    )
    subject = f"May I ask for your help: {told.label} for {told.customer}"
    return _letter(told, manager, subject, [plea, told.words], is_automatic=True)


def _letter(
    told: Told, reader: Reader, subject: str, parts: list[str], *, is_automatic: bool = False
) -> Letter:
    greeting = f"Hello {reader.name}," if reader.name else "Hello,"
    signed = f"Kind regards\n{told.asker}\n{told.company}"
    return Letter(
        kind=MessageKind.REQUEST,
        audience=Audience.COLLEAGUE,
        to_name=one_line(reader.name),
        to_address=reader.email,
        subject=one_line(subject)[:SUBJECT_LETTERS_MAX].strip(),
        body="\n\n".join([greeting, *parts, signed]) + "\n",
        reply_to=told.reply_to,
        is_automatic=is_automatic,
    )
