"""What a letter says of a customer: sums, days and amounts in the reader's language, and the same words in
text and HTML.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from collections_app.correspondence.rules import letter_documents, letter_judging, letters
from collections_app.correspondence.rules.letter_documents import DOCUMENTED
from collections_app.correspondence.rules.letter_texts import ITEMS_SLOT, texts_of
from collections_app.correspondence.rules.letter_values import ContactValues, CurrencyTable, LetterValues
from collections_app.correspondence.rules.letters import Rendered, Unwritten, Words
from collections_app.correspondence.rules.purposes import Purpose
from tests.letter_values import FULL, SEVERAL, VALUES, row


def rendered(body: str, *, subject: str = "x", html: str = "", values: LetterValues = VALUES) -> Rendered:
    words = Words(subject=subject, body=body, html=html)
    template = letters.compiled(words, purpose=Purpose.LEVEL_1, language="en")
    return letters.render(template, values=values)


def paths(value: Any, before: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from paths(inner, f"{before}.{name}" if before else name)
    elif isinstance(value, list):
        yield from paths(value[0], f"{before}[]")
    else:
        yield before


def test_every_value_is_documented_and_every_documented_value_is_there() -> None:
    assert sorted(paths(texts_of(FULL))) == sorted(path for path, _ in DOCUMENTED)


def test_the_page_of_the_documentation_is_that_of_the_code() -> None:
    kept = (Path(__file__).parents[2] / "docs" / "letter-values.md").read_text("utf-8")
    assert kept == letter_documents.page()


def test_sums_are_those_of_the_ledger() -> None:
    """4,200 + 1,000 overdue; 200 disputed; a credit of 120: 4,880 is asked for, 5,080 is open in all."""
    table = CurrencyTable.of("GBP", SEVERAL)
    sums = (table.overdue, table.total, table.asked, table.set_aside)
    assert sums == (Decimal(5200), Decimal(5080), Decimal(4880), Decimal(200))


def test_before_the_due_date_what_falls_due_is_asked_for() -> None:
    from_now = row("INV-1", "500", due=FULL.answer_by)
    table = CurrencyTable.of("GBP", (from_now,))
    assert (table.asked, table.overdue) == (Decimal(500), Decimal(0))


def test_what_is_not_due_yet_is_not_asked_for_beside_what_is() -> None:
    table = CurrencyTable.of("GBP", (row("INV-1", "500"), row("INV-2", "300", due=FULL.answer_by)))
    assert (table.asked, table.total) == (Decimal(500), Decimal(800))


def test_credit_that_covers_all_leaves_nothing_to_ask_for() -> None:
    table = CurrencyTable.of("GBP", (row("INV-1", "500"),), unallocated=Decimal(600))
    assert table.asked == Decimal(0)


def test_the_oldest_is_the_one_that_something_is_asked_for() -> None:
    disputed = row("INV-1", "500", due=VALUES.today.replace(month=1), disputed="500")
    values = replace(VALUES, tables=(CurrencyTable.of("GBP", (disputed, *SEVERAL)),))
    assert values.oldest is not None
    assert values.oldest.number == "INV-1042"
    assert values.count == 2


@pytest.mark.parametrize(
    ("language", "country", "asked", "by"),
    [
        ("en", "GB", "£4,880.00 + €99.50", "26 March 2026"),
        ("nl", "NL", "£\u00a04.880,00 + €\u00a099,50", "26 maart 2026"),
        ("de-CH", "CH", "£\u00a04’880.00 + EUR\u00a099.50", "26. März 2026"),
        ("fr", "FR", "4\u202f880,00\u00a0£GB + 99,50\u00a0€", "26 mars 2026"),
        ("es", "ES", "4.880,00\u00a0GBP + 99,50\u00a0€", "26 de marzo de 2026"),
        ("pl", "", "£4,880.00 + €99.50", "26 March 2026"),
    ],
)
def test_amounts_and_days_are_written_for_their_reader(
    language: str, country: str, asked: str, by: str
) -> None:
    values = replace(FULL, language=language, customer=replace(FULL.customer, country=country))
    texts = texts_of(values)
    assert " + ".join(texts["asked"]) == asked
    assert texts["answer_by"] == by


def test_the_table_is_aligned_in_text() -> None:
    text = rendered("See:\n\n{{ items }}\n\nThat is all.", values=FULL).text
    assert text == (
        "See:\n\n"
        "Document                 Your reference   Due on             Open\n"
        "-----------------------------------------------------------------\n"
        "INV-1042                 PO 77120         14 Mar 2026   £4,200.00\n"
        "INV-1043                                  15 Mar 2026   £1,000.00\n"
        "  of this under review                                    £200.00\n"
        "Credit note CN-7                                         -£120.00\n"
        "-----------------------------------------------------------------\n"
        "Total open                                              £5,080.00\n"
        "Past the due date                                       £5,200.00\n"
        "Payment asked for                                       £4,880.00\n\n"
        "Document   Due on          Open\n"
        "-------------------------------\n"
        "INV-2001   14 Mar 2026   €99.50\n\n"
        "That is all.\n"
    )


def test_a_long_table_shows_the_oldest_and_says_how_many_more_there_are() -> None:
    many = tuple(row(f"INV-{number:04}", "10") for number in range(4000))
    letter = rendered("All:\n{{ items }}", values=replace(VALUES, tables=(CurrencyTable.of("GBP", many),)))
    assert "and 3960 more" in letter.text
    assert "£39,600.00" in letter.text
    assert "£40,000.00" in letter.text
    assert len(letter.text) < 5000


def test_html_is_made_of_the_same_words() -> None:
    body = "Hello {{ contact.name }},\n\nOne\ntwo\n\nPoints:\n- a & b\n- c\n\n{{ items }}\n\nBye"
    html = rendered(body).html
    assert "<p" in html
    assert ">Hello Kofi Osei,</p>" in html
    assert ">One<br>two</p>" in html
    assert "<li>a &amp; b</li><li>c</li>" in html
    assert "£4,200.00</td>" in html
    assert html.index("Points") < html.index("<table") < html.index("Bye")


def test_html_leaves_a_dark_background_to_its_reader_and_loads_nothing() -> None:
    html = rendered("Hello\n\n{{ items }}", values=FULL).html
    assert '<meta name="color-scheme" content="light dark">' in html
    for strange in ("<script", "<img", "<link", "url(", "http:", "https:", "background", "#fff", "color:#"):
        assert strange not in html.replace("color-scheme", "")


def test_a_name_with_markup_is_written_and_not_run() -> None:
    values = replace(VALUES, contact=ContactValues.named("<script>alert(1)</script> O’Neil"))
    letter = rendered("Hello {{ contact.name }}", values=values, html="<p>Hello {{ contact.name }}</p>")
    assert "<script>" in letter.text
    assert "<script>" not in letter.html
    assert "<script>" not in rendered("Hello {{ contact.name }}", values=values).html


def test_html_of_ones_own_has_the_table_too() -> None:
    letter = rendered("Words", html="<h2>{{ customer.name }}</h2>{{ items }}")
    assert "<h2>Osei &amp; Sons</h2><table" in letter.html
    assert "Words" not in letter.html


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("<p>a</p>\n<script>x()</script>", "HTML, line 2: <script> is not shown"),
        ("<img src='https://track.example/x.gif'>", "<img> is not shown"),
        ("<p onclick='x()'>a</p>", "“onclick” is not allowed"),
        ("<a href='javascript:x()'>a</a>", "A link begins with https://"),
        ("<a href='{{ company.name }}'>a</a>", "A link begins with https://"),
        ("<p style='background:url(https://a.example/x)'>a</p>", "A style loads nothing"),
        ("<!doctype html><p>a</p>", "Leave out the frame"),
        ("<iframe></iframe>", "<iframe> is not shown"),
    ],
)
def test_it_refuses_html_that_is_not_for_a_letter(html: str, sentence: str) -> None:
    found = letters.problems_of(Words("x", "y", html))
    assert any(sentence in problem.message for problem in found)


def test_html_for_a_letter_passes() -> None:
    html = (
        "<table role='presentation' width='100%'><tr><td style='padding:8px'>"
        "{% if contact.name %}<b>{{ contact.name }}</b>{% endif %} "
        "<a href='mailto:{{ company.reply_to }}'>Write</a>"
        "</td></tr></table>"
    )
    assert letters.problems_of(Words("x", "y", html)) == []


def test_all_that_is_wrong_is_told_at_once() -> None:
    found = letters.problems_of(Words("{{ a }}", "{{ b }}", "<script></script>{{ c }}"))
    assert [problem.code for problem in found] == ["subject", "body", "html", "html"]


def test_a_subject_keeps_to_one_line() -> None:
    strange = replace(VALUES, customer=replace(VALUES.customer, name="Osei\r\nBcc: all@example.com"))
    assert (
        rendered("x", subject="For {{ customer.name }}", values=strange).subject
        == "For Osei Bcc: all@example.com"
    )


def test_a_private_character_in_a_name_is_no_table() -> None:
    strange = replace(VALUES, customer=replace(VALUES.customer, name=f"Osei{ITEMS_SLOT}"))
    assert "INV-1042" not in rendered("{{ customer.name }} x", values=strange).text


def test_a_reminder_to_somebody_who_owes_nothing_is_refused() -> None:
    empty = replace(VALUES, tables=())
    with pytest.raises(Unwritten, match=r"Words, line 2: There is no value “oldest\.number” here"):
        rendered("Hello\n{{ oldest.number }}", values=empty)


def test_it_says_for_which_customer_and_on_which_line_a_letter_cannot_be_written() -> None:
    template = letters.compiled(
        Words("x", "One\n\n{{ hold.frees }}"), purpose=Purpose.HOLD_NOTICE, language="en"
    )
    others = [VALUES, replace(VALUES, hold=None)]
    (problem,) = letter_judging.problems_over(template, others)
    assert problem.message == "Customer 00123: Words, line 3: There is no value “hold.frees” here."


def test_it_tells_ten_customers_and_asks_no_further() -> None:
    asked = []

    def everybody() -> Iterator[LetterValues]:
        for number in range(100):
            asked.append(number)
            yield replace(VALUES, hold=None)

    template = letters.compiled(Words("x", "{{ hold.frees }}"), purpose=Purpose.HOLD_NOTICE, language="en")
    assert len(letter_judging.problems_over(template, everybody())) == 10
    assert len(asked) == 10
