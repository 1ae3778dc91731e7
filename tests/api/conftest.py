"""A shop that asks by machine: Harrow Tools with one invoice too old, Brandt with a small limit."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.systems import systems, tokens
from collections_app.systems.rules.scopes import Scope
from collections_app.systems.system_rows import System
from tests.api.asking import Machine
from tests.desk import person
from tests.holds.selling import LEDGER, Shop
from tests.ledgerrows import company_of
from tests.ledgertext import load


@pytest.fixture
def at(today: dt.date) -> Iterator[dt.datetime]:
    """A quarter past nine, and the clock stands still."""
    moment = dt.datetime.combine(today, dt.time(9, 15), dt.UTC)
    with time_machine.travel(moment, tick=False):
        yield moment


@pytest.fixture
def company(db: None) -> Company:
    return company_of(country="GB")


@pytest.fixture
def olga(company: Company) -> User:
    """Who administers."""
    return person(company, "olga", Role.ADMINISTRATOR)


@pytest.fixture
def sam(company: Company) -> User:
    return person(company, "sam", Role.SALES)


@pytest.fixture
def shop(company: Company, today: dt.date, at: dt.datetime) -> Shop:
    return Shop(load(LEDGER, company=company, today=today), at)


@pytest.fixture
def webshop(company: Company, olga: User, at: dt.datetime) -> System:
    """A connected system that may do everything in one company."""
    return systems.connect(name="Webshop", scopes=list(Scope), companies=[company], by=olga, at=at)


@pytest.fixture
def machine(webshop: System, olga: User, company: Company, at: dt.datetime) -> Machine:
    """The webshop, asking with its token."""
    return Machine(tokens.make(webshop, by=olga, at=at).text, company.code)
