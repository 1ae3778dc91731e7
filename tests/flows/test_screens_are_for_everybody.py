"""Every screen of the working day: axe finds nothing serious, and nothing runs out of a narrow window."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.flows.conftest import sign_in
from tests.ledgerrows import Rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

State = Callable[[Page], None]


def as_it_opens(page: Page) -> None:
    """Nothing more is done."""


def promise_and_pauses_open(page: Page) -> None:
    page.keyboard.press("p")
    page.locator("#log_also_disputes").check()
    page.locator("[data-key=s]").evaluate("element => { element.open = true; }")
    page.locator("[data-key=y]").evaluate("element => { element.open = true; }")


def refused(page: Page) -> None:
    page.locator("button[data-submit]").first.click()
    page.locator(".field-problems").first.wait_for()


def why_open(page: Page) -> None:
    page.locator("td details summary").first.click()
    page.locator("td .points").first.wait_for()


SCREENS = [
    ("/NG/", as_it_opens),
    ("/NG/home/cash/", as_it_opens),
    ("/NG/chase/", why_open),
    ("/NG/chase/?view=asleep", as_it_opens),
    ("/NG/chase/absence/?number=harrow", as_it_opens),
    ("/NG/customers/", as_it_opens),
    ("customer", promise_and_pauses_open),
    ("customer", refused),
    ("/NG/search/?q=A1", as_it_opens),
]


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(page: Page, rows: Rows, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    sign_in(page)
    found = {}
    for path, state in SCREENS:
        page.goto(path if path != "customer" else f"/NG/customers/{rows.customers['101'].pk}/")
        state(page)
        if problems := serious(page):
            found[f"{path} {state.__name__}"] = problems
    assert found == {}


@pytest.mark.parametrize("width", [320, 390, 820, 1366])
def test_nothing_runs_out_of_the_window(page: Page, rows: Rows, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(page)
    wide = {}
    for path, state in SCREENS:
        page.goto(path if path != "customer" else f"/NG/customers/{rows.customers['101'].pk}/")
        state(page)
        if (over := page.evaluate("document.documentElement.scrollWidth - window.innerWidth")) > 0:
            wide[f"{path} {state.__name__}"] = over
    assert wide == {}
