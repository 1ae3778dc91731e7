"""The reports in a real browser: files are taken, the bridge is for everybody, and paper tells what it is."""

import csv
import re
import zlib
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.reports import snapshots
from tests.desk import list_day, person
from tests.flows.sights import fits_and_is_accessible
from tests.flows.tabs import Tabs
from tests.ledgerrows import company_of
from tests.ledgertext import load

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.10 due=-95 issued=-125
invoice 100 A2 500.00 due=+5 issued=-25
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 3000.00 due=-40 issued=-70
receipt 200 P1 250.00 on=-3
allocation P1 B1 150.00 on=-3
"""


@pytest.fixture
def page(tabs: Tabs) -> Page:
    company, at = company_of("NG", time_zone="Europe/London", country="GB"), clock.now()
    load(LEDGER, company=company, today=company.today(at=at))
    list_day(company, at=at)
    snapshots.refresh(company=company, today=company.today(at=at), at=at)
    return tabs.open(person(company, "dana", Role.MANAGER))


def test_a_list_is_taken_as_a_file_with_its_total(page: Page, tmp_path: Path) -> None:
    page.goto("/NG/reports/documents/?part=overdue")

    with page.expect_download() as taken:
        page.get_by_role("link", name="All of this list as CSV").click()

    taken.value.save_as(tmp_path / "list.csv")
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        assert sum(Decimal(row["Amount"]) for row in csv.DictReader(file)) == Decimal("4050.10")
    assert taken.value.suggested_filename.startswith("NG, Overdue by document, ")


def test_what_moved_dso_is_found_by_key_and_is_for_everybody(page: Page) -> None:
    page.goto("/NG/reports/")
    page.keyboard.press("b")

    expect(page.locator("h1")).to_have_text("What moved DSO")
    expect(page.get_by_role("img")).to_have_count(3)
    fits_and_is_accessible(page)


def test_paper_tells_of_whom_and_when_it_is_and_ends_with_the_total(page: Page) -> None:
    page.goto("/NG/reports/documents/?part=overdue&country=GB")
    expect(page.locator(".report-printed")).to_be_hidden()
    page.emulate_media(media="print")

    expect(page.locator(".report-printed")).to_contain_text("NG")
    expect(page.locator(".report-printed")).to_contain_text("as of the end of")
    expect(page.locator(".report-printed")).to_contain_text("Country: GB")
    expect(page.locator("tfoot")).to_contain_text("1,200.10")
    expect(page.get_by_role("link", name="All of this list as CSV")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_view_is_kept_by_keyboard_and_opens_first(page: Page) -> None:
    page.goto("/NG/reports/?country=DE")
    page.keyboard.press("v")
    page.get_by_label("Name").fill("Germany")
    page.get_by_label("Opens first").check()
    fits_and_is_accessible(page)
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("link", name="Germany")).to_have_attribute("aria-current", "page")
    page.goto("/NG/reports/")
    expect(page).to_have_url(re.compile("country=DE"))
    fits_and_is_accessible(page)


def test_charts_come_by_themselves_and_one_that_fails_says_so_in_its_place(page: Page) -> None:
    page.route("**/charts/dso/**", lambda route: route.fulfill(status=403, body="no"))
    page.goto("/NG/reports/")

    expect(page.locator("#chart-ageing svg.chart")).to_be_visible()
    failed = page.locator("#chart-dso")
    expect(failed.get_by_text("This chart could not be read.")).to_be_visible()
    expect(page.get_by_text("The ledger in amounts")).to_be_visible()
    page.unroute("**/charts/dso/**")
    failed.get_by_role("button", name="Try again").click()
    expect(page.locator("#chart-dso svg.chart")).to_be_visible()
    expect(page.locator(".chart-slot")).to_have_count(0)
    fits_and_is_accessible(page)


def test_the_dashboard_is_two_sheets_of_paper(page: Page) -> None:
    page.goto("/NG/reports/")
    expect(page.locator(".chart-slot")).to_have_count(0)

    assert sheets(page.pdf(format="A4")) <= 2


def sheets(document: bytes) -> int:
    """The pages of a PDF file, some of whose objects are packed."""
    streams = [document[each.end() :] for each in re.finditer(rb"stream\r?\n", document)]
    packed = [zlib.decompressobj().decompress(each) for each in streams if each.startswith(b"\x78")]
    return sum(len(re.findall(rb"/Type\s*/Page\b(?!s)", each)) for each in (document, *packed))


def test_a_target_is_set_by_keyboard_and_stands_beside_the_cash(page: Page) -> None:
    page.goto("/NG/reports/")
    page.get_by_role("link", name="set", exact=True).click()
    page.get_by_label("What is to come").fill("5,000")
    fits_and_is_accessible(page)
    page.keyboard.press("Control+Enter")

    expect(page.locator("#chart-cash")).to_contain_text("£5,000.00")
    expect(page.locator("#chart-cash")).to_contain_text("target, in even steps")
