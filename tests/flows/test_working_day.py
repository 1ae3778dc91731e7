"""A collector's morning, by keyboard only: five customers worked, and each contact on its timeline."""

import re

import pytest
import time_machine
from playwright.sync_api import Page, expect

from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.promises import Promise
from tests.browsing import go, press
from tests.flows.conftest import sign_in
from tests.flows.tabs import Tabs
from tests.ledgerrows import Rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def at_customer(page: Page, name: str) -> None:
    expect(page.locator("#customer h1")).to_have_text(name)
    expect(page).to_have_title(re.compile(f"^{name}"))


def test_five_customers_are_worked_by_keyboard_only(
    afternoon: time_machine.Traveller, tabs: Tabs, rows: Rows
) -> None:
    page = tabs.open()
    sign_in(page)
    press(page, "Enter")

    # A promise of all that is due, for tomorrow: two keys.
    at_customer(page, "Harrow Tools")
    press(page, "p")
    expect(page.locator("#log_promise_amount")).to_be_focused()
    press(page, "Control+Enter")

    # No answer; what is usual after it is what is wanted.
    at_customer(page, "Brandt GmbH")
    press(page, "1", "Control+Enter")

    # What they said, then an outcome.
    at_customer(page, "Calder Ltd")
    press(page, "n")
    expect(page.locator("#log_said")).to_be_focused()
    page.keyboard.type("Approved, in the run of Friday")
    press(page, "Escape", "5", "Control+Enter")

    # A dispute of the whole invoice, with its reason.
    at_customer(page, "Dunmore plc")
    press(page, "d")
    expect(page.locator("#log_dispute_invoice")).to_be_focused()
    press(page, "D", "Tab", "Tab")
    expect(page.locator("#log_dispute_reason")).to_be_focused()
    press(page, "P")
    expect(page.locator("#log_dispute_invoice :checked")).to_contain_text("D1")
    expect(page.locator("#log_dispute_reason :checked")).to_have_text("Price or discount")
    press(page, "Control+Enter")

    # A call back at an agreed time; the focus stands in the time.
    at_customer(page, "Elder Glass")
    press(page, "2", "Control+Enter")

    at_customer(page, "Fenton Paper")
    assert list(ContactLog.objects.order_by("at").values_list("customer__number", "outcome")) == [
        ("101", "promised"),
        ("102", "no_answer"),
        ("103", "informed"),
        ("104", "disputes"),
        ("105", "left_message"),
    ]
    assert Promise.objects.get().amount == 124_000

    go(page, "gl")
    expect(page.locator("[data-row-link]")).to_have_count(1)
    for number, words in (("101", "Promised to pay"), ("103", "Approved, in the run of Friday")):
        page.goto(f"/NG/customers/{rows.customers[number].pk}/")
        expect(page.locator("#timeline")).to_contain_text(words)


def test_undo_brings_the_customer_back_as_it_was(page: Page, rows: Rows) -> None:
    press(page, "Enter")
    at_customer(page, "Harrow Tools")
    press(page, "1", "Control+Enter")
    at_customer(page, "Brandt GmbH")

    press(page, "z")
    at_customer(page, "Harrow Tools")
    expect(page.locator("#timeline")).to_contain_text("taken back")
    assert not ContactLog.objects.valid().exists()


def test_a_refusal_keeps_what_was_typed_and_says_all_that_is_wrong(page: Page, rows: Rows) -> None:
    press(page, "Enter")
    at_customer(page, "Harrow Tools")
    press(page, "n")
    expect(page.locator("#log_said")).to_be_focused()
    page.keyboard.type("They will pay more than they owe")
    press(page, "Escape", "p")
    expect(page.locator("#log_promise_amount")).to_be_focused()
    page.keyboard.type("999999")
    press(page, "Control+Enter")

    expect(page.locator("[data-problems]")).to_contain_text("is open")
    expect(page.locator("#log_said")).to_have_value("They will pay more than they owe")
    assert not ContactLog.objects.exists()
