"""What the customer is told about an order that waits is kind in each language; what sales read holds nothing
of others."""

from decimal import Decimal
from typing import Any

import pytest

from collections_app.correspondence.rules import tone
from collections_app.correspondence.rules.tone import Draft, Facts, InvoiceFact, Purpose, Stage, Sum
from collections_app.holds.rules import for_sales
from collections_app.holds.rules.customer_sentence import Waiting, sentence_for_customer
from collections_app.holds.rules.customer_words import WORDS
from collections_app.holds.rules.paying import Line
from collections_app.holds.rules.reasons import ReasonCode
from tests.rules.tone.labelled import LANGUAGES

INVOICES = tuple(Line("GBP", Decimal(100 * n + 1), invoice_id=n, number=f"INV-10{n}") for n in range(1, 9))
ADVANCE = (Line("GBP", Decimal("250.50")),)
PAYMENTS: tuple[tuple[Line, ...] | None, ...] = (
    INVOICES[:1],
    INVOICES,
    (*INVOICES[:2], *ADVANCE),
    ADVANCE,
    (*INVOICES[:1], Line("EUR", Decimal("99.99"))),
    None,
)


def facts(payment: tuple[Line, ...] | None) -> Facts:
    lines = payment or ()
    totals: dict[str, Decimal] = {}
    for line in lines:
        totals[line.currency] = totals.get(line.currency, Decimal(0)) + line.amount
    return Facts(
        invoices=tuple(
            InvoiceFact(line.number, line.amount, line.currency) for line in lines if line.invoice_id
        ),
        also_theirs=frozenset({"SO-8812"}),
        amounts=(
            Sum(Decimal("9400"), "GBP"),
            *(Sum(line.amount, line.currency) for line in lines),
            *(Sum(amount, currency) for currency, amount in totals.items()),
        ),
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", list(ReasonCode))
def test_the_tone_guard_finds_nothing_in_what_the_customer_is_told(code: ReasonCode, language: str) -> None:
    for payment in PAYMENTS:
        words = sentence_for_customer(
            Waiting("SO-8812", Decimal("9400"), "GBP", [code], payment), language=language
        )
        draft = Draft("SO-8812", words, language, stage=Stage.R1, purpose=Purpose.OTHER)
        assert [(hit.rule, hit.words, hit.sentence) for hit in tone.check(draft, facts=facts(payment))] == []


def test_every_language_of_letters_has_words_for_every_reason() -> None:
    assert set(WORDS) == set(LANGUAGES)
    assert all(set(words.because) == set(ReasonCode) for words in WORDS.values())


def test_the_customer_reads_which_invoices_and_how_much_as_they_write_it() -> None:
    waiting = Waiting("SO-8812", Decimal("9400"), "GBP", [ReasonCode.OVERDUE_DAYS], INVOICES[:2])
    english = sentence_for_customer(waiting)
    assert "SO-8812 over £9,400.00" in english
    assert "as soon as £302.00 has arrived: INV-101, £101.00; INV-102, £201.00." in english
    german = sentence_for_customer(waiting, language="de", country="DE")
    assert "302,00\u00a0£" in german
    assert sentence_for_customer(waiting, language="pl") == english


def test_many_invoices_are_counted_rather_than_listed() -> None:
    waiting = Waiting("SO-1", Decimal(5), "GBP", [ReasonCode.OVERDUE_DAYS], INVOICES)
    assert "INV-106, £601.00; and 2 more." in sentence_for_customer(waiting)


def test_a_payment_is_not_asked_for_where_none_helps() -> None:
    waiting = Waiting("SO-1", Decimal(5), "GBP", [ReasonCode.FORCED], None)
    assert "arrived" not in sentence_for_customer(waiting)


def _reason(code: ReasonCode, sentence: str, **figures: Any) -> dict[str, Any]:
    return {"code": code.value, "sentence": sentence, "figures": figures, "invoices": []}


def test_sales_read_nothing_of_the_group_but_that_its_limit_is_used() -> None:
    reason = _reason(
        ReasonCode.GROUP_LIMIT_USED,
        "The group has £90,000.00 on credit with this order, more than the limit of Sister plc",
        own={"GBP": "1200.00"},
        others={"GBP": "88800.00"},
        used="90000.00",
        group="Sister plc",
    )
    (told,) = for_sales.told([reason], sees_credit=False)
    assert told.sentence == (
        "The credit limit that this customer shares with others is used up. "
        "£1,200.00 would be on credit for them."
    )
    (told,) = for_sales.told([reason], sees_credit=True)
    assert "Sister plc" in told.sentence


def test_sales_read_who_holds_the_orders_and_not_what_was_written() -> None:
    reason = _reason(
        ReasonCode.FORCED, "Dana put all …: insolvent, says the insurer", by="Dana Reyes", on="2026-03-09",
        words="insolvent, says the insurer",
    )  # fmt: skip
    (told,) = for_sales.told([reason], sees_credit=False)
    assert told.sentence == (
        "Dana Reyes put all orders of this customer on hold on 9 March 2026. "
        "Please ask Dana Reyes what is next."
    )
