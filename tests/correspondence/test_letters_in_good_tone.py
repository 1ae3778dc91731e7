"""Every letter that we bring along passes the tone guard at its stage, with the facts that it was written
from.
"""

import datetime as dt
from dataclasses import replace

import pytest

from collections_app.correspondence import default_letters
from collections_app.correspondence.rules import letter_tone, letters, purposes
from collections_app.correspondence.rules.letter_values import (
    Action,
    Consequence,
    CurrencyTable,
    LetterValues,
    Protocol,
)
from collections_app.correspondence.rules.letters import Words
from collections_app.correspondence.rules.purposes import LANGUAGES, Purpose
from collections_app.correspondence.rules.tone import Hit
from tests.letter_values import FULL, SEVERAL, VALUES, row

SOON = (row("INV-1042", "4200", due=dt.date(2026, 3, 24)), row("INV-1050", "80", due=dt.date(2026, 3, 25)))
ACTIONS = {Purpose.LEVEL_4: Action.AGENCY, Purpose.LEVEL_5: Action.COURT}


def values_at(purpose: Purpose, language: str, *, much: bool) -> LetterValues:
    """Facts that fit the stage: before the due date nothing is overdue, and what is planned suits it."""
    told = replace(FULL if much else VALUES, language=language, level=purposes.LEVEL_OF.get(purpose))
    if purpose == Purpose.LEVEL_0:
        rows = SOON if much else SOON[:1]
        return replace(told, tables=(CurrencyTable.of("GBP", rows),), consequence=None, interest=())
    if purpose == Purpose.SUMMARY:
        return replace(told, tables=(CurrencyTable.of("GBP", SEVERAL),))
    if told.consequence:
        planned = Consequence(ACTIONS.get(purpose, Action.HOLD), told.consequence.on)
        return replace(told, consequence=planned)
    return told


def hits(purpose: Purpose, language: str, values: LetterValues, words: Words | None = None) -> list[Hit]:
    written = words or default_letters.words_of(purpose, language)
    template = letters.compiled(written, purpose=purpose, language=language)
    letter = letters.render(template, values=values)
    return list(letter_tone.hits_of(letter, values=values, purpose=purpose, language=language))


@pytest.mark.parametrize("much", [False, True])
@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_it_is_blocked_or_warned_of(language: str, purpose: Purpose, much: bool) -> None:
    assert hits(purpose, language, values_at(purpose, language, much=much)) == []


@pytest.mark.parametrize("enclosed", [(), ("Information sheet.pdf", "Reply form.pdf")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_speaks_against_the_letter_before_action_of_a_protocol(
    language: str, enclosed: tuple[str, ...]
) -> None:
    told = values_at(Purpose.LEVEL_5, language, much=True)
    values = replace(told, protocol=Protocol(30 if enclosed else 14, enclosed), attached=enclosed)
    assert hits(Purpose.LEVEL_5, language, values) == []


def test_without_its_enclosures_the_letter_before_action_to_a_person_is_blocked() -> None:
    told = values_at(Purpose.LEVEL_5, "en", much=False)
    values = replace(told, protocol=Protocol(30, ("Information sheet.pdf", "Reply form.pdf")))
    assert "S05" in [hit.rule for hit in hits(Purpose.LEVEL_5, "en", values)]


def test_a_template_with_an_amount_of_its_own_is_blocked() -> None:
    ours = default_letters.words_of(Purpose.LEVEL_1, "en")
    wrong = replace(ours, body=ours.body + "\nPlease pay £4,020.00.\n")
    assert [hit.rule for hit in hits(Purpose.LEVEL_1, "en", VALUES, wrong)] == ["M02"]


def test_an_account_that_is_not_on_the_letterhead_is_blocked() -> None:
    ours = default_letters.words_of(Purpose.LEVEL_1, "en")
    wrong = replace(ours, body=ours.body.replace("{{ company.bank_details }}", "DE02 1203 0000 0000 2020 51"))
    assert [hit.rule for hit in hits(Purpose.LEVEL_1, "en", VALUES, wrong)] == ["M04"]


def test_numbers_of_figures_alone_are_told_from_amounts_and_days() -> None:
    """A ledger whose invoices and references are plain figures: the days and amounts beside them are none."""
    figures = (row("90011042", "4200", reference="77120"), row("90011043", "14"))
    values = replace(VALUES, tables=(CurrencyTable.of("GBP", figures),))
    assert hits(Purpose.LEVEL_1, "en", values) == []
