"""The collection effectiveness index: one identity, and the published variant that is none."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from collections_app.reports.rules.collecting import Cleared
from collections_app.reports.rules.dividing import ratio, rounded

MARCH = Cleared(Decimal(6000), Decimal(3890), Decimal(6340), Decimal(3590), credited=Decimal(200))


def percent(share: Decimal | None) -> str:
    assert share is not None
    return str(rounded(share * 100, 1))


def test_of_6300_that_could_be_collected_in_march_3550_were_cleared() -> None:
    assert MARCH.cleared == 3550
    assert MARCH.collectable == 6300
    assert percent(MARCH.effectiveness) == "56.3"


def test_what_credit_notes_cleared_was_not_collected_in_cash() -> None:
    assert percent(MARCH.cash_effectiveness) == "53.2"


def test_a_published_980000_of_a_million_is_98_per_cent() -> None:
    found = Cleared(Decimal(100_000), Decimal(1_000_000), Decimal(120_000), Decimal(100_000))

    assert percent(found.effectiveness) == "98.0"


def test_a_quarter_with_its_own_sales_is_79_6_and_the_published_55_9_mixes_spans() -> None:
    """Two pages print 79.6 and 55.9 for the same figures. The second divides the sales by three and keeps the
    receivables three months apart, so that what it calls cleared never was.
    """
    sales = Decimal(3390 + 3610 + 3890)
    opening, closing, current = Decimal(6200), Decimal(6340), Decimal(3590)

    assert percent(Cleared(opening, sales, closing, current).effectiveness) == "79.6"
    assert percent(ratio(opening + sales / 3 - closing, opening + sales / 3 - current)) == "55.9"


def test_where_nothing_could_be_collected_there_is_no_index() -> None:
    assert Cleared(Decimal(0), Decimal(100), Decimal(100), Decimal(100)).effectiveness is None


_money = st.decimals(0, 10**8, places=2)


@given(opening=_money, sales=_money, not_due=_money, overdue=_money)
def test_it_lies_between_0_and_1_when_only_what_was_due_was_cleared(
    opening: Decimal, sales: Decimal, not_due: Decimal, overdue: Decimal
) -> None:
    found = Cleared(opening + not_due + overdue, sales, sales + not_due + overdue, sales + not_due)

    index = found.effectiveness

    assert index is None or 0 <= index <= 1
