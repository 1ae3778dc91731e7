"""The provision can be worked out again from what stands beside it."""

from decimal import Decimal

import pytest

from collections_app.reports.rules import measuring
from collections_app.reports.rules.measuring import COHORT_STEPS, Measure
from collections_app.reports.rules.totals import Standing

BUCKETS = ("not_overdue", "days_1_30", "days_31_60", "days_61_90", "days_91_120", "days_121")
CLOSING = Standing(
    not_due=Decimal(300_000), overdue_1=Decimal(140_000), overdue_31=Decimal(60_000),
    overdue_61=Decimal(23_000), overdue_91=Decimal(5_000), overdue_121=Decimal(700),
)  # fmt: skip


def provision(*unpaid: int) -> Measure:
    return measuring.of_cohort("GBP", [Decimal(each) for each in unpaid], CLOSING)


def worked_out(found: Measure) -> Decimal:
    """Each bucket x its rate, as a reader does it."""
    amounts = ((found.inputs[name], found.inputs[f"{name}_rate"]) for name in BUCKETS)
    return sum(
        (
            balance * rate
            for balance, rate in amounts
            if isinstance(balance, Decimal) and isinstance(rate, Decimal)
        ),
        Decimal(0),
    )


@pytest.mark.parametrize(
    "unpaid",
    [
        (100_000, 50_000, 23_000, 8_000, 4_000, 2_500, 2_000),
        (100_000, 50_000, 23_000, 8_000, 0, 0, 0),
        (100_000, 0, 0, 0, 0, 0, 0),
    ],
)
def test_each_bucket_at_its_rate_comes_to_the_provision(unpaid: tuple[int, ...]) -> None:
    found = provision(*unpaid)

    assert found.value == worked_out(found)


def test_a_rate_is_what_was_lost_of_what_reached_the_bucket() -> None:
    found = provision(100_000, 50_000, 23_000, 8_000, 4_000, 2_500, 2_000)

    assert [found.inputs[f"{name}_reached"] for name in BUCKETS[1:]] == [50_000, 23_000, 8_000, 4_000, 2_500]
    for name in BUCKETS[1:]:
        reached = found.inputs[f"{name}_reached"]
        assert isinstance(reached, Decimal)
        assert found.inputs[f"{name}_rate"] == Decimal(2_000) / reached
    assert found.note == ""


def test_a_bucket_that_nothing_reached_is_set_aside_whole_and_named() -> None:
    found = provision(100_000, 50_000, 23_000, 8_000, 0, 0, 0)

    assert [found.inputs[f"{name}_rate"] for name in BUCKETS[1:]] == [0, 0, 0, 1, 1]
    assert found.value == 5_700
    assert found.note == "Nothing of the cohort reached 91–120 days, 121+ days: set aside whole."


def test_it_says_when_something_counts_as_lost() -> None:
    told = f"lost = unpaid {COHORT_STEPS[-1]} days past due"

    assert told in provision(1, 1, 1, 1, 1, 1, 1).definition.formula


def test_without_a_cohort_there_is_neither_a_provision_nor_a_rate() -> None:
    found = provision(0, 0, 0, 0, 0, 0, 0)

    assert (found.value, found.note) == (None, "")
    assert {found.inputs[f"{name}_rate"] for name in BUCKETS} == {None}
