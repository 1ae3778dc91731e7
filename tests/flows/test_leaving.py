"""A message leaves with one key, is called back with another; what nobody knows is decided by keys alone."""

import pytest
from playwright.sync_api import Page, expect

from collections_app.correspondence import messages, outbox
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules.sending import Outcome
from collections_app.lib import clock
from collections_app.people.users import User
from tests.browsing import press
from tests.correspondence.mailing import LETTER, Post, send
from tests.ledgerrows import Rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def written(rows: Rows, priya: User) -> Message:
    harrow = rows.customers["101"]
    return messages.prepare(
        company=harrow.company, customer=harrow, key="flow", letter=LETTER, by=priya, at=clock.now()
    )


def test_sent_from_the_customers_page_and_called_back(page: Page, written: Message) -> None:
    page.goto(f"/NG/customers/{written.customer_id}/")
    press(page, "l")
    expect(page.locator("#toasts")).to_contain_text("It leaves in 20 seconds.")
    expect(page.locator("#customer")).to_contain_text("Waiting to leave")
    press(page, "z")
    expect(page.locator("#toasts")).to_contain_text("Called back.")
    written.refresh_from_db()
    assert written.state == "ready"


def test_what_may_have_left_is_decided_by_keys(page: Page, written: Message) -> None:
    outbox.release([written], by=None, at=clock.now())
    send(Post(Outcome.UNKNOWN), at=clock.now())
    page.goto("/NG/outbox/")
    expect(page.locator(f"#message-{written.pk}")).to_be_visible()
    press(page, "j", "Enter")
    expect(page.locator("h1")).to_have_text(LETTER.subject)
    press(page, "a")
    expect(page.locator("#toasts")).to_contain_text("It leaves in 20 seconds.")
    press(page, "b")
    expect(page.locator("#toasts")).to_contain_text("Called back.")
    press(page, "w")
    expect(page.locator("#toasts")).to_contain_text("Withdrawn.")
    written.refresh_from_db()
    assert written.state == "withdrawn"
