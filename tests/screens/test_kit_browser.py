"""The scripts of the frame in a real browser, under the real content security policy."""

import re

import pytest
from playwright.sync_api import Page, expect

from collections_app.people.users import User
from tests.browsing import go, press, ready
from tests.flows.sights import WIDTHS, fits_and_is_accessible
from tests.flows.tabs import CUT_OFF, Tabs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(kit: None, collector: User, tabs: Tabs) -> Page:
    """The kit's page, open and signed in."""
    tab = tabs.open(collector)
    tab.goto("/OURS/chase/")
    return tab


def test_keys_move_tick_and_open_rows(page: Page) -> None:
    press(page, "j", "j", "x")
    expect(page.locator("#row-B")).to_be_focused()
    expect(page.locator("#tick-B")).to_be_checked()
    press(page, "k", "Enter")
    expect(page).to_have_url(re.compile("row=A"))


def test_a_sequence_goes_home_and_fields_take_what_is_typed(page: Page) -> None:
    press(page, "n")
    expect(page.locator("#id_said")).to_be_focused()
    page.keyboard.type("gh?")
    expect(page.locator("#id_said")).to_have_value("gh?")
    page.locator("form[data-keep]").evaluate("form => form.reset()")
    press(page, "Escape")
    go(page, "gh")
    expect(page).to_have_url(re.compile("/OURS/$"))


def test_switched_off_single_keys_do_nothing(page: Page, collector: User) -> None:
    collector.uses_single_keys = False
    collector.save()
    page.reload()
    press(page, "j", "n", "?")
    expect(page.locator("#row-A")).not_to_be_focused()
    expect(page.locator("#help")).not_to_be_visible()
    press(page, "Control+k")
    expect(page.locator("#palette")).to_be_visible()


def test_the_help_lists_what_this_page_offers(page: Page) -> None:
    press(page, "?")
    expect(page.locator("#help")).to_contain_text("Refuse")
    expect(page.locator("#help")).to_contain_text("Next row")


def test_the_palette_goes_where_its_words_say(page: Page) -> None:
    press(page, "Control+k")
    expect(page.locator("#palette-input")).to_be_focused()
    page.keyboard.type("home")
    expect(page.locator("#palette-commands button")).to_have_count(1)
    press(page, "Enter")
    expect(page).to_have_url(re.compile("/OURS/$"))


def test_a_saved_form_is_told_and_can_be_undone(page: Page) -> None:
    page.locator("#id_said").fill("Friday")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#part")).to_have_text("A new part")
    expect(page.locator("#status")).to_have_text("Saved.")
    expect(page.locator("#toasts")).to_contain_text("Undo")


def test_a_wrong_form_takes_the_focus_to_what_is_wrong(page: Page) -> None:
    ready(page)
    page.locator("[data-submit]").click()
    expect(page.locator("#id_said")).to_be_focused()
    expect(page.locator("#id_said_error")).to_have_text("This field is required.")


def test_a_refusal_is_shown_and_nothing_typed_is_lost(page: Page) -> None:
    page.locator("#id_said").fill("Friday")
    press(page, "Escape", "r")
    expect(page.locator("#toasts")).to_contain_text("Tom has this customer open.")
    expect(page.locator("#id_said")).to_have_value("Friday")


def test_typed_text_outlives_an_ended_session(page: Page) -> None:
    page.locator("#id_said").fill("Friday, said Ms Vogel")
    page.context.clear_cookies(name="workbench_session")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#signed-out")).to_be_visible()
    # Whoever presses it again meant the page: the dialog stays until it was read.
    page.keyboard.press("Control+Enter")
    expect(page.locator("#signed-out")).to_be_visible()
    with page.context.expect_page() as opened:
        page.locator("#signed-out-link").click()
    sign_in = opened.value
    sign_in.locator("#id_username").fill("priya")
    sign_in.locator("#id_password").fill("a-long-password")
    sign_in.keyboard.press("Enter")
    expect(sign_in).to_have_url(re.compile("/OURS/chase/$"))
    page.locator("#signed-out button").click()
    expect(page.locator("#id_said")).to_have_value("Friday, said Ms Vogel")
    page.locator("[data-submit]").click()
    expect(page.locator("#status")).to_have_text("Saved.")


def test_a_lost_connection_is_told_and_can_be_tried_again(page: Page, tabs: Tabs) -> None:
    tabs.bears += CUT_OFF
    page.locator("#id_said").fill("Friday")
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toasts")).to_contain_text("could not be reached")
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#status")).to_have_text("Saved.")


def test_it_is_accessible_and_nothing_sticks_out(page: Page) -> None:
    fits_and_is_accessible(page, seen_at=WIDTHS)
