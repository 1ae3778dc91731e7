"""What a call is for, in one sentence that says how the amount is made."""

from decimal import Decimal
from typing import Any

import pytest

from collections_app.chase.rules import calling

NOTHING = dict.fromkeys(("to_collect", "disputed", "promised", "open_parts", "due"), Decimal(0))


def purpose(**facts: Any) -> str:
    amounts = {name: Decimal(value) for name, value in facts.items() if name in NOTHING}
    others = {name: value for name, value in facts.items() if name not in NOTHING}
    given = {"currency": "GBP", "invoices": 0, "oldest_days": 0, **NOTHING, **others, **amounts}
    return calling.purpose(calling.Standing(**given))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            {"to_collect": 300, "open_parts": 300, "invoices": 3, "oldest_days": 41, "due": 300},
            "Ask for a date for £300.00 (3 invoices, oldest 41 days). Undisputed.",
        ),
        (
            {"to_collect": 150, "open_parts": 300, "invoices": 3, "due": 400, "disputed": 100},
            "Ask for a date for £150.00 (3 invoices less £150.00 of credits and unallocated cash). "
            "A further £100.00 is disputed.",
        ),
        (
            {"due": 100, "promised": 100},
            "What is due is promised. Nothing to ask for until the promised day.",
        ),
        (
            {"due": 100, "promised": 60, "disputed": 40},
            "What is due is promised or disputed. Nothing to ask for until the promised day.",
        ),
        (
            {"due": 100, "promised": 60},
            "£60.00 is promised; credits and unallocated cash cover the rest of what is due.",
        ),
        ({"due": 100}, "Credits and unallocated cash cover what is due. Ask what they are meant for."),
        ({"due": 100, "disputed": 100}, "All that is due is disputed. Tell them how the dispute stands."),
        ({}, "Nothing is due. There is nothing to ask for."),
        (
            {
                "to_collect": 300,
                "open_parts": 300,
                "invoices": 1,
                "due": 300,
                "broken": "promise of £5.00 for 6 March was not kept",
            },
            "Ask what happened: promise of £5.00 for 6 March was not kept. "
            "Ask for a date for £300.00 (1 invoice). Undisputed.",
        ),
    ],
)
def test_the_purpose_says_how_its_amount_is_made(facts: dict[str, Any], said: str) -> None:
    assert purpose(**facts) == said
