"""A company with the small ledger of ``tests.listing``, and a collector."""

import datetime as dt

import pytest

from collections_app.ledger.companies import Company
from collections_app.people.users import User
from tests.desk import person
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load
from tests.listing import LEDGER


@pytest.fixture
def company(db: None) -> Company:
    return company_of()


@pytest.fixture
def rows(company: Company, today: dt.date) -> Rows:
    return load(LEDGER, company=company, today=today)


@pytest.fixture
def priya(company: Company) -> User:
    return person(company, "priya")
