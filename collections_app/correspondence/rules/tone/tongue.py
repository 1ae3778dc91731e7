"""L01: the language is the reader's, and the form of address stays the same."""

from collections.abc import Iterator

from collections_app.correspondence.rules.tone import vocabulary
from collections_app.correspondence.rules.tone.cases import Case
from collections_app.correspondence.rules.tone.reading import words_in
from collections_app.correspondence.rules.tone.shapes import Hit, Severity
from collections_app.lib import locales

LANGUAGES = {"en": "English", "nl": "Dutch", "de": "German", "fr": "French", "es": "Spanish"}
# So many words that only one language has tell it, when they are so many times those of the other.
TELLING_WORDS = 8
TIMES = 2


def hits(case: Case) -> Iterator[Hit]:
    """Another language than the contact's, or than was meant; two forms of address in one letter."""
    language = case.vocabulary.language
    wanted = locales.spoken(case.facts.contact_language) if case.facts else ""
    if wanted and wanted != language:
        name = LANGUAGES.get(wanted, wanted)
        said = f"The contact reads {name}, and this is {LANGUAGES[language]}."
        yield case.missing("L01", Severity.WARN, said, f"Write it in {name}.")
    elif (told := told_by_words(case.reading.low)) not in ("", language):
        said = f"This reads like {LANGUAGES[told]}, and {LANGUAGES[language]} was meant."
        yield case.missing("L01", Severity.WARN, said, f"Write it in {LANGUAGES[language]}.")
    yield from _address(case)


def told_by_words(low: str) -> str:
    """The language that the words of a text tell; empty when they do not tell it clearly."""
    words = words_in(low)
    counts = {language: sum(word in own for word in words) for language, own in vocabulary.OWN.items()}
    first, second = sorted(counts, key=lambda language: (-counts[language], language))[:2]
    is_clear = counts[first] >= TELLING_WORDS and counts[first] >= TIMES * counts[second]
    return first if is_clear else ""


def _address(case: Case) -> Iterator[Hit]:
    body = case.reading.body_at
    formal = [
        one
        for one in case.vocabulary.formal.finditer(case.reading.even, body)
        if not case.reading.is_quoted(one.start())
    ]
    informal = [
        one
        for one in case.vocabulary.informal.finditer(case.reading.even, body)
        if not case.reading.is_quoted(one.start()) and not case.is_named(*one.span())
    ]
    if formal and informal:
        rare = informal if len(informal) <= len(formal) else formal
        other = formal if rare is informal else informal
        words = rare[0].group()
        said = f"“{words}” and “{other[0].group()}” in one letter mix two forms of address."
        yield case.hit("L01", Severity.WARN, rare[0].start(), words, said, "Keep to one of them.")
