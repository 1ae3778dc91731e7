"""The summary of a conversation: what they will do, what we will do, and what is looked into. Pure.

It leaves within the minute, in the customer's language, so that both sides have the same in writing. Its
points are worded by a table, ``summary_words``, and stand in a letter that the company may word itself; only
what was agreed goes in, and nothing that was merely said.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from babel import Locale

from collections_app.contact.rules.summary_words import ENGLISH, WORDS, SummaryWords
from collections_app.correspondence.rules.letter_values import AgreedValues
from collections_app.lib import locales

INVOICES_NAMED = 8


@dataclass(frozen=True, slots=True)
class TheirPoint:
    """What they will pay, by when, for which invoices."""

    amount: Decimal
    currency: str
    day: dt.date
    invoices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OurPoint:
    """What we will do: its kind (a code of ``SummaryWords.ours_kinds``), in somebody's words, by when."""

    kind: str
    words: str
    day: dt.date
    time: dt.time | None = None


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """What is looked into: an amount of an invoice, and when they hear of it."""

    invoice: str
    amount: Decimal
    currency: str
    answer_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """A conversation as both sides should remember it."""

    spoken_on: dt.date
    their_name: str
    our_name: str
    our_company: str
    our_phone: str = ""
    theirs: tuple[TheirPoint, ...] = ()
    ours: tuple[OurPoint, ...] = ()
    open: tuple[OpenPoint, ...] = ()

    @property
    def is_worth_writing(self) -> bool:
        """Whether anything was agreed at all."""
        return bool(self.theirs or self.ours or self.open)


def read_back(agreed: Agreed) -> list[str]:
    """What to read back before hanging up, one line a point, in the screen's language."""
    return _points(agreed, ENGLISH, locales.locale_of("en"))


def values_of(agreed: Agreed, *, language: str, country: str = "") -> AgreedValues:
    """The points of a conversation written out in ``language`` (an IETF tag; English where we have no words
    for it), for the letter that sums it up.
    """
    spoken = locales.spoken(language)
    words, tag = (WORDS[spoken], language) if spoken in WORDS else (ENGLISH, "en")
    locale = locales.locale_of(tag, country)
    return AgreedValues(
        on=agreed.spoken_on,
        theirs=tuple(_their(point, words, locale) for point in agreed.theirs),
        ours=tuple(_our(point, words, locale) for point in agreed.ours),
        looking_into=tuple(_open(point, words, locale) for point in agreed.open),
    )


def _points(agreed: Agreed, words: SummaryWords, locale: Locale) -> list[str]:
    return [
        *(_their(point, words, locale) for point in agreed.theirs),
        *(_our(point, words, locale) for point in agreed.ours),
        *(_open(point, words, locale) for point in agreed.open),
    ]


def _their(point: TheirPoint, words: SummaryWords, locale: Locale) -> str:
    line = words.pay.format(
        amount=locales.amount(point.amount, point.currency, locale), day=locales.day(point.day, locale)
    )
    named = ", ".join(point.invoices[:INVOICES_NAMED])
    more = len(point.invoices) - INVOICES_NAMED
    if more > 0:
        named += words.more.format(number=more)
    return f"{line} ({named})" if named else line


def _our(point: OurPoint, words: SummaryWords, locale: Locale) -> str:
    kind, day = words.ours_kinds.get(point.kind, ""), locales.day(point.day, locale)
    what = ": ".join(part for part in (kind, point.words.strip().rstrip(".")) if part)
    if point.time:
        return words.do_at.format(what=what, day=day, time=locales.time(point.time, locale))
    return words.do.format(what=what, day=day)


def _open(point: OpenPoint, words: SummaryWords, locale: Locale) -> str:
    amount = locales.amount(point.amount, point.currency, locale)
    line = words.look_into.format(amount=amount, invoice=point.invoice)
    if point.answer_on is None:
        return line
    return f"{line} {words.answer.format(day=locales.day(point.answer_on, locale))}"
