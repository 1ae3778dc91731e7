"""What is asked before a file is applied: totals that move far, new currencies, days that look exchanged."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.intake.findings import Days, Move, day_questions, total_questions

SHARE = Decimal("0.25")
LATEST = dt.date(2026, 3, 18)
# Twelve days of one winter, read with day and month exchanged: a year from end to end.
EXCHANGED = Days(different=12, past_twelfth=0, span=335, span_exchanged=11, ahead=0, ahead_exchanged=0)
EARLY = Days(different=3, past_twelfth=0, span=2, span_exchanged=60, ahead=0, ahead_exchanged=0)
PLAIN = Days(different=30, past_twelfth=18, span=60, span_exchanged=30, ahead=0, ahead_exchanged=0)


def _move(currency: str, before: str, moved: str) -> Move:
    return Move(currency, stated=Decimal(0), before=Decimal(before), moved=Decimal(moved))


@pytest.mark.parametrize(
    ("moves", "codes"),
    [
        ([("EUR", "0", "500"), ("USD", "0", "7")], []),
        ([("EUR", "100", "25")], []),
        ([("EUR", "100", "26")], ["total_moves_EUR"]),
        ([("EUR", "100", "-26")], ["total_moves_EUR"]),
        ([("EUR", "100", "0"), ("USD", "0", "7")], ["new_currency_USD"]),
        ([("EUR", "100", "0"), ("USD", "0", "0")], []),
    ],
)
def test_it_asks_about_totals(moves: list[tuple[str, str, str]], codes: list[str]) -> None:
    asked = total_questions([_move(*move) for move in moves], share=SHARE)
    assert [question.code for question in asked] == codes


def test_amounts_in_questions_have_the_decimals_of_their_currency() -> None:
    asked = total_questions([_move("TND", "1.234", "1000"), _move("JPY", "0", "1200")], share=SHARE)
    assert "from TND\u00a01.234 to TND\u00a01,001.234," in asked[0].message
    assert "it would become JPY\u00a01,200." in asked[1].message


@pytest.mark.parametrize("column", ["Invoice Date", "Due Date"])
@pytest.mark.parametrize("orders", [("D-M-Y",), ("YYYYMMDD", "D-M-Y")])
def test_it_asks_about_every_column_of_days(column: str, orders: tuple[str, ...]) -> None:
    columns = {"Invoice Date": EARLY, "Due Date": EARLY} | {column: EXCHANGED}
    (asked,) = day_questions(columns, orders=orders, latest=LATEST)
    assert asked.code == "days_exchanged"
    assert f"in “{column}”" in asked.message


def test_dates_after_the_twelfth_prove_the_order_of_them_all() -> None:
    # Due on the tenth of the following month, every month.
    columns = {"Invoice Date": PLAIN, "Due Date": EXCHANGED}
    assert day_questions(columns, orders=("D-M-Y",), latest=LATEST) == []


def test_it_asks_about_no_column_that_cannot_be_exchanged() -> None:
    assert day_questions({"Invoice Date": EXCHANGED}, orders=("YYYYMMDD",), latest=LATEST) == []


def test_it_asks_about_documents_of_the_future_once() -> None:
    ahead = Days(different=3, past_twelfth=2, span=5, span_exchanged=0, ahead=1, ahead_exchanged=0)
    (asked,) = day_questions({"Date": ahead, "Posted": ahead}, orders=("D-M-Y",), latest=LATEST)
    assert asked.message == "1 document is dated after 18 March 2026. Is that right?"
