"""States that a page is walked in: what is opened, refused or typed on it before it is looked at."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browsing import press

State = Callable[[Page], None]


def as_it_opens(page: Page) -> None:
    """Nothing more is done."""


def promise_and_pauses_open(page: Page) -> None:
    press(page, "p")
    page.locator("#log_also_disputes").check()
    page.locator("[data-key=s]").evaluate("element => { element.open = true; }")
    page.locator("[data-key=y]").evaluate("element => { element.open = true; }")
    page.locator("[data-key=q]").evaluate("element => { element.open = true; }")
    page.locator(".notice details").evaluate_all("found => found.forEach((each) => { each.open = true; })")


def refused(page: Page) -> None:
    """The form as it is sent off too early."""
    page.locator("form button[data-submit]:visible").first.click()
    page.locator(".field-problems, .problems, [data-problems]").first.wait_for()


def token_made(page: Page) -> None:
    """A token that is shown once."""
    page.get_by_role("button", name="Make a token").click()
    page.locator("#new-token").wait_for()


def why_open(page: Page) -> None:
    page.locator("td details summary").first.click()
    page.locator("td .points").first.wait_for()


def help_open(page: Page) -> None:
    press(page, "?")
    expect(page.locator("#help")).to_be_visible()


def palette_open(page: Page) -> None:
    press(page, "Control+k")
    expect(page.locator("#palette-input")).to_be_focused()
    page.keyboard.type("harrow")
    expect(page.locator("#palette-found a").first).to_be_visible()


def menu_open(page: Page) -> None:
    page.locator("details.menu.at-end summary").click()


def file_refused(page: Page) -> None:
    page.locator("button[data-submit]").click()
    expect(page.locator("main")).to_contain_text("Choose the file.")


def signed_out(page: Page) -> None:
    page.locator("#log_said").fill("They will ring")
    page.locator("label.act").first.click()
    # From here on anything the page asks by itself opens the dialog too, and covers what could be clicked.
    page.context.clear_cookies(name="workbench_session")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#signed-out")).to_be_visible()


def not_let_in(page: Page) -> None:
    page.locator("#id_username").fill("priya")
    page.locator("#id_password").fill("wrong")
    page.keyboard.press("Enter")
    page.locator("[data-problems]").wait_for()


def all_open(page: Page) -> None:
    page.locator("details.panel").evaluate_all("found => found.forEach((each) => { each.open = true; })")


def working_open(page: Page) -> None:
    """Every explanation and form of the page itself."""
    page.locator("main details.why").evaluate_all("found => found.forEach((each) => { each.open = true; })")


def without_reason(page: Page) -> None:
    """Giving something up without a word why."""
    working_open(page)
    page.get_by_role("button", name="Waive").click()
    page.locator("[data-problems]").wait_for()


def without_courtesy(page: Page) -> None:
    page.locator("#id_words").fill("POD asap")
    page.locator("button[data-submit]").click()
    page.locator("[data-problems]").wait_for()


def nothing_said(page: Page) -> None:
    page.get_by_role("button", name="Send the answer").click()
    page.locator("[data-problems]").wait_for()


def not_the_right_one(page: Page) -> None:
    page.get_by_role("button", name="I am the wrong person").click()
    page.get_by_role("heading", name="Thank you").wait_for()


def asked_without_reason(page: Page) -> None:
    all_open(page)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.locator("[data-problems]").wait_for()


def too_many_days(page: Page) -> None:
    page.locator("#rules_overdue_days").fill("9000")
    page.get_by_role("button", name="Keep in the draft").click()
    page.locator("[data-problems]").wait_for()


def forced_without_reason(page: Page) -> None:
    page.locator("#orders details").evaluate_all("found => found.forEach((each) => { each.open = true; })")
    page.get_by_role("button", name="Hold them").click()
    page.locator("#orders [data-problems]").wait_for()


def left_on_hold_unkindly(page: Page) -> None:
    working_open(page)
    page.locator("#decline_words").fill("You should have asked sooner")
    page.get_by_role("button", name="Leave it on hold").click()
    page.locator("[data-problems]").wait_for()


def left_owed_unkindly(page: Page) -> None:
    working_open(page)
    page.locator("#refuse_words").fill("You should have asked sooner")
    page.get_by_role("button", name="Leave it owed").click()
    page.locator("[data-problems]").wait_for()
