"""A day worked by keyboard, one contact undone, and the days after it: whoever was agreed is there."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from collections_app.contact.contact_logs import ContactLog
from collections_app.jobs import nights
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.users import User
from collections_app.segmentation import portfolios
from collections_app.segmentation.rules.conditions import Rule
from tests.browsing import go, press, ready
from tests.flows.conftest import LEDGER
from tests.flows.tabs import enter
from tests.ledgerrows import Rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A promise, no answer, a message left, told how it stands, says it is paid.
KEYS = {"101": "p", "102": "1", "103": "2", "104": "5", "105": "3"}
NAMES = dict(re.findall(r'customer (\d+) "(.+)"', LEDGER))


def at_customer(page: Page, number: str) -> None:
    expect(page.locator("#customer .page-head .soft")).to_contain_text(number)


def numbers_listed(page: Page) -> set[str]:
    go(page, "gl")
    expect(page.locator("h1")).to_have_text("Chase list")
    ready(page)
    return {
        number for number, name in NAMES.items() if page.locator("[data-row-link]", has_text=name).count()
    }


def test_what_was_agreed_is_listed_when_its_day_comes(
    afternoon: time_machine.Traveller,
    page: Page,
    company: Company,
    rows: Rows,
    priya: User,
    live_server: LiveServer,
) -> None:
    portfolios.create(company=company, name="All", rule=Rule(), collector=priya, by=None, at=clock.now())
    press(page, "Enter")
    for number, key in KEYS.items():
        at_customer(page, number)
        press(page, key, "Control+Enter")

    # The last one was a slip of the hand: undone, and done again.
    at_customer(page, "106")
    press(page, "z")
    at_customer(page, "105")
    press(page, KEYS["105"], "Control+Enter")
    at_customer(page, "106")
    assert numbers_listed(page) == {"106"}

    agreed = dict(ContactLog.objects.valid().values_list("customer__number", "next_on"))
    assert set(agreed) == set(KEYS)
    for day in sorted({day for day in agreed.values() if day}):
        at = dt.datetime.combine(day, dt.time(8), ZoneInfo(company.time_zone))
        # A page that stays open over the night is signed out in the morning, in the midst of going on.
        page.goto("about:blank")
        with time_machine.travel(at):
            assert {run.state for run in nights.run(company=company, day=day, at=at)} == {"done"}
            enter(page, priya, live_server.url)
            page.goto("/NG/")
            due = {number for number, on in agreed.items() if on and on <= day}
            assert numbers_listed(page) == {"106", *due}, day
    # Nothing came in for what was promised, and that is the reason that counts most.
    expect(page.locator("tbody tr").filter(has_text="101")).to_contain_text("Broken promise")
