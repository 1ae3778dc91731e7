"""A draft with everything that the rules ask of it more than once, and how a rule answers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from collections_app.correspondence.rules.tone import vocabulary
from collections_app.correspondence.rules.tone.amounts import Written, amounts_in
from collections_app.correspondence.rules.tone.days import Day, days_in
from collections_app.correspondence.rules.tone.lists import Cue
from collections_app.correspondence.rules.tone.reading import Reading, Sentence, read
from collections_app.correspondence.rules.tone.shapes import Draft, Facts, Hit, InvoiceFact, Severity
from collections_app.correspondence.rules.tone.vocabulary import Vocabulary

# A due day stands so close behind the word.
_DUE_REACH = 24
# A run of signs without a blank, such as INV-1042, 2026/0044 or RE.2026.17.
_TOKEN = re.compile(r"\w[\w./#_-]*\w|\w")


@dataclass(frozen=True, slots=True)
class Token:
    """Signs without a blank."""

    start: int
    words: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One of the customer's invoices, named in the text."""

    start: int
    invoice: InvoiceFact


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule is asked with."""

    draft: Draft
    reading: Reading
    vocabulary: Vocabulary
    facts: Facts | None
    tokens: tuple[Token, ...]
    amounts: tuple[Written, ...]
    days: tuple[Day, ...]
    mentions: tuple[Mention, ...]
    # Names of firms, people and streets, in which no word is judged.
    named: tuple[tuple[int, int], ...]

    def hit(
        self, rule: str, severity: Severity, start: int, words: str, sentence: str, suggestion: str
    ) -> Hit:
        """Words that a rule found at ``start`` of the whole text; as they were written."""
        part, place = self.reading.place(start)
        written = self.reading.text[start : start + len(words)]
        return Hit(rule, severity, written, place, sentence, suggestion, part)

    def missing(self, rule: str, severity: Severity, sentence: str, suggestion: str) -> Hit:
        """Something that should be there and is not."""
        return Hit(rule, severity, "", 0, sentence, suggestion)

    def is_ordinary(self, rule: str, start: int, end: int) -> bool:
        """Whether the words stand in a phrase that only looks like what the rule looks for."""
        pattern = self.vocabulary.ordinary.get(rule)
        found = pattern.finditer(self.reading.low) if pattern else ()
        return any(one.start() < end and start < one.end() for one in found)

    def follows_due(self, day: Day) -> bool:
        """Whether a day is said to be the one on which something is due."""
        sentence = self.reading.sentence_at(day.start)
        before = self.reading.low[max(sentence.start, day.start - _DUE_REACH) : day.start]
        return self.vocabulary.says(Cue.DUE, before)

    def is_named(self, start: int, end: int) -> bool:
        """Whether a name stands there."""
        return any(first < end and start < last for first, last in self.named)

    def amounts_of(self, sentence: Sentence) -> list[Written]:
        """The amounts in a sentence."""
        return [one for one in self.amounts if sentence.start <= one.start < sentence.end]

    def days_of(self, sentence: Sentence) -> list[Day]:
        """The days in a sentence."""
        return [one for one in self.days if sentence.start <= one.start < sentence.end]

    def mentions_of(self, sentence: Sentence) -> list[Mention]:
        """The customer's invoices in a sentence."""
        return [one for one in self.mentions if sentence.start <= one.start < sentence.end]

    @property
    def asked(self) -> list[InvoiceFact]:
        """The invoices that the draft names, each once."""
        return list({one.invoice.number: one.invoice for one in self.mentions}.values())


def case_of(draft: Draft, facts: Facts | None) -> Case:
    """Read a draft once for all rules."""
    reading, words = read(draft), vocabulary.of(draft.language)
    tokens = tuple(tokens_in(reading.even))
    return Case(
        draft=draft,
        reading=reading,
        vocabulary=words,
        facts=facts,
        tokens=tokens,
        amounts=tuple(amounts_in(reading.even, words.language)),
        days=tuple(days_in(reading.low, words.months)),
        mentions=tuple(_mentions(reading, tokens, facts.invoices if facts else ())),
        named=tuple(_named(reading, (*facts.names, *facts.people) if facts else ())),
    )


def tokens_in(even: str) -> list[Token]:
    """Everything that may be a number of a document, with the ends of sentences cut off."""
    return [Token(found.start(), found.group()) for found in _TOKEN.finditer(even)]


def number_of(text: str) -> str:
    """A document's number as it is compared: capitals, no blanks."""
    return "".join(text.split()).upper()


def _mentions(reading: Reading, tokens: Sequence[Token], invoices: Sequence[InvoiceFact]) -> list[Mention]:
    known = {number_of(one.number): one for one in invoices}
    found = [
        Mention(token.start, known[token.words.upper()]) for token in tokens if token.words.upper() in known
    ]
    for invoice in invoices:
        # Numbers with a blank or an odd sign are no token.
        if not _TOKEN.fullmatch(invoice.number):
            place = reading.low.find(invoice.number.lower())
            found += [Mention(place, invoice)] if place >= 0 and invoice.number else []
    return sorted(found, key=lambda one: one.start)


def _named(reading: Reading, names: Sequence[str]) -> list[tuple[int, int]]:
    found = []
    for name in names:
        low = name.strip().lower()
        start = reading.low.find(low) if len(low) > 1 else -1
        while start >= 0:
            found.append((start, start + len(low)))
            start = reading.low.find(low, start + len(low))
    return found
