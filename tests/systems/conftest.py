"""A connected system that is told of holds, and what it hears."""

import datetime as dt
from collections.abc import Iterator

import pytest

from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.systems import endpoints, systems
from collections_app.systems.endpoints import Endpoint
from collections_app.systems.rules.scopes import Scope
from collections_app.systems.system_rows import System
from tests.desk import person
from tests.holds.selling import LEDGER, Shop
from tests.ledgerrows import company_of
from tests.ledgertext import load
from tests.systems.hearing import Ear, listening


@pytest.fixture
def at(today: dt.date) -> dt.datetime:
    """A quarter past nine."""
    return dt.datetime.combine(today, dt.time(9, 15), dt.UTC)


@pytest.fixture
def company(db: None) -> Company:
    return company_of(country="GB")


@pytest.fixture
def olga(company: Company) -> User:
    """Who administers."""
    return person(company, "olga", Role.ADMINISTRATOR)


@pytest.fixture
def dana(company: Company) -> User:
    return person(company, "dana", Role.MANAGER)


@pytest.fixture
def shop(company: Company, today: dt.date, at: dt.datetime) -> Shop:
    return Shop(load(LEDGER, company=company, today=today), at)


@pytest.fixture
def webshop(company: Company, olga: User, at: dt.datetime) -> System:
    return systems.connect(name="Webshop", scopes=[Scope.READ_ORDERS], companies=[company], by=olga, at=at)


@pytest.fixture
def ear() -> Iterator[Ear]:
    with listening() as ear:
        yield ear


@pytest.fixture
def endpoint(webshop: System, ear: Ear, olga: User, at: dt.datetime) -> Endpoint:
    return endpoints.make(webshop, address=ear.address, allows_loopback=True, by=olga, at=at)
