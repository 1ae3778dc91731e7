"""What leaves without anybody writing it passes the guard too: the words that bring copies of invoices."""

import pytest

from collections_app.correspondence.rules import copying, tone
from collections_app.correspondence.rules.tone import Draft, Purpose
from tests.rules.tone.labelled import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_that_bring_copies_pass(language: str) -> None:
    words = copying.message_of(
        ["INV-1042", "INV-1050"],
        their_name="Kwame Osei",
        our_name="Priya Shah",
        our_company="Northgate Supplies",
        language=language,
    )

    assert tone.check(Draft(words.subject, words.body, language, purpose=Purpose.OTHER)) == ()
