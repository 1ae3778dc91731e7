"""What was agreed, worked by keyboard: promises, disputes, what we owe, what we ask of colleagues."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from collections_app.contact import (
    colleague_requests,
    commitments,
    dispute_escalations,
    disputes,
    promises,
)
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.dispute_rows import Dispute
from collections_app.contact.promised import Promise
from collections_app.contact.request_rows import ColleagueRequest
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.users import User
from collections_app.segmentation.assignments import Assignment
from tests.browsing import arrow_to, go, press, ready, tab_to, type_day
from tests.desk import person
from tests.flows.conftest import TODAY
from tests.flows.tabs import Tabs
from tests.ledgerrows import Rows

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("morning"),
]

DAY = dt.timedelta(days=1)


def promised(rows: Rows, number: str, amount: int, *, days: int, by: User) -> Promise:
    """What was promised a week ago, for some days from today."""
    invoice, at = rows.invoices[number], clock.now() - 7 * DAY
    return promises.record(
        customer=invoice.customer,
        amount=Decimal(amount),
        currency=invoice.currency,
        promised_on=TODAY + days * DAY,
        lines=[(invoice, Decimal(amount))],
        by=by,
        at=at,
        today=TODAY - 7 * DAY,
    )


def rows_on(page: Page) -> Locator:
    ready(page)
    return page.locator("table[data-rows] tbody tr")


def send(page: Page, says: str) -> None:
    """Send the form one is in, and read what is said of it."""
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toasts")).to_contain_text(says)


def open_deed(page: Page, key: str, button: str) -> None:
    """Its key opens it and goes there; Tab goes on into its first field."""
    press(page, key)
    expect(page.get_by_role("button", name=button, exact=True)).to_be_visible()
    page.keyboard.press("Tab")


def test_a_promise_is_found_replaced_by_one_in_parts_and_that_taken_back(
    page: Page, rows: Rows, priya: User
) -> None:
    late = promised(rows, "B1", 30_000, days=-1, by=priya)
    promised(rows, "C1", 6_000, days=5, by=priya)
    go(page, "gp")
    expect(page.locator("h1")).to_have_text("Promises")
    expect(rows_on(page)).to_have_count(2)
    press(page, "3")
    expect(rows_on(page)).to_have_count(1)
    expect(rows_on(page)).to_contain_text("1 day late, grace ends Thu 12 Mar")
    press(page, "j", "Enter")
    expect(page.locator("h1")).to_have_text("£30,000.00 from Brandt GmbH")

    press(page, "p")
    type_day(page, TODAY + 7 * DAY)
    tab_to(page, page.locator("#new_amount_1"))
    page.keyboard.type("20000")
    tab_to(page, page.locator("#new_on_2"))
    type_day(page, TODAY + 14 * DAY)
    tab_to(page, page.locator("#new_amount_2"))
    page.keyboard.type("9000")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#new_because_field")).to_contain_text("Say in a few words why")
    expect(page.locator("#new_amount_2")).to_have_value("9000")
    tab_to(page, page.locator("#new_because"))
    page.keyboard.type("Their bank asked for two days")
    send(page, "Promised anew: £29,000.00.")
    expect(page.locator("h1")).to_have_text("£29,000.00 from Brandt GmbH")
    made = Promise.objects.get(state="running", customer=late.customer)
    assert list(made.instalments.order_by("number").values_list("promised_on", "amount")) == [
        (TODAY + 7 * DAY, Decimal(20_000)),
        (TODAY + 14 * DAY, Decimal(9_000)),
    ]

    open_deed(page, "w", "Withdraw the promise")
    page.keyboard.type("They pay by direct debit now")
    send(page, "The promise is withdrawn.")
    go(page, "gp")
    # The promise that it had replaced stands again.
    expect(rows_on(page)).to_contain_text(["Brandt GmbH 102 £30,000.00", "Calder Ltd"])
    press(page, "7")
    expect(page.locator(".views [aria-current]").first).to_contain_text("Withdrawn or replaced 1")
    expect(rows_on(page)).to_contain_text(["£29,000.00"])


def lodged(rows: Rows, number: str, amount: int, *, reason: str, days_ago: int, by: User) -> Dispute:
    invoice = rows.invoices[number]
    return disputes.lodge(
        customer=invoice.customer,
        invoice=invoice,
        amount=Decimal(amount),
        reason=reason,
        by=by,
        at=clock.now() - days_ago * DAY,
    )


@pytest.fixture
def disputed(rows: Rows, priya: User) -> Dispute:
    """Of Brandt's invoice, since a fortnight; and something else of Calder's, since today."""
    lodged(rows, "C1", 60, reason="QTY", days_ago=0, by=priya)
    return lodged(rows, "B1", 500, reason="PRICE", days_ago=14, by=priya)


def test_a_dispute_rises_and_is_found_by_its_reason(page: Page, company: Company, disputed: Dispute) -> None:
    assert dispute_escalations.escalate(company=company, today=TODAY, at=clock.now()) == 1
    go(page, "gd")
    expect(page.locator("h1")).to_have_text("Disputes")
    expect(rows_on(page)).to_have_count(2)
    tab_to(page, page.locator("#filter-reason"))
    arrow_to(page, "Price or discount")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile("reason=PRICE"))
    expect(rows_on(page)).to_have_count(1)
    expect(rows_on(page)).to_contain_text("overdue")
    expect(rows_on(page)).to_contain_text("manager told")
    press(page, "j", "Enter")
    expect(page.locator("h1")).to_have_text("Dispute of £500.00 of B1")
    expect(page.locator("main")).to_contain_text("It has risen to the owner's manager.")
    press(page, "c")
    expect(page.locator("#customer h1")).to_have_text("Brandt GmbH")


def test_a_dispute_waits_goes_on_is_answered_and_closed(page: Page, disputed: Dispute) -> None:
    page.goto(f"/NG/disputes/{disputed.pk}/")
    open_deed(page, "w", "Stop the clock")
    page.keyboard.type("the quote of January")
    send(page, "The clock stands until it has come.")
    expect(page.locator("main")).to_contain_text("waiting for the quote of January")

    # What comes next stands open already: its key goes there.
    open_deed(page, "v", "Write it down")
    page.keyboard.type("Their quote, by email")
    send(page, "Written down; the clock runs.")

    open_deed(page, "a", "Keep the answer")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("The customer is partly right")).to_be_checked()
    tab_to(page, page.locator("#answer_text"))
    page.keyboard.type("Eight of eleven were agreed")
    send(page, "Your answer is kept.")

    open_deed(page, "x", "Close it")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#close [data-problems]")).to_contain_text("Say how the dispute ends.")
    tab_to(page, page.get_by_label("Accepted", exact=True))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, page.locator("#close_credited"))
    page.keyboard.type("300")
    tab_to(page, page.locator("#close_cause"))
    arrow_to(page, "Price or discount was not as agreed")
    tab_to(page, page.get_by_label("Yes, they know how it ends"))
    page.keyboard.press("Space")
    tab_to(page, page.locator("#close_conclusion"))
    page.keyboard.type("A credit note of 300 follows")
    send(page, "The dispute of B1 is partly accepted.")

    page.goto("/NG/disputes/?view=closed")
    expect(rows_on(page)).to_have_count(1)
    expect(rows_on(page)).to_contain_text("Partly accepted")
    closed = Dispute.objects.get(pk=disputed.pk)
    assert (closed.state, closed.cause, closed.credited) == ("partly_accepted", "pricing", 300)


def test_what_we_owe_is_moved_handed_over_and_no_longer_owed(
    page: Page, company: Company, rows: Rows, priya: User
) -> None:
    tom, at = person(company, "tom"), clock.now()
    for number in ("101", "102"):
        commitments.record(
            customer=rows.customers[number], kind="copy", owner=priya, due_on=TODAY, by=priya, at=at
        )
    page.goto("/NG/requests/commitments/")
    press(page, "j", "j", "Enter")
    expect(page.locator("main")).to_contain_text("for Brandt GmbH")
    open_deed(page, "m", "Move it")
    type_day(page, TODAY + 2 * DAY)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-problems]")).to_contain_text("Say in a few words why the day moves.")
    expect(page.locator("#deed-move [name=due_on]")).to_have_value((TODAY + 2 * DAY).isoformat())
    tab_to(page, page.locator("#deed-move [name=reason]"))
    page.keyboard.type("The archive is being moved")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("first promised for")
    open_deed(page, "o", "Hand it over")
    arrow_to(page, "Tom")
    tab_to(page, page.locator("#deed-hand_over [name=reason]"))
    page.keyboard.type("He has the archive")
    send(page, "It is in other hands.")

    press(page, "c")
    expect(page.locator(".we-owe")).to_contain_text("Copy of an invoice, Tom")
    page.goto("/NG/requests/commitments/")
    expect(rows_on(page)).to_have_count(1)
    press(page, "j", "Enter")
    expect(page.locator("main")).to_contain_text("for Harrow Tools")
    open_deed(page, "w", "Withdraw it")
    page.keyboard.type("They found it")
    send(page, "We no longer owe it.")
    found = Commitment.objects.order_by("customer__number").values_list("state", "owner__username", "due_on")
    assert list(found) == [("withdrawn", "priya", TODAY), ("open", tom.username, TODAY + 2 * DAY)]


def test_a_colleague_finds_what_is_asked_of_them_passes_it_on_and_that_one_answers(
    tabs: Tabs, company: Company, rows: Rows, priya: User
) -> None:
    tom, lena = person(company, "tom"), person(company, "lena")
    for number, kind in (("101", "approval"), ("102", "proof_of_delivery")):
        colleague_requests.ask(
            customer=rows.customers[number], kind=kind, to_user=tom, reason="the customer waits for it",
            due_on=TODAY + 2 * DAY, by=priya, at=clock.now(),
        )  # fmt: skip
    Assignment.objects.update(collector=tom)
    desk = tabs.open(tom)
    desk.goto("/NG/requests/")
    expect(rows_on(desk)).to_have_count(2)
    tab_to(desk, desk.locator("#filter-kind"))
    arrow_to(desk, "Proof of delivery")
    desk.keyboard.press("Control+Enter")
    expect(rows_on(desk)).to_have_count(1)
    press(desk, "j", "Enter")
    expect(desk.locator("main")).to_contain_text("for Brandt GmbH")
    open_deed(desk, "p", "Pass it on")
    arrow_to(desk, "Lena")
    tab_to(desk, desk.locator("#deed-pass_on [name=reason]"))
    desk.keyboard.type("Lena drove there")
    send(desk, "Somebody else is asked now.")

    hers = tabs.open(lena)
    hers.goto("/NG/requests/")
    press(hers, "j", "Enter")
    expect(hers.locator("main")).to_contain_text("for Brandt GmbH")
    press(hers, "a")
    expect(hers.get_by_label("Your answer")).to_be_focused()
    hers.keyboard.type("Signed at the gate on the 2nd.")
    hers.keyboard.press("Control+Enter")
    expect(hers.locator("main")).to_contain_text("Signed at the gate on the 2nd.")
    states = ColleagueRequest.objects.order_by("kind").values_list("kind", "state", "to_user__username")
    assert list(states) == [("approval", "open", "tom"), ("proof_of_delivery", "answered", "lena")]
