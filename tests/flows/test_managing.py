"""A manager changes who is treated how, by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.segmentation import segments, versions
from tests.browsing import press, ready
from tests.desk import person
from tests.flows.tabs import Tabs
from tests.ledgerrows import Rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def dana(company: Company) -> User:
    return person(company, "dana", Role.MANAGER)


def test_a_segment_is_written_moved_and_published_by_keyboard(
    tabs: Tabs, company: Company, rows: Rows, dana: User
) -> None:
    page = tabs.open(dana)
    page.goto("/NG/segments/")
    press(page, "e")
    expect(page).to_have_url(re.compile("/draft/$"))

    press(page, "a")
    expect(page.locator("#id_name")).to_be_focused()
    page.keyboard.type("Late Brits")
    page.locator("#fact-0").select_option("overdue")
    expect(page.locator("#op-0")).to_be_visible()
    ready(page)
    page.locator("[name=value-0]").fill("5000")
    expect(page.locator("#count")).to_contain_text("3 customers meet the conditions")
    page.locator("#add-condition").press("Enter")
    expect(page.locator("#fact-1")).to_be_focused()
    page.locator("#fact-1").select_option("name")
    expect(page.locator("#op-1")).to_be_visible()
    ready(page)
    page.locator("#op-1").select_option("contains")
    ready(page)
    page.locator("[name=value-1]").fill("nobody")
    expect(page.locator("#count")).to_contain_text("0 customers")
    page.locator("#drop-1").press("Enter")
    expect(page.locator("#fact-1")).to_have_count(0)
    expect(page.locator("[name=value-0]")).to_have_value("5000")

    # Enter in a field keeps the segment; it takes no condition out.
    ready(page)
    page.locator("[name=value-0]").press("Enter")
    expect(page.locator("#segment-late-brits")).to_be_visible()
    ready(page)
    page.locator("#segment-late-brits").focus()
    for place in range(6, 0, -1):
        press(page, "u")
        expect(page.locator("#row-late-brits .rank")).to_have_text(str(place))
        expect(page.locator("#segment-late-brits")).to_be_focused()
    expect(page.locator("#row-late-brits")).to_contain_text("new")
    expect(page.locator("#moves")).to_contain_text("Late Brits")

    page.locator("#id_note").fill("Whoever owes much comes first")
    page.locator("#id_note").press("Control+Enter")
    expect(page).to_have_url(re.compile("/segments/$"))
    live = versions.live(company)
    assert live is not None
    assert segments.of(live)[0].name == "Late Brits"
    expect(page.locator("tbody tr").first).to_contain_text("3")
