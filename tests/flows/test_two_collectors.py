"""Two collectors on one list, at the same moment."""

import pytest
from playwright.sync_api import Page, expect

from collections_app.contact.contact_logs import ContactLog
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.users import User
from collections_app.segmentation.assignments import Assignment
from tests.browsing import ready
from tests.desk import list_day, person
from tests.flows.tabs import Tabs
from tests.ledgerrows import Rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Sends a form and does not wait for its answer, so that the other collector's is under way as well.
SEND = "document.querySelector('{form}').requestSubmit()"
NEXT, LOG = 'main form[action$="/chase/next/"]', "#log"
SHOWN = "#customer .page-head .soft"


def number_on(page: Page) -> str:
    """The number of the customer that is open."""
    expect(page.locator(SHOWN)).to_be_visible()
    return page.locator(SHOWN).inner_text().split()[0]


@pytest.fixture
def tom(company: Company, rows: Rows) -> User:
    """A colleague; nobody looks after the customers yet, so that both are offered all of them."""
    user = person(company, "tom")
    Assignment.objects.update(collector=None)
    list_day(company, at=clock.now())
    return user


def test_next_never_gives_two_collectors_the_same_customer(tabs: Tabs, priya: User, tom: User) -> None:
    desks = [tabs.open(priya), tabs.open(tom)]
    for page in desks:
        page.goto("/NG/chase/?view=all")
    for page in desks:
        page.evaluate(SEND.format(form=NEXT))
    for _ in range(2):
        before = [number_on(page) for page in desks]
        assert len(set(before)) == 2
        for page in desks:
            ready(page)
            page.click("label.act >> text=No answer")
        for page in desks:
            page.evaluate(SEND.format(form=LOG))
        for page, number in zip(desks, before, strict=True):
            expect(page.locator(SHOWN)).not_to_contain_text(number)
    assert len({number_on(page) for page in desks}) == 2
    worked = list(ContactLog.objects.values_list("customer__number", flat=True))
    assert sorted(worked) == ["101", "102", "103", "104"]


def test_a_row_that_a_colleague_has_open_says_who(tabs: Tabs, rows: Rows, priya: User, tom: User) -> None:
    first, second = tabs.open(priya), tabs.open(tom)
    first.goto(f"/NG/customers/{rows.customers['102'].pk}/")
    with first.expect_response("**/claim/"):
        first.reload()
    second.goto("/NG/chase/?view=all")
    expect(second.locator("tbody tr").filter(has_text="102")).to_contain_text("with Priya")
    expect(second.locator("tbody tr").filter(has_text="101")).not_to_contain_text("with Priya")

    second.locator("tbody tr").filter(has_text="102").locator("[data-row-link]").click()
    expect(second.locator("#claim")).to_contain_text("Priya has this customer open")
