"""What is walked: every page of every role, each in the states one meets."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from collections_app.people.rules import Role
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
    page.context.clear_cookies(name="workbench_session")
    page.locator("label.act").first.click()
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


COLLECTING: list[tuple[str, State]] = [
    ("/NG/", as_it_opens),
    ("/NG/", help_open),
    ("/NG/home/cash/", as_it_opens),
    ("/NG/home/commitments/", as_it_opens),
    ("/NG/portfolios/{portfolio}/overview/", as_it_opens),
    ("/NG/covers/{cover}/", as_it_opens),
    ("/NG/chase/", why_open),
    ("/NG/chase/", palette_open),
    ("/NG/chase/?view=asleep", as_it_opens),
    ("/NG/chase/?q=nobody+of+that+name", as_it_opens),
    ("/NG/chase/absence/?number=harrow", as_it_opens),
    ("/NG/chase/{customer}/why/", as_it_opens),
    ("/NG/customers/", menu_open),
    ("/NG/customers/{customer}/", promise_and_pauses_open),
    ("/NG/customers/{customer}/", refused),
    ("/NG/customers/{customer}/timeline/", as_it_opens),
    ("/NG/customers/{customer}/documents/", refused),
    ("/NG/customers/{customer}/statement/", as_it_opens),
    ("/NG/customers/{customer}/interest/", working_open),
    ("/NG/customers/{customer}/reminders/", as_it_opens),
    ("/NG/reminders/", as_it_opens),
    ("/NG/reminders/?view=to_approve", as_it_opens),
    ("/NG/reminders/?view=by_hand", as_it_opens),
    ("/NG/reminders/{reminder}/", working_open),
    ("/NG/reminders/{task}/", working_open),
    ("/NG/reminders/{hold}/", as_it_opens),
    ("/NG/promises/", as_it_opens),
    ("/NG/promises/{promise}/", all_open),
    ("/NG/disputes/", as_it_opens),
    ("/NG/disputes/{dispute}/", all_open),
    ("/NG/holds/", as_it_opens),
    ("/NG/holds/?view=soon", as_it_opens),
    ("/NG/holds/orders/{order}/?paid=5", all_open),
    ("/NG/search/?q=A1", as_it_opens),
    ("/NG/requests/?view=asked", as_it_opens),
    ("/NG/requests/{request}/", all_open),
    ("/NG/requests/{request}/", refused),
    ("/NG/customers/{customer}/requests/new/", without_courtesy),
    ("/NG/requests/commitments/", as_it_opens),
    ("/NG/requests/commitments/?view=late", as_it_opens),
    ("/NG/requests/commitments/{commitment}/", all_open),
    ("/NG/customers/{customer}/commitments/new/", as_it_opens),
    ("/NG/inbox/", as_it_opens),
    ("/NG/inbox/?view=bounces", as_it_opens),
    ("/NG/inbox/?view=nobodys", as_it_opens),
    ("/NG/inbox/?view=notices", as_it_opens),
    ("/NG/inbox/?view=read", as_it_opens),
    ("/NG/inbox/{reply}/", working_open),
    ("/NG/inbox/{bounce}/", as_it_opens),
    ("/NG/inbox/{bounce}/", refused),
    ("/NG/inbox/{strange}/?q=harrow", as_it_opens),
    ("/NG/customers/{customer}/?reply={reply}&outcome=promised", as_it_opens),
    ("/NG/outbox/", as_it_opens),
    ("/NG/outbox/?view=ready", as_it_opens),
    ("/NG/outbox/?view=waiting", as_it_opens),
    ("/NG/outbox/?view=withdrawn", as_it_opens),
    ("/NG/outbox/{message}/", as_it_opens),
    ("/NG/outbox/{ready}/", as_it_opens),
    ("/preferences/password/", refused),
    ("/NG/customers/{customer}/", signed_out),
]
IMPORTING: list[tuple[str, State]] = [
    ("/NG/imports/", as_it_opens),
    ("/NG/imports/new/", file_refused),
    ("/NG/imports/{checked}/", as_it_opens),
    ("/NG/imports/{applied}/", as_it_opens),
    ("/NG/imports/{refused}/", as_it_opens),
    ("/NG/imports/{refused}/mapping/", as_it_opens),
    ("/NG/imports/profiles/", as_it_opens),
    ("/NG/imports/profiles/own/open-items/", refused),
]
MANAGING: list[tuple[str, State]] = [
    ("/NG/", as_it_opens),
    ("/NG/chase/", as_it_opens),
    ("/NG/segments/?customer=101", as_it_opens),
    ("/NG/segments/draft/", as_it_opens),
    ("/NG/segments/draft/segments/steady/", as_it_opens),
    ("/NG/segments/draft/new/", refused),
    ("/NG/segments/versions/1/", as_it_opens),
    ("/NG/segments/portfolios/", as_it_opens),
    ("/NG/segments/portfolios/new/", refused),
    ("/NG/segments/portfolios/{portfolio}/", as_it_opens),
    ("/NG/segments/chase-rules/?segment=key", as_it_opens),
    ("/NG/segments/chase-rules/amount/", as_it_opens),
    ("/NG/reminders/?view=to_approve", as_it_opens),
    ("/NG/reminders/?view=for_manager", as_it_opens),
    ("/NG/reminders/?view=to_post", as_it_opens),
    ("/NG/reminders/{hold}/", refused),
    ("/NG/holds/?view=asked", as_it_opens),
    ("/NG/holds/rules/", as_it_opens),
    ("/NG/holds/rules/{rules}/", as_it_opens),
    ("/NG/holds/rules/drafts/{drafted}/", too_many_days),
    ("/NG/customers/{customer}/", forced_without_reason),
    ("/NG/holds/orders/{asked}/", working_open),
    ("/NG/holds/orders/{asked}/", left_on_hold_unkindly),
    ("/NG/interest/", as_it_opens),
    ("/NG/customers/{customer}/interest/", working_open),
    ("/NG/customers/{customer}/interest/", without_reason),
    ("/NG/outbox/", all_open),
    ("/NG/disputes/figures/", as_it_opens),
    ("/NG/reports/", working_open),
    ("/NG/reports/?as_of=2999-01-01", as_it_opens),
    ("/NG/reports/customers/?part=overdue", as_it_opens),
    ("/NG/reports/documents/?part=owed", as_it_opens),
    ("/NG/reports/measures/", as_it_opens),
    ("/NG/reports/forecast/", working_open),
    ("/NG/reports/forecast/invoices/?currency=GBP&week=0", as_it_opens),
    ("/NG/letters/", as_it_opens),
    ("/NG/letters/level_2/de/", all_open),
    ("/NG/letters/level_1/en/versions/1/", as_it_opens),
    ("/NG/letters/letterhead/", as_it_opens),
    ("/NG/procedures/", as_it_opens),
    ("/NG/procedures/levels/", refused),
    ("/NG/procedures/segments/standard/", working_open),
    ("/NG/procedures/segments/standard/draft/", working_open),
    ("/NG/procedures/segments/standard/draft/trial/", as_it_opens),
    ("/NG/disputes/reasons/", as_it_opens),
    ("/NG/disputes/reasons/new/", refused),
    ("/NG/disputes/reasons/PRICE/", as_it_opens),
]
SETTING_UP: list[tuple[str, State]] = [
    ("/setup/", as_it_opens),
    ("/setup/companies/new/", refused),
    ("/setup/companies/NG/settings/", as_it_opens),
    ("/setup/companies/NG/rates/", refused),
    ("/setup/users/", as_it_opens),
    ("/setup/users/new/", refused),
    ("/setup/users/{ada}/", as_it_opens),
    ("/setup/teams/", as_it_opens),
    ("/setup/teams/new/", refused),
    ("/setup/teams/{team}/", as_it_opens),
    ("/setup/systems/", as_it_opens),
    ("/setup/systems/new/", refused),
    ("/setup/systems/{system}/", as_it_opens),
    ("/setup/systems/{system}/", token_made),
    ("/setup/systems/endpoints/{endpoint}/", as_it_opens),
    # A company in which nothing has happened yet.
    ("/BARE/", as_it_opens),
    ("/BARE/customers/", as_it_opens),
    ("/BARE/imports/", as_it_opens),
    ("/BARE/segments/", as_it_opens),
    ("/BARE/reports/forecast/", as_it_opens),
]
SELLING: list[tuple[str, State]] = [
    ("/NG/", as_it_opens),
    ("/NG/holds/", as_it_opens),
    ("/NG/holds/?q=nothing+like+it", as_it_opens),
    ("/NG/holds/orders/{order}/", as_it_opens),
    ("/NG/holds/orders/{order}/?paid=ten", all_open),
    ("/NG/holds/orders/{order}/", asked_without_reason),
    ("/NG/customers/", as_it_opens),
    ("/NG/customers/{customer}/", as_it_opens),
    ("/NG/search/?q=harrow", as_it_opens),
    ("/NG/requests/", as_it_opens),
    ("/NG/requests/commitments/", as_it_opens),
    ("/NG/chase/", as_it_opens),  # 403
    ("/NG/customers/999999/", as_it_opens),  # 404
]
OUTSIDE: list[tuple[str, State]] = [
    ("/sign-in/", as_it_opens),
    ("/sign-in/", not_let_in),
    ("/answer/{link}/", as_it_opens),
    ("/answer/{link}/", nothing_said),
    ("/answer/{expired}/", as_it_opens),  # 410
    ("/answer/guess/", as_it_opens),  # 404
    ("/answer/wrong-person/{wrong_person}/", as_it_opens),
    ("/answer/wrong-person/{wrong_person}/", not_the_right_one),
]
WALKS: dict[str, tuple[Role | None, list[tuple[str, State]]]] = {
    "a collector": (Role.COLLECTOR, COLLECTING),
    "whoever imports": (Role.MANAGER, IMPORTING),
    "a manager": (Role.MANAGER, MANAGING),
    "an administrator": (Role.ADMINISTRATOR, SETTING_UP),
    "a salesperson": (Role.SALES, SELLING),
    "nobody yet": (None, OUTSIDE),
}
