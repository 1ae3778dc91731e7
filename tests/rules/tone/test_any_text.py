"""Whatever somebody writes: the guard answers, points at real words, and answers the same again."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collections_app.correspondence.rules import Audience, tone
from collections_app.correspondence.rules.tone import Draft, Facts, InvoiceFact, Part, Purpose, Stage, Sum
from collections_app.correspondence.rules.tone.lists import pattern
from collections_app.correspondence.rules.tone.vocabulary import WORDS
from tests.rules.tone.labelled import LANGUAGES, labelled

FACTS = Facts(
    invoices=(
        InvoiceFact("INV-1042", Decimal(4200), "GBP", dt.date(2026, 3, 14), disputed=Decimal(700)),
        InvoiceFact("No 7 / b", Decimal("0.1"), "EUR"),
    ),
    others=frozenset({"INV-9"}),
    unallocated=(Sum(Decimal(1), "EUR"),),
    bank_details=("GB29 NWBK 6016 1331 9268 19",),
    contact_name="Kwame Osei",
    contact_language="de",
    names=("Osei & Sons", "İ", ""),
    our_commitments_late=1,
    is_individual=True,
)
# Scraps that rules look at, so that chance meets them more often than by single letters.
SCRAPS = st.sampled_from(
    [
        "INV-1042", "INV-9", "No 7 / b", "£4,200.00", "1.234,56 €", "CHF 1'250.-", "14 March", "14.03.2026",
        "31/02", "“", "”", "„", "«", "\n> ", "\n\n", "Dear ", "Sehr geehrte", "null,", "{{", "}}", "court",
        "or else", "GERICHT", "İ",
        "ß", "GB29 NWBK 6016 1331 9268 19", "interest 12%", "!", "....", "Sie du",
        "vous tu",
        "\u202f", "\u00a0", "\r\n", "\t", "\0", "𝔘", "Court Road", "agency on 12 May", "  |  ",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(SCRAPS, st.text(max_size=12)), max_size=30).map(" ".join)
DRAFTS = st.builds(
    Draft,
    subject=st.one_of(TEXTS, st.text(max_size=30)),
    body=TEXTS,
    language=st.sampled_from([*LANGUAGES, "pt", "de-CH", ""]),
    stage=st.sampled_from(Stage),
    purpose=st.sampled_from(Purpose),
    audience=st.sampled_from(Audience),
)


@settings(max_examples=400, deadline=None)
@given(draft=DRAFTS, facts=st.sampled_from([None, Facts(), FACTS]))
def test_any_text_is_judged_without_failing_and_twice_the_same(draft: Draft, facts: Facts | None) -> None:
    hits = tone.check(draft, facts=facts)

    assert hits == tone.check(draft, facts=facts)
    assert len(set(hits)) == len(hits)
    for hit in hits:
        text = draft.subject if hit.part == Part.SUBJECT else draft.body
        assert text[hit.start : hit.start + len(hit.words)] == hit.words
        assert 0 <= hit.start <= len(text)
        assert hit.sentence
        assert hit.suggestion


@settings(max_examples=60, deadline=None)
@given(draft=DRAFTS)
def test_what_may_be_a_number_stands_in_the_draft(draft: Draft) -> None:
    for number in tone.candidates(draft):
        assert number in draft.subject or number in draft.body


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_list_gets_lost_in_its_own_words_repeated(language: str) -> None:
    """A pattern that could divide a text in many ways would not come back from this."""
    lists = [phrases.listed for phrases in WORDS[language].phrases.values()]
    lists += [*WORDS[language].cues.values(), *WORDS[language].actions.values()]
    for listed in [*lists, *WORDS[language].ordinary.values()]:
        look = pattern(listed)
        for word in set(re.findall(r"[^\W\d_]{3,}", listed)):
            assert len(list(look.finditer(f"{word} " * 60))) <= 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_broken_by_a_mail_program_change_no_verdict(language: str) -> None:
    """A letter with its line ends as email writes them is the same letter."""
    for each in labelled(language):
        broken = Draft(
            each.draft.subject,
            each.draft.body.replace("\n", "\r\n"),
            each.draft.language,
            each.draft.stage,
            each.draft.purpose,
        )
        rules = [hit.rule for hit in tone.check(each.draft, facts=each.facts)]

        assert [hit.rule for hit in tone.check(broken, facts=each.facts)] == rules, each.name
