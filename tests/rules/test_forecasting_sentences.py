"""Why an invoice is expected when it is, as a collector would say it."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from collections_app.forecasting.rules.sentences import Case, between, expected, expected_next, per_cent, why

TODAY = dt.date(2026, 3, 11)


def told(*, promised: str = "0", disputed: str = "0", segment: str = "", **facts: Any) -> str:
    return why(Case(facts, "GBP", Decimal(promised), Decimal(disputed), segment), today=TODAY)


def test_their_own_past_is_told_with_what_it_says_of_this_one() -> None:
    assert told(settled=31, median=3.0, late=5, as_late=12, weekday=2) == (
        "Half of their 31 paid invoices came by 3 days after the due date. "
        "12 of them were as late as this one or later. They usually pay on Tuesdays."
    )


@pytest.mark.parametrize(
    ("median", "words"),
    [(0.0, "the due date"), (-1.0, "1 day before the due date"), (1.4, "1 day after the due date")],
)
def test_a_middle_is_told_in_whole_days(median: float, words: str) -> None:
    assert told(settled=9, median=median, late=-4) == f"Half of their 9 paid invoices came by {words}."


def test_one_later_than_all_of_theirs_is_told() -> None:
    assert told(settled=9, median=2.0, late=40, as_late=0).endswith(
        "None of them was ever as late as this one, so those who were decide."
    )


def test_who_stands_in_for_an_unknown_customer_is_told() -> None:
    assert told(settled=0, segment="Key") == (
        "No invoice of theirs has been paid yet, so customers of the segment “Key” stand in for them."
    )
    assert told(settled=1, median=4.0, late=9) == (
        "Only 1 invoice of theirs has been paid, so the company's other customers count too."
    )


def test_a_promise_comes_first_with_what_it_is_worth() -> None:
    promise: dict[str, Any] = {"promised_on": "2026-03-13", "word": 0.78, "kept": 3, "promises": 4}

    assert told(promised="1280", settled=9, median=2.0, late=-1, **promise) == (
        "£1,280.00 is promised for Fri 13 March; a promise of theirs is worth 78 % (kept 3 of 4). "
        "Half of their 9 paid invoices came by 2 days after the due date."
    )
    assert "(none has fallen due yet)" in told(promised="1", **{**promise, "kept": 0, "promises": 0})


def test_what_is_disputed_and_what_has_no_due_date_are_told() -> None:
    assert told(settled=9, median=2.0, disputed="30", no_due_date=True, month_day=22).endswith(
        "They usually pay on the 22nd. It has no due date, so days count from its issue. "
        "£30.00 is disputed and set aside."
    )


def test_days_and_bands_are_told() -> None:
    friday, monday = dt.date(2026, 3, 13), dt.date(2027, 1, 4)

    assert expected(friday, today=TODAY) == "Fri 13 March"
    assert expected(None, today=TODAY) == "not within half a year"
    assert between(friday, friday, today=TODAY) == "Fri 13 March"
    assert between(friday, monday, today=TODAY) == "Fri 13 March to Mon 4 January 2027"
    assert between(friday, None, today=TODAY) == "Fri 13 March or later"
    assert between(None, None, today=TODAY) == "later than half a year"


def test_what_comes_next_is_one_sentence() -> None:
    friday, monday = dt.date(2026, 3, 13), dt.date(2026, 3, 16)

    assert expected_next("A1", "£80.00", friday, friday, monday, today=TODAY) == (
        "Expected next: £80.00 of A1 by Fri 13 March (in four of five cases Fri 13 March to Mon 16 March)."
    )
    assert expected_next("A1", "£80.00", friday, friday, friday, today=TODAY) == (
        "Expected next: £80.00 of A1 by Fri 13 March."
    )


def test_nothing_is_certain() -> None:
    assert [per_cent(share) for share in (0, 0.004, 0.845, 0.999, 1)] == [
        "1 %",
        "1 %",
        "84 %",
        "99 %",
        "99 %",
    ]
