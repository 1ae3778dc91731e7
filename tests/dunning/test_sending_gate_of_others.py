"""What is asked of a statement, a summary and copies in the moment in which they leave."""

import datetime as dt

import pytest

from collections_app.correspondence import messages, outbox, sending_pauses
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.received_rows import ReceivedMessage
from collections_app.correspondence.rules import Audience, MessageKind
from collections_app.correspondence.rules.writing import Letter
from collections_app.dunning import blocks, statements
from collections_app.dunning.rules.blocking import BlockReason
from collections_app.jobs.outbox import GATES
from collections_app.people.rules import Role
from tests.correspondence.mailing import Post, send
from tests.desk import person
from tests.dunning.office import AT, DAY, HOUR, TODAY, Office

MINUTE = dt.timedelta(minutes=1)
ANSWERS = (MessageKind.SUMMARY, MessageKind.COPY)
OTHERS = (*ANSWERS, MessageKind.STATEMENT)


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def queued(office: Office, kind: MessageKind, *, at: dt.datetime = AT) -> Message:
    """A message of this kind to Ada, released and due."""
    if kind == MessageKind.STATEMENT:
        made = statements.prepare(
            key="statement:1", customer=office.harrow, contact=office.ada, by=office.priya, at=at
        )
    else:
        letter = Letter(
            kind=kind,
            audience=Audience.CUSTOMER,
            to_name="Ada Osei",
            to_address="ada@harrow.example",
            subject="As agreed",
            body="Thank you for the call.\n",
        )
        key = f"{kind}:1"
        made = messages.prepare(
            company=office.company, customer=office.harrow, key=key, letter=letter, by=office.priya, at=at
        )
    outbox.release([made], by=office.priya, at=at)
    return made


def leave(at: dt.datetime = AT) -> int:
    """How many messages left in a round of the outbox, as the product sends."""
    post = Post()
    send(post, gates=GATES, at=at)
    return len(post.taken)


def stops_of(message: Message) -> list[tuple[str, str]]:
    message.refresh_from_db()
    return [(message.state, stop["code"]) for stop in message.stops]


@pytest.mark.parametrize("kind", OTHERS)
def test_it_leaves_when_nothing_speaks_against_it(office: Office, kind: MessageKind) -> None:
    queued(office, kind)
    assert leave(AT + MINUTE) == 1


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_sent_in_the_evening_leaves_in_the_morning(office: Office, kind: MessageKind) -> None:
    evening = AT + 9 * HOUR
    message = queued(office, kind, at=evening)
    assert leave(evening + MINUTE) == 0
    assert stops_of(message) == [("queued", "hour")]
    assert leave(AT + DAY - HOUR) == 1


@pytest.mark.parametrize("kind", OTHERS)
def test_nothing_goes_to_an_address_that_bounced(office: Office, kind: MessageKind) -> None:
    message = queued(office, kind)
    office.ada.email_bounced_at = AT
    office.ada.save()
    assert leave(AT + MINUTE) == 0
    assert stops_of(message) == [("held_back", "bounced")]


@pytest.mark.parametrize("kind", OTHERS)
def test_nothing_leaves_while_sends_are_paused(office: Office, kind: MessageKind) -> None:
    message = queued(office, kind)
    sending_pauses.pause(
        company=office.company,
        reason="Wrong bank details on the letters.",
        by=person(office.company, "ada", Role.ADMINISTRATOR),
        at=AT,
    )
    assert leave(AT + MINUTE) == 0
    message.refresh_from_db()
    assert message.state == "queued"


def test_a_statement_does_not_leave_once_something_was_booked(office: Office) -> None:
    message = queued(office, MessageKind.STATEMENT, at=AT - HOUR)
    office.receive("480.00")
    assert leave() == 0
    assert stops_of(message) == [("held_back", "changed")]
    assert "Draw it anew" in message.stops[0]["sentence"]


