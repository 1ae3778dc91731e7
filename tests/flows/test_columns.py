"""The columns of the chase list in a real browser: by keyboard, and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browsing import press, ready
from tests.flows.tabs import Tabs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}


def test_columns_are_chosen_and_moved_by_keyboard(page: Page) -> None:
    page.goto("/NG/chase/")
    ready(page)
    press(page, "v")
    expect(page.locator(".columns summary")).to_be_focused()
    page.get_by_label("Place the day before").focus()
    press(page, "Space")
    ready(page)
    page.get_by_label("Overdue: later").focus()
    press(page, "Enter")

    expect(page.get_by_label("Overdue: later")).to_be_focused()
    press(page, "Enter")
    heads = page.locator("table.chase thead th")
    expect(heads.nth(5)).to_have_text("Overdue")
    expect(heads.last).to_have_text("Before")
    press(page, "Escape")
    expect(page.locator(".columns")).not_to_have_attribute("open", "")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chooser_fits_a_phone_and_everybody(tabs: Tabs, page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/NG/chase/")
    ready(page)
    page.click(".columns summary")
    box = page.locator(".columns .menu-form").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= PHONE["height"]
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_ctrl_enter_saves_the_conversation_wherever_the_focus_is(page: Page) -> None:
    press(page, "Enter")
    expect(page.locator("#customer h1")).to_have_text("Harrow Tools")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".field-problems, [data-problems]").first).to_be_visible()

    page.evaluate("document.activeElement.blur()")
    press(page, "1")
    expect(page.locator("#log input[name=outcome]").first).to_be_checked()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#customer h1")).to_have_text("Brandt GmbH")
