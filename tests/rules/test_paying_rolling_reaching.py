"""Days to pay and late, roll rates, provisions and how calls reach people, on examples as others published
them.
"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collections_app.reports.rules import rolling
from collections_app.reports.rules.dividing import rounded
from collections_app.reports.rules.paying import Spread, Took, spread
from collections_app.reports.rules.reaching import Calls


@pytest.mark.parametrize(
    ("paid", "weighted", "mean"),
    [
        ([(10, 5), (100, 10)], "9.55", "7.50"),
        ([(100, 10), (1000, 20)], "19.09", "15.00"),
        ([(140, 7), (85, 55), (214, 10)], "17.76", "24.00"),
    ],
)
def test_days_are_weighted_by_amount_beside_the_plain_mean(
    paid: list[tuple[int, int]], weighted: str, mean: str
) -> None:
    found = spread([Took(days, 1, Decimal(amount)) for amount, days in paid])

    assert str(rounded(found.weighted, 2)) == weighted
    assert str(rounded(found.mean, 2)) == mean


def test_the_plain_mean_of_five_invoices() -> None:
    assert spread([Took(days, 1) for days in (28, 22, 15, 35, 20)]).mean == 24


def test_terms_and_days_late_add_up_to_days_to_pay() -> None:
    """25 days of terms and 5 days late, whatever the amounts."""
    items = [(Decimal(300), 20, 8), (Decimal(700), 27, 4)]
    terms = spread([Took(term, 1, amount) for amount, term, _ in items]).weighted
    late = spread([Took(days, 1, amount) for amount, _, days in items]).weighted
    paid = spread([Took(term + days, 1, amount) for amount, term, days in items]).weighted

    assert terms is not None
    assert late is not None
    assert paid == terms + late


def test_days_from_due_to_first_contact_tell_the_mean_and_the_worst() -> None:
    found = spread([Took(2, 20), Took(3, 10), Took(9, 10)])

    assert (found.count, found.mean, found.worst) == (40, Decimal(4), 9)


def test_early_is_negative_and_nothing_is_none() -> None:
    assert spread([Took(-5, 1, Decimal(10)), Took(1, 1, Decimal(10))]).weighted == -2
    assert spread([]) == Spread(0, None, None, None, None, None)


@given(st.lists(st.tuples(st.integers(-60, 400), st.integers(1, 9), st.integers(1, 10**6)), min_size=1))
def test_the_median_the_mean_and_the_90th_percentile_lie_within_what_was_seen(
    found: list[tuple[int, int, int]],
) -> None:
    of = spread([Took(days, count, Decimal(amount)) for days, count, amount in found])
    least, most = min(days for days, *_ in found), max(days for days, *_ in found)

    for figure in (of.mean, of.median, of.p90, of.weighted):
        assert figure is not None
        assert least <= rounded(figure, 6) <= most  # type: ignore[operator]


# 100,000 sold in January: what was still unpaid when each bucket began, and what was lost.
JANUARY, LOST = [Decimal(each) for each in (100_000, 50_000, 23_000, 8_000)], Decimal(2_000)


def test_a_cohort_rolls_from_bucket_to_bucket() -> None:
    rates = rolling.roll_rates([*JANUARY, LOST])

    assert [str(rounded(rate and rate * 100, 1)) for rate in rates] == ["50.0", "46.0", "34.8", "25.0"]


def test_roll_rates_multiply_to_the_share_that_was_lost() -> None:
    product = Decimal(1)
    for rate in rolling.roll_rates([*JANUARY, LOST]):
        assert rate is not None
        product *= rate

    assert rounded(product, 6) == Decimal("0.020000")


def test_loss_rates_rise_with_the_bucket() -> None:
    rates = rolling.loss_rates(JANUARY, LOST)
    assert [str(rounded(rate and rate * 100, 1)) for rate in rates] == ["2.0", "4.0", "8.7", "25.0"]

    other = [Decimal(each) for each in (100_000, 80_000, 45_000, 15_000)]
    rates = rolling.loss_rates(other, Decimal(3_000))
    assert [str(rounded(rate and rate * 100, 2)) for rate in rates] == ["3.00", "3.75", "6.67", "20.00"]


def test_a_cohort_of_nothing_has_no_rates() -> None:
    assert rolling.loss_rates([Decimal(0)], Decimal(0)) == [None]
    assert rolling.roll_rates([Decimal(0), Decimal(0)]) == [None]


def test_a_provision_of_27567_keeps_its_rates_unrounded() -> None:
    """At a rate rounded to 8.7 % it would be 27,570."""
    rates = [rate or Decimal(0) for rate in rolling.loss_rates(JANUARY, LOST)] + [Decimal(1)]
    balances = [Decimal(each) for each in (300_000, 140_000, 60_000, 23_000, 5_000)]

    assert rounded(rolling.provision(balances, rates), 0) == 27_567
    rates[2] = Decimal("0.087")
    assert rounded(rolling.provision(balances, rates), 0) == 27_570


@pytest.mark.parametrize(
    ("balances", "per_cent", "expected"),
    [
        ([7_000_000, 4_000_000, 2_500_000, 1_000_000], ["1.5", "3.4", "7.1", "10.8"], "526500"),
        # A page prints 112 for its last row, which is 112.50: its rows would come to 460.
        ([15_000, 7_500, 4_000, 2_500], ["0.5", "2.2", "2.7", "4.5"], "460.5"),
    ],
)
def test_a_provision_is_each_balance_at_its_rate(
    balances: list[int], per_cent: list[str], expected: str
) -> None:
    rates = [Decimal(each) / 100 for each in per_cent]

    assert rolling.provision([Decimal(each) for each in balances], rates) == Decimal(expected)


@pytest.mark.parametrize(
    ("gross", "opening", "written_off", "charge"),
    [
        ("5334292.23", "0", "0", "106685.84"),
        ("5044325.47", "103994.52", "68025.92", "64917.91"),
        ("5264462.81", "100886.51", "14992.92", "19395.67"),
        ("5174319.10", "105289.26", "30772.02", "28969.14"),
        ("5205752.67", "100673.13", "27092.55", "30534.47"),
        ("6094080.98", "121243.56", "34558.34", "35196.40"),
    ],
)
def test_a_quarter_adds_what_brings_the_provision_to_two_per_cent(
    gross: str, opening: str, written_off: str, charge: str
) -> None:
    needed = rolling.provision([Decimal(gross)], [Decimal("0.02")])

    found = rolling.charge(needed=needed, opening=Decimal(opening), written_off=Decimal(written_off))

    assert rounded(found, 2) == Decimal(charge)


def test_forty_calls_reach_eighteen_people_and_nine_who_decide() -> None:
    calls = Calls(made=40, answered=18, decided=9)

    assert calls.contact_rate == Decimal("0.45")
    assert calls.right_party_of_answered == Decimal("0.5")
    assert calls.right_party_of_made == Decimal("0.225")
    assert Calls(0, 0, 0).contact_rate is None
