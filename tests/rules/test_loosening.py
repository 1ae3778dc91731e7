"""What other hold rules let through, and who may put them in force."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from collections_app.holds.rules import rule_sets
from collections_app.holds.rules.loosening import loosened, problems_of_publishing
from collections_app.holds.rules.rule_sets import Exemption, RuleSet

BEFORE = RuleSet(
    overdue_amount=Decimal(500), holds_first_order=True, release_amount_max=Decimal(1000),
    exemptions=(Exemption("medical", "Dana Reyes"),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"overdue_days": 91}, "Days overdue: 91 instead of 90."),
        ({"overdue_days": None}, "Days overdue: any instead of 90."),
        ({"overdue_amount": Decimal("500.01")}, "Overdue in all: £500.01 instead of £500.00."),
        ({"limit_percent": 110}, "Per cent of the credit limit: 110 instead of 100."),
        ({"group_percent": None}, "Per cent of the group's limit: any instead of 100."),
        ({"broken_promises": 4}, "Broken promises within a year: 4 instead of 3."),
        ({"release_working_days": 6}, "Working days that a release lasts: 6 instead of 5."),
        ({"release_amount_max": None}, "Largest order that a manager releases: any instead of £1,000.00."),
        ({"holds_expired_limit": False}, "A credit limit that has expired holds nothing any more."),
        ({"holds_first_order": False}, "A first order goes."),
        ({"promises_lift": True}, "An order may be released on a promise to pay."),
        (
            {"exemptions": (*BEFORE.exemptions, Exemption("spare parts", "Ana"))},
            "Never held any more: spare parts.",
        ),
    ],
)
def test_whatever_lets_more_through_is_told(change: dict[str, Any], sentence: str) -> None:
    changed = replace(BEFORE, **change)
    assert loosened(BEFORE, changed, currency="GBP") == [sentence]
    assert loosened(changed, BEFORE, currency="GBP") == []


def test_every_rule_of_a_set_is_compared() -> None:
    """A rule that is added to sets and not to the comparison would be loosened by one person unseen."""
    strict = RuleSet(
        overdue_days=0, limit_percent=1, group_percent=1, overdue_amount=Decimal(0), broken_promises=1,
        holds_first_order=True, release_working_days=1, release_amount_max=Decimal(0),
    )  # fmt: skip
    loose = RuleSet(
        overdue_days=None, limit_percent=None, group_percent=None, broken_promises=None,
        holds_expired_limit=False, exemptions=(Exemption("all", "Ana"),), promises_lift=True,
        release_working_days=60,
    )  # fmt: skip
    assert len(loosened(strict, loose, currency="GBP")) == len(rule_sets.write(strict))


@pytest.mark.parametrize(
    ("looser", "is_writer", "is_director", "is_salesperson", "codes"),
    [
        ([], True, False, True, []),
        (["More."], True, False, False, ["second_person"]),
        (["More."], False, False, False, []),
        (["More."], True, True, False, []),
        (["More."], False, True, True, ["salesperson"]),
    ],
)
def test_what_lets_more_through_takes_two_people_or_the_finance_director(
    looser: list[str], is_writer: bool, is_director: bool, is_salesperson: bool, codes: list[str]
) -> None:
    found = problems_of_publishing(
        looser, is_writer=is_writer, is_director=is_director, is_salesperson=is_salesperson
    )
    assert [each.code for each in found] == codes
