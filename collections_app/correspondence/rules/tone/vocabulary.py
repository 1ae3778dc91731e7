"""The lists of each language as patterns, compiled when somebody first writes in it: all of them take a
second, which no process should spend on its way up.
"""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from collections_app.correspondence.rules.tone.lists import Cue, Words, joined, pattern, set_of
from collections_app.correspondence.rules.tone.shapes import Action
from collections_app.correspondence.rules.tone.words_de import GERMAN
from collections_app.correspondence.rules.tone.words_en import ENGLISH
from collections_app.correspondence.rules.tone.words_es import SPANISH
from collections_app.correspondence.rules.tone.words_fr import FRENCH
from collections_app.correspondence.rules.tone.words_nl import DUTCH
from collections_app.lib import locales

WORDS: dict[str, Words] = {"en": ENGLISH, "nl": DUTCH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}
# Words that only one language uses, of all languages at once: which one it is, is asked first.
OWN = {language: set_of(words.own) for language, words in WORDS.items()}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One language, ready to look with."""

    language: str
    # By rule: the pattern, and what to write instead.
    advised: Mapping[str, tuple[re.Pattern[str], str]]
    cues: Mapping[Cue, re.Pattern[str]]
    actions: Mapping[Action, re.Pattern[str]]
    greeting: re.Pattern[str]
    needs_name: re.Pattern[str]
    several: re.Pattern[str]
    impersonal: re.Pattern[str]
    titles: frozenset[str]
    # As ``days`` knows them: those of the language, and the English ones too.
    months: tuple[str, ...]
    weekday: re.Pattern[str]
    formal: re.Pattern[str]
    informal: re.Pattern[str]
    capitals: frozenset[str]
    lix_most: int | None
    # By rule: what only looks like trouble.
    ordinary: Mapping[str, re.Pattern[str]]

    def says(self, cue: Cue, low: str) -> bool:
        """Whether a text in lower case does what ``cue`` names."""
        return self.cues[cue].search(low) is not None


@functools.cache
def _vocabulary(language: str) -> Vocabulary:
    words = WORDS[language]
    return Vocabulary(
        language=language,
        advised={rule: (pattern(one.listed), one.instead) for rule, one in words.phrases.items()},
        cues={cue: pattern(words.cues.get(cue, "")) for cue in Cue},
        actions={action: pattern(listed) for action, listed in words.actions.items()},
        greeting=re.compile(
            rf"\s*(?P<how>{joined(words.greetings)})\b(?P<who>[^,:;.!?\n\d]{{0,60}}\.?[^,:;!?\n\d]{{0,40}})[,:!\n]"
        ),
        needs_name=re.compile(rf"(?:{joined(words.needs_name)})"),
        several=re.compile(rf"(?:{joined(words.several)})"),
        impersonal=re.compile(rf"(?:{joined(words.impersonal)})"),
        titles=frozenset(words.titles.split()),
        months=tuple(
            " ".join(dict.fromkeys(f"{own} {english}".split()))
            for own, english in zip(words.months, ENGLISH.months, strict=True)
        ),
        weekday=pattern(words.weekdays),
        # Capitals tell "Sie" from "sie": these look at the text as it was written.
        formal=pattern(words.formal),
        informal=pattern(words.informal),
        capitals=frozenset(words.capitals.split()),
        lix_most=words.lix_most,
        ordinary={rule: pattern(listed) for rule, listed in words.ordinary.items()},
    )


def of(language: str) -> Vocabulary:
    """The vocabulary of a language or tag; English for one that has none."""
    spoken = locales.spoken(language)
    return _vocabulary(spoken if spoken in WORDS else "en")
