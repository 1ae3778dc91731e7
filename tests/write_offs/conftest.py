"""A customer with old invoices, a collector who proposes, and people who decide."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.desks import Desk
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.write_offs import proposals
from collections_app.write_offs.write_off_rows import WriteOff
from tests.desk import person
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

LEDGER = """
customer 100 "Harrow Tools"
invoice 100 A1 1200.00 due=-400 issued=-430
invoice 100 A2 80.50 due=-200 issued=-230
invoice 100 A3 9000.00 due=-300 issued=-330
credit_note 100 C1 20.00 on=-5
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 300.00 due=-3
"""
Propose = Callable[..., WriteOff]


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
def dana(company: Company) -> User:
    return person(company, "dana", Role.MANAGER)


@pytest.fixture
def ruth(company: Company) -> User:
    return person(company, "ruth", Role.MANAGER)


@pytest.fixture
def fred(company: Company) -> User:
    """The finance director."""
    user = person(company, "fred", Role.MANAGER)
    user.desk = Desk.FINANCE_DIRECTOR
    user.save()
    return user


@pytest.fixture
def propose(rows: Rows, harrow: Customer, priya: User, at: dt.datetime) -> Propose:
    """``propose(A1="100.00")`` by Priya, with a reason and words."""

    def run(*, by: User = priya, **given: Any) -> WriteOff:
        facts = {name: given.pop(name) for name in list(given) if name not in rows.invoices}
        lines = [(rows.invoices[number], Decimal(amount)) for number, amount in given.items()]
        told = {"reason": "COST", "words": "Three letters and two calls; they have moved away.", **facts}
        return proposals.propose(harrow, lines=lines, **{"by": by, "at": at, **told})

    return run
