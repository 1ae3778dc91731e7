"""The summary of a conversation: what they will do, what we will do, and what is looked into. Pure.

It leaves within the minute, in the customer's language, so that both sides have the same in writing. Its
words are a table by language, ``summary_words``; only what was agreed goes in, and nothing that was merely
said.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from babel import Locale

from collections_app.contact.rules.summary_words import ENGLISH, WORDS, SummaryWords
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


@dataclass(frozen=True, slots=True)
class Summary:
    """A letter ready to send: plain text, lines ended by a line feed. ``language`` is that of its words."""

    language: str
    subject: str
    body: str


def read_back(agreed: Agreed) -> list[str]:
    """What to read back before hanging up, one line a point, in the screen's language."""
    return _points(agreed, ENGLISH, locales.locale_of("en"))


def summary_of(agreed: Agreed, *, language: str, country: str = "") -> Summary:
    """The summary in ``language`` (an IETF tag; English where we have no words for it)."""
    spoken = locales.spoken(language)
    words, tag = (WORDS[spoken], language) if spoken in WORDS else (ENGLISH, "en")
    locale = locales.locale_of(tag, country)
    day = locales.day(agreed.spoken_on, locale)
    greeting = words.greeting.format(name=agreed.their_name) if agreed.their_name else words.greeting_unnamed
    blocks = [greeting, words.thanks.format(day=day), *_blocks(agreed, words, locale), words.correct]
    signed = "\n".join(line for line in (agreed.our_name, agreed.our_company, agreed.our_phone) if line)
    body = "\n\n".join([*blocks, f"{words.goodbye}\n{signed}"])
    return Summary(locales.spoken(tag), words.subject.format(day=day), body + "\n")


def _blocks(agreed: Agreed, words: SummaryWords, locale: Locale) -> Iterable[str]:
    parts = (
        (words.theirs, [_their(point, words, locale) for point in agreed.theirs]),
        (words.ours, [_our(point, words, locale) for point in agreed.ours]),
        (words.open, [_open(point, words, locale) for point in agreed.open]),
    )
    for heading, lines in parts:
        if lines:
            yield "\n".join([heading, *(f"- {line}" for line in lines)])


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
