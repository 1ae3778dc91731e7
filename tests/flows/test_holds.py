"""Why is this order on hold? Asked at a desk and on a phone, decided by a manager, told when it is free."""

import datetime as dt
import re
from contextlib import nullcontext
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from collections_app.holds import checks, orders
from collections_app.holds.notice_rows import HoldWatch
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.holds.rules.ordering import Moment, Stated
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.browsing import come_in_without, let_go, press, ready
from tests.desk import person
from tests.flows.sights import fits_and_is_accessible
from tests.flows.tabs import Tabs
from tests.ledgerrows import Rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK, PHONE = 1440, 390
IS_ASKED = re.compile(r"[?&]q=SO-88")
# What one taps on the page of an order, besides links within sentences.
TARGETS = "main :is(button, input:not([type=hidden]), textarea, summary, .actions a, .views a, .lead a)"
SMALL = f"""() => [...document.querySelectorAll("{TARGETS}")]
    .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 43.5)
    .map((each) => each.outerHTML.slice(0, 120))"""


@pytest.fixture
def sam(company: Company, rows: Rows) -> User:
    sam = person(company, "sam", Role.SALES)
    Customer.objects.filter(number="101").update(salesperson=sam)
    return sam


@pytest.fixture
def order(company: Company, sam: User) -> Order:
    """Harrow's, which waits for an invoice of 120,000 that is too old."""
    at = clock.now()
    harrow = Customer.objects.select_related("company").get(number="101")
    stated = Stated(number="SO-8812", amount=Decimal("9400"), currency="GBP", placed_on=company.today(at=at))
    return orders.take_in(customer=harrow, stated=stated, by=None, at=at).order


def found(page: Page, *, has_scripts: bool = True) -> None:
    """To the page of the order by its number, looked for while it is typed and by Enter. The link is clicked
    when the list stands: one that is put in its place under the finger is not hit.
    """
    page.goto("/NG/holds/")
    box = page.get_by_role("searchbox", name="Why does this order wait?")
    with page.expect_response(IS_ASKED) if has_scripts else nullcontext():
        box.fill("SO-88")
    ready(page)
    with page.expect_response(IS_ASKED):
        box.press("Enter")
    ready(page)
    page.get_by_role("link", name="SO-8812").click()
    expect(page.locator("h1")).to_have_text("Order SO-8812")


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_sales_find_the_order_try_payments_ask_and_want_to_be_told(
    tabs: Tabs, sam: User, order: Order, width: int
) -> None:
    page = tabs.open(sam, width=width)
    found(page)
    expect(page.locator("#way-out")).to_contain_text("£120,000.00 frees the order by itself")

    page.locator("#what_if_paid").fill("100000")
    expect(page.locator("#if-paid")).to_contain_text("It takes £20,000.00 more.")
    page.locator("#what_if_paid").fill("120000")
    expect(page.locator("#if-paid")).to_contain_text("Then the order is free.")

    page.get_by_role("button", name="Tell me when it is free").click()
    expect(page.locator("#watch")).to_contain_text("You are told as soon as it is free.")
    assert HoldWatch.objects.get().user == sam

    page.locator("#ask summary").click()
    page.locator("#ask_reason").fill("Their line in Leeds stands still")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#release")).to_contain_text("Their line in Leeds stands still")
    assert Release.objects.get().asked_by == sam


def test_what_is_typed_while_the_page_comes_in_is_answered(tabs: Tabs, sam: User, order: Order) -> None:
    page = tabs.open(sam)
    held = come_in_without(page, "errors.js", f"/NG/holds/orders/{order.pk}/")
    page.locator("#what_if_paid").focus()
    page.keyboard.type("100000")
    assert page.locator("#what_if_paid").input_value() == "100000"

    let_go(page, held)
    expect(page.locator("#if-paid")).to_contain_text("It takes £20,000.00 more.")


def test_on_a_phone_it_is_one_column_of_targets_for_a_thumb(tabs: Tabs, sam: User, order: Order) -> None:
    page = tabs.open(sam, width=PHONE, has_touch=True, is_mobile=True)
    found(page)
    page.locator("#ask summary").click()
    ready(page)
    assert page.evaluate(SMALL) == []
    lefts = page.locator(".held .panel:visible").evaluate_all(
        "found => [...new Set(found.map((each) => Math.round(each.getBoundingClientRect().left)))]"
    )
    assert len(lefts) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    page.goto("/NG/holds/")
    assert page.evaluate(SMALL) == []


