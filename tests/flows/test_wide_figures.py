"""Large sums and long delays: the chase list keeps every cell to itself."""

import pytest
from playwright.sync_api import Page

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import clock
from collections_app.people.users import User
from collections_app.segmentation.assignments import Assignment
from tests.desk import list_day
from tests.flows.tabs import Tabs
from tests.ledgerrows import Rows
from tests.ledgertext import load

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LEDGER = """
customer 900 "International Bearings and Transmission Equipment Holdings of Northern Europe plc"
invoice 900 Z1 157516597.12 due=-2444
customer 901 "Unpaid at length Ltd"
invoice 901 Y1 157516597.12 due=-2444
"""

# Cells whose content sticks out, and cells whose boxes overlap or leave the page.
FAULTS = """() => [...document.querySelectorAll("table.chase > * > tr")].flatMap((row) => {
  const cells = [...row.children].filter((cell) => cell.checkVisibility());
  return cells.flatMap((cell, n) => {
    const box = cell.getBoundingClientRect(), next = cells[n + 1]?.getBoundingClientRect();
    const found = [];
    if (cell.scrollWidth > cell.clientWidth) found.push(`sticks out: ${cell.innerText}`);
    if (next && box.right > next.left + 1) found.push(`overlaps: ${cell.innerText}`);
    if (box.right > window.innerWidth) found.push(`leaves the page: ${cell.innerText}`);
    return found;
  });
})"""


@pytest.fixture
def wide(rows: Rows, company: Company, priya: User) -> None:
    at = clock.now()
    load(LEDGER, company=company, today=company.today(at=at))
    for customer in Customer.objects.filter(company=company, number__in=["900", "901"]):
        Assignment.objects.create(
            company=company, customer=customer, collector=priya, day=company.today(at=at)
        )
    list_day(company, at=at)


def test_no_cell_runs_into_its_neighbour(tabs: Tabs, wide: None, priya: User) -> None:
    page: Page = tabs.open(priya)
    page.goto("/NG/chase/")

    assert page.locator("table.chase").inner_text().count("£157,516,597") >= 2
    assert "2,444 days" in page.locator("table.chase").inner_text()
    for width in (1440, 1366, 1280, 820):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(FAULTS) == [], width
        assert page.locator("td.why-now").first.bounding_box()["width"] >= 160, width  # type: ignore[index]
