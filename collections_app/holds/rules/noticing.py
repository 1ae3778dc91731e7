"""What is told about orders on hold, to whom of us, and in which words. Pure.

Readers are colleagues, also such as only sell: what is told holds nothing that is not for them.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from collections_app.correspondence.rules import Audience, MessageKind
from collections_app.correspondence.rules.writing import SUBJECT_LETTERS_MAX, Letter, one_line

KEY_LETTERS_MAX = 80
SENTENCE_LETTERS_MAX = 1200
# So many orders are told of in one email; the others are counted.
ORDERS_IN_LETTER_MAX = 20
IN_PRODUCT = "You find it in the workbench, under Holds."


class NoticeKind(StrEnum):
    """What somebody is told."""

    ASKED = "asked"  # a release is asked for, and they may decide
    DECIDED = "decided"
    FREED = "freed"
    HELD = "held"  # an order waits, or waits again
    ENDING = "ending"  # a release ends, and the order will wait again
    COMING = "coming"  # a customer's orders will go on hold


@dataclass(frozen=True, slots=True)
class Named:
    """An order as notices name it; ``amount`` as people write it."""

    number: str
    customer: str
    amount: str

    def __str__(self) -> str:
        return f"order {self.number} of {self.customer} over {self.amount}"


def asked(order: Named, *, asker: str, reason: str, by: dt.date) -> str:
    """For whoever may decide."""
    return f"{asker} asks for the release of {order}, please by {by:%-d %B %Y}: {reason}"


def granted(order: Named, *, by: str, until: dt.date, words: str, conditions: str) -> str:
    """For whoever asked."""
    under = f" Condition: {_ended(conditions)}" if conditions else ""
    said = f" {_ended(words)}" if words else ""
    return f"{by} released {order} until {until:%-d %B %Y}.{under}{said}"


def declined(order: Named, *, by: str, words: str) -> str:
    """For whoever asked."""
    return f"{by} looked at {order} and leaves it on hold for now: {_ended(words)} Thank you for asking."


def freed(order: Named) -> str:
    """For whoever waits for it."""
    return f"{_first(str(order))} is free: nothing holds it any more."


def held(order: Named, *, again: str, reasons: Sequence[str]) -> str:
    """For whoever sells, and when a release has ended (``again`` says why) for whoever asked and decided."""
    if again:
        return f"{_first(str(order))} is on hold again. {again} {' '.join(reasons)}".strip()
    return f"{_first(str(order))} is on hold. {' '.join(reasons)}".strip()


def exempt(order: Named, *, code: str, owner: str, source: str, reasons: Sequence[str]) -> str:
    """For whoever answers for a class of orders that is never held, and who looks after the customer."""
    told_by = f" {source} says that it is of that class." if source else ""
    return (
        f"{_first(str(order))} goes because orders of the class “{code}” are not held; {owner} answers for "
        f"it.{told_by} Otherwise it would wait: {' '.join(reasons)}"
    )


def ending(order: Named, *, until: dt.date, payment: str, reasons: Sequence[str]) -> str:
    """For whoever asked, decided and sells, before a release ends; ``payment`` would free the order."""
    frees = f" A payment of {payment} frees it." if payment else ""
    why = " ".join(reasons)
    return (
        f"The release of {order} ends on {until:%A %-d %B %Y}; after it the order waits again. {why}{frees}"
    )


def in_one(sentences: Sequence[str]) -> list[str]:
    """What one email says of many orders."""
    more = len(sentences) - ORDERS_IN_LETTER_MAX
    first = list(sentences[:ORDERS_IN_LETTER_MAX])
    return [*first, f"And {more:,} more, which you find in the workbench."] if more > 0 else first


def over(order: Named, *, state: str) -> str:
    """For whoever waited for an order that was delivered or cancelled meanwhile."""
    return f"{_first(str(order))} was {state}, so there is nothing to wait for any more."


def coming(customer: str, *, on: dt.date, payment: str, reasons: Sequence[str]) -> str:
    """For whoever sells to the customer; ``payment`` is what would prevent it, empty when no payment does."""
    frees = f" A payment of {payment} before that day keeps them free." if payment else ""
    why = " ".join(reasons)
    return f"Orders of {customer} will go on hold on {on:%A %-d %B %Y} if nothing changes. {why}{frees}"


def letter(
    subject: str, sentences: Sequence[str], *, to_name: str, to_address: str, reply_to: str, company: str
) -> Letter:
    """The same by email, to one colleague."""
    greeting = f"Hello {to_name}," if to_name else "Hello,"
    signed = f"Kind regards\n{company}"
    return Letter(
        kind=MessageKind.NOTICE,
        audience=Audience.COLLEAGUE,
        to_name=one_line(to_name),
        to_address=to_address,
        subject=one_line(subject)[:SUBJECT_LETTERS_MAX].strip(),
        body="\n\n".join([greeting, *sentences, IN_PRODUCT, signed]) + "\n",
        reply_to=reply_to,
        is_automatic=True,
    )


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]
