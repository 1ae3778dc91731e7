"""Two customers with reminders of a run, and the people who decide about them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.segmentation.assignments import Assignment
from tests.desk import person
from tests.dunning.reminding import drafts, morning
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

# A Wednesday with no holiday near it, a quarter past nine.
MORNING = dt.datetime(2026, 3, 11, 9, 15, tzinfo=dt.UTC)


def _history(number: int) -> str:
    """What makes a customer neither new nor small."""
    return "".join(f"invoice {number} H{number}{n} 900.00 due=+{40 + n}\n" for n in range(4))


LEDGER = f"""
customer 100 "Harrow Tools"
{_history(100)}
invoice 100 A1 1200.00 due=-9
invoice 100 A2 300.00 due=-2
customer 200 "Brandt GmbH"
{_history(200)}
invoice 200 B1 3000.00 due=-8
customer 300 "Calder Ltd"
invoice 300 C1 900.00 due=+20
"""


@dataclass(frozen=True)
class Desk:
    """Who works here, and the drafts by the number of their customer."""

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
        browser = Client()
        browser.force_login(user)
        return browser

    def draft(self, number: str) -> ReminderDraft:
        """The message of a customer."""
        return ReminderDraft.objects.messages().get(customer__number=number)


@pytest.fixture
def morning_at_work() -> Iterator[dt.datetime]:
    """The doors read the clock: it stands at a quarter past nine."""
    with time_machine.travel(MORNING, tick=False):
        yield MORNING


@pytest.fixture
def desk(db: None, morning_at_work: dt.datetime) -> Desk:
    """A run of this morning; Harrow is Priya's and Brandt is Tom's."""
    cache.clear()
    company, at = company_of(country="GB"), morning_at_work
    today = company.today(at=at)
    rows = load(LEDGER, company=company, today=today)
    for number, name in (("100", "Ada Osei"), ("200", "Ben Roth")):
        Contact.objects.create(
            customer=rows.customers[number],
            name=name,
            email=f"{name.split()[0].lower()}@example.org",
            recorded_at=at,
        )
    people = {
        name: person(company, name, role)
        for name, role in (
            ("priya", Role.COLLECTOR),
            ("tom", Role.COLLECTOR),
            ("dana", Role.MANAGER),
            ("sam", Role.SALES),
        )
    }
    morning(company, today)
    for number, name in (("100", "priya"), ("200", "tom")):
        Assignment.objects.filter(customer=rows.customers[number]).update(collector=people[name])
    assert drafts(company)
    return Desk(company, rows, today, at, **people)
