"""A draft prepared for the rules: evened out letter by letter, cut into sentences, quotations known.

Every change keeps the length of the text, so that what is found stands where it was written.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from collections_app.correspondence.rules.tone.lists import set_of
from collections_app.correspondence.rules.tone.shapes import Draft, Part

_EVEN = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "´": "'",
        "`": "'",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\t": " ",
        "\r": " ",
    }
    | {"\u2010": "-", "\u2011": "-", "\u2212": "-"}
)
_QUOTED = re.compile(r"“[^“”]{1,400}”|„[^„“”]{1,400}[“”]|«[^«»]{1,400}»|»[^«»]{1,400}«|\"[^\"]{1,400}\"")
_REPLIED = re.compile(r"^[ ]*>.*$", re.MULTILINE)
# A quotation of this few words is rather irony than somebody's words.
SCARE_WORDS = 2

_ENDS = re.compile(r"(?<![.!?…])[.!?…]++[\"”“»')]*+(?=\s)|\n")
_SHORT_LINE = 55
_SHORTENED = set_of(
    "mr mrs ms dr st no nr ref tel approx incl excl ltd inc co corp e.g i.e vs attn prof bzw ca evtl ggf "
    "inkl zzgl abs str hr fr z.b d.h u.a m.e mme mlle art réf env sr sra srta d dña núm ud uds pág dhr "
    "mevr mw t.n.v o.v.v m.b.t p.p i.v i.a jan feb apr aug sept oct nov dec"
)
_COLUMNS = re.compile(r"\S(?: {2,}|\||\t)\s*\S")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


def _lowered(text: str) -> str:
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(mark.lower() if len(mark.lower()) == 1 else mark for mark in text)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or a line of a table; ``start`` and ``end`` in the whole text."""

    start: int
    end: int
    is_prose: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """``text``: subject, line feed, body. ``even`` has plain blanks and apostrophes, ``low`` no capitals."""

    draft: Draft
    text: str
    even: str
    low: str
    quotes: tuple[tuple[int, int], ...]
    replied: tuple[tuple[int, int], ...]
    sentences: tuple[Sentence, ...]

    @property
    def body_at(self) -> int:
        """Where the body begins in the whole text."""
        return len(self.draft.subject) + 1

    def place(self, start: int) -> tuple[Part, int]:
        """The part of the draft, and where in it, of a place in the whole text."""
        if start < self.body_at:
            return Part.SUBJECT, start
        return Part.BODY, start - self.body_at

    def is_quoted(self, start: int) -> bool:
        """Whether somebody else's words stand there."""
        return _within(self.quotes, start) or self.is_replied(start)

    def is_replied(self, start: int) -> bool:
        """Whether it stands in a line of the email that is answered."""
        return _within(self.replied, start)

    def sentence_at(self, start: int) -> Sentence:
        """The sentence around a place."""
        place = bisect_right(self.sentences, start, key=lambda one: one.start) - 1
        return self.sentences[max(place, 0)]

    def low_of(self, sentence: Sentence) -> str:
        """Its words in lower case."""
        return self.low[sentence.start : sentence.end]


def words_in(text: str) -> list[str]:
    """The words of a text; figures are none."""
    return _WORD.findall(text)


def read(draft: Draft) -> Reading:
    """Prepare a draft."""
    text = f"{draft.subject}\n{draft.body}"
    even = text.translate(_EVEN)
    replied = tuple(found.span() for found in _REPLIED.finditer(even))
    quotes = tuple(
        found.span() for found in _QUOTED.finditer(even) if len(words_in(found.group())) > SCARE_WORDS
    )
    cut = tuple(_sentences(even, len(draft.subject) + 1)) or (Sentence(0, len(text), False),)
    return Reading(draft, text, even, _lowered(even), quotes, replied, cut)


def _within(spans: tuple[tuple[int, int], ...], place: int) -> bool:
    return any(start <= place < end for start, end in spans)


def _sentences(even: str, body_at: int) -> Iterator[Sentence]:
    start = 0
    for found in _ENDS.finditer(even):
        if found.end() <= start or not _ends(even, found, start, body_at):
            continue
        yield from _sentence(even, start, found.end(), body_at)
        start = found.end()
    yield from _sentence(even, start, len(even), body_at)


def _ends(even: str, found: re.Match[str], start: int, body_at: int) -> bool:
    mark = found.group()
    if mark.startswith("\n"):
        line = even.rfind("\n", 0, found.start()) + 1
        is_short = found.start() - line < _SHORT_LINE
        following = even[found.end() : found.end() + 300].partition("\n")[0]
        return (
            found.start() < body_at
            or is_short
            or not following.strip()
            or even[line : found.start()].rstrip().endswith((":", ","))
            or re.match(r"[ ]*(?:[-*•>]|\d+[.)]) ", following) is not None
            or _COLUMNS.search(following) is not None
        )
    if mark.startswith("."):
        before = even[max(start, found.start() - 12) : found.start()].rsplit(None, 1)
        last = before[-1].lower().lstrip("(") if before else ""
        # "14. März", "Mr. Osei" and "z. B." go on.
        return not (last.isdigit() and len(last) <= 2) and last not in _SHORTENED and not _initial(last)
    return True


def _initial(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def _sentence(even: str, start: int, end: int, body_at: int) -> Iterator[Sentence]:
    said = even[start:end]
    if not said.strip():
        return
    start += len(said) - len(said.lstrip())
    ended = said.rstrip().endswith((".", "!", "?", "…", '"', "”", "“", "»", ")"))
    is_prose = start >= body_at and ended and not _COLUMNS.search(said.strip())
    yield Sentence(start, end, is_prose)
