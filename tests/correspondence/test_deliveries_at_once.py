"""Several at once, in the order that hurts: workers, people, and a database that goes away."""

import datetime as dt
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import Error, connection

from collections_app.correspondence import attempts, outbox
from collections_app.correspondence.attempts import Round
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import MessageKind
from collections_app.correspondence.rules.sending import Delivery, Outcome, Stop
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from tests.correspondence.mailing import AT, House, Post, link_for, send
from tests.together import interleaved


def state(message: Message) -> str:
    message.refresh_from_db()
    return message.state


@pytest.fixture
def house(transactional_db: None) -> House:
    return House()


def test_two_workers_never_get_the_same_and_do_not_wait(house: House) -> None:
    for _ in range(2):
        house.queued()
    posts = Post(), Post()
    interleaved(lambda: attempts.claim(Round(gates={}, link_for=link_for), at=AT), lambda: send(posts[1]))
    assert len(posts[1].taken) == 1


def test_a_recall_and_a_claim_at_once_end_in_one_of_the_two(house: House) -> None:
    message = house.queued()
    gone: list[str] = []

    def recall() -> None:
        try:
            outbox.recall(message, by=house.priya, at=AT)
        except Refused as refused:
            gone.append(str(refused))

    interleaved(lambda: attempts.claim(Round(gates={}, link_for=link_for), at=AT), recall)
    assert gone == ["It is leaving this very moment and cannot be called back."]
    assert state(message) == "sending"


def test_whoever_works_on_a_customer_goes_first_and_nobody_waits_in_a_circle(house: House) -> None:
    message, post = house.queued(), Post()
    asked: list[int] = []

    def gate(message: Message, at: dt.datetime) -> list[Stop]:
        asked.append(message.pk)
        return []

    def pay() -> Any:
        return Customer.objects.select_for_update(no_key=True).get(pk=house.customer.pk)

    interleaved(pay, lambda: send(post, gates={MessageKind.SUMMARY: gate}))
    assert (asked, post.taken, state(message)) == ([], [], "queued")
    assert send(post, gates={MessageKind.SUMMARY: gate}).sent == 1


def test_the_pace_is_kept_by_workers_together(house: House, settings: Any) -> None:
    settings.MAIL_PER_MINUTE = 1
    for _ in range(2):
        house.queued()
    post = Post()
    interleaved(lambda: attempts.claim(Round(gates={}, link_for=link_for), at=AT), lambda: send(post))
    assert post.taken == []


def test_what_came_of_it_is_written_though_the_database_was_away(house: House) -> None:
    message = house.queued()

    def cut(envelope: EmailMessage) -> Delivery:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            other = connection.copy()
            with other.cursor() as outside:
                outside.execute("SELECT pg_terminate_backend(%s)", cursor.fetchone())
            other.close()
        return Delivery(Outcome.ACCEPTED, "250 taken")

    assert send(Post(cut)).sent == 1
    assert (state(message), message.last_answer) == ("sent", "250 taken")


def test_a_connection_that_broke_between_two_rounds_is_let_go(house: House) -> None:
    """A worker that goes on in the same process sends again at its next round."""
    message = house.queued()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        other = connection.copy()
        with other.cursor() as outside:
            outside.execute("SELECT pg_terminate_backend(%s, 5000)", cursor.fetchone())
        other.close()
    with pytest.raises(Error), connection.cursor() as cursor:
        cursor.execute("SELECT 1")  # from now on it knows that it is closed

    with pytest.raises(Error):
        send(Post())

    assert send(Post()).sent == 1
    assert state(message) == "sent"
