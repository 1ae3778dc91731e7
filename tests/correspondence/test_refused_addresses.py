"""An address that the mail server turns away at the door counts like one from which a message came back."""

from collections.abc import Callable, Iterator

import pytest

from collections_app.activity.events import Event
from collections_app.correspondence import attempts, bounces, deliveries, outbox
from collections_app.correspondence.attempts import Counts, Round
from collections_app.correspondence.carriers.smtp import EmailBackend
from collections_app.correspondence.received_rows import ReceivedMessage
from collections_app.correspondence.rules.incoming import failing
from collections_app.correspondence.rules.incoming.reading import REFUSED_WORDS
from collections_app.correspondence.rules.sending import LEASE_SECONDS, Delivery, Outcome
from collections_app.ledger.contacts import Contact
from tests.correspondence.mailing import AT, LETTER, SECOND, House, Post, link_for, send
from tests.correspondence.mailserver import Sink, mail_server

GONE = "550 5.1.1 nobody of that name"
# What servers say of us, of the message or of a mailbox that works, also when they say it of the recipient.
NOT_OF_THE_ADDRESS = (
    "550 5.7.1 Service unavailable; client host blocked",
    "550 relaying denied",
    "554 5.7.1 <vogel@brandt.example>: Relay access denied",
    "530 5.7.0 Authentication required",
    "550 Authentication is required to send",
    "503 bad sequence of commands",
    "552 5.2.2 mailbox full",
    "550 mailbox is full",
)


@pytest.fixture
def sink() -> Iterator[Sink]:
    with mail_server(Sink()) as sink:
        yield sink


def round_of(sink: Sink) -> Counts:
    carrier = EmailBackend(host="127.0.0.1", port=sink.port, username="", password="", timeout=1)
    return deliveries.send_due(gates={}, link_for=link_for, connection=carrier, at=AT)


def says(answer: str, *, to: str = "RCPT") -> Callable[[str], str | None]:
    return lambda step: answer if step == to else None


def test_whoever_is_refused_by_name_is_marked_and_somebody_asks_for_another_address(
    house: House, sink: Sink
) -> None:
    house.meet()
    message, sink.mischief = house.queued(), says(GONE)

    assert round_of(sink) == Counts(failed=1)
    message.refresh_from_db()
    contact = Contact.objects.get(email=LETTER.to_address)
    assert (message.state, message.last_answer, contact.email_bounced_at) == (
        "failed",
        GONE,
        message.changed_at,
    )
    [got] = ReceivedMessage.objects.unread()
    assert (got.kind, got.customer, got.contact, got.about) == ("bounce", house.customer, contact, message)
    assert got.failures == [{"address": LETTER.to_address, "is_hard": True, "status": "5.1.1", "words": GONE}]
    assert got.words == REFUSED_WORDS
    told = Event.objects.get(what="message.failed")
    assert (told.facts["marked"], GONE in told.summary) == ([contact.pk], True)

    bounces.give_address(contact, email="accounts@brandt.example", by=house.priya, at=AT)
    contact.refresh_from_db()
    assert contact.email_bounced_at is None


@pytest.mark.parametrize("answer", NOT_OF_THE_ADDRESS)
def test_a_refusal_that_is_about_us_or_a_full_mailbox_marks_nobody(
    house: House, sink: Sink, answer: str
) -> None:
    house.meet()
    house.queued()
    sink.mischief = says(answer)
    assert round_of(sink) == Counts(failed=1)
    assert not Contact.objects.filter(email_bounced_at__isnull=False).exists()
    assert not ReceivedMessage.objects.exists()


@pytest.mark.parametrize("step", ["MAIL", "DATA", "BEFORE"])
def test_a_refusal_of_our_address_or_of_what_we_wrote_marks_nobody(
    house: House, sink: Sink, step: str
) -> None:
    house.meet()
    house.queued()
    sink.mischief = says("550 no", to=step)
    assert round_of(sink) == Counts(failed=1)
    assert not Contact.objects.filter(email_bounced_at__isnull=False).exists()


def test_a_server_that_asks_for_patience_marks_nobody(house: House, sink: Sink) -> None:
    house.meet()
    house.queued()
    sink.mischief = says("450 4.2.1 greylisted")
    assert round_of(sink) == Counts(retried=1, waiting=1)
    assert not Contact.objects.filter(email_bounced_at__isnull=False).exists()


def test_sent_again_and_refused_again_it_is_told_again_and_the_mark_stands(house: House) -> None:
    house.meet()
    message = house.queued()
    post = Post(lambda envelope: Delivery(Outcome.REFUSED, GONE, is_about_address=True))
    send(post)
    outbox.send_again(message, by=house.priya, at=AT)
    assert send(post, at=AT + 60 * SECOND).failed == 1
    assert Contact.objects.get().email_bounced_at == ReceivedMessage.objects.order_by("pk")[0].received_at
    assert ReceivedMessage.objects.unread().count() == 2


def test_a_worker_that_was_given_up_and_overruled_marks_nobody(house: House) -> None:
    house.meet()
    message = house.queued()
    claimed = attempts.claim(Round(gates={}, link_for=link_for), at=AT)
    assert claimed
    late = AT + (LEASE_SECONDS + 1) * SECOND
    attempts.give_up_lost(at=late)
    outbox.confirm_left(message, by=house.priya, at=late)
    attempts.settle(claimed, Delivery(Outcome.REFUSED, GONE, is_about_address=True), at=late)
    assert Contact.objects.get().email_bounced_at is None
    assert not ReceivedMessage.objects.exists()


@pytest.mark.parametrize(
    "answer", ["550 no such user", "551 user not local", "553 not here", "556 takes none"]
)
def test_without_a_code_of_its_own_an_answer_about_mailboxes_is_believed(answer: str) -> None:
    assert failing.of_answer(LETTER.to_address, answer).is_hard
