"""What leaves a customer out: the first rule that applies, as a table."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from collections_app.chase.rules.leaving import LEFT_OUT, Case, left_out
from collections_app.chase.rules.sentences import ABSENT

DAY = dt.date(2026, 3, 11)
OWES: dict[str, Any] = {
    "due": Decimal(100),
    "to_collect": Decimal(100),
    "weight": Decimal(100),
    "oldest_days": 10,
}
NOTHING_TO_ASK: dict[str, Any] = {**OWES, "to_collect": Decimal(0)}


def on(days: int) -> dt.date:
    return DAY + dt.timedelta(days)


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        (OWES, ""),
        ({**OWES, "is_active": False, "next_step": "call_back", "next_on": DAY}, "inactive"),
        ({**OWES, "snoozed_until": on(1)}, "snoozed"),
        ({**OWES, "snoozed_until": DAY}, ""),
        ({}, "nothing_due"),
        ({"next_step": "call_back", "next_on": DAY}, ""),
        ({"next_step": "send_copy", "next_on": on(-1)}, ""),
        ({"next_step": "check_bank", "next_on": DAY}, "nothing_due"),
        ({"wants_call_before": True}, ""),
        ({"wants_call_before": True, "next_step": "call", "next_on": on(1)}, "asleep"),
        ({**NOTHING_TO_ASK, "disputed": Decimal(100)}, "all_disputed"),
        ({**NOTHING_TO_ASK, "disputed": Decimal(40), "promised": Decimal(60)}, "all_promised"),
        ({**NOTHING_TO_ASK, "promised": Decimal(60)}, "covered"),
        ({**NOTHING_TO_ASK, "promised": Decimal(100), "next_step": "check_bank", "next_on": DAY}, ""),
        ({**OWES, "next_step": "call", "next_on": on(1)}, "asleep"),
        ({**OWES, "next_step": "call", "next_on": on(0)}, ""),
        (
            {
                **OWES,
                "next_step": "call",
                "next_on": on(9),
                "broken_promises": 1,
                "broke_since_contact": True,
            },
            "",
        ),
        ({**OWES, "next_step": "call", "next_on": on(9), "broken_promises": 1}, "asleep"),
        ({**OWES, "last_contact_on": DAY}, "worked_today"),
        ({**OWES, "last_contact_on": DAY, "next_step": "call_back", "next_on": DAY}, ""),
        ({**OWES, "least_amount": Decimal("100.01")}, "below_least_amount"),
        ({**OWES, "least_amount": Decimal(100)}, ""),
        ({**OWES, "least_amount": Decimal(999), "weight": None}, ""),
        ({**OWES, "least_amount": Decimal(999), "broken_promises": 1}, ""),
        ({**OWES, "least_days_overdue": 11}, "too_early"),
        ({**OWES, "least_days_overdue": 10}, ""),
        ({**OWES, "oldest_days": 0}, "too_early"),
        ({**OWES, "usual_days": Decimal("7.5"), "habit_grace_days": 3}, "usual_delay"),
        ({**OWES, "usual_days": Decimal("7.0"), "habit_grace_days": 3}, ""),
        ({**OWES, "usual_days": Decimal(-9), "habit_grace_days": 10}, ""),
        ({**OWES, "usual_days": Decimal(20), "habit_grace_days": None}, ""),
    ],
)
def test_the_first_rule_that_applies_leaves_them_out(facts: dict[str, Any], answer: str) -> None:
    assert left_out(Case(day=DAY, **facts)) == answer


def test_every_reason_has_a_sentence() -> None:
    assert set(ABSENT) == set(LEFT_OUT)
