"""While nobody has read what a customer wrote, no reminder leaves for them; then it does."""

import datetime as dt

import pytest

from collections_app.correspondence import messages, outbox, received_messages
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.received_rows import ReceivedMessage
from collections_app.correspondence.rules import Audience, MessageKind
from collections_app.correspondence.rules.writing import Letter
from collections_app.dunning.rules.stop_facts import Unread
from collections_app.jobs.outbox import GATES
from tests.correspondence.incoming_mails import mail
from tests.correspondence.mailing import Post, send
from tests.dunning.office import AT, HOUR, Office
from tests.dunning.reminding import drafted

ADA = "ada@harrow.example"


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def takes(office: Office, name: str, *, at: dt.datetime = AT) -> ReceivedMessage:
    got = received_messages.take(mail(name, sender=ADA), company=office.company, at=at).received
    assert got
    return got


def reminder(office: Office) -> Message:
    letter = Letter(
        kind=MessageKind.REMINDER,
        audience=Audience.CUSTOMER,
        to_name="Ada Osei",
        to_address=ADA,
        subject="Invoice A1 is due",
        body="Hello Ada",
    )
    made = messages.prepare(
        company=office.company, customer=office.harrow, key="reminder:1", letter=letter, by=None, at=AT
    )
    outbox.release([made], by=None, at=AT)
    return drafted(made, day=AT.date())


def test_a_reply_that_nobody_has_read_is_seen_and_gone_once_it_is_read(office: Office) -> None:
    got = takes(office, "reply_paid", at=AT - HOUR)
    takes(office, "reply_copy")
    assert office.facts().unread == Unread("Ruth Bakker", AT - HOUR)
    assert office.facts(at=AT - 2 * HOUR).unread is None
    assert office.codes() == ["unread_reply"]

    for each in ReceivedMessage.objects.pausing():
        received_messages.mark_read(each, by=office.tom, at=AT)
    assert office.codes() == []
    received_messages.mark_unread(got, by=office.tom, at=AT)
    assert office.codes() == ["unread_reply"]


@pytest.mark.parametrize("name", ["away_english", "ticket_received", "delay_words"])
def test_what_machines_write_stops_nothing(office: Office, name: str) -> None:
    takes(office, name)
    assert office.codes() == []


def test_a_reply_of_nobody_stops_nothing_before_somebody_says_whose_it_is(office: Office) -> None:
    got = received_messages.take(mail("reply_paid"), company=office.company, at=AT).received
    assert got
    assert office.codes() == []
    received_messages.assign(got, customer=office.harrow, by=office.tom, at=AT)
    assert office.codes() == ["unread_reply"]


def test_a_reply_from_an_address_of_several_customers_stops_all_of_them_until_somebody_says_whose_it_is(
    office: Office,
) -> None:
    """Who pays for both of them wrote; the subject does not say for whom."""
    north = office.rows.customers["101"]
    office.meet(north, "Ada Osei", ADA.upper())
    got = takes(office, "reply_query")
    assert got.customer is None
    assert office.codes() == ["unread_reply"]
    assert office.facts(north).unread == office.facts().unread
    assert office.facts(office.rows.customers["200"]).unread is None

    received_messages.assign(got, customer=north, by=office.tom, at=AT)
    assert office.codes() == []
    assert office.facts(north).unread


def test_a_reminder_that_is_due_waits_for_the_reply_to_be_read_and_then_leaves(office: Office) -> None:
    message, post = reminder(office), Post()
    got = takes(office, "reply_query")
    send(post, gates=GATES, at=AT + HOUR)
    message.refresh_from_db()
    assert (post.taken, message.state) == ([], "queued")
    assert message.stops[0]["code"] == "unread_reply"
    assert message.next_attempt_at
    assert message.next_attempt_at >= AT + 1.5 * HOUR

    received_messages.mark_read(got, by=office.tom, at=AT + HOUR)
    send(post, gates=GATES, at=AT + 1.6 * HOUR)
    assert post.ids == [message.message_id]