def test_all_of_it_works_without_a_script(tabs: Tabs, sam: User, order: Order, company: Company) -> None:
    page = tabs.open(sam, width=PHONE, java_script_enabled=False)
    found(page, has_scripts=False)
    page.locator("#what_if_paid").fill("120000")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#if-paid")).to_contain_text("Then the order is free.")
    page.get_by_role("button", name="Tell me when it is free").click()
    expect(page.locator("#watch")).to_contain_text("You are told as soon as it is free.")
    page.locator("#ask summary").click()
    page.locator("#ask_reason").fill("Their line stands still")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#release")).to_contain_text("Waits for a decision")

    dana = tabs.open(person(company, "dana", Role.MANAGER), java_script_enabled=False)
    dana.goto("/NG/holds/?view=asked")
    dana.get_by_role("link", name="SO-8812").click()
    dana.get_by_role("button", name="Release the order").click()
    expect(dana.locator("#why")).to_contain_text("Released")
    page.goto("/NG/")
    expect(page.locator("#notices")).to_contain_text("Dana released order SO-8812")


def test_a_manager_decides_by_keyboard_and_sales_read_it_on_their_home(
    tabs: Tabs, sam: User, order: Order, company: Company
) -> None:
    manager = person(company, "dana", Role.MANAGER)
    tab = tabs.open(sam)
    tab.goto(f"/NG/holds/orders/{order.pk}/")
    press(tab, "r")
    tab.locator("#ask_reason").fill("Their line stands still")
    tab.keyboard.press("Control+Enter")
    expect(tab.locator("#release")).to_contain_text("Waits for a decision")

    dana = tabs.open(manager)
    dana.goto("/NG/")
    expect(dana.locator("#notices")).to_contain_text("Sam asks for the release of order SO-8812")
    dana.goto(f"/NG/holds/orders/{order.pk}/")
    ready(dana)
    press(dana, "d")
    dana.locator("#decline_words").fill("The oldest invoice is not disputed; a date would help us")
    dana.keyboard.press("Control+Enter")
    expect(dana.locator("#release")).to_contain_text("Not released")
    order.refresh_from_db()
    assert order.holds.get().first_looked_by is not None

    tab.goto("/NG/")
    expect(tab.locator("#notices")).to_contain_text("leaves it on hold for now")
    tab.get_by_role("button", name="I have read these").click()
    expect(tab.locator("#notices")).to_have_count(0)


def test_whoever_wanted_to_know_reads_that_it_is_free(
    tabs: Tabs, sam: User, order: Order, company: Company
) -> None:
    page = tabs.open(sam, width=PHONE)
    page.goto(f"/NG/holds/orders/{order.pk}/")
    page.get_by_role("button", name="Tell me when it is free").click()
    expect(page.locator("#watch")).to_contain_text("You are told")
    later = clock.now() + dt.timedelta(minutes=5)
    Invoice.objects.filter(number="A1").update(due_on=company.today(at=later))
    checks.recheck(company=company, moment=Moment.PAYMENT, at=later)
    page.goto("/NG/")
    expect(page.locator("#notices")).to_contain_text("is free: nothing holds it any more.")


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_customer_is_written_to_from_the_page_of_the_order(
    tabs: Tabs, order: Order, company: Company, width: int
) -> None:
    Contact.objects.create(
        customer=order.customer, name="Zoe Lane", email="zoe@harrow.example", recorded_at=clock.now()
    )
    page = tabs.open(person(company, "dana", Role.MANAGER), width=width, java_script_enabled=width == DESK)
    page.goto(f"/NG/holds/orders/{order.pk}/")
    page.get_by_label("Send it to").select_option(label="Zoe Lane")
    page.get_by_role("button", name="Write the letter").click()
    expect(page.locator("main")).to_contain_text("a payment of £120,000.00 lets us deliver")

    page.goto(f"/NG/holds/orders/{order.pk}/")
    expect(page.locator("#letter")).to_contain_text("To Zoe Lane, zoe@harrow.example")
    if width == DESK:
        fits_and_is_accessible(page)
