"""A real browser on the real product: a collector with a handful of customers to work today."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import Page, expect

from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.users import User
from collections_app.segmentation.assignments import Assignment
from tests.desk import list_day, person
from tests.flows.tabs import Tabs
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

TODAY = dt.date(2026, 3, 11)
LONDON = ZoneInfo("Europe/London")
PASSWORD = "a-long-password-of-theirs"

# Six customers in the order of the list, from the one that owes most for longest.
LEDGER = """
customer 101 "Harrow Tools" time_zone=Europe/Berlin
customer 102 "Brandt GmbH"
customer 103 "Calder Ltd"
customer 104 "Dunmore plc"
customer 105 "Elder Glass"
customer 106 "Fenton Paper"
invoice 101 A1 120000.00 due=-95
invoice 101 A2 4000.00 due=-20
invoice 102 B1 30000.00 due=-70
invoice 103 C1 6000.00 due=-40
invoice 104 D1 1500.00 due=-33
invoice 105 E1 900.00 due=-20
invoice 106 F1 300.00 due=-10
receipt 106 P1 20.00 on=-3
"""


@pytest.fixture
def morning() -> Iterator[time_machine.Traveller]:
    """Wednesday, nine o'clock, with no holiday near; it goes on from there. Ask for it before all else."""
    with time_machine.travel(dt.datetime.combine(TODAY, dt.time(9), LONDON)) as clock:
        yield clock


@pytest.fixture
def afternoon() -> Iterator[time_machine.Traveller]:
    """The same Wednesday at one: whom nobody reaches now is tried tomorrow, and no more today. Ask for it
    before all else.
    """
    with time_machine.travel(dt.datetime.combine(TODAY, dt.time(13), LONDON)) as clock:
        yield clock


@pytest.fixture
def company(transactional_db: None) -> Company:
    return company_of("NG", time_zone="Europe/London", country="GB")


@pytest.fixture
def priya(company: Company) -> User:
    user = person(company, "priya")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def ledger() -> str:
    """What is owed, as text; a test with customers of its own says which."""
    return LEDGER


@pytest.fixture
def rows(company: Company, priya: User, ledger: str) -> Rows:
    """The ledger as it stands on the day of the test; the browser's clock is the real one."""
    at = clock.now()
    today = company.today(at=at)
    written = load(ledger, company=company, today=today)
    for customer in written.customers.values():
        Assignment.objects.create(company=company, customer=customer, collector=priya, day=today)
    written.customers["101"].contacts.create(
        name="Ms Vogel", role="accounts payable", phone="+49 40 1234", is_primary=True, recorded_at=at
    )
    list_day(company, at=at)
    return written


@pytest.fixture
def page(rows: Rows, tabs: Tabs, priya: User) -> Page:
    """Priya's home, open."""
    tab = tabs.open(priya)
    tab.goto("/NG/")
    return tab


def sign_in(page: Page) -> None:
    """By keyboard, as Priya."""
    page.goto("/")
    page.locator("#id_username").focus()
    page.keyboard.type("priya")
    page.keyboard.press("Tab")
    expect(page.locator("#id_password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Priya")
