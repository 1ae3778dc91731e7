"""What is done fifty times a day costs two keys. Real key presses are counted, modifiers too."""

from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.promised import Promise
from collections_app.contact.rules.conversation import try_again
from collections_app.correspondence.messages import Message
from collections_app.ledger.companies import Company
from tests.browsing import press
from tests.ledgerrows import Rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COUNTER = "window.keys = 0; addEventListener('keydown', () => { window.keys += 1; }, true);"


@pytest.fixture
def counted(page: Page, rows: Rows) -> Page:
    """Harrow Tools is on screen, and every key that goes down is counted."""
    harrow = rows.customers["101"]
    harrow.contacts.update(name="Anna Vogel", email="a.vogel@harrow.example")
    page.goto(f"/NG/customers/{harrow.pk}/")
    page.evaluate(COUNTER)
    return page


def keys(page: Page) -> int:
    return int(page.evaluate("window.keys"))


def at_the_next(page: Page) -> None:
    expect(page.locator("#customer h1")).to_have_text("Brandt GmbH")


def test_a_promise_of_all_for_tomorrow_and_the_next_customer_within_four_keys(counted: Page) -> None:
    press(counted, "p")
    expect(counted.locator("#log_promise_amount")).to_be_focused()
    press(counted, "Enter")
    at_the_next(counted)

    promise = Promise.objects.get()
    assert str(promise.amount) == "124000.000"
    assert promise.promised_on == promise.company.calendar.next_working_day(
        promise.company.today(at=promise.recorded_at)
    )
    assert keys(counted) <= 4


def test_an_invoice_copy_within_two_keys(counted: Page) -> None:
    press(counted, "i", "Enter")
    at_the_next(counted)

    assert Message.objects.get(kind="copy").to_address == "a.vogel@harrow.example"
    assert keys(counted) <= 2


def test_no_answer_and_when_to_try_again_within_three_keys(counted: Page) -> None:
    press(counted, "1", "Enter")
    at_the_next(counted)

    log = ContactLog.objects.get()
    company: Company = log.company
    now = log.at.astimezone(ZoneInfo(company.time_zone))
    assert (log.next_on, log.next_at) == try_again(now=now, calendar=company.calendar)
    assert keys(counted) <= 3


def test_the_summary_leaves_with_one_more_key(counted: Page) -> None:
    press(counted, "p")
    expect(counted.locator("#log_promise_amount")).to_be_focused()
    press(counted, "Enter")
    at_the_next(counted)
    press(counted, "e")
    expect(counted.locator("#toasts")).to_contain_text("The summary for Anna Vogel leaves in 20 seconds.")

    assert Message.objects.get().kind == "summary"
    assert keys(counted) == 3
