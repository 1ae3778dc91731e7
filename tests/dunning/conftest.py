"""A customer with a few invoices, and the people who work here."""

import datetime as dt

import pytest

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

LEDGER = """
customer 100 "Harrow Tools"
invoice 100 A1 1200.00 due=-41
invoice 100 A2 800.00 due=-12
invoice 100 A3 500.00 due=+9
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 300.00 due=-3
"""


@pytest.fixture
def at(today: dt.date) -> dt.datetime:
    """A quarter past nine."""
    return dt.datetime.combine(today, dt.time(9, 15), dt.UTC)


@pytest.fixture
def company(db: None) -> Company:
    return company_of(country="GB")


@pytest.fixture
def rows(company: Company, today: dt.date) -> Rows:
    return load(LEDGER, company=company, today=today)


@pytest.fixture
def harrow(rows: Rows) -> Customer:
    return rows.customers["100"]


@pytest.fixture
def priya(company: Company) -> User:
    return person(company, "priya", Role.COLLECTOR)


@pytest.fixture
def tom(company: Company) -> User:
    return person(company, "tom", Role.COLLECTOR)


@pytest.fixture
def dana(company: Company) -> User:
    return person(company, "dana", Role.MANAGER)


@pytest.fixture
def sam(company: Company) -> User:
    return person(company, "sam", Role.SALES)
