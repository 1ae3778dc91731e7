"""A reminder worded anew, approved and taken back by keyboard alone, seen from the mail server: after the
undo nothing left, and after its time the changed words did.
"""

import datetime as dt
from collections.abc import Iterator
from email.message import Message as Mail

import pytest
import time_machine
from playwright.sync_api import Page, expect

from collections_app.correspondence import deliveries
from collections_app.correspondence.carriers.smtp import EmailBackend
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.jobs import outbox as workers
from collections_app.ledger.contacts import Contact
from collections_app.lib import clock
from collections_app.people.users import User
from tests.browsing import go, press, ready
from tests.correspondence.mailserver import Sink, mail_server
from tests.dunning.reminding import waiting
from tests.flows.conftest import TODAY
from tests.ledgerrows import Rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OURS = "Thank you for looking into it."
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def sink() -> Iterator[Sink]:
    with mail_server(Sink()) as sink:
        yield sink


@pytest.fixture
def reminder(morning: time_machine.Traveller, rows: Rows, priya: User) -> ReminderDraft:
    """To Ms Roth about B1, on a Wednesday morning."""
    priya.email = "priya@northgate.example"
    priya.save()
    brandt = rows.customers["102"]
    Contact.objects.create(
        customer=brandt, name="Ms Roth", email="roth@brandt.example", recorded_at=clock.now()
    )
    return waiting(brandt, rows.invoices["B1"], day=TODAY)


def send(sink: Sink) -> None:
    """What a worker does whenever the clock tells it to."""
    carrier = EmailBackend(host="127.0.0.1", port=sink.port, username="", password="", timeout=20)
    given = {"gates": workers.GATES, "completes": workers.COMPLETES, "link_for": workers.link_for}
    deliveries.send_due(**given, connection=carrier, at=clock.now())  # type: ignore[arg-type]


def words_of(mail: Mail) -> str:
    [part] = [each for each in mail.walk() if each.get_content_type() == "text/plain"]
    words = part.get_payload(decode=True)
    assert isinstance(words, bytes)
    return words.decode()


def test_edited_approved_undone_and_approved_again_by_keyboard(
    morning: time_machine.Traveller, reminder: ReminderDraft, page: Page, sink: Sink
) -> None:
    go(page, "gm")
    expect(page.locator("h1")).to_have_text("Reminders")
    press(page, "j", "Enter")
    expect(page.locator("h1")).to_have_text("First reminder to Brandt GmbH")

    # Other words, judged while they are typed.
    press(page, "e")
    expect(page.locator("#id_body")).to_be_focused()
    page.keyboard.press("Control+Home")
    page.keyboard.press("End")
    page.keyboard.type(f"\n\n{OURS} You failed to pay, shame on you!!")
    expect(page.locator("#reminder-hits")).to_contain_text("may not leave")
    for _ in " You failed to pay, shame on you!!":
        page.keyboard.press("Backspace")
    expect(page.locator("#reminder-hits")).to_contain_text("finds nothing")
    press(page, "Control+Enter")
    expect(page.locator("#toasts")).to_contain_text("Your words are kept.")

    # Approved, and taken back before it leaves.
    press(page, "a")
    expect(page.locator("#toasts")).to_contain_text("Approved: it leaves")
    press(page, "z")
    expect(page.locator("#toasts")).to_contain_text("Taken back")
    morning.shift(5 * MINUTE)
    send(sink)
    assert sink.accepted == []
    reminder.refresh_from_db()
    assert reminder.state == "proposed"

    # Approved again: once its time has come it leaves, once.
    press(page, "a")
    expect(page.locator("#toasts")).to_contain_text("Approved: it leaves")
    send(sink)
    assert sink.accepted == []
    morning.shift(5 * MINUTE)
    for _ in range(2):
        send(sink)
    [mail] = sink.mails
    assert OURS in words_of(mail)
    assert "B1" in words_of(mail)
    assert "shame" not in words_of(mail)
    assert mail["To"] == "Ms Roth <roth@brandt.example>"

    go(page, "gm")
    ready(page)
    page.goto(f"/NG/reminders/{reminder.pk}/")
    expect(page.locator("main")).to_contain_text("Sent")
