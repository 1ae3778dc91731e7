"""Reminders blocked, moved and let go on by keyboard, as on a screen and without scripts."""

import pytest
from playwright.sync_api import Page, expect

from collections_app.dunning.blocks import Block
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from tests.browsing import press
from tests.flows.tabs import Tabs
from tests.ledgerrows import Rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def harrow(rows: Rows) -> Customer:
    return rows.customers["101"]


def test_one_key_opens_the_form_and_enter_blocks(page: Page, harrow: Customer) -> None:
    page.goto(f"/NG/customers/{harrow.pk}/")
    press(page, "q")
    page.keyboard.press("Tab")
    expect(page.locator("#block_invoice")).to_be_focused()
    page.locator("#block_reason").focus()
    page.keyboard.type("Another")
    page.locator("#block_words").focus()
    page.keyboard.press("Enter")
    problem = page.locator("[data-problems]").first
    expect(problem).to_contain_text("Say why in a few words")
    expect(page.locator("#block_reason")).to_have_value("other")

    page.locator("#block_words").focus()
    page.keyboard.type("their office moves")
    page.keyboard.press("Enter")
    notice = page.locator("#blocks")
    expect(notice).to_contain_text("their office moves (Priya)")

    notice.locator("summary").focus()
    page.keyboard.press("Enter")
    notice.get_by_label("Until the end of").focus()
    notice.get_by_role("button", name="Move the day").press("Enter")
    expect(page.locator("#toasts, .toasts").first).to_contain_text("No reminders of Harrow Tools until")

    page.get_by_role("button", name="Let them go on").press("Enter")
    expect(page.locator("#blocks")).to_have_count(0)
    assert not Block.objects.standing().exists()


def test_it_works_without_scripts(tabs: Tabs, harrow: Customer, priya: User) -> None:
    page = tabs.open(priya, java_script_enabled=False)
    page.goto(f"/NG/customers/{harrow.pk}/")
    page.locator("details", has=page.locator("#block_words")).locator("summary").click()
    page.locator("#block_invoice").select_option(label="A2 only")
    page.get_by_role("button", name="Block reminders").click()
    expect(page.locator("#blocks")).to_contain_text("No reminders of A2 until")
