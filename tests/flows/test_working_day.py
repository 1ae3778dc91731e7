"""A collector's morning, by keyboard only: five customers worked, and each contact on its timeline."""

import re

import pytest
from playwright.sync_api import Page, expect

from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.promises import Promise
from tests.flows.conftest import sign_in
from tests.ledgerrows import Rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def at_customer(page: Page, name: str) -> None:
    expect(page.locator("#customer h1")).to_have_text(name)
    expect(page).to_have_title(re.compile(f"^{name}"))


def test_five_customers_are_worked_by_keyboard_only(page: Page, rows: Rows) -> None:
    sign_in(page)
    page.keyboard.press("Enter")

    # A promise of all that is due, for tomorrow: two keys.
    at_customer(page, "Harrow Tools")
    page.keyboard.press("p")
    expect(page.locator("#log_promise_amount")).to_be_focused()
    page.keyboard.press("Control+Enter")

    # No answer; what is usual after it is what is wanted.
    at_customer(page, "Brandt GmbH")
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")

    # What they said, then an outcome.
    at_customer(page, "Calder Ltd")
    page.keyboard.press("n")
    page.keyboard.type("Approved, in the run of Friday")
    page.keyboard.press("Escape")
    page.keyboard.press("5")
    page.keyboard.press("Control+Enter")

    # A dispute of the whole invoice, with its reason.
    at_customer(page, "Dunmore plc")
    page.keyboard.press("d")
    expect(page.locator("#log_dispute_invoice")).to_be_focused()
    page.keyboard.type("D1")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Price")
    page.keyboard.press("Control+Enter")

    # A call back at an agreed time; the focus stands in the time.
    at_customer(page, "Elder Glass")
    page.keyboard.press("2")
    page.keyboard.press("Control+Enter")

    at_customer(page, "Fenton Paper")
    assert list(ContactLog.objects.order_by("at").values_list("customer__number", "outcome")) == [
        ("101", "promised"),
        ("102", "no_answer"),
        ("103", "informed"),
        ("104", "disputes"),
        ("105", "left_message"),
    ]
    assert Promise.objects.get().amount == 124_000

    page.keyboard.type("gl")
    expect(page.locator("[data-row-link]")).to_have_count(1)
    for number, words in (("101", "Promised to pay"), ("103", "Approved, in the run of Friday")):
        page.goto(f"/NG/customers/{rows.customers[number].pk}/")
        expect(page.locator("#timeline")).to_contain_text(words)


def test_undo_brings_the_customer_back_as_it_was(page: Page, rows: Rows) -> None:
    sign_in(page)
    page.keyboard.press("Enter")
    at_customer(page, "Harrow Tools")
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    at_customer(page, "Brandt GmbH")

    page.keyboard.press("z")
    at_customer(page, "Harrow Tools")
    expect(page.locator("#timeline")).to_contain_text("taken back")
    assert not ContactLog.objects.valid().exists()


def test_a_refusal_keeps_what_was_typed_and_says_all_that_is_wrong(page: Page, rows: Rows) -> None:
    sign_in(page)
    page.keyboard.press("Enter")
    at_customer(page, "Harrow Tools")
    page.keyboard.press("n")
    page.keyboard.type("They will pay more than they owe")
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    page.keyboard.type("999999")
    page.keyboard.press("Control+Enter")

    expect(page.locator("[data-problems]")).to_contain_text("is open")
    expect(page.locator("#log_said")).to_have_value("They will pay more than they owe")
    assert not ContactLog.objects.exists()
