"""What works when scripts do not, and what is not lost when a session ends."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from collections_app.chase.snoozes import Snooze
from collections_app.contact.contact_logs import ContactLog
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.users import User
from tests.browsing import press
from tests.flows.conftest import PASSWORD
from tests.flows.tabs import Tabs
from tests.ledgerrows import Rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTE = "Ms Vogel: „Freitag, sicher“ – 36,900 & <all> of it 🙂"


def test_a_browser_without_scripts_works_customers(tabs: Tabs, company: Company, rows: Rows) -> None:
    page = tabs.open(java_script_enabled=False)
    page.goto("/")
    page.fill("#id_username", "priya")
    page.fill("#id_password", PASSWORD)
    page.click("form >> text=Sign in")
    expect(page.locator("h1")).to_contain_text("Priya")

    page.click("nav.rail >> text=Chase list")
    page.click("[data-row-link] >> nth=0")
    expect(page.locator("h1")).to_have_text("Harrow Tools")
    page.click("text=Save and next")
    expect(page.locator(".field-problems").first).to_have_text("Say what came of it.")
    page.click("label.act >> text=Promised to pay")
    page.fill("#log_said", NOTE)
    page.fill("#log_promise_amount", "999,999,999")
    page.click("text=Save and next")
    expect(page.locator("[data-problems]")).to_contain_text("is open")
    expect(page.locator("#log_said")).to_have_value(NOTE)
    page.fill("#log_promise_amount", "1,000")
    page.click("text=Save and next")
    expect(page.locator("h1")).to_have_text("Brandt GmbH")
    log = ContactLog.objects.get()
    assert (log.customer.number, log.outcome, log.said) == ("101", "promised", NOTE)

    page.click("text=Snooze until a day")
    page.fill("#pause_until", (company.today(at=clock.now()) + dt.timedelta(days=7)).isoformat())
    page.fill("#pause_reason", "Their office is closed")
    page.click(".pauses >> button:text-is('Snooze')")
    expect(page.locator("h1")).to_have_text("Calder Ltd")
    assert Snooze.objects.get().reason == "Their office is closed"

    page.goto(f"/NG/customers/{rows.customers['101'].pk}/")
    expect(page.locator("#timeline")).to_contain_text(NOTE)


def test_no_letter_is_lost_when_the_session_ends(tabs: Tabs, rows: Rows, priya: User) -> None:
    page = tabs.open(priya)
    page.goto(f"/NG/customers/{rows.customers['101'].pk}/")
    page.fill("#log_said", NOTE)
    page.locator("#log_said").blur()
    press(page, "5")
    page.context.clear_cookies(name="workbench_session")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#signed-out")).to_be_visible()
    assert not ContactLog.objects.exists()

    with page.context.expect_page() as opened:
        page.click("#signed-out-link")
    opened.value.fill("#id_username", "priya")
    opened.value.fill("#id_password", PASSWORD)
    opened.value.keyboard.press("Enter")
    expect(opened.value).to_have_url(re.compile(r"/NG/customers/\d+/"))

    page.click("#signed-out button")
    expect(page.locator("#log_said")).to_have_value(NOTE)
    page.click("text=Save and next")
    expect(page.locator("#customer h1")).to_have_text("Brandt GmbH")
    assert ContactLog.objects.get().said == NOTE
