"""Keys pressed before a page is all there, or in the moment an answer takes its place, do what they say."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browsing import come_in_without, let_go, press, ready
from tests.ledgerrows import Rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A key in the first moment in which the page can hear one after the answer to the form took its place.
AT_ONCE = """key => document.addEventListener("htmx:afterSwap", function press(event) {
  if (event.detail.requestConfig.elt.id !== "log") return;
  document.removeEventListener("htmx:afterSwap", press);
  setTimeout(() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })));
})"""

# The script that moves through rows is there.
ROWS_MOVE = """() => !document.dispatchEvent(
  new CustomEvent("workbench:key", { cancelable: true, detail: { key: "k" } }),
)"""


def test_a_key_pressed_while_the_page_comes_in_is_kept(page: Page) -> None:
    held = come_in_without(page, "keys.js", "/NG/")
    expect(page.locator("h1")).to_contain_text("Priya")
    page.keyboard.press("Enter")

    let_go(page, held)
    expect(page.locator("#customer h1")).to_have_text("Harrow Tools")


def test_a_key_is_answered_once_by_a_page_that_comes_in(page: Page) -> None:
    held = come_in_without(page, "errors.js", "/NG/chase/")
    expect(page.locator("[data-row-link]")).to_have_count(6)
    page.wait_for_function(ROWS_MOVE)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")

    let_go(page, held)
    ready(page)
    expect(page.locator("[data-row-link]").first).to_be_focused()


def test_a_key_right_after_an_answer_keeps_the_focus_it_moved(page: Page) -> None:
    press(page, "Enter")
    expect(page.locator("#customer h1")).to_have_text("Harrow Tools")
    press(page, "1")
    page.evaluate(AT_ONCE, "p")
    page.keyboard.press("Control+Enter")

    expect(page.locator("#customer h1")).to_have_text("Brandt GmbH")
    ready(page)
    expect(page.locator("#log_promise_amount")).to_be_focused()


def test_what_is_chosen_while_the_page_comes_in_is_asked_about(page: Page, rows: Rows) -> None:
    address = reverse("commitment_new", args=["NG", rows.customers["101"].pk])
    held = come_in_without(page, "errors.js", address)
    page.locator("#id_kind").focus()
    before = page.locator("#id_kind").input_value()
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#id_kind").input_value()
    assert chosen != before

    with page.expect_response(lambda answer: f"kind={chosen}" in answer.url):
        let_go(page, held)
