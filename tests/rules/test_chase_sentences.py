"""The sentences on the chase list read as a colleague would say them."""

import datetime as dt
from typing import Any

import pytest

from collections_app.chase.rules import sentences
from collections_app.chase.rules.points import RULES

TODAY = dt.date(2026, 3, 11)


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ({"rule": "oldest_age", "measure": "1"}, "oldest invoice 1 day overdue"),
        ({"rule": "oldest_age", "measure": "41"}, "oldest invoice 41 days overdue"),
        (
            {"rule": "amount", "measure": "1480", "amount": "1280.00", "currency": "GBP"},
            "£1,280.00 to collect",
        ),
        (
            {"rule": "amount", "measure": "9", "amount": "12500", "currency": "JPY"},
            "JPY\u00a012,500 to collect",
        ),
        (
            {
                "rule": "broken_promise",
                "measure": "1",
                "amount": "1280",
                "currency": "GBP",
                "on": "2026-03-06",
            },
            "promise of £1,280.00 for 6 March was not kept",
        ),
        (
            {"rule": "broken_promise", "measure": "2", "amount": "5", "currency": "GBP", "on": "2025-12-30"},
            "2 promises broken in the last 30 days, the last a promise of £5.00 for 30 December 2025",
        ),
        (
            {
                "rule": "broken_promise",
                "measure": "1",
                "amount": "1280",
                "currency": "GBP",
                "on": "2026-03-06",
                "state": "partly_kept",
                "paid": "500",
            },
            "promise of £1,280.00 for 6 March was kept only in part: £500.00 came",
        ),
        (
            {"rule": "broken_since_contact", "measure": "1", "on": "2026-03-11"},
            "nobody has spoken with them since that was known, today: call them",
        ),
        ({"rule": "call_back", "measure": "1", "on": "2026-03-11"}, "call-back agreed for today"),
        (
            {"rule": "next_step_due", "measure": "3", "on": "2026-03-09", "step": "send_copy"},
            "next step agreed for 9 March: send copy",
        ),
        ({"rule": "new_overdue", "measure": "1"}, "1 invoice became overdue in the last week, none before"),
        ({"rule": "later_than_usual", "measure": "6.5"}, "6.5 days later than nine in ten of their payments"),
        (
            {"rule": "pays_soon", "measure": "84"},
            "84 % likely to come within a week, as they usually pay",
        ),
        ({"rule": "near_limit", "measure": "104"}, "104 % of the credit limit used"),
        (
            {"rule": "insurer_clock", "measure": "7", "on": "2026-03-14"},
            "the insurer must be told by 14 March, 3 days left",
        ),
        (
            {"rule": "insurer_clock", "measure": "12", "on": "2026-03-09"},
            "the insurer was to be told by 9 March, 2 days ago",
        ),
        ({"rule": "segment", "measure": "1", "segment": "Key account"}, "segment “Key account”"),
        (
            {"rule": "never_contacted", "measure": "1"},
            "more than 14 days overdue, and nobody spoke with them for 30 days",
        ),
        (
            {"rule": "pre_due", "measure": "12000", "currency": "USD"},
            "$12,000.00 in one invoice falls due within a week",
        ),
    ],
)
def test_a_part_of_the_score_says_why(part: dict[str, Any], sentence: str) -> None:
    assert sentences.why(part, today=TODAY) == sentence


def test_every_rule_has_a_sentence() -> None:
    assert set(sentences.WHY) == set(RULES)


@pytest.mark.parametrize(
    ("reason", "facts", "sentence"),
    [
        (
            "nothing_due",
            {"amount": "0", "currency": "GBP", "on": None},
            "Nothing is due, and nothing falls due later.",
        ),
        (
            "nothing_due",
            {"amount": "500", "currency": "GBP", "on": "2026-03-20"},
            "Nothing is due. £500.00 is open, and the next falls due on 20 March.",
        ),
        (
            "too_early",
            {"days": 1, "least": 3, "on": "2026-03-13"},
            "The oldest is 1 day overdue, and their segment waits for 3. "
            "They come onto the list on 13 March.",
        ),
        (
            "usual_delay",
            {"days": 5, "usual": 12, "grace": 3, "on": "2026-03-21"},
            "The oldest is 5 days overdue, within their usual 12 and 3 days of grace. "
            "They come onto the list on 21 March.",
        ),
        (
            "covered",
            {"amount": "600", "due": "500.5", "currency": "USD"},
            "Credits and unallocated cash of $600.00 cover what is due, $500.50.",
        ),
        (
            "snoozed",
            {"on": "2026-03-12", "reason": "director away"},
            "They sleep until tomorrow, because: director away",
        ),
    ],
)
def test_an_absence_says_why_and_until_when(reason: str, facts: dict[str, Any], sentence: str) -> None:
    assert sentences.absent(reason, facts, today=TODAY) == sentence
