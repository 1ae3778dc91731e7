"""When interest starts, what it runs on, which law applies, and what is said when no rate is known."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collections_app.dunning.rules.late_payment import Debt, PrincipalEvent, interest_on
from collections_app.dunning.rules.late_payment_laws import LAWS, Law, law_for
from collections_app.dunning.rules.late_payment_rates import half_year_of, next_half_year
from collections_app.lib import money

DAY = dt.timedelta(days=1)
GB, DE, NL = LAWS["GB"], LAWS["DE"], LAWS["NL"]
DUE = dt.date(2026, 5, 31)


def owed(
    amount: str = "1000",
    *changes: tuple[dt.date, str],
    due: dt.date | None = DUE,
    issued: dt.date | None = None,
    currency: str = "GBP",
) -> Debt:
    issued_on = issued or (due or DUE) - 30 * DAY
    events = [PrincipalEvent(on, Decimal(change)) for on, change in [(issued_on, amount), *changes]]
    return Debt(currency, issued_on, due, tuple(events))


def test_nothing_is_owed_on_the_due_date_and_a_day_the_day_after() -> None:
    assert interest_on(owed(), GB, until=DUE).total == 0
    assert interest_on(owed(), GB, until=DUE + DAY).days == 1


def test_without_a_due_date_it_starts_after_thirty_days() -> None:
    debt = owed(due=None, issued=dt.date(2026, 5, 1))

    assert interest_on(debt, GB, until=DUE).lines == ()
    assert interest_on(debt, GB, until=dt.date(2026, 6, 1)).begins_on == dt.date(2026, 6, 1)


def test_a_document_dated_after_its_due_date_bears_interest_from_the_day_after_it_was_written() -> None:
    debt = owed(due=DUE, issued=DUE + 10 * DAY)

    assert interest_on(debt, GB, until=DUE + 12 * DAY).days == 2


def test_a_part_payment_lowers_what_bears_interest_from_the_day_after() -> None:
    debt = owed("1000", (DUE + 10 * DAY, "-400"))
    found = interest_on(debt, GB, until=DUE + 30 * DAY)

    assert [(line.days, int(line.principal)) for line in found.lines] == [(10, 1000), (20, 600)]
    assert found.principal == 600
    # 1,000 x 11.75 % x 10 / 365 = 3.2192, and 600 x 11.75 % x 20 / 365 = 3.8630
    assert (found.interest, found.fixed_sum) == (Decimal("7.08"), Decimal(70))


def test_what_was_paid_before_it_was_late_bears_none_and_makes_the_fixed_sum_smaller() -> None:
    found = interest_on(owed("1000", (DUE - DAY, "-300")), GB, until=DUE + 10 * DAY)

    assert [line.principal for line in found.lines] == [700]
    assert found.fixed_sum == 40


def test_interest_is_still_owed_after_the_principal_is_paid_and_grows_no_more() -> None:
    debt = owed("1000", (DUE + 10 * DAY, "-1000"))
    found = interest_on(debt, GB, until=DUE + 90 * DAY)

    assert (found.days, found.interest) == (10, Decimal("3.22"))
    assert found.principal == found.per_day == 0


def test_a_credit_of_the_whole_from_the_first_day_leaves_nothing_to_charge() -> None:
    debt = owed("1000", (DUE - 30 * DAY, "-1000"))

    assert interest_on(debt, GB, until=DUE + 90 * DAY).total == 0


def test_a_fixed_sum_in_another_currency_is_told_and_never_added() -> None:
    found = interest_on(owed(currency="USD"), GB, until=DUE + 10 * DAY)

    assert (found.fixed_sum, found.fixed_sum_here) == (Decimal(70), Decimal(0))
    assert found.total == found.interest


def test_yen_are_rounded_to_whole_yen() -> None:
    found = interest_on(owed("100000", currency="JPY"), NL, until=DUE + 10 * DAY)

    assert found.interest == Decimal(278)


def test_the_rate_of_a_half_year_that_is_not_known_is_said_and_not_guessed() -> None:
    found = interest_on(owed(), NL, until=dt.date(2027, 2, 1))

    assert found.not_known == "No rate is known from 1 January 2027 on (art. 6:119a BW)."
    assert found.lines[-1].until_on == dt.date(2026, 12, 31)
    assert found.per_day == 0


def test_a_british_debt_from_before_keeps_its_rate_where_that_of_the_new_half_year_is_not_known() -> None:
    found = interest_on(owed(), GB, until=dt.date(2027, 2, 1))
    later = interest_on(owed(due=dt.date(2027, 3, 1)), GB, until=dt.date(2027, 5, 1))

    assert (found.not_known, found.days) == ("", 246)
    assert later.lines == ()
    assert later.not_known.startswith("No rate is known from 1 January 2027 on")


def test_a_debt_older_than_what_is_known_gets_a_sentence_too() -> None:
    old = interest_on(owed(due=dt.date(2001, 5, 1)), GB, until=dt.date(2004, 1, 1))
    reaching_back = replace(GB, terms=(replace(GB.terms[0], since=dt.date(1998, 11, 1)),))
    early = interest_on(owed(due=dt.date(2001, 5, 1)), reaching_back, until=dt.date(2004, 1, 1))

    assert old.not_known.endswith("covers debts from 7 August 2002 on.")
    assert early.not_known.startswith("No rate is known before 1 January 2002")
    assert old.total == early.total == 0


@pytest.mark.parametrize(
    ("seller", "buyer", "law"),
    [
        ("GB", "GB", "GB"), ("GB", "", "GB"), ("GB", "DE", "GB"), ("DE", "FR", "DE"), ("IE", "GB", "IE"),
        ("AT", "DE", "EU"), ("FR", "PL", "FR"),
    ],
)  # fmt: skip
def test_the_law_of_the_sellers_country_applies_in_europe(seller: str, buyer: str, law: str) -> None:
    applying = law_for(seller=seller, buyer=buyer)

    assert applying.law is LAWS[law]


@pytest.mark.parametrize(
    ("seller", "buyer", "why"),
    [
        ("", "GB", "The company has no country"),
        ("US", "GB", "No law on late payment with its rates is known for US."),
        ("PL", "PL", "No law on late payment with its rates is known for PL."),
        ("EU", "DE", "No law on late payment with its rates is known for EU."),
        ("GB", "US", "With a customer in US, what the contract says applies."),
    ],
)
def test_where_no_law_is_known_it_says_so(seller: str, buyer: str, why: str) -> None:
    applying = law_for(seller=seller, buyer=buyer)

    assert applying.law is None
    assert applying.because.startswith(why)


def test_no_such_law_covers_a_customer_who_is_no_business() -> None:
    assert not law_for(seller="GB", buyer="GB", is_business=False)


days = st.integers(0, 1400).map(lambda n: dt.date(2022, 12, 1) + n * DAY)
laws = st.sampled_from(sorted(LAWS.values(), key=lambda law: law.code))


@st.composite
def debts(draw: st.DrawFn) -> Debt:
    """A document with part payments, some of them returned, in any order of days."""
    due, cents = draw(days), draw(st.integers(1, 5_000_000))
    issued = due - draw(st.integers(0, 60)) * DAY
    events, left = [PrincipalEvent(issued, Decimal(cents) / 100)], cents
    for on, share, is_returned in draw(
        st.lists(st.tuples(days, st.integers(1, 100), st.booleans()), max_size=4)
    ):
        paid = left * share // 100
        left -= paid
        events.append(PrincipalEvent(on, -Decimal(paid) / 100))
        if is_returned:
            events.append(PrincipalEvent(on + 20 * DAY, Decimal(paid) / 100))
    return Debt("EUR", issued, draw(st.sampled_from([due, None])), tuple(events))


@settings(max_examples=60, deadline=None)
@given(debts(), laws, days, st.integers(0, 1400))
def test_a_period_split_anywhere_bears_the_same_before_it_is_rounded(
    debt: Debt, law: Law, until: dt.date, back: int
) -> None:
    middle = until - back * DAY
    whole = interest_on(debt, law, until=until)
    first = interest_on(debt, law, until=middle)
    rest = interest_on(debt, law, from_on=middle + DAY, until=until)

    assert first.exact + rest.exact == whole.exact
    assert first.days + rest.days == whole.days


@settings(max_examples=60, deadline=None)
@given(debts(), laws, days, st.integers(0, 400))
def test_interest_never_shrinks_with_time(debt: Debt, law: Law, until: dt.date, more: int) -> None:
    sooner = interest_on(debt, law, until=until)
    later = interest_on(debt, law, until=until + more * DAY)

    assert later.exact >= sooner.exact
    assert later.interest >= sooner.interest
    assert later.fixed_sum >= sooner.fixed_sum


@settings(max_examples=60, deadline=None)
@given(debts(), laws, days)
def test_it_is_the_sum_of_its_days_and_its_lines_add_up(debt: Debt, law: Law, until: dt.date) -> None:
    """Day by day, by hand: holidays, weekends and the 29th of February are days like any other."""
    found = interest_on(debt, law, until=until)
    by_hand, day = Fraction(0), found.begins_on
    while day <= until and not found.not_known:
        asked = found.begins_on if law.is_fixed_at_start else day
        rate = law.rate_for(asked, arose_on=debt.issued_on)
        by_hand += Fraction(debt.principal_on(day)) * Fraction(rate or 0) / 36500
        day += DAY

    assert found.not_known or found.exact == by_hand
    assert found.interest == sum(line.amount for line in found.lines)
    assert abs(Fraction(found.interest) - found.exact) <= Fraction(1, 200)
    assert all(later.from_on > earlier.until_on for earlier, later in pairwise(found.lines))


@settings(max_examples=60, deadline=None)
@given(debts(), laws, days)
def test_a_line_never_crosses_a_half_year_where_the_rate_is_fixed_anew(
    debt: Debt, law: Law, until: dt.date
) -> None:
    found = interest_on(debt, law, until=until)
    crossing = [line for line in found.lines if half_year_of(line.from_on) != half_year_of(line.until_on)]

    assert law.is_fixed_at_start or crossing == []
    assert not law.is_fixed_at_start or len({line.rate for line in found.lines}) <= 1


def test_the_last_day_of_a_half_year_has_its_rate_and_the_first_of_the_next_has_the_new_one() -> None:
    debt = owed(due=dt.date(2025, 12, 30), currency="EUR")
    found = interest_on(debt, LAWS["IE"], until=dt.date(2026, 7, 1))

    assert [(line.from_on, line.until_on) for line in found.lines] == [
        (dt.date(2025, 12, 31), dt.date(2025, 12, 31)),
        (dt.date(2026, 1, 1), dt.date(2026, 6, 30)),
        (dt.date(2026, 7, 1), dt.date(2026, 7, 1)),
    ]
    assert next_half_year(dt.date(2025, 12, 31)) == dt.date(2026, 1, 1)


def test_a_leap_year_bears_a_day_more() -> None:
    """1,000 at 12.5 % over 1 January to 31 December 2024: 366 days of a 365th."""
    found = interest_on(owed(due=dt.date(2023, 12, 31)), LAWS["FI"], until=dt.date(2024, 12, 31))

    assert (found.days, found.interest) == (366, money.rounded(Decimal(125) * 366 / 365, "EUR"))
