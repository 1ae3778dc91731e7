"""Days sales outstanding in its variants, on examples as others published them; where they slipped, it says
so.
"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collections_app.reports.rules import sales_days
from collections_app.reports.rules.dividing import ratio, rounded
from collections_app.reports.rules.sales_days import AgedSales, Month

# The trade's common set: sales of a first quarter, and what is owed at the end of March.
SALES = {"Jan": Decimal(3390), "Feb": Decimal(3610), "Mar": Decimal(3890)}
OWED, NOT_OVERDUE, DAYS = Decimal(6340), Decimal(3590), 90
QUARTER = sum(SALES.values(), Decimal(0))
MONTHS = [Month(SALES["Jan"], 31), Month(SALES["Feb"], 28), Month(SALES["Mar"], 31)]


def to(places: int, value: Decimal | None) -> str:
    return str(rounded(value, places))


@pytest.mark.parametrize(
    ("owed", "sales", "days", "dso"),
    [
        ("10869", [5538, 4566, 7570], 90, "55.35"),
        ("6340", [3390, 3610, 3890], 90, "52.40"),
        ("10000", [30000], 30, "10.00"),
        ("6340", [3890], 31, "50.52"),
    ],
)
def test_the_simple_one_is_what_is_owed_over_sales_times_days(
    owed: str, sales: list[int], days: int, dso: str
) -> None:
    assert to(2, sales_days.simple(Decimal(owed), sales=Decimal(sum(sales)), days=days)) == dso


def test_the_rolling_one_takes_three_months_together() -> None:
    assert to(1, sales_days.rolling(OWED, MONTHS)) == "52.4"


def test_without_sales_there_is_none() -> None:
    assert sales_days.simple(OWED, sales=Decimal(0), days=30) is None
    assert sales_days.rolling(OWED, []) is None


def test_the_best_possible_one_counts_what_is_not_overdue() -> None:
    assert to(1, sales_days.best_possible(NOT_OVERDUE, sales=QUARTER, days=DAYS)) == "29.7"
    not_overdue = Decimal(10000) - Decimal(2000)
    assert to(2, sales_days.best_possible(not_overdue, sales=Decimal(30000), days=30)) == "8.00"


@pytest.mark.parametrize(("dso", "best", "late"), [(7, 3, 4), (5, 3, 2), (15, 5, 10)])
def test_average_days_delinquent_is_what_lies_between(dso: int, best: int, late: int) -> None:
    assert sales_days.delinquent(Decimal(dso), Decimal(best)) == late


def test_average_days_delinquent_of_the_common_set_are_the_overdue_part() -> None:
    dso = sales_days.simple(OWED, sales=QUARTER, days=DAYS)
    best = sales_days.best_possible(NOT_OVERDUE, sales=QUARTER, days=DAYS)

    assert to(1, sales_days.delinquent(dso, best)) == "22.7"


_money = st.decimals(0, 10**9, places=2)


@given(
    not_overdue=_money, overdue=_money, sales=st.decimals("0.01", 10**9, places=2), days=st.integers(1, 366)
)
def test_days_delinquent_are_always_dso_less_the_best_possible_and_never_negative(
    not_overdue: Decimal, overdue: Decimal, sales: Decimal, days: int
) -> None:
    dso = sales_days.simple(not_overdue + overdue, sales=sales, days=days)
    best = sales_days.best_possible(not_overdue, sales=sales, days=days)
    late = sales_days.delinquent(dso, best)

    assert late is not None
    assert to(6, late) == to(6, sales_days.simple(overdue, sales=sales, days=days))
    assert late >= 0


def test_countback_takes_off_the_newest_sales_first() -> None:
    found = sales_days.countback(OWED, MONTHS[::-1])

    assert to(1, found.days) == "50.0"
    assert not found.is_at_least


def test_countback_with_months_of_thirty_days() -> None:
    months = [Month(Decimal(amount), 30) for amount in (100_000, 80_000, 70_000)]

    assert to(2, sales_days.countback(Decimal(212_000), months).days) == "73.71"


def test_a_published_countback_of_179_7_days_is_166_3_when_worked() -> None:
    """It divides 2,000 by the last month's 2,250; after five months 11,000 is used and 1,000 is left."""
    sales = [(2500, 31), (1750, 30), (2250, 31), (2500, 31), (2000, 30), (2250, 30)]

    found = sales_days.countback(Decimal(12_000), [Month(Decimal(amount), days) for amount, days in sales])

    assert to(1, found.days) == "166.3"


def test_countback_adds_the_days_of_a_month_without_sales_where_a_published_routine_stops_at_0() -> None:
    months = [Month(Decimal(0), 30), Month(Decimal(5000), 31)]

    assert sales_days.countback(Decimal(8087), months) == sales_days.Countback(Decimal(61), is_at_least=True)
    assert to(1, sales_days.countback(Decimal(2500), months).days) == "45.5"


def test_countback_carries_what_a_month_of_credits_lacks_to_the_months_before() -> None:
    months = [Month(Decimal(-500), 30), Month(Decimal(2000), 31)]

    assert to(1, sales_days.countback(Decimal(500), months).days) == "45.5"


def test_countback_of_nothing_owed_is_no_day() -> None:
    assert sales_days.countback(Decimal(0), MONTHS).days == 0
    assert sales_days.countback(Decimal(-10), MONTHS) == sales_days.Countback(Decimal(0))


def test_countback_that_uses_all_known_sales_says_at_least() -> None:
    assert sales_days.countback(Decimal(20_000), MONTHS) == sales_days.Countback(
        Decimal(90), is_at_least=True
    )


@given(
    owed=st.decimals("0.01", 10**6, places=2),
    sales=st.lists(st.decimals("0.01", 10**6, places=2), min_size=1, max_size=12),
)
def test_countback_never_counts_more_days_than_the_months_have(owed: Decimal, sales: list[Decimal]) -> None:
    found = sales_days.countback(owed, [Month(each, 30) for each in sales])

    assert 0 < found.days <= 30 * len(sales)
    assert found.is_at_least == (owed > sum(sales))


def test_weighted_by_sales_sets_each_month_against_its_own() -> None:
    months = [
        AgedSales(Decimal(3590), Decimal(3890), 31),
        AgedSales(Decimal(1800), Decimal(3610), 28),
        AgedSales(Decimal(900), Decimal(3390), 31),
        AgedSales(Decimal(50), Decimal(3500), 31),
    ]

    assert to(1, sales_days.weighted_by_sales(months).days) == "51.2"


def test_weighted_by_sales_says_what_is_open_of_months_without_sales() -> None:
    months = [AgedSales(Decimal(10), Decimal(100), 30), AgedSales(Decimal(7), Decimal(0), 31)]

    assert sales_days.weighted_by_sales(months) == sales_days.Weighted(Decimal(3), Decimal(7))
    assert sales_days.weighted_by_sales([]).days is None


def test_a_bucket_taken_off_a_total_of_days_leaves_the_rest() -> None:
    """100 days in all, of which 30 are more than 90 days old: 70 without them, since all share one
    divisor.
    """
    daily_sales = Decimal(1000)
    whole, old = ratio(100_000, daily_sales), ratio(30_000, daily_sales)

    assert whole is not None
    assert old is not None
    assert whole - old == ratio(70_000, daily_sales) == 70
