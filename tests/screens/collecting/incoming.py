"""Mails that come in for a customer of the office, and the pages that show them."""

import datetime as dt

from django.test import Client

from collections_app.correspondence import received_messages
from collections_app.correspondence.received_rows import ReceivedMessage
from collections_app.ledger.contacts import Contact
from collections_app.people.users import User
from tests.correspondence.incoming_mails import mail
from tests.screens.collecting.conftest import Office

ADA = "ada@harrow.example"
DAY = dt.timedelta(days=1)
NOW = "Wed, 18 Mar 2026 10:00:00 +0000"


def contact_of(office: Office) -> Contact:
    return Contact.objects.create(
        customer=office.customer("100"), name="Ada Osei", email=ADA, is_primary=True, recorded_at=office.at
    )


def takes(office: Office, name: str, *, sender: str = ADA, **changes: str) -> ReceivedMessage:
    """Written just now, so that the days it names are to come."""
    today = f"{office.at:%a, %d %b %Y %H:%M:%S +0000}"
    raw = mail(name, sender=sender)
    for was, words in {**changes, NOW: today}.items():
        raw = raw.replace(was.encode(), words.encode())
    got = received_messages.take(raw, company=office.company, named="INBOX", at=office.at).received
    assert got
    return got


def page(browser: Client, url: str = "/NG/inbox/") -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def post(office: Office, got: ReceivedMessage, deed: str, *, by: User | None = None, **given: str) -> str:
    browser = office.client(by or office.priya)
    return browser.post(f"/NG/inbox/{got.pk}/{deed}/", given, follow=True).content.decode()


def is_read(got: ReceivedMessage) -> bool:
    got.refresh_from_db()
    return got.read_at is not None
