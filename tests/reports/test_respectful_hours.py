"""Calls on a day of rest are none within office hours: by the holidays of where the customer is."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.contact import conversations
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from collections_app.reports import respect
from collections_app.reports.respect import Kind
from tests.desk import call, person
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 20)
LEDGER = """
customer 100 "Harrow Tools" country=GB
customer 200 "Tanaka KK" country=JP time_zone=Asia/Tokyo
customer 300 "Nowhere Ltd"
customer 400 "Nile Works" country=EG
"""


@pytest.fixture
def rows() -> Rows:
    company = company_of("NG", time_zone="Europe/London", country="GB", subdivision="ENG")
    return load(LEDGER, company=company, today=TODAY)


@pytest.fixture
def priya(rows: Rows) -> User:
    return person(rows.company, "priya")


def within(company: Company, month: dt.date) -> tuple[int, int]:
    found = {each.month: each for each in respect.figures(company, today=TODAY)[Kind.HOURS]}[month]
    listed, _ = respect.items(company, Kind.HOURS, month=month, today=TODAY)
    assert (sum(each.is_good for each in listed), len(listed)) == (found.good, found.number)
    return found.good, found.number


def test_other_days_of_rest_are_in_the_figures_at_once(rows: Rows, priya: User) -> None:
    """Also of months that are long over."""
    at = dt.datetime(2026, 8, 31, 10, tzinfo=dt.UTC)
    conversations.record(call(), customer=rows.customers["100"], by=priya, at=at)
    assert within(rows.company, dt.date(2026, 8, 1)) == (0, 1)
    Company.objects.update(subdivision="SCT")
    assert within(Company.objects.get(), dt.date(2026, 8, 1)) == (1, 1)


@pytest.mark.parametrize(
    ("number", "at", "is_good"),
    [
        ("100", (8, 31, 10), False),  # the summer bank holiday of England
        ("100", (8, 28, 10), True),
        ("300", (8, 31, 10), False),  # without a country: where we are
        ("200", (8, 31, 2), True),  # in Japan a Monday like others, eleven in the morning
        ("200", (11, 3, 2), False),  # Culture Day
        ("200", (11, 2, 23), False),  # in Tokyo it is Culture Day by then
        ("100", (11, 3, 10), True),
        ("400", (11, 13, 10), False),  # a Friday, which is the weekend in Egypt
        ("400", (11, 15, 10), True),  # and Sunday is not
        ("100", (11, 14, 10), False),  # a Saturday
    ],
)
def test_a_call_counts_by_the_days_that_are_worked_there(
    rows: Rows, priya: User, number: str, at: tuple[int, int, int], is_good: bool
) -> None:
    customer: Customer = rows.customers[number]
    month, day, hour = at
    conversations.record(
        call(), customer=customer, by=priya, at=dt.datetime(2026, month, day, hour, tzinfo=dt.UTC)
    )

    assert within(rows.company, dt.date(2026, month, 1)) == (int(is_good), 1)


@pytest.mark.parametrize("month", [7, 11])
@pytest.mark.parametrize(("elsewhere", "day"), [("time_zone=Pacific/Auckland", 16), ("country=BR", 2)])
def test_where_a_customer_turns_out_to_be_is_in_the_figures_at_once(
    rows: Rows, priya: User, month: int, elsewhere: str, day: int
) -> None:
    """Of months that are long over too: All Souls is a day of rest in Brazil, the 2nd of July is none."""
    at = dt.datetime(2026, month, day, 10, tzinfo=dt.UTC)
    conversations.record(call(), customer=rows.customers["300"], by=priya, at=at)
    first = dt.date(2026, month, 1)
    assert within(rows.company, first) == (1, 1)

    name, value = elsewhere.split("=")
    Customer.objects.filter(pk=rows.customers["300"].pk).update(**{name: value})
    load('customer 400 "Nile Works"', company=rows.company, today=TODAY)
    is_good = name == "country" and month == 7
    assert within(rows.company, first) == (int(is_good), 1)


def test_what_is_posted_without_moving_anybody_counts_no_call_again(rows: Rows, priya: User) -> None:
    at = dt.datetime(2026, 8, 28, 10, tzinfo=dt.UTC)
    conversations.record(call(), customer=rows.customers["100"], by=priya, at=at)
    within(rows.company, dt.date(2026, 8, 1))
    load("customer 100\ninvoice 100 A 5.00 due=+9", company=rows.company, today=TODAY)

    with CaptureQueriesContext(connection) as asked:
        respect.figures(rows.company, today=TODAY)
    counted = [
        each["sql"] for each in asked if "respect_items" in each["sql"] or "hours_begin_at" in each["sql"]
    ]
    assert len(counted) == 1
