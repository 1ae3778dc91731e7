"""Every letter that we bring along can be written, says what it must, and stays short."""

from dataclasses import replace

import pytest

from collections_app.correspondence import default_letters
from collections_app.correspondence.rules import letters, purposes, writing
from collections_app.correspondence.rules.letter_texts import texts_of
from collections_app.correspondence.rules.letter_values import CompanyValues, ContactValues, LetterValues
from collections_app.correspondence.rules.letters import Rendered
from collections_app.correspondence.rules.purposes import LANGUAGES, LEVELS, Purpose
from tests.letter_values import FULL, VALUES

EACH = [(purpose, language) for purpose in Purpose for language in LANGUAGES]
REMINDERS = [(purpose, language) for purpose in LEVELS.values() for language in LANGUAGES]
FALSE_FRIENDS = {
    "nl": (" je ", " jij ", " jouw "),
    "de": (" du ", " dein", " dir ", " euch"),
    "fr": (" tu ", " toi ", " ton "),
    "es": (" tú ", " tu ", " tienes "),
}


def written(purpose: Purpose, language: str, values: LetterValues = VALUES) -> Rendered:
    words = default_letters.words_of(purpose, language)
    template = letters.compiled(words, purpose=purpose, language=language)
    level = purposes.LEVEL_OF.get(purpose)
    return letters.render(template, values=replace(values, language=language, level=level))


@pytest.mark.parametrize(("purpose", "language"), EACH)
def test_each_letter_is_good_by_itself(purpose: Purpose, language: str) -> None:
    assert letters.problems_of(default_letters.words_of(purpose, language)) == []


@pytest.mark.parametrize(("purpose", "language"), EACH)
def test_each_letter_can_be_written_with_much_and_with_little(purpose: Purpose, language: str) -> None:
    little = replace(
        VALUES, company=CompanyValues("Northgate Ltd"), contact=ContactValues(), collector=VALUES.collector
    )
    for values in (VALUES, FULL, little):
        letter = written(purpose, language, values)
        for text in (letter.subject, letter.text):
            assert "{" not in text
            assert " ," not in text
            assert "\n\n\n" not in text
        assert "Priya Shah" in letter.text


def test_without_bank_details_those_on_the_invoice_are_named() -> None:
    bare = replace(VALUES, company=CompanyValues("Northgate Ltd"), contact=ContactValues())
    text = written(Purpose.LEVEL_1, "en", bare).text
    assert text.startswith("Hello,\n\nInvoice INV-1042")
    assert "You can pay by bank transfer, with the details on the invoice.\n" in text
    assert text.endswith("Kind regards\nPriya Shah\nNorthgate Ltd\npriya@northgate.example\n")


@pytest.mark.parametrize(("purpose", "language"), REMINDERS)
def test_each_reminder_names_what_how_much_since_when_and_by_when(purpose: Purpose, language: str) -> None:
    letter, texts = written(purpose, language), texts_of(replace(VALUES, language=language))
    for part in ("INV-1042", texts["oldest"]["due_on"], texts["asked"][0]):
        assert writing.one_line(part) in letter.subject
        assert part in letter.text
    for part in (texts["answer_by"], "IBAN GB29", "0113 496 0000", "PO 77120"):
        assert part in letter.text


@pytest.mark.parametrize(("purpose", "language"), REMINDERS)
def test_each_reminder_says_what_it_does_not_ask_for(purpose: Purpose, language: str) -> None:
    texts = texts_of(replace(FULL, language=language))
    assert f"({texts['set_aside'][0]})" in written(purpose, language, FULL).text


@pytest.mark.parametrize(("purpose", "language"), REMINDERS)
def test_a_consequence_is_announced_from_the_third_reminder_on_and_only_when_planned(
    purpose: Purpose, language: str
) -> None:
    planned = texts_of(replace(FULL, language=language))["consequence"]
    announced = planned["action"] in written(purpose, language, FULL).text
    assert announced is (purposes.LEVEL_OF[purpose] >= 3)
    assert planned["action"] not in written(purpose, language).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_reminders_stay_short(language: str) -> None:
    """110 words up to the second, 150 up to the final notice, without table, bank details and signature.
    Other languages need up to a quarter more.
    """
    more = 1.0 if language == "en" else 1.25
    for level in range(5):
        text = written(LEVELS[level], language).text
        said = text.partition("IBAN")[0].split()
        assert len(said) <= (110 if level <= 2 else 150) * more


@pytest.mark.parametrize(("purpose", "language"), [each for each in EACH if each[1] in FALSE_FRIENDS])
def test_the_reader_is_addressed_formally(purpose: Purpose, language: str) -> None:
    text = f" {written(purpose, language, FULL).text.lower()} ".replace("\n", " ")
    assert not [word for word in FALSE_FRIENDS[language] if word in text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_the_due_date_nothing_is_called_late(language: str) -> None:
    letter = written(Purpose.LEVEL_0, language).text.lower()
    late = (
        "overdue",
        "remind",
        "herinner",
        "aanmaning",
        "mahnung",
        "überfällig",
        "rappel",
        "recordatorio",
        "vencid",
    )
    assert not [word for word in late if word in letter]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_of_its_own(language: str) -> None:
    english = default_letters.words_of(Purpose.LEVEL_1, "en")
    assert (default_letters.words_of(Purpose.LEVEL_1, language) == english) is (language == "en")
