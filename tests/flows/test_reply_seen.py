"""A reply is read in, seen, answered by one key and a promise, and the chase goes on; by keyboard alone."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from collections_app.contact.promised import Promise, PromisedInvoice
from collections_app.correspondence import messages, outbox
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.received_rows import ReceivedMessage
from collections_app.correspondence.rules import MessageKind
from collections_app.dunning import stops
from collections_app.ledger.contacts import Contact
from collections_app.lib import clock
from collections_app.people.users import User
from tests.browsing import go, press, ready
from tests.correspondence.incoming_mails import mail
from tests.correspondence.mailing import LETTER, Post, send
from tests.ledgerrows import Rows

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("morning"),
]


def sent(rows: Rows, by: User) -> Message:
    """What Harrow answers: a message that left this morning."""
    at, customer = clock.now() - dt.timedelta(minutes=10), rows.customers["101"]
    Contact.objects.filter(customer=customer).update(email=LETTER.to_address)
    made = messages.prepare(
        company=customer.company, customer=customer, key="statement:1", letter=LETTER, by=by, at=at
    )
    assert made.kind == MessageKind.SUMMARY
    outbox.release([made], by=None, at=at)
    send(Post(), at=at)
    return made


def stopped(rows: Rows) -> bool:
    customer = rows.customers["101"]
    facts = stops.facts_for(company=customer.company, customers=[customer.pk], at=clock.now())
    return facts[customer.pk].unread is not None


def test_a_reply_is_seen_and_its_promise_saved_in_a_few_keys(
    page: Page, rows: Rows, priya: User, tmp_path: Path
) -> None:
    raw = mail("reply_promise", about=sent(rows, priya)).replace(b"A-1001", b"A2")
    (tmp_path / "reply.eml").write_bytes(raw.replace(b"Wed, 18 Mar 2026 10:00", b"Wed, 11 Mar 2026 08:59"))
    call_command("read_mailbox", str(tmp_path), "--company", "NG")
    assert stopped(rows)

    go(page, "gi")
    expect(page.locator("h1")).to_have_text("Inbox")
    expect(page.locator(".rail [aria-current=page]")).to_contain_text("1")
    row = page.locator("table[data-rows] tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("We will pay A2 on 26 March.")
    expect(row).to_contain_text("Names a day")
    press(page, "j", "a")

    expect(page.locator("h1")).to_contain_text("Harrow Tools")
    ready(page)
    expect(page.locator("#log_said")).to_have_value(
        "Hello,\n\nsorry about that. We will pay A2 on 26 March.\n\nKind regards\nRuth"
    )
    expect(page.locator("#log_promised_on")).to_have_value("2026-03-26")
    expect(page.locator("#log_promise_amount")).to_have_value("4000.00")
    expect(page.locator("input[name=outcome][value=promised]")).to_be_checked()
    expect(page.locator("[name=invoices]:checked")).to_have_count(1)
    page.locator("#log_said").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toasts")).to_contain_text("promised to pay is written down")

    promise = Promise.objects.get()
    line = PromisedInvoice.objects.get(promise=promise)
    assert (promise.promised_on, line.invoice.number) == (dt.date(2026, 3, 26), "A2")
    assert ReceivedMessage.objects.get().read_by == priya
    assert not stopped(rows)


def test_a_copy_is_sent_on_from_a_reply_and_a_reply_of_nobody_finds_its_customer(
    page: Page, rows: Rows, priya: User, tmp_path: Path
) -> None:
    sent(rows, priya)
    (tmp_path / "a.eml").write_bytes(mail("reply_copy", sender=LETTER.to_address))
    (tmp_path / "b.eml").write_bytes(mail("reply_thanks", sender="clerk@nobody.example"))
    call_command("read_mailbox", str(tmp_path), "--company", "NG")

    go(page, "gi")
    expect(page.locator("h1")).to_have_text("Inbox")
    press(page, "3")
    expect(page.locator("table[data-rows] tbody tr")).to_have_count(1)
    press(page, "j", "Enter")
    expect(page.locator("h1")).to_have_text("Ruth Bakker")
    press(page, "/")
    page.keyboard.type("brandt")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("It is theirs")
    press(page, "Escape", "y")
    expect(page.locator("#toasts")).to_contain_text("It is Brandt GmbH's.")
    press(page, "r")
    expect(page.locator("#toasts")).to_contain_text("Read.")

    expect(page.locator("h1")).to_have_text("Inbox")
    press(page, "j", "a")
    expect(page.locator("#toasts")).to_contain_text("The copies are ready.")
    expect(page.locator("h1")).to_contain_text("Harrow Tools")
    press(page, "l")
    expect(page.locator("#toasts")).to_contain_text("It leaves in 20 seconds.")
    assert Message.objects.get(kind="copy").state == "queued"
