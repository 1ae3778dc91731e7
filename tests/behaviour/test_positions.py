"""Where customers stand: what is to be collected, as an accountant would write it down."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.behaviour import positions
from collections_app.behaviour.positions import Position
from collections_app.ledger import ageing
from collections_app.ledger.companies import Company
from tests.ledgerrows import company_of
from tests.ledgertext import load

# Practice B1: 3,590 not due, then 1,800, 900 and 50 in their buckets; a receipt of 600 that nobody allocated.
WORKED = """
customer 100
invoice 100 A1 3590.00 due=+5
invoice 100 A2 1800.00 due=-20
invoice 100 A3 900.00 due=-70
invoice 100 A4 50.00 due=-95
receipt 100 P1 600.00 on=-1
"""


@pytest.fixture
def company(db: None) -> Company:
    return company_of()


def position(company: Company, number: str = "100", currency: str = "GBP") -> Position:
    return Position.objects.get(company=company, customer__number=number, currency=currency)


def test_cash_that_nobody_allocated_is_set_against_the_oldest(company: Company, today: dt.date) -> None:
    load(WORKED, company=company, today=today)

    positions.measure(company=company, today=today)

    found = position(company)
    assert (found.exposure, found.overdue, found.not_due) == (5740, 2750, 3590)
    assert (found.unallocated, found.to_collect) == (600, 2150)
    # Gross it stays as it is, in its buckets.
    gross = ageing.as_of(company=company, day=today).currencies["GBP"]
    assert gross.not_due.amount + gross.overdue == 6340
    assert [each.amount for each in (gross.not_due, *gross.aged)] == [3590, 1800, 0, 900, 50]
    # The 50 are covered wholly and the 900 in part, so the 900 are the oldest to ask about.
    assert (found.oldest_due_on, found.oldest_days) == (today - dt.timedelta(70), 70)


def test_cash_that_covers_an_item_to_the_penny_leaves_the_next_as_the_oldest(
    company: Company, today: dt.date
) -> None:
    load(WORKED.replace("600.00", "950.00"), company=company, today=today)

    positions.measure(company=company, today=today)

    assert (position(company).oldest_days, position(company).to_collect) == (20, 1800)


def test_due_today_is_asked_for_but_not_overdue(company: Company, today: dt.date) -> None:
    load("customer 100\ninvoice 100 A1 10.00 due=+0", company=company, today=today)

    positions.measure(company=company, today=today)

    found = position(company)
    assert (found.due, found.overdue, found.to_collect, found.oldest_days) == (10, 0, 10, 0)


def test_currencies_are_never_added(company: Company, today: dt.date) -> None:
    text = "customer 100\ninvoice 100 A1 10.00 due=-3\ninvoice 100 A2 7.00 due=-5 currency=EUR"
    load(text, company=company, today=today)

    positions.measure(company=company, today=today)

    assert [position(company, currency=each).to_collect for each in ("GBP", "EUR")] == [10, 7]


def test_credits_beyond_what_is_due_leave_nothing_to_collect(company: Company, today: dt.date) -> None:
    text = "customer 100\ninvoice 100 A1 10.00 due=-3\ncredit_note 100 C1 25.00 on=-1"
    load(text, company=company, today=today)

    positions.measure(company=company, today=today)

    found = position(company)
    assert (found.to_collect, found.oldest_due_on, found.exposure) == (0, None, -15)


def test_a_customer_without_open_items_loses_the_position(company: Company, today: dt.date) -> None:
    text = "customer 100\ninvoice 100 A1 10.00 due=-3\nallocation - A1 10.00 on=-1 basis=stated"
    load(text, company=company, today=today)
    positions.measure(company=company, today=today - dt.timedelta(2))
    assert position(company).to_collect == 10

    positions.measure(company=company, today=today)

    assert not Position.objects.filter(company=company).exists()


def test_one_customer_is_measured_without_touching_the_others(company: Company, today: dt.date) -> None:
    text = "customer 100\ncustomer 200\ninvoice 100 A1 10.00 due=-3\ninvoice 200 B1 20.00 due=-3"
    rows = load(text, company=company, today=today)
    positions.measure(company=company, today=today)

    written = positions.measure(
        company=company, today=today + dt.timedelta(1), customers=[rows.customers["100"].pk]
    )

    assert written == 1
    assert position(company, "100").oldest_days == 4
    assert position(company, "200").oldest_days == 3


def test_a_past_day_stands_as_the_ageing_of_that_day(company: Company, today: dt.date) -> None:
    text = """
    customer 100
    invoice 100 A1 100.00 due=-40 on=-70
    receipt 100 P1 80.00 on=-10
    allocation P1 A1 80.00 on=-5
    credit_note 100 C1 30.00 on=-20
    allocation C1 A1 20.00 on=-2
    """
    load(text, company=company, today=today)
    for ago in (0, 2, 3, 5, 6, 10, 11, 20, 21, 41):
        day = today - dt.timedelta(ago)

        positions.measure(company=company, today=day)

        found = position(company)
        aged = ageing.as_of(company=company, day=day).currencies["GBP"]
        assert found.exposure == aged.total, ago
        assert (-found.credits, -found.unallocated) == (aged.credits.amount, aged.unallocated.amount), ago


def test_a_reversed_receipt_still_counts_on_the_days_before(company: Company, today: dt.date) -> None:
    text = """
    customer 100
    invoice 100 A1 100.00 due=-40
    receipt 100 P1 100.00 on=-10
    reversal 100 R1 of=P1 on=-4
    """
    load(text, company=company, today=today)
    to_collect = []
    for ago in (11, 10, 5, 4, 0):
        positions.measure(company=company, today=today - dt.timedelta(ago))
        to_collect.append(position(company).to_collect)

    assert to_collect == [100, 0, 0, 100, 100]


def test_the_next_amounts_to_fall_due_are_known(company: Company, today: dt.date) -> None:
    text = """
    customer 100
    invoice 100 A1 100.00 due=+7
    invoice 100 A2 300.00 due=+8
    invoice 100 A3 50.00 due=+3
    """
    load(text, company=company, today=today)

    positions.measure(company=company, today=today)

    found = position(company)
    assert (found.next_due_on, found.soon_amount) == (today + dt.timedelta(3), Decimal(100))


def test_measuring_asks_the_same_number_of_queries_for_any_number_of_customers(
    company: Company, today: dt.date, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for size in (1, 30):
        lines = [f"customer {n}\ninvoice {n} A{size}-{n} 10.00 due=-{n}" for n in range(1, size + 1)]
        load("\n".join(lines), company=company, today=today)
        with django_assert_num_queries(4):  # type: ignore[operator]  # the turn, advice, the statement, advice taken back
            positions.measure(company=company, today=today)
