"""A company and the people who decide about its segments."""

import datetime as dt

import pytest

from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.ledgerrows import company_of


@pytest.fixture
def at(today: dt.date) -> dt.datetime:
    """A quarter past nine."""
    return dt.datetime.combine(today, dt.time(9, 15), dt.UTC)


@pytest.fixture
def company(db: None) -> Company:
    return company_of()


@pytest.fixture
def dana(company: Company) -> User:
    return person(company, "dana", Role.MANAGER)


@pytest.fixture
def priya(company: Company) -> User:
    return person(company, "priya")


@pytest.fixture
def tom(company: Company) -> User:
    return person(company, "tom")
