"""The summary says what was agreed, theirs and ours, in the customer's language, and nothing else."""

import datetime as dt
from dataclasses import fields, replace
from decimal import Decimal
from string import Formatter

import pytest

from collections_app.contact.rules import summing
from collections_app.contact.rules.summary_words import ENGLISH, WORDS, SummaryWords
from collections_app.contact.rules.summing import Agreed, OpenPoint, OurPoint, TheirPoint
from collections_app.correspondence import default_letters
from collections_app.correspondence.rules import letters, purposes
from collections_app.correspondence.rules.letter_values import ContactValues
from collections_app.correspondence.rules.letters import Rendered
from collections_app.correspondence.rules.purposes import Purpose
from tests.letter_values import VALUES

AGREED = Agreed(
    spoken_on=dt.date(2026, 3, 12),
    their_name="Anna Vogel",
    our_name="Priya Shah",
    our_company="Northgate Ltd",
    our_phone="0113 496 0000",
    theirs=(TheirPoint(Decimal("36900.00"), "EUR", dt.date(2026, 3, 13), ("INV-1031", "INV-1040")),),
    ours=(OurPoint("copy", "INV-1031.", dt.date(2026, 3, 12)),),
    open=(OpenPoint("INV-1050", Decimal("11300.00"), "EUR", dt.date(2026, 3, 16)),),
)


def letter_of(agreed: Agreed, *, language: str, country: str = "") -> Rendered:
    """The letter that we bring along, with these points."""
    told = replace(
        VALUES,
        contact=ContactValues.named(agreed.their_name),
        language=language,
        agreed=summing.values_of(agreed, language=language, country=country),
    )
    words = default_letters.words_of(Purpose.SUMMARY, purposes.language_of(language))
    template = letters.compiled(words, purpose=Purpose.SUMMARY, language=purposes.language_of(language))
    return letters.render(template, values=told)


def test_the_english_summary_reads_like_a_letter() -> None:
    summary = letter_of(AGREED, language="en")

    assert summary.subject == "Our conversation of 12 March 2026: what we agreed"
    assert summary.text == (
        "Hello Anna Vogel,\n\n"
        "Thank you for speaking with me on 12 March 2026. So that we both have it in writing, this is "
        "what we agreed.\n\n"
        "What you will do:\n- Pay €36,900.00 by 13 March 2026 (INV-1031, INV-1040)\n\n"
        "What we will do:\n- Send a copy: INV-1031, by 12 March 2026\n\n"
        "What we are looking into:\n- €11,300.00 of invoice INV-1050. The rest of the invoice is not part of "
        "this. You will hear from us by 16 March 2026.\n\n"
        "If I have misunderstood anything, please tell me and I will put it right.\n\n"
        "Kind regards\nPriya Shah\nNorthgate Ltd\n0113 496 0000, 9:00 to 17:00\npriya@northgate.example\n"
    )


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "- 36.900,00\u00a0€ zahlen bis zum 13. März 2026 (INV-1031, INV-1040)"),
        ("nl", "- €\u00a036.900,00 betalen, uiterlijk 13 maart 2026 (INV-1031, INV-1040)"),
        ("fr", "- Payer 36\u202f900,00\u00a0€ au plus tard le 13 mars 2026 (INV-1031, INV-1040)"),
        ("es", "- Pagar 36.900,00\u00a0€, a más tardar el 13 de marzo de 2026 (INV-1031, INV-1040)"),
    ],
)
def test_amounts_and_days_are_written_as_the_reader_writes_them(language: str, line: str) -> None:
    summary = letter_of(AGREED, language=language)
    assert line in summary.text


def test_a_language_without_words_of_ours_is_written_to_in_english() -> None:
    summary = letter_of(AGREED, language="pl", country="PL")
    assert "What you will do" in summary.text


def test_an_agreed_call_has_its_minute_and_parts_without_points_are_left_out() -> None:
    call = replace(
        AGREED, theirs=(), open=(), ours=(OurPoint("call_back", "", dt.date(2026, 3, 12), dt.time(15)),)
    )
    body = letter_of(call, language="en").text
    assert "- Call you back, on 12 March 2026 at 15:00" in body
    assert "What you will do" not in body


def test_nobody_in_particular_is_greeted_without_a_name() -> None:
    assert letter_of(replace(AGREED, their_name=""), language="de").text.startswith("Guten Tag,\n")


def test_many_invoices_are_named_in_part_and_counted() -> None:
    many = TheirPoint(Decimal(100), "EUR", dt.date(2026, 3, 13), tuple(f"I{n}" for n in range(11)))
    body = letter_of(replace(AGREED, theirs=(many,)), language="en").text
    assert "I7 and 3 more)" in body


def test_nothing_agreed_is_not_worth_a_letter() -> None:
    assert AGREED.is_worth_writing
    assert not replace(AGREED, theirs=(), ours=(), open=()).is_worth_writing


def test_what_is_read_back_is_one_line_a_point() -> None:
    assert summing.read_back(AGREED)[0] == "Pay €36,900.00 by 13 March 2026 (INV-1031, INV-1040)"
    assert len(summing.read_back(AGREED)) == 3


@pytest.mark.parametrize("language", WORDS)
def test_every_language_fills_in_the_same_names(language: str) -> None:
    def names(words: SummaryWords, field: str) -> set[str | None]:
        value = getattr(words, field)
        return (
            set(value)
            if isinstance(value, dict)
            else {name for _, name, _, _ in Formatter().parse(value) if name}
        )

    for field in fields(SummaryWords):
        assert names(WORDS[language], field.name) == names(ENGLISH, field.name), field.name


def test_braces_in_a_name_or_in_words_stay_as_they_are() -> None:
    odd = replace(AGREED, their_name="{name}", ours=(OurPoint("other", "{0} {{x}}", dt.date(2026, 3, 12)),))
    body = letter_of(odd, language="en").text
    assert "Hello {name}," in body
    assert "- {0} {{x}}, by 12 March 2026" in body
