"""The figures about disputes, worked by hand."""

from decimal import Decimal

import pytest

from collections_app.contact.rules import dispute_rates
from collections_app.contact.rules.dispute_rates import Aged


def test_twelve_disputed_of_four_hundred_invoices_are_three_per_cent() -> None:
    assert dispute_rates.share(12, 400) == Decimal("0.0300")


def test_nothing_of_nothing_is_no_share() -> None:
    assert dispute_rates.share(0, 0) is None


def test_of_four_that_took_3_5_8_and_30_days_the_median_is_6_5_and_the_90th_percentile_23_4() -> None:
    days = {3: 1, 5: 1, 8: 1, 30: 1}

    assert dispute_rates.median(days) == Decimal("6.5")
    assert dispute_rates.p90(days) == Decimal("23.4")


@pytest.mark.parametrize(
    ("days", "median", "p90"),
    [
        ({}, None, None),
        ({4: 1}, "4.0", "4.0"),
        ({2: 3, 10: 1}, "2.0", "7.6"),
        ({0: 5, 1: 5}, "0.5", "1.0"),
    ],
)
def test_percentiles_lie_between_neighbours(
    days: dict[int, int], median: str | None, p90: str | None
) -> None:
    assert dispute_rates.median(days) == (Decimal(median) if median else None)
    assert dispute_rates.p90(days) == (Decimal(p90) if p90 else None)


def test_two_that_are_open_at_fifty_days_stand_in_the_band_before_the_oldest() -> None:
    bands = dispute_rates.by_age({0: 4, 5: 1, 6: 2, 50: 2})

    assert bands == [(0, 5, 5), (6, 10, 2), (11, 20, 0), (21, 50, 2), (51, None, 0)]


def test_the_open_ones_by_reason_and_age_never_add_currencies() -> None:
    aged = [
        Aged("PRICE", "GBP", 3, 2, Decimal(500)),
        Aged("PRICE", "EUR", 7, 1, Decimal(90)),
        Aged("QTY", "GBP", 60, 1, Decimal(40)),
    ]

    price, quantity, whole = dispute_rates.by_reason_and_age(aged)

    assert [cell.number for cell in price.cells] == [2, 1, 0, 0, 0]
    assert [cell.amounts for cell in price.cells[:2]] == [{"GBP": 500}, {"EUR": 90}]
    assert price.whole.amounts == {"EUR": 90, "GBP": 500}
    assert price.median_days == Decimal("3.0")
    assert (quantity.reason, quantity.cells[4].number) == ("QTY", 1)
    assert (whole.reason, whole.whole.number) == ("", 4)
    assert whole.whole.amounts == {"EUR": 90, "GBP": 540}
    assert whole.median_days == Decimal("5.0")
    assert dispute_rates.by_reason_and_age([]) == []
