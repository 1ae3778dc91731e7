"""What a copy of an invoice says, drawn from the ledger's rows, and the message that brings copies. Pure.

The rows of a copy add up: the amount invoiced, less what settled it, is what is open. Everything is written
out here in the reader's language; whoever draws it only lays it out.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel import Locale

from collections_app.correspondence.rules.copy_words import ENGLISH, WORDS, CopyWords
from collections_app.ledger.rules import Basis, InvoiceKind
from collections_app.lib import locales, money

# Countries that write on US Letter; all others on A4.
LETTER_PAPER = frozenset({"US", "CA", "MX"})


@dataclass(frozen=True, slots=True)
class Settling:
    """A row of the ledger that lessened what is open (``effect`` above zero), or restored it."""

    day: dt.date
    basis: str
    effect: Decimal


@dataclass(frozen=True, slots=True)
class Original:
    """The invoice to be copied, as the ledger holds it."""

    company: str
    customer: str
    customer_number: str
    address: str
    kind: str
    number: str
    reference: str
    currency: str
    amount: Decimal
    issued_on: dt.date
    due_on: dt.date | None
    terms: str
    settlings: tuple[Settling, ...] = ()

    @property
    def open_amount(self) -> Decimal:
        """What is left of it after all that settled it."""
        return self.amount - sum((each.effect for each in self.settlings), money.ZERO)


@dataclass(frozen=True, slots=True)
class CopyMessage:
    """The words that bring copies."""

    language: str
    subject: str
    body: str


def language_of(language: str) -> str:
    """The language of ours that is written for ``language`` (an IETF tag): English where we have no words."""
    spoken = locales.spoken(language)
    return spoken if spoken in WORDS else "en"


def copy_of(original: Original, *, language: str, country: str, day: dt.date) -> dict[str, Any]:
    """The data of ``letters/invoice_copy.typ``: texts only, in the reader's language."""
    spoken = language_of(language)
    words = WORDS[spoken]
    locale = locales.locale_of(language if spoken == locales.spoken(language) else "en", country)
    kind = words.kinds[InvoiceKind(original.kind)]
    return {
        "language": spoken,
        "paper": "us-letter" if country.upper() in LETTER_PAPER else "a4",
        "company": original.company,
        "title": words.title.format(kind=kind, number=original.number),
        "drawn": words.drawn.format(day=locales.day(day, locale)),
        "address": [original.customer, *(line for line in original.address.splitlines() if line.strip())],
        "notice": words.notice,
        "facts": _facts(original, words, locale),
        "rows": _rows(original, words, locale),
        "open": locales.amount(original.open_amount, original.currency, locale),
        "as_of": locales.day(day, locale),
        "footer": f"{original.company} · {original.number}",
        "words": {"what": words.what, "day": words.day, "amount": words.amount, "open": words.open},
    }


def _facts(original: Original, words: CopyWords, locale: Locale) -> list[tuple[str, str]]:
    facts = (
        (words.number, original.number),
        (words.customer, original.customer_number),
        (words.reference, original.reference),
        (words.issued, locales.day(original.issued_on, locale)),
        (words.due, locales.day(original.due_on, locale) if original.due_on else ""),
        (words.terms, original.terms),
    )
    return [fact for fact in facts if fact[1]]


def _rows(original: Original, words: CopyWords, locale: Locale) -> list[dict[str, str]]:
    lines = [(words.stated, original.issued_on, original.amount)]
    lines += [(_settled_by(each, words), each.day, -each.effect) for each in original.settlings]
    return [
        {
            "what": what,
            "day": locales.day(day, locale),
            "amount": locales.amount(amount, original.currency, locale),
        }
        for what, day, amount in lines
    ]


def _settled_by(settling: Settling, words: CopyWords) -> str:
    if settling.effect < 0:
        return words.undone
    return {Basis.PAYMENT: words.payment, Basis.CREDIT_NOTE: words.credit}.get(
        Basis(settling.basis), words.settled
    )


def message_of(
    numbers: Sequence[str], *, their_name: str, our_name: str, our_company: str, language: str
) -> CopyMessage:
    """The message with copies of the documents ``numbers``."""
    words = WORDS.get(language_of(language), ENGLISH)
    subject = (
        words.subject_one.format(number=numbers[0])
        if len(numbers) == 1
        else words.subject_many.format(number=len(numbers))
    )
    greeting = words.greeting.format(name=their_name) if their_name else words.greeting_unnamed
    listed = "\n".join([words.attached, *(f"- {number}" for number in numbers)])
    signed = "\n".join(line for line in (our_name, our_company) if line)
    body = "\n\n".join([greeting, listed, words.wrong, f"{words.goodbye}\n{signed}"])
    return CopyMessage(language_of(language), f"{subject} · {our_company}", body + "\n")
