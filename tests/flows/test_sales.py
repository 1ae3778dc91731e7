"""A salesperson looks up how their customers stand, and sees nothing else."""

import pytest
from playwright.sync_api import Page, expect

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Role
from tests.desk import person
from tests.flows.tabs import Tabs
from tests.ledgerrows import Rows, company_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FORBIDDEN = (
    "chase/",
    "imports/",
    "imports/new/",
    "segments/",
    "segments/portfolios/",
    "segments/chase-rules/",
)


def status_of(page: Page, path: str) -> int:
    answer = page.goto(path)
    assert answer is not None
    return answer.status


def test_sales_sees_its_own_customers_and_nothing_else(tabs: Tabs, company: Company, rows: Rows) -> None:
    sam = person(company, "sam", Role.SALES)
    company_of("OTHER")
    Customer.objects.filter(number="102").update(salesperson=sam)
    page = tabs.open(sam)

    page.goto("/NG/")
    expect(page.locator("nav.rail")).to_contain_text("Customers")
    for place in ("Chase list", "Imports", "Segments", "Set-up"):
        expect(page.locator("nav.rail")).not_to_contain_text(place)

    page.goto("/NG/customers/")
    expect(page.locator("[data-row-link]")).to_have_text(["Brandt GmbH"])
    page.locator("[data-row-link]").click()
    expect(page.locator("h1")).to_have_text("Brandt GmbH")
    expect(page.locator(".call-card")).to_contain_text("30,000.00")
    for what_collectors_have in ("#log", ".pauses", "[data-key=s]"):
        expect(page.locator(what_collectors_have)).to_have_count(0)

    page.goto("/NG/search/?q=harrow")
    expect(page.locator("main")).not_to_contain_text("Harrow Tools")

    stranger = rows.customers["101"].pk
    hidden = (
        f"/NG/customers/{stranger}/",
        f"/NG/customers/{stranger}/timeline/",
        "/OTHER/",
        "/OTHER/customers/",
    )
    assert {path: status_of(page, path) for path in hidden} == dict.fromkeys(hidden, 404)
    closed = (*(f"/NG/{path}" for path in FORBIDDEN), "/setup/", "/setup/users/")
    assert {path: status_of(page, path) for path in closed} == dict.fromkeys(closed, 403)
