"""What was paid, disputed or promised since a message was written, and money that may be for it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from collections_app.dunning.rules import stopped_money
from collections_app.dunning.rules.stop_codes import StopCode, Then
from collections_app.dunning.rules.stop_facts import Cash, DraftFacts, Owed, StopFacts, Sums
from tests.rules.stopping import A1, A2, DAY, DRAFT, HARROW, TODAY, codes, holding, only, owing


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (replace(HARROW, invoices={2: Owed(Decimal(1200))}), "A1 was settled since this was written."),
        (
            owing(open_amount=Decimal(180)),
            "£300.00 of A1 was settled since this was written; £180.00 is still open.",
        ),
    ],
)
def test_what_was_paid_since_it_was_written_stops_it(facts: StopFacts, sentence: str) -> None:
    stop = only(facts)
    assert (stop.code, stop.then, stop.sentence) == (StopCode.SETTLED, Then.ANEW, sentence)


def test_a_payment_that_was_returned_changes_the_amount() -> None:
    stop = only(owing(open_amount=Decimal(500)))
    assert stop.code == StopCode.CHANGED
    assert stop.sentence == "A1 is now open with £500.00, not with £480.00 as the message says."


@pytest.mark.parametrize(
    ("total", "parts", "words"),
    [
        ("1680.00", (), "it would pay all that is asked for (£1,680.00)"),
        ("2000.00", (), "it would pay all that is asked for (£1,680.00)"),
        ("480.00", (), "it would pay A1 (£480.00)"),
        ("500.00", (), "it would pay A1 (£480.00)"),
    ],
)
def test_money_that_could_cover_it_stops_it(total: str, parts: tuple[str, ...], words: str) -> None:
    stop = only(holding(total, *parts))
    assert (stop.code, stop.then) == (StopCode.COVERED, Then.PERSON)
    assert words in stop.sentence
    assert "Set it against an invoice" in stop.sentence


def test_a_receipt_of_exactly_one_invoice_stops_it_though_an_older_one_is_larger() -> None:
    larger = replace(
        HARROW,
        invoices={1: Owed(Decimal(5000)), 2: Owed(Decimal(1200))},
        cash={"GBP": Cash(Decimal(1250), (Decimal(50), Decimal(1200)))},
    )
    about = replace(DRAFT, invoices=(replace(A1, open_amount=Decimal(5000)), A2))
    stop = only(larger, about)
    assert stop.sentence.startswith(
        "£1,250.00 of theirs is not set against anything yet, and a part of it is exactly what is open of A2."
    )


def test_a_small_credit_or_money_of_another_currency_stops_nothing() -> None:
    assert codes(holding("15.00", "15.00")) == []
    assert codes(replace(HARROW, cash={"EUR": Cash(Decimal(5000))})) == []
    assert codes(holding("-20.00", "480.00")) == []


def test_money_is_not_counted_for_what_is_disputed_or_promised_anyway() -> None:
    # £480.00 of A1 is disputed, as the draft says; £600.00 would not pay A2.
    facts = replace(
        HARROW,
        invoices={1: Owed(Decimal(480), disputed=Decimal(480)), 2: Owed(Decimal(1200))},
        cash={"GBP": Cash(Decimal(600))},
    )
    about = replace(DRAFT, invoices=(replace(A1, disputed=Decimal(480)), A2))
    assert codes(facts, about) == []


def test_a_dispute_the_message_does_not_know_stops_it() -> None:
    stop = only(owing(open_amount=Decimal(480), disputed=Decimal(200)))
    assert stop.sentence == "£200.00 of A1 is disputed, and the message does not say so."
    assert stop.then == Then.ANEW
    told = replace(DRAFT, invoices=(replace(A1, disputed=Decimal(200)), A2))
    assert codes(owing(open_amount=Decimal(480), disputed=Decimal(200)), told) == []


def test_a_running_promise_stops_it_until_its_grace_has_passed() -> None:
    promised = owing(
        open_amount=Decimal(480),
        promised=Decimal(480),
        promised_on=TODAY - 2 * DAY,
        grace_ends_on=TODAY,
    )
    stop = only(promised)
    assert stop.sentence == "£480.00 of A1 is promised for 9 March, with time until 11 March."
    assert (stop.code, stop.then) == (StopCode.PROMISED, Then.ANEW)
    assert codes(replace(promised, today=TODAY + DAY)) == []


def saying(asked: str, aside: str = "0") -> DraftFacts:
    return replace(DRAFT, said={"GBP": Sums(Decimal(asked), Decimal(aside))})


def now(about: DraftFacts, asked: str, aside: str = "0") -> DraftFacts:
    return replace(about, says_now={"GBP": Sums(Decimal(asked), Decimal(aside))})


def test_a_credit_that_changes_the_sum_of_its_words_stops_it() -> None:
    stop = only(about=now(saying("1680.00"), "1630.00"))
    assert (stop.code, stop.then) == (StopCode.CHANGED, Then.ANEW)
    assert stop.sentence == (
        "It asks for £1,680.00 in all; after what was booked or cleared up since, £1,630.00 is left."
    )


def test_what_it_says_is_set_aside_is_to_be_true() -> None:
    stop = only(about=now(saying("1680.00", "300.00"), "1680.00"))
    assert stop.sentence == "It says that £300.00 is disputed or promised; by now £0.00 is."


def test_sums_that_are_the_same_to_the_penny_stop_nothing() -> None:
    assert codes(about=now(saying("1680.00", "5.00"), "1680", "5")) == []


def test_what_was_told_by_invoice_is_not_told_again_by_sum() -> None:
    assert codes(owing(open_amount=Decimal(180)), now(saying("1680.00"), "1380.00")) == [StopCode.SETTLED]
    assert codes(holding("480.00"), now(saying("1680.00"), "1200.00")) == [StopCode.COVERED]


def test_a_reminder_of_which_nothing_is_overdue_is_written_anew() -> None:
    """What is due today is not overdue; one invoice that is carries the others."""
    early = replace(A1, due_on=TODAY)
    stop = stopped_money.not_due(replace(DRAFT, invoices=(early, replace(A2, due_on=None))), today=TODAY)
    assert stop
    assert (stop.code, stop.then) == (StopCode.CHANGED, Then.ANEW)
    assert (
        stop.sentence == "Nothing that it asks for is overdue (A1, A2); what is due by now is written anew."
    )
    assert stopped_money.not_due(DRAFT, today=TODAY) is None
    assert stopped_money.not_due(replace(DRAFT, invoices=(early, A2)), today=TODAY) is None
    assert stopped_money.not_due(replace(DRAFT, level=0, invoices=(early,)), today=TODAY) is None
    assert stopped_money.not_due(replace(DRAFT, invoices=()), today=TODAY) is None
