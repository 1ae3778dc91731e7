"""What leaves without anybody writing it passes the guard too: summaries of calls, covers of copies."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.contact.rules import summing
from collections_app.contact.rules.summing import Agreed, OpenPoint, OurPoint, TheirPoint
from collections_app.correspondence.rules import copying, tone
from collections_app.correspondence.rules.tone import Draft, Hit, Purpose
from tests.rules.tone.labelled import LANGUAGES

DAY = dt.date(2026, 3, 20)
AGREED = Agreed(
    spoken_on=dt.date(2026, 3, 11),
    their_name="Kwame Osei",
    our_name="Priya Shah",
    our_company="Northgate Supplies",
    our_phone="0113 496 0000",
    theirs=(TheirPoint(Decimal("1234.56"), "EUR", DAY, ("INV-1042", "INV-1050")),),
    ours=(OurPoint("copy", "", DAY), OurPoint("call_back", "", DAY, dt.time(15, 0))),
    open=(OpenPoint("INV-1042", Decimal("200.00"), "EUR", DAY),),
)


def told(subject: str, body: str, language: str) -> tuple[Hit, ...]:
    """What the guard says of words that ask for no payment."""
    return tone.check(Draft(subject, body, language, purpose=Purpose.OTHER))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_of_a_conversation_passes(language: str) -> None:
    summary = summing.summary_of(AGREED, language=language)

    assert told(summary.subject, summary.body, language) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_that_bring_copies_pass(language: str) -> None:
    words = copying.message_of(
        ["INV-1042", "INV-1050"],
        their_name="Kwame Osei",
        our_name="Priya Shah",
        our_company="Northgate Supplies",
        language=language,
    )

    assert told(words.subject, words.body, language) == ()
