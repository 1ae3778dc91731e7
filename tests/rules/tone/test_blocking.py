"""What blocks, told fast, is what the whole guard says."""

import datetime as dt
from dataclasses import replace

import pytest

from collections_app.correspondence import default_letters
from collections_app.correspondence.rules import Audience, letter_tone, letters, tone
from collections_app.correspondence.rules.letter_values import Action, Consequence
from collections_app.correspondence.rules.purposes import LANGUAGES, Purpose
from collections_app.correspondence.rules.tone import Facts, Severity, blocking
from tests.letter_values import FULL, VALUES
from tests.rules.tone.labelled import LANGUAGES as LABELLED
from tests.rules.tone.labelled import labelled


@pytest.mark.parametrize("language", LABELLED)
def test_of_each_labelled_draft_it_says_what_the_guard_says(language: str) -> None:
    to_customers = [one for one in labelled(language) if one.draft.audience == Audience.CUSTOMER]
    for one in to_customers:
        facts = one.facts or Facts()
        blocks = tuple(hit for hit in tone.check(one.draft, facts=facts) if hit.severity == Severity.BLOCK)
        assert tone.blocks_of(one.draft, facts=facts) == blocks, one.name
        # Words that are clean by themselves are not read again.
        words = f"{one.draft.subject}\n{one.draft.body}"
        assert tone.blocks_of(one.draft, facts=facts, plain=words) == blocks, one.name


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_that_differ_in_names_and_figures_are_read_as_one(language: str, purpose: Purpose) -> None:
    template = letters.compiled(
        default_letters.words_of(purpose, language), purpose=purpose, language=language
    )
    told = replace(FULL, language=language)
    other = replace(
        told,
        customer=replace(told.customer, name="Bailiff & Court Ltd"),
        contact=replace(told.contact, name="Jan de Vries"),
    )
    blocking.is_clean.cache_clear()
    for values in (told, other):
        letter = letters.render(template, values=values)
        letter_tone.blocks_of(letter, facts=letter_tone.facts_of(values), purpose=purpose, language=language)
    info = blocking.is_clean.cache_info()
    assert (info.misses, info.hits) == (1, 1)


def test_a_phrase_that_the_template_brings_is_found_behind_any_name() -> None:
    words = default_letters.words_of(Purpose.LEVEL_1, "en")
    hard = replace(words, body=f"{words.body}\n{{{{ customer.name }}}}, this is your last chance.")
    template = letters.compiled(hard, purpose=Purpose.LEVEL_1, language="en")
    for name in ("Osei & Sons", "Last Chance Ltd"):
        values = replace(VALUES, customer=replace(VALUES.customer, name=name))
        letter = letters.render(template, values=values)
        facts = letter_tone.facts_of(values)
        hits = letter_tone.blocks_of(letter, facts=facts, purpose=Purpose.LEVEL_1, language="en")
        assert [(hit.rule, hit.words) for hit in hits] == [("T02", "last chance")]


def test_a_letter_is_judged_at_the_level_at_which_it_leaves() -> None:
    """Words of a final notice in a first reminder are an early threat."""
    template = letters.compiled(
        default_letters.words_of(Purpose.LEVEL_4, "en"), purpose=Purpose.LEVEL_4, language="en"
    )
    values = replace(FULL, consequence=Consequence(Action.AGENCY, FULL.today + dt.timedelta(12)))
    letter = letters.render(template, values=values)

    def blocked(level: int) -> set[str]:
        hits = letter_tone.blocks_of(
            letter,
            facts=letter_tone.facts_of(values),
            purpose=Purpose.LEVEL_4,
            language="en",
            level=level,
        )
        return {hit.rule for hit in hits}

    assert blocked(4) == set()
    assert "T01" in blocked(2)
