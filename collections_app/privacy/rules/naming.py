"""How a person is known in words: patterns of their name, address and telephone, and what stands in their
place afterwards.

Patterns are such that PostgreSQL and Python read them alike, but for the ends of words, which are written
``⟦`` and ``⟧`` here and put in by the reader.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

ERASED = "[erased]"
# Of a shorter part of a name too much else would be met.
PART_LETTERS_MIN = 3
PHONE_DIGITS_MIN = 6
# In front of names, and not names.
_TITLES = "mr mrs ms miss mx dr prof herr frau monsieur madame mme mlle señor señora sr sra signor signora"
TITLES = frozenset(f"{_TITLES} von van der den de la le".split())
# A part of a name that is also one of these is met in every date.
_DATES = (
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday "
    "januar februar märz april mai juni juli august september oktober november dezember "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag"
)
_OPEN, _CLOSE = "⟦", "⟧"
_DB = {_OPEN: r"\m", _CLOSE: r"\M"}
_PYTHON = {_OPEN: r"\b", _CLOSE: r"\b"}


@dataclass(frozen=True, slots=True)
class Known:
    """``anyhow`` is met in capitals or not; ``exactly`` as it is written. Empty means nothing."""

    anyhow: str
    exactly: str

    def for_database(self) -> tuple[str, str]:
        """Both patterns as PostgreSQL reads them."""
        return _put_in(self.anyhow, _DB), _put_in(self.exactly, _DB)

    def replaced(self, text: str) -> str:
        """``text`` without the person."""
        for pattern, flags in ((self.anyhow, re.IGNORECASE), (self.exactly, 0)):
            if pattern:
                text = re.sub(_put_in(pattern, _PYTHON), ERASED, text, flags=flags)
        return text

    def is_in(self, text: str) -> bool:
        """Whether the person is named in ``text``."""
        return self.replaced(text) != text


def known_by(*, names: Iterable[str], emails: Iterable[str], phones: Iterable[str], others: str) -> Known:
    """The patterns of a person. ``others`` are words that mean somebody or something else as well, such as
    the names of the customer and of others: a part of a name that stands there alone is not the person's,
    nor is one that is a month or a day of the week.
    """
    elsewhere = set(_words(others.casefold())) | set(_DATES.split())
    anyhow = [_email(each) for each in emails if each] + [_phone(each) for each in phones]
    exactly = []
    for name in names:
        own = [word for word in _words(name) if word.casefold() not in TITLES]
        if len(own) > 1:
            anyhow.append(_OPEN + r"\s+".join(_plain(word) for word in own) + _CLOSE)
            # As accounts systems turn it round: "Vogel, Petra".
            anyhow.append(_OPEN + _plain(own[-1]) + r",?\s+" + r"\s+".join(map(_plain, own[:-1])) + _CLOSE)
        for word in own:
            if len(word) >= PART_LETTERS_MIN and word.casefold() not in elsewhere:
                exactly += [_OPEN + _plain(each) + _CLOSE for each in _as_a_name(word)]
        if name.strip():
            anyhow.append(r"\s+".join(_plain(word) for word in name.split()))
    return Known(_either(anyhow), _either(exactly))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_][\w'’-]*", text)


def _as_a_name(word: str) -> set[str]:
    """However the accounts system stores it: in small letters it may be any word of the language."""
    led = re.sub(r"(?:^|(?<=[-'’]))\w", lambda met: met[0].upper(), word.lower())
    return {word.capitalize(), word.upper(), led} | ({word} if word[0].isupper() else set())


def _plain(text: str) -> str:
    """The text itself, whatever its signs mean in a pattern."""
    return "".join(letter if letter.isalnum() or letter == "_" else f"\\{letter}" for letter in text)


def _email(address: str) -> str:
    return _plain(address.strip())


def _phone(number: str) -> str:
    """However it is spaced, with the sign of a country or none."""
    digits = re.sub(r"\D", "", number)
    if len(digits) < PHONE_DIGITS_MIN:
        return ""
    return r"\+?" + _OPEN + r"[\s().\/-]*".join(digits) + _CLOSE


def _either(patterns: Iterable[str]) -> str:
    """The longest first, so that a whole name is not taken for its part."""
    return "|".join(sorted({each for each in patterns if each}, key=lambda each: (-len(each), each)))


def _put_in(pattern: str, ends: dict[str, str]) -> str:
    return pattern.replace(_OPEN, ends[_OPEN]).replace(_CLOSE, ends[_CLOSE])
