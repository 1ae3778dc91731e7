"""The outbox as people use it: released, called back, decided."""

import datetime as dt
from typing import Any

import pytest

from collections_app.activity.events import Event
from collections_app.correspondence import messages, outbox
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import MessageKind, MessageState
from collections_app.correspondence.rules.sending import LEASE_SECONDS, Outcome, Stop
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from tests.correspondence.mailing import AT, MINUTE, SECOND, House, Post, send
from tests.desk import person

LOST = dt.timedelta(seconds=LEASE_SECONDS + 1)


def state(message: Message) -> str:
    message.refresh_from_db()
    return message.state


def events(message: Message) -> list[str]:
    about = Event.objects.filter(facts__message=message.pk).order_by("pk")
    return [what.removeprefix("message.") for what in about.values_list("what", flat=True)]


def test_what_a_person_releases_can_be_called_back_for_twenty_seconds(house: House) -> None:
    message = house.ready()
    assert outbox.release([message], by=house.priya, at=AT) == 1
    assert send(Post(), at=AT + 19 * SECOND).sent == 0

    outbox.recall(message, by=house.priya, at=AT + 19 * SECOND)
    outbox.recall(message, by=house.priya, at=AT + 19 * SECOND)
    post = Post()
    assert send(post, at=AT + MINUTE).sent == 0
    assert (state(message), post.taken, message.leave_after) == ("ready", [], None)
    assert events(message) == ["prepared", "released", "recalled"]


def test_it_leaves_once_the_twenty_seconds_are_over(house: House) -> None:
    message, post = house.ready(), Post()
    outbox.release([message], by=house.priya, at=AT)
    outbox.release([message], by=house.priya, at=AT + SECOND)

    assert send(post, at=AT + 20 * SECOND).sent == 1
    assert state(message) == "sent"
    assert message.sent_at
    assert message.sent_at - AT < 21 * SECOND
    assert post.ids == [message.message_id]
    assert events(message) == ["prepared", "released", "sent"]


def test_a_person_cannot_shorten_the_time_to_think_and_the_clock_needs_none(house: House) -> None:
    hers, of_the_clock = house.ready(), house.ready()
    outbox.release([hers], leave_after=AT, by=house.priya, at=AT)
    outbox.release([of_the_clock], leave_after=AT, by=None, at=AT)

    assert send(Post(), at=AT).sent == 1
    assert (state(hers), state(of_the_clock)) == ("queued", "sent")


def test_many_are_released_in_as_many_statements_as_one(
    house: House, django_assert_max_num_queries: Any
) -> None:
    ready = [house.ready() for _ in range(30)]
    with django_assert_max_num_queries(5):
        assert outbox.release(ready, by=house.dana, at=AT) == 30


def test_what_is_withdrawn_or_undecided_is_not_released_and_nothing_with_it(house: House) -> None:
    fine, gone = house.ready(), house.ready()
    messages.withdraw(gone, by=house.priya, at=AT)
    with pytest.raises(Refused, match="It was withdrawn"):
        outbox.release([fine, gone], by=house.priya, at=AT)
    assert state(fine) == "ready"


def test_it_is_too_late_to_call_back_or_withdraw_what_has_left(house: House) -> None:
    message = house.queued()
    send(Post())
    with pytest.raises(Refused, match="It has left and cannot be called back"):
        outbox.recall(message, by=house.priya, at=AT)
    with pytest.raises(Refused, match="It has left"):
        messages.withdraw(message, by=house.priya, at=AT)


def test_what_may_have_left_is_said_to_have_left(house: House) -> None:
    message = house.queued()
    assert send(Post(Outcome.UNKNOWN)).uncertain == 1
    assert state(message) == "uncertain"

    outbox.confirm_left(message, by=house.priya, at=AT + MINUTE)
    outbox.confirm_left(message, by=house.priya, at=AT + MINUTE)
    assert (state(message), message.sent_at) == ("sent", message.claimed_at)
    assert events(message) == ["prepared", "released", "uncertain", "sent"]


def test_what_may_have_left_is_sent_again_only_because_a_person_says_so(house: House) -> None:
    message, post = house.queued(), Post(Outcome.UNKNOWN)
    send(post)
    for hours in range(48):
        assert send(post, at=AT + dt.timedelta(hours=hours)).sent == 0
    assert len(post.taken) == 1

    outbox.send_again(message, by=house.priya, at=AT + LOST)
    again = Post()
    assert send(again, at=AT + LOST + 20 * SECOND).sent == 1
    assert post.ids == again.ids


def test_what_is_known_to_stand_elsewhere_is_not_sent_again(house: House) -> None:
    ready, sent = house.ready(), house.queued()
    send(Post())
    with pytest.raises(Refused, match="for the first time"):
        outbox.send_again(ready, by=house.priya, at=AT)
    with pytest.raises(Refused, match="It has left already"):
        outbox.send_again(sent, by=house.priya, at=AT)
    with pytest.raises(Refused, match="It is known where"):
        outbox.confirm_left(ready, by=house.priya, at=AT)


def test_what_failed_is_corrected_with_its_attachments_and_sent(house: House) -> None:
    message = house.queued(to_address="voegl@brandt.example")
    send(Post(Outcome.REFUSED))
    assert state(message) == "failed"

    better = messages.correct(
        message,
        subject=message.subject,
        body=message.body,
        to_address="vogel@brandt.example",
        by=house.priya,
        at=AT,
    )
    outbox.release([better], by=house.priya, at=AT)
    assert send(Post(), at=AT + MINUTE).sent == 1
    assert (state(message), state(better), better.to_address) == ("withdrawn", "sent", "vogel@brandt.example")
    assert better.message_id != message.message_id


def test_what_waits_is_withdrawn_with_its_cause_and_what_may_have_left_stays(house: House) -> None:
    unsure = house.queued()
    send(Post(Outcome.UNKNOWN))
    ready, queued = house.ready(), house.queued()

    assert messages.withdraw_about("cause:", customer=house.customer, by=house.priya, at=AT) == 2
    assert (state(ready), state(queued), state(unsure)) == ("withdrawn", "withdrawn", "uncertain")


def test_whoever_works_no_customers_sends_nothing(house: House) -> None:
    sam = person(house.company, "sam", Role.SALES)
    message = house.ready()
    for deed in (
        lambda: outbox.release([message], by=sam, at=AT),
        lambda: outbox.recall(message, by=sam, at=AT),
        lambda: outbox.send_again(message, by=sam, at=AT),
        lambda: outbox.confirm_left(message, by=sam, at=AT),
    ):
        with pytest.raises(Refused, match="Your role"):
            deed()


def test_what_was_held_back_is_released_by_a_person(house: House) -> None:
    message = house.queued()
    stop = Stop("paid", "€ 1,200.00 came in since it was written.")
    counts = send(Post(), gates={MessageKind.SUMMARY: lambda message, at: [stop]})
    assert (counts.held_back, state(message)) == (1, "held_back")
    assert message.stops == [{"code": "paid", "sentence": stop.sentence, "until": None}]
    with pytest.raises(Refused, match="Decide on its page"):
        outbox.release([message], by=house.priya, at=AT)

    outbox.send_again(message, by=house.priya, at=AT)
    assert (state(message), message.stops) == ("queued", [])
    assert MessageState(message.state) == MessageState.QUEUED
