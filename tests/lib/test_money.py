"""Money is exact, rounds half up, and only to what its currency has."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collections_app.lib import money


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("1.005", "GBP", "1.01"),
        ("1.0049", "GBP", "1.00"),
        ("-1.005", "GBP", "-1.01"),
        ("2.5", "JPY", "3"),
        ("1.2345", "KWD", "1.235"),
        ("0.1", "XXX", "0.10"),
    ],
)
def test_it_rounds_half_up_to_the_minor_unit_of_the_currency(
    amount: str, currency: str, rounded: str
) -> None:
    assert str(money.rounded(Decimal(amount), currency)) == rounded


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("1234.5", "USD", "1234.50"),
        ("1E+3", "USD", "1000.00"),
        ("7", "JPY", "7.00"),
        ("1.234", "BHD", "1.234"),
        ("-0.5", "EUR", "-0.50"),
        ("123456789012345.678", "USD", "123456789012345.68"),
    ],
)
def test_it_is_told_to_machines_in_plain_digits(amount: str, currency: str, text: str) -> None:
    assert money.text(Decimal(amount), currency) == text


@pytest.mark.parametrize("text", ["", "twelve", "1,234.50", "NaN", "Infinity", "12.3.4"])
def test_it_refuses_what_is_no_amount_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not an amount\. Write it like 1234\.50\."):
        money.parse(text)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_what_it_tells_it_reads_back(amount: Decimal) -> None:
    assert money.parse(money.text(amount, "EUR")) == amount