def test_other_words_do_not_make_an_overtaken_statement_new(office: Office) -> None:
    message = queued(office, MessageKind.STATEMENT, at=AT - HOUR)
    office.receive("480.00")
    recalled = outbox.recall(message, by=office.priya, at=AT + 3 * HOUR)
    again = messages.correct(
        recalled, subject="Statement", body="As you asked.", by=office.priya, at=AT + 3 * HOUR
    )
    outbox.release([again], by=office.priya, at=AT + 3 * HOUR)
    assert leave(AT + 4 * HOUR) == 0
    assert stops_of(again) == [("held_back", "changed")]


@pytest.mark.parametrize("kind", OTHERS)
def test_nothing_that_states_amounts_leaves_on_an_old_ledger(office: Office, kind: MessageKind) -> None:
    office.company.stale_after_hours = 1
    office.company.save()
    message = queued(office, kind, at=AT + 4 * HOUR)
    assert leave(AT + 4 * HOUR + MINUTE) == 0
    assert stops_of(message) == [("queued", "old_ledger")]


@pytest.mark.parametrize("kind", OTHERS)
def test_nothing_that_states_amounts_leaves_without_news_of_payments(
    office: Office, kind: MessageKind
) -> None:
    office.company.bank_stale_after_hours = 24
    office.company.save()
    message = queued(office, kind)
    assert leave(AT + MINUTE) == 0
    assert stops_of(message) == [("queued", "old_bank")]


@pytest.mark.parametrize("kind", OTHERS)
def test_what_was_written_last_week_is_not_sent_today(office: Office, kind: MessageKind) -> None:
    message = queued(office, kind, at=AT - 6 * DAY)
    Message.objects.filter(pk=message.pk).update(next_attempt_at=AT)
    assert leave() == 0
    assert ("held_back", "outdated") in stops_of(message)


def test_no_statement_goes_to_whoever_is_not_to_be_reminded(office: Office) -> None:
    blocks.place(
        customer=office.harrow,
        reason=BlockReason.INSOLVENCY,
        words="",
        until=TODAY + 30 * DAY,
        by=office.priya,
        at=AT,
    )
    statement, summary = queued(office, MessageKind.STATEMENT), queued(office, MessageKind.SUMMARY)
    assert leave(AT + MINUTE) == 1
    assert stops_of(statement) == [("held_back", "blocked")]
    assert stops_of(summary) == []


def test_no_statement_goes_to_whoever_was_promised_a_call(office: Office) -> None:
    office.call_agreed(TODAY + DAY)
    statement, copy = queued(office, MessageKind.STATEMENT), queued(office, MessageKind.COPY)
    assert leave(AT + MINUTE) == 1
    assert stops_of(statement) == [("held_back", "left_alone")]
    assert stops_of(copy) == []


def test_a_statement_waits_until_what_they_wrote_is_read(office: Office) -> None:
    ReceivedMessage.objects.create(
        company=office.company,
        customer=office.harrow,
        audience=Audience.CUSTOMER,
        key="1",
        kind="reply",
        sort="paid",
        from_address="ada@harrow.example",
        language="en",
        received_at=AT - HOUR,
    )
    statement, copy = queued(office, MessageKind.STATEMENT), queued(office, MessageKind.COPY)
    assert leave(AT + MINUTE) == 1
    assert stops_of(statement) == [("queued", "unread_reply")]
    assert stops_of(copy) == []


def test_a_statement_waits_when_they_heard_from_us_often_enough(office: Office) -> None:
    for days in range(office.company.touches_max):
        office.talk(at=AT - (days + 1) * HOUR)
    message = queued(office, MessageKind.STATEMENT)
    assert leave(AT + MINUTE) == 0
    assert stops_of(message) == [("queued", "budget")]


@pytest.mark.parametrize("kind", ANSWERS)
def test_what_they_asked_for_leaves_however_often_we_spoke(office: Office, kind: MessageKind) -> None:
    for days in range(office.company.touches_max):
        office.talk(at=AT - (days + 1) * HOUR)
    queued(office, kind)
    office.receive("480.00")
    assert leave(AT + MINUTE) == 1
