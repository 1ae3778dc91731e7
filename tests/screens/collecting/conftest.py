"""A collector, a colleague of another team, a manager and a salesperson, with three customers to work."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.test import Client

from collections_app.chase.entries import Entry
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.segmentation.assignments import Assignment
from tests.desk import list_day, person
from tests.doors import signed_in
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

LEDGER = """
customer 100 "Harrow Tools" limit=50000
invoice 100 A1 120000.00 due=-95
invoice 100 A2 500.00 due=+5
customer 200 "Brandt GmbH"
invoice 200 B1 30000.00 due=-40
customer 300 "Calder Ltd"
invoice 300 D1 900.00 due=-20
customer 400 "Paid-up plc"
"""


@dataclass(frozen=True)
class Office:
    """Who works here and on what."""

    company: Company
    rows: Rows
    today: dt.date
    at: dt.datetime
    priya: User
    tom: User
    dana: User
    sam: User

    def client(self, user: User) -> Client:
        """A browser in which ``user`` is signed in."""
        return signed_in(user)

    def customer(self, number: str) -> Customer:
        return self.rows.customers[number]

    def entry(self, number: str) -> Entry:
        return Entry.objects.get(customer=self.customer(number))

    def url(self, number: str, rest: str = "") -> str:
        return f"/NG/customers/{self.customer(number).pk}/{rest}"


@pytest.fixture
def office(db: None) -> Office:
    """Priya looks after all of them; Tom is in no team of hers; Sam sells to Brandt."""
    company = company_of("NG", time_zone="Europe/London", country="GB")
    at = clock.now()
    today = company.today(at=at)
    rows = load(LEDGER, company=company, today=today)
    roles = {"priya": Role.COLLECTOR, "tom": Role.COLLECTOR, "dana": Role.MANAGER, "sam": Role.SALES}
    people = {name: person(company, name, role) for name, role in roles.items()}
    Customer.objects.filter(number="200").update(salesperson=people["sam"])
    for customer in rows.customers.values():
        Assignment.objects.create(company=company, customer=customer, collector=people["priya"], day=today)
    list_day(company, at=at)
    return Office(company=company, rows=rows, today=today, at=at, **people)


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    """Counts are kept for some seconds by reader, and readers of one test have the ids of those before."""
    cache.clear()


@pytest.fixture
def htmx() -> dict[str, str]:
    """What htmx adds to its requests."""
    return {"HX-Request": "true", "HX-Current-URL": "http://testserver/NG/chase/"}
