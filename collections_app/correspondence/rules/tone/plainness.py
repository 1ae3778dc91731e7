"""T13 and R01: how hard a text is to read, and how negative."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from collections_app.correspondence.rules.tone.cases import Case
from collections_app.correspondence.rules.tone.lists import Cue
from collections_app.correspondence.rules.tone.reading import Sentence, words_in
from collections_app.correspondence.rules.tone.shapes import Hit, Severity, Stage

NEGATIVES_PER_HUNDRED = 3
NEGATIVES_TO_JUDGE = 4
MUSTS = 2
FLESCH_LEAST = 50
SENTENCE_WORDS_MOST = 30
BODY_WORDS_MOST = 180
# What rules of conduct ask of a letter before action takes its room.
LBA_WORDS_MOST = 270
PASSIVE_PERCENT_MOST = 25
# Shorter than this, a score says more about one name than about the text.
WORDS_TO_JUDGE = 60
SENTENCES_TO_JUDGE = 6
LONG_WORD_LETTERS = 6
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouydt]ed|[^aeiouyscxz]es)$")


@dataclass(frozen=True, slots=True)
class Prose:
    """The sentences of a body that are neither table, greeting nor signature."""

    sentences: tuple[Sentence, ...]
    words: tuple[tuple[str, ...], ...]

    @property
    def all_words(self) -> list[str]:
        """Every word."""
        return [word for words in self.words for word in words]


def prose_of(case: Case) -> Prose:
    """What is to be judged: not the words of others, and nothing behind the farewell."""
    sentences, words = [], []
    for one in case.reading.sentences:
        low = case.reading.low_of(one)
        if one.start > case.reading.body_at and case.vocabulary.says(Cue.SIGN_OFF, low):
            break
        said = words_in(low)
        if one.is_prose and len(said) > 2 and not case.reading.is_replied(one.start):
            sentences.append(one)
            words.append(tuple(said))
    return Prose(tuple(sentences), tuple(words))


def negatives(case: Case) -> Iterator[Hit]:
    """T13: too many a “not”, too many a “must”."""
    prose = prose_of(case)
    total, low = len(prose.all_words), case.reading.low[case.reading.body_at :]
    found = [
        one
        for sentence in prose.sentences
        for one in case.vocabulary.cues[Cue.NEGATIVE].finditer(case.reading.low, sentence.start, sentence.end)
    ]
    if len(found) >= NEGATIVES_TO_JUDGE and len(found) * 100 > NEGATIVES_PER_HUNDRED * total:
        said = f"{len(found)} negative words in {total} make it sound gloomy."
        yield case.missing("T13", Severity.WARN, said, "Say what is, and what you ask for.")
    musts = list(case.vocabulary.cues[Cue.MUST].finditer(low))
    if len(musts) > MUSTS:
        place = case.reading.body_at + musts[MUSTS].start()
        said = f"“{musts[MUSTS].group()}” for the {len(musts)}th time: it sounds like orders."
        said = said.replace("3th", "3rd")
        yield case.hit("T13", Severity.WARN, place, musts[MUSTS].group(), said, "“Please …”")


def readability(case: Case) -> Iterator[Hit]:
    """R01: long sentences, a long body, a low score."""
    prose = prose_of(case)
    words = prose.all_words
    for sentence, said in zip(prose.sentences, prose.words, strict=True):
        if len(said) > SENTENCE_WORDS_MOST:
            text = case.reading.text[sentence.start : sentence.end].rstrip()
            what = f"This sentence has {len(said)} words; {SENTENCE_WORDS_MOST} are plenty."
            yield case.hit("R01", Severity.WARN, sentence.start, text, what, "Make two of it.")
    most = LBA_WORDS_MOST if case.draft.stage == Stage.LBA else BODY_WORDS_MOST
    if len(words) > most:
        what = f"The message has {len(words)} words; {most} are plenty."
        yield case.missing("R01", Severity.WARN, what, "Keep what the reader needs to act.")
    if len(words) >= WORDS_TO_JUDGE:
        yield from _score(case, prose, words)


def _score(case: Case, prose: Prose, words: list[str]) -> Iterator[Hit]:
    most = case.vocabulary.lix_most
    if most is None:
        score = flesch(words, len(prose.sentences))
        if score < FLESCH_LEAST:
            what = f"It is hard to read: a reading ease of {score:.0f}, where {FLESCH_LEAST} is the least."
            yield case.missing("R01", Severity.WARN, what, "Use shorter words and shorter sentences.")
        yield from _passive(case, prose)
    else:
        score = lix(words, len(prose.sentences))
        if score > most:
            what = f"It is hard to read: a LIX of {score:.0f}, where {most} is the most."
            yield case.missing("R01", Severity.WARN, what, "Use shorter words and shorter sentences.")


def _passive(case: Case, prose: Prose) -> Iterator[Hit]:
    passive = [one for one in prose.sentences if case.vocabulary.says(Cue.PASSIVE, case.reading.low_of(one))]
    number = len(prose.sentences)
    if number >= SENTENCES_TO_JUDGE and len(passive) * 100 > PASSIVE_PERCENT_MOST * number:
        what = f"{len(passive)} of {number} sentences do not say who acts."
        yield case.missing(
            "R01", Severity.WARN, what, "“We have not found your payment” instead of “was not found”."
        )


def flesch(words: list[str], sentences: int) -> float:
    """Reading ease after Flesch: 206.835 - 1.015 words a sentence - 84.6 syllables a word."""
    syllables = sum(map(syllables_of, words))
    return 206.835 - 1.015 * len(words) / max(sentences, 1) - 84.6 * syllables / max(len(words), 1)


def syllables_of(word: str) -> int:
    """The syllables of an English word, counted by its vowels."""
    plain = word.lower().replace("'", "")
    return max(1, len(_VOWELS.findall(plain)) - (1 if _SILENT.search(plain) else 0))


def lix(words: list[str], sentences: int) -> float:
    """LIX after Björnsson: words a sentence + words of more than six letters in a hundred."""
    long = sum(len(word) > LONG_WORD_LETTERS for word in words)
    return len(words) / max(sentences, 1) + 100 * long / max(len(words), 1)
