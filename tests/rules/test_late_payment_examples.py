"""Worked examples of late-payment interest as others published them, and rates as they were announced."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.dunning.rules.late_payment import Debt, InterestStatement, PrincipalEvent, interest_on
from collections_app.dunning.rules.late_payment_laws import LAWS, Law, Terms
from collections_app.dunning.rules.late_payment_rates import (
    BANK_RATE,
    BASISZINSSATZ,
    ECB_RATE,
    Reference,
    next_half_year,
)

EARLY = dt.date(2015, 1, 1)


def at(rate: str) -> Law:
    """A law that asks for ``rate`` per cent whatever happens."""
    nothing = Reference("nothing", "nothing", "", dict.fromkeys(range(2015, 2027), ("0", "0")))
    return Law("XX", "As agreed", nothing, (Terms(EARLY, Decimal(rate)),))


def late(amount: str, law: Law, due: str, until: str, *, currency: str = "GBP") -> InterestStatement:
    """Interest on one sum that stays owed."""
    due_on = dt.date.fromisoformat(due)
    issued_on = due_on - dt.timedelta(30)
    debt = Debt(currency, issued_on, due_on, (PrincipalEvent(issued_on, Decimal(amount)),))
    return interest_on(debt, law, until=dt.date.fromisoformat(until))


@pytest.mark.parametrize(
    ("principal", "rate", "days", "interest"),
    [
        ("1000", "8.5", 365, "85.00"),
        ("1000", "9", 365, "90.00"),
        ("2000", "13.25", 45, "32.67"),  # a page prints 32.66, since it rounds 45/365 first
        ("1000", "12.5", 30, "10.27"),
        ("1000", "12.5", 90, "30.82"),
        ("10000", "11.75", 100, "321.92"),
        ("5000", "12.25", 101, "169.49"),  # a page prints 169.68, since it rounds the day first
        ("500", "6.62", 90, "8.16"),
        ("100", "10", 15, "0.41"),
    ],
)
def test_simple_interest_is_rounded_once_at_the_end(
    principal: str, rate: str, days: int, interest: str
) -> None:
    due = dt.date(2021, 2, 1)
    found = late(principal, at(rate), str(due), str(due + dt.timedelta(days)))

    assert (found.days, found.interest) == (days, Decimal(interest))


@pytest.mark.parametrize(
    ("principal", "rate", "per_day"),
    [("1000", "8.5", "0.23"), ("10000", "11.75", "3.22"), ("5000", "12.25", "1.68")],
)
def test_another_day_costs(principal: str, rate: str, per_day: str) -> None:
    assert late(principal, at(rate), "2021-02-01", "2021-03-01").per_day == Decimal(per_day)


def test_days_are_counted_from_the_day_after_the_due_date_up_to_the_payment() -> None:
    assert late("1", LAWS["GB"], "2026-04-01", "2026-05-16").days == 45
    assert late("1", LAWS["GB"], "2026-02-01", "2026-05-12").days == 100


def test_the_british_rate_of_the_half_year_in_which_a_debt_became_late_stays() -> None:
    """5,000 x 11.5 % x 101 / 365; split at July it would be 173.49."""
    found = late("5000", LAWS["GB"], "2023-05-30", "2023-09-08")

    assert [(line.rate, line.days) for line in found.lines] == [(Decimal("11.5"), 101)]
    assert (found.interest, found.fixed_sum, found.total) == tuple(map(Decimal, ("159.11", "70", "229.11")))


def test_the_directive_fixes_the_rate_anew_each_half_year() -> None:
    """10,000 due on 31 March 2026 and paid on 31 July."""
    found = late("10000", LAWS["NL"], "2026-03-31", "2026-07-31", currency="EUR")

    assert [(line.days, line.rate, line.amount) for line in found.lines] == [
        (91, Decimal("10.15"), Decimal("253.05")),
        (31, Decimal("10.40"), Decimal("88.33")),
    ]
    assert (found.interest, found.fixed_sum) == (Decimal("341.38"), Decimal(40))


def rate(country: str, day: str, *, arose: str = "") -> Decimal | None:
    on = dt.date.fromisoformat(day)
    return LAWS[country].rate_for(on, arose_on=dt.date.fromisoformat(arose) if arose else on)


@pytest.mark.parametrize(
    ("starts", "percent"),
    [
        ("2002-08-07", "12"), ("2003-01-15", "12"), ("2003-07-01", "11.75"), ("2004-01-01", "11.75"),
        ("2004-12-31", "12.5"), ("2005-01-01", "12.75"), ("2006-01-01", "12.5"), ("2007-01-01", "13"),
        ("2007-07-01", "13.5"), ("2008-12-31", "13"), ("2008-06-30", "13.5"), ("2009-01-01", "10"),
        ("2009-07-01", "8.5"), ("2016-12-31", "8.5"), ("2017-01-01", "8.25"), ("2018-03-01", "8.5"),
        ("2019-01-01", "8.75"), ("2020-06-30", "8.75"), ("2020-09-01", "8.1"), ("2021-12-31", "8.1"),
        ("2022-01-01", "8.25"), ("2022-07-01", "9.25"), ("2023-01-01", "11.5"), ("2023-07-01", "13"),
        ("2024-05-01", "13.25"), ("2024-12-31", "13.25"), ("2025-02-01", "12.75"), ("2025-08-01", "12.25"),
        ("2026-06-30", "11.75"), ("2026-07-01", "11.75"),
    ],
)  # fmt: skip
def test_british_rates_are_eight_points_above_the_day_before_the_half_year(starts: str, percent: str) -> None:
    assert rate("GB", starts) == Decimal(percent)


@pytest.mark.parametrize(
    ("country", "day", "percent"),
    [
        ("IE", "2024-07-01", "12.25"), ("IE", "2023-01-01", "10.5"), ("IE", "2026-01-01", "10.15"),
        ("FI", "2012-03-01", "8"), ("FI", "2014-01-01", "8.5"), ("FI", "2023-01-01", "10.5"),
        ("FI", "2024-07-01", "12.5"), ("FI", "2025-01-01", "11.5"), ("FI", "2026-01-01", "10.5"),
        ("BE", "2018-07-01", "8"), ("BE", "2024-01-01", "12.5"), ("BE", "2024-07-01", "12.5"),
        ("BE", "2025-01-01", "11.5"), ("BE", "2026-01-01", "10.5"),
        ("NL", "2015-01-01", "8.05"), ("NL", "2023-07-01", "12"), ("NL", "2024-07-01", "12.25"),
        ("ES", "2008-02-01", "11.2"), ("ES", "2008-08-01", "11.07"), ("ES", "2013-03-01", "8.75"),
        ("ES", "2025-01-01", "11.15"), ("IT", "2018-07-01", "8"), ("IT", "2025-07-01", "10.15"),
        ("FR", "2016-01-01", "10.05"), ("FR", "2024-07-01", "14.25"),
        ("DE", "2002-01-01", "10.57"), ("DE", "2002-12-31", "10.47"), ("DE", "2003-01-01", "9.97"),
        ("DE", "2013-01-01", "7.87"), ("DE", "2014-07-01", "7.27"), ("DE", "2016-07-01", "8.12"),
        ("DE", "2023-07-01", "12.12"), ("DE", "2025-01-01", "11.27"), ("DE", "2025-07-01", "10.27"),
        ("DE", "2026-01-01", "10.27"), ("DE", "2024-01-01", "12.62"),
        ("DE", "2026-07-01", "10.52"), ("DE", "2015-01-01", "8.17"),
        ("EU", "2026-07-01", "10.4"),
    ],
)  # fmt: skip
def test_rates_elsewhere_are_those_that_were_announced(country: str, day: str, percent: str) -> None:
    assert rate(country, day) == Decimal(percent)


@pytest.mark.parametrize("reference", [BANK_RATE, ECB_RATE, BASISZINSSATZ], ids=lambda each: each.name)
def test_no_half_year_is_left_out_since_2002(reference: Reference) -> None:
    days = sorted(reference.rates)

    assert days[0] == dt.date(2002, 1, 1)
    assert days[-1] >= dt.date(2026, 7, 1)
    assert [next_half_year(day) for day in days[:-1]] == days[1:]


def test_the_german_rate_moves_by_as_much_as_that_of_the_central_bank() -> None:
    """§ 247 BGB: both were published by different houses, so a slip in either table would show."""
    assert {ECB_RATE.rates[day] - rate for day, rate in BASISZINSSATZ.rates.items()} == {Decimal("0.88")}


def test_a_debt_keeps_the_points_of_the_law_that_it_arose_under() -> None:
    assert rate("DE", "2015-01-01", arose="2014-07-28") == Decimal("7.17")
    assert rate("DE", "2015-01-01", arose="2014-07-29") == Decimal("8.17")
    assert rate("FI", "2013-07-01", arose="2013-03-15") == Decimal("7.5")


@pytest.mark.parametrize(
    ("country", "debt", "fixed"),
    [
        ("GB", "999.99", 40), ("GB", "1000", 70), ("GB", "9999.99", 70), ("GB", "10000", 100),
        ("IE", "1000", 40), ("IE", "1000.01", 70), ("IE", "10000", 70), ("IE", "10000.01", 100),
        ("DE", "1", 40), ("DE", "50000", 40), ("FR", "120", 40),
    ],
)  # fmt: skip
def test_the_fixed_sum_is_by_the_size_of_the_debt(country: str, debt: str, fixed: int) -> None:
    assert LAWS[country].fixed_sum(Decimal(debt), arose_on=dt.date(2026, 1, 5)) == fixed


def test_before_the_directive_of_2011_no_fixed_sum_was_owed() -> None:
    assert LAWS["DE"].fixed_sum(Decimal(500), arose_on=dt.date(2014, 7, 28)) == 0
    assert LAWS["IE"].fixed_sum(Decimal(500), arose_on=dt.date(2013, 3, 15)) == 0
