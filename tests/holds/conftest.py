"""A company that delivers on credit: Harrow Tools with one invoice too old, and the people who decide."""

import datetime as dt
from collections.abc import Iterator

import pytest

from collections_app.correspondence.carriers.smtp import EmailBackend
from collections_app.correspondence.message_rows import Message
from collections_app.holds.notice_rows import HoldNotice
from collections_app.holds.order_rows import Order
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.correspondence.mailserver import Sink, mail_server
from tests.desk import person
from tests.holds.selling import LEDGER, Shop
from tests.ledgerrows import company_of
from tests.ledgertext import load


@pytest.fixture
def at(today: dt.date) -> dt.datetime:
    """A quarter past nine."""
    return dt.datetime.combine(today, dt.time(9, 15), dt.UTC)


@pytest.fixture
def company(db: None) -> Company:
    return company_of(country="GB")


@pytest.fixture
def dana(company: Company) -> User:
    return person(company, "dana", Role.MANAGER)


@pytest.fixture
def sam(company: Company) -> User:
    return person(company, "sam", Role.SALES)


@pytest.fixture
def shop(company: Company, today: dt.date, at: dt.datetime) -> Shop:
    return Shop(load(LEDGER, company=company, today=today), at)


@pytest.fixture
def addresses(dana: User, sam: User) -> None:
    for user in (dana, sam):
        user.email = f"{user.username}@northgate.example"
        user.save()


@pytest.fixture
def sink() -> Iterator[Sink]:
    with mail_server(Sink()) as sink:
        yield sink


@pytest.fixture
def carrier(sink: Sink) -> Iterator[EmailBackend]:
    carrier = EmailBackend(host="127.0.0.1", port=sink.port, username="", password="", timeout=5)
    yield carrier
    carrier.close()


@pytest.fixture
def order(shop: Shop, sam: User) -> Order:
    """One that waits for an old invoice, of a customer whom Sam sells to and has read that it does."""
    Customer.objects.update(salesperson=sam)
    made = shop.order("SO-1", "100.00").order
    HoldNotice.objects.update(seen_at=shop.at)
    Message.objects.all().delete()
    return made
