"""The letter to whom a dispute rises, once for each rise: a plea for help, not a complaint. Pure."""

import datetime as dt
from dataclasses import dataclass

from collections_app.contact.rules.dispute_clocks import Level
from collections_app.correspondence.rules import Audience, MessageKind
from collections_app.correspondence.rules.writing import SUBJECT_LETTERS_MAX, Letter, one_line

PLEAS: dict[Level, str] = {
    Level.MANAGER: (
        "Could you please help us to find a way within the next working day, so that the customer has an "
        "answer?"
    ),
    Level.DIRECTOR: (
        "It has taken twice the time that we allow ourselves. Could you please decide how it ends, or who "
        "decides it, within the next working day?"
    ),
}


@dataclass(frozen=True, slots=True)
class Risen:
    """What the letter says. ``part`` is the amount and invoice as people say them: £200.00 of A1."""

    part: str
    customer: str
    reason: str
    lodged_on: dt.date
    due_on: dt.date
    holder: str
    answer: str
    company: str


def letter(risen: Risen, level: Level, *, name: str, address: str, reply_to: str) -> Letter:
    """To one reader; ``reply_to`` is its owner, when they have an address."""
    stands = (
        f"{risen.part} has been disputed by {risen.customer} since {risen.lodged_on:%-d %B %Y}: "
        f"{risen.reason[:1].lower()}{risen.reason[1:]}. "
        f"It was to be settled by {risen.due_on:%-d %B %Y} and is with {risen.holder}."
    )
    known = f"What is known so far: {risen.answer}" if risen.answer else "There is no answer in it yet."
    where = "You find all of it in the workbench, under Disputes. Thank you."
    body = "\n\n".join(
        [
            f"Hello {name},",
            stands,
            known,
            f"{PLEAS[level]} {where}",
            f"Kind regards\n{risen.company}, credit control",
        ]
    )
    subject = f"May I ask for your help: the dispute of {risen.part} with {risen.customer}"
    return Letter(
        kind=MessageKind.REQUEST,
        audience=Audience.COLLEAGUE,
        to_name=one_line(name),
        to_address=address,
        subject=one_line(subject)[:SUBJECT_LETTERS_MAX].strip(),
        body=body + "\n",
        reply_to=reply_to,
        is_automatic=True,
    )
