"""Every part of a day that is told otherwise is named; what did not move is not."""

from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest

from collections_app.reports.rules import restating
from collections_app.reports.rules.totals import Flow, Standing

STANDING, FLOW = Standing(not_due=Decimal(10), open_count=1), Flow(invoiced=Decimal(10))


@pytest.mark.parametrize("name", [each.name for each in (*fields(Standing), *fields(Flow))])
def test_no_part_moves_unsaid(name: str) -> None:
    of_standing = name in Standing.__dataclass_fields__
    value: Any = getattr(STANDING if of_standing else FLOW, name) + 5
    standing = replace(STANDING, **{name: value}) if of_standing else STANDING
    flow = FLOW if of_standing else replace(FLOW, **{name: value})

    found = restating.changes({"GBP": (STANDING, FLOW)}, {"GBP": (standing, flow)})

    assert found
    assert restating.why(found).endswith(
        "what was in dispute was corrected" if name.startswith("disputed") else "its ledger was corrected"
    )


def test_what_did_not_move_is_not_told() -> None:
    assert restating.changes({"GBP": (STANDING, FLOW)}, {"GBP": (STANDING, FLOW)}) == []


def test_a_currency_that_came_later_is_told_in_its_own() -> None:
    found = restating.changes({}, {"EUR": (STANDING, Flow())})

    assert [each.instead for each in found] == [
        "balance €10.00 instead of €0.00",
        "not overdue €10.00 instead of €0.00",
    ]
