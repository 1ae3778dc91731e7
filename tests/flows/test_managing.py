"""A manager changes who is treated how, by keyboard; all set-up screens are for everybody."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.segmentation import drafts, portfolios, segments, versions
from collections_app.segmentation.rules.conditions import Rule
from tests.desk import person
from tests.flows.test_screens_are_for_everybody import serious
from tests.ledgerrows import Rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MANAGING = (
    "/NG/segments/",
    "/NG/segments/?customer=101",
    "/NG/segments/draft/",
    "/NG/segments/draft/segments/steady/",
    "/NG/segments/draft/new/",
    "/NG/segments/portfolios/",
    "/NG/segments/portfolios/new/",
    "/NG/segments/chase-rules/?segment=key",
    "/NG/segments/chase-rules/amount/",
)
SETTING_UP = (
    "/setup/",
    "/setup/companies/new/",
    "/setup/companies/NG/settings/",
    "/setup/companies/NG/rates/",
    "/setup/users/",
    "/setup/users/new/",
    "/setup/teams/",
    "/setup/teams/new/",
)


def enter(page: Page, server: LiveServer, user: User) -> None:
    """Come in as ``user``, past the sign-in page."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["workbench_session"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])


@pytest.fixture
def dana(company: Company) -> User:
    return person(company, "dana", Role.MANAGER)


def test_a_segment_is_written_moved_and_published_by_keyboard(
    page: Page, company: Company, rows: Rows, dana: User, live_server: LiveServer
) -> None:
    enter(page, live_server, dana)
    page.goto("/NG/segments/")
    page.keyboard.press("e")
    expect(page).to_have_url(re.compile("/draft/$"))

    page.keyboard.press("a")
    expect(page.locator("#id_name")).to_be_focused()
    page.keyboard.type("Late Brits")
    page.locator("#fact-0").select_option("overdue")
    expect(page.locator("#op-0")).to_be_visible()
    page.locator("[name=value-0]").fill("5000")
    expect(page.locator("#count")).to_contain_text("3 customers meet the conditions")
    page.locator("#add-condition").press("Enter")
    expect(page.locator("#fact-1")).to_be_focused()
    page.locator("#fact-1").select_option("name")
    page.locator("#op-1").select_option("contains")
    page.locator("[name=value-1]").fill("nobody")
    expect(page.locator("#count")).to_contain_text("0 customers")
    page.locator("#drop-1").press("Enter")
    expect(page.locator("#fact-1")).to_have_count(0)
    expect(page.locator("[name=value-0]")).to_have_value("5000")

    # Enter in a field keeps the segment; it takes no condition out.
    page.locator("[name=value-0]").press("Enter")
    expect(page.locator("#segment-late-brits")).to_be_visible()
    page.locator("#segment-late-brits").focus()
    for place in range(6, 0, -1):
        page.keyboard.press("u")
        expect(page.locator("#row-late-brits .rank")).to_have_text(str(place))
        expect(page.locator("#segment-late-brits")).to_be_focused()
        expect(page.locator(".htmx-added, .htmx-settling")).to_have_count(0)
    expect(page.locator("#row-late-brits")).to_contain_text("new")
    expect(page.locator("#moves")).to_contain_text("Late Brits")

    page.locator("#id_note").fill("Whoever owes much comes first")
    page.locator("#id_note").press("Control+Enter")
    expect(page).to_have_url(re.compile("/segments/$"))
    live = versions.live(company)
    assert live is not None
    assert segments.of(live)[0].name == "Late Brits"
    expect(page.locator("tbody tr").first).to_contain_text("3")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    page: Page, company: Company, rows: Rows, dana: User, live_server: LiveServer, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    assert _seen(page, company, dana, live_server, serious) == {}


@pytest.mark.parametrize("width", [320, 390, 820, 1366])
def test_nothing_runs_out_of_the_window(
    page: Page, company: Company, rows: Rows, dana: User, live_server: LiveServer, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    over = "document.documentElement.scrollWidth - window.innerWidth"
    assert _seen(page, company, dana, live_server, lambda page: max(0, page.evaluate(over))) == {}


def _seen(
    page: Page, company: Company, dana: User, server: LiveServer, look: Callable[[Page], object]
) -> dict[str, object]:
    """What ``look`` finds on the screens of a manager and an administrator, where it finds something."""
    drafts.begin(company=company, by=dana, at=clock.now())
    portfolios.create(company=company, name="Rest", rule=Rule(), collector=dana, by=dana, at=clock.now())
    found = {}
    for user, screens in ((dana, MANAGING), (person(company, "ada", Role.ADMINISTRATOR), SETTING_UP)):
        enter(page, server, user)
        for screen in screens:
            response = page.goto(screen)
            assert response is not None
            assert response.status == 200, screen
            if wrong := look(page):
                found[screen] = wrong
    return found
