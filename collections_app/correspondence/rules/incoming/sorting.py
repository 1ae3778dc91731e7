"""What a reply is about, and the day it names. Pure.

It only sorts, and fills a form that a person reads before they save it: nothing is agreed by a list of words.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from collections_app.correspondence.rules.incoming import named_days
from collections_app.correspondence.rules.incoming.refusing_words import HANGING, PARTS, REFUSING
from collections_app.correspondence.rules.incoming.shapes import ReplySort
from collections_app.correspondence.rules.incoming.sorting_words import ORDER, SORTING_WORDS, UNPAID
from collections_app.correspondence.rules.tone.tongue import told_by_words

LETTERS_MAX = 8_000
# Not behind "12.", which may be a day of a month.
_SENTENCE = re.compile(r"(?<=[^\d\s][.!?])\s+|\n\s*\n|\n(?=[-*•])")


@dataclass(frozen=True, slots=True)
class Sorted:
    """What a reply is about, in which language, and the day of payment it names."""

    sort: ReplySort
    language: str
    promised_on: dt.date | None = None


@lru_cache(maxsize=60)
def _pattern(language: str, sort: ReplySort) -> re.Pattern[str]:
    return re.compile("|".join(SORTING_WORDS[language][sort]))


@lru_cache(maxsize=10)
def _unpaid(language: str) -> re.Pattern[str]:
    return re.compile("|".join(UNPAID[language]))


@lru_cache(maxsize=10)
def _refusal(language: str) -> re.Pattern[str]:
    return re.compile("|".join((*REFUSING[language], HANGING[language])))


def language_of(text: str, *, hint: str) -> str:
    """The language of ``text``; ``hint`` where its words do not tell it."""
    told = told_by_words(text[:LETTERS_MAX].lower().replace("’", "'"))
    return told or (hint if hint in SORTING_WORDS else "en")


def sort(text: str, *, hint: str, country: str, today: dt.date) -> Sorted:
    """What ``text`` is about; ``hint`` is the language its writer reads, ``country`` tells their order of day
    and month, ``today`` is the day it was written on.
    """
    low = " ".join(text[:LETTERS_MAX].split(" ")).lower().replace("’", "'")
    likely = language_of(text, hint=hint)
    for language in dict.fromkeys((likely, "en", *SORTING_WORDS)):
        found = [(one, sentence) for sentence in _sentences(low) for one in _sorts_of(sentence, language)]
        if found:
            return _first(found, low, language, country, today)
        if any(_willing(sentence, language) != sentence for sentence in _sentences(low)):
            break
    return Sorted(ReplySort.OTHER, likely)


def _sentences(low: str) -> Iterable[str]:
    return [" ".join(piece.split()) for piece in _SENTENCE.split(low) if piece.strip()]


def _sorts_of(sentence: str, language: str) -> list[ReplySort]:
    willing = _willing(sentence, language)
    found = [
        one
        for one in ORDER
        if _pattern(language, one).search(willing if one == ReplySort.PROMISE else sentence)
    ]
    if ReplySort.PAID in found and _unpaid(language).search(sentence):
        found.remove(ReplySort.PAID)
    return found


def _willing(sentence: str, language: str) -> str:
    """A sentence without what it refuses: who says by which day they cannot pay promises nothing by it."""
    if not _refusal(language).search(sentence):
        return sentence
    kept = []
    for part in re.split(PARTS[language], sentence):
        clauses = part.split(",")
        if not any(re.search(HANGING[language], clause) for clause in clauses):
            kept.append(",".join(each for each in clauses if not _refusal(language).search(each)))
    return " ; ".join(each for each in kept if each.strip())


def _first(
    found: list[tuple[ReplySort, str]], low: str, language: str, country: str, today: dt.date
) -> Sorted:
    sorts = {one for one, _ in found}
    promised = _promised(found, low, language, country, today)
    if ReplySort.PROMISE in sorts and promised is None:
        # Without a day it is a kind word; what else it says comes first.
        sorts -= {ReplySort.PROMISE} if len(sorts) > 1 else set()
    first = next(one for one in ORDER if one in sorts)
    if first == ReplySort.PROMISE and promised is None:
        first = ReplySort.OTHER
    return Sorted(first, language, promised)


def _promised(
    found: list[tuple[ReplySort, str]], low: str, language: str, country: str, today: dt.date
) -> dt.date | None:
    """The first day not yet over that a sentence about paying names, or the sentence behind it."""
    sentences = list(_sentences(low))
    for place, sentence in enumerate(sentences):
        if (ReplySort.PROMISE, sentence) not in found:
            continue
        for near in sentences[place : place + 2]:
            days = named_days.find(_willing(near, language), language=language, country=country, today=today)
            if day := next((one.day for one in days if one.day >= today), None):
                return day
    return None
