"""Sending: once, when it is due, unless something speaks against it at that very moment."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from collections_app.activity.events import Event
from collections_app.correspondence import attempts, outbox, sending_pauses
from collections_app.correspondence.attempts import Counts, Round
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import MessageKind
from collections_app.correspondence.rules.sending import (
    ATTEMPTS_MAX,
    LEASE_SECONDS,
    RETRY_SECONDS,
    Delivery,
    Outcome,
    Stop,
)
from collections_app.lib.refusals import Refused
from tests.correspondence.mailing import AT, MINUTE, SECOND, House, Post, link_for, send

LOST = dt.timedelta(seconds=LEASE_SECONDS + 1)
HOUR = dt.timedelta(hours=1)
PAID = Stop("paid", "It was paid yesterday.")


def state(message: Message) -> str:
    message.refresh_from_db()
    return message.state


def told(message: Message) -> list[str]:
    about = Event.objects.filter(facts__message=message.pk).order_by("pk")
    return [what.removeprefix("message.") for what in about.values_list("what", flat=True)][2:]


def test_a_second_round_sends_nothing_twice(house: House) -> None:
    messages, post = [house.queued() for _ in range(5)], Post()
    assert (send(post), send(post)) == (Counts(sent=5), Counts())
    assert sorted(post.ids) == sorted(message.message_id for message in messages)


def test_what_is_due_longest_leaves_first(house: House) -> None:
    late, early, post = house.ready(), house.ready(), Post()
    outbox.release([late], leave_after=AT + 2 * MINUTE, by=None, at=AT)
    outbox.release([early], leave_after=AT + MINUTE, by=None, at=AT)
    assert send(post, at=AT) == Counts(waiting=2)
    send(post, at=AT + 2 * MINUTE)
    assert post.ids == [early.message_id, late.message_id]


def test_a_temporary_failure_is_tried_again_with_growing_pauses_and_then_a_person_decides(
    house: House,
) -> None:
    message, post, at = house.queued(), Post(Outcome.NOT_NOW), AT
    for pause in RETRY_SECONDS:
        assert send(post, at=at).retried == 1
        assert state(message) == "queued"
        assert message.last_answer == "as the test wants"
        assert send(post, at=at + dt.timedelta(seconds=pause - 1)).retried == 0
        at += dt.timedelta(seconds=pause + 1)
    assert send(post, at=at).failed == 1
    assert (state(message), len(post.taken), told(message)) == ("failed", ATTEMPTS_MAX, ["failed"])
    assert sorted(RETRY_SECONDS) == list(RETRY_SECONDS)

    outbox.send_again(message, by=house.priya, at=at)
    assert send(post, at=at + MINUTE).retried == 1  # it has as many attempts as a new one


def test_what_is_refused_for_good_goes_before_a_person_at_once(house: House) -> None:
    message = house.queued()
    assert send(Post(Outcome.REFUSED)) == Counts(failed=1)
    assert (state(message), message.last_answer, told(message)) == ("failed", "as the test wants", ["failed"])


def test_whoever_dies_while_sending_leaves_it_to_a_person_and_not_to_the_next_round(house: House) -> None:
    message, post = house.queued(), Post()
    claimed = attempts.claim(Round(gates={}, link_for=link_for), at=AT)
    assert claimed
    assert state(message) == "sending"

    assert send(post, at=AT + dt.timedelta(seconds=LEASE_SECONDS)) == Counts()
    assert send(post, at=AT + LOST) == Counts(uncertain=1)
    assert (state(message), post.taken, told(message)) == ("uncertain", [], ["uncertain"])


def test_a_worker_that_was_given_up_still_says_what_it_knows(house: House) -> None:
    message = house.queued()
    claimed = attempts.claim(Round(gates={}, link_for=link_for), at=AT)
    assert claimed
    send(Post(), at=AT + LOST)
    attempts.settle(claimed, Delivery(Outcome.ACCEPTED, "250 taken"), at=AT + 2 * LOST)
    assert (state(message), message.last_answer) == ("sent", "250 taken")


def test_a_late_worker_does_not_write_over_what_a_person_decided(house: House) -> None:
    message = house.queued()
    claimed = attempts.claim(Round(gates={}, link_for=link_for), at=AT)
    assert claimed
    send(Post(), at=AT + LOST)
    outbox.send_again(message, by=house.priya, at=AT + LOST)
    attempts.settle(claimed, Delivery(Outcome.REFUSED, "550 nobody"), at=AT + LOST)
    assert (state(message), message.last_answer) == ("queued", attempts.NOBODY_KNOWS)
    assert told(message) == ["uncertain", "released"]


def test_what_a_gate_says_holds_a_message_back_with_the_reason(house: House) -> None:
    message, post = house.queued(), Post()
    counts = send(post, gates={MessageKind.SUMMARY: lambda message, at: [PAID]})
    assert (counts, post.taken) == (Counts(held_back=1), [])
    assert (state(message), told(message)) == ("held_back", ["held_back"])
    assert PAID.sentence in Event.objects.get(what="message.held_back").summary


def test_a_gate_is_asked_only_about_its_kind(house: House) -> None:
    house.queued()
    assert send(Post(), gates={MessageKind.REMINDER: lambda message, at: [PAID]}).sent == 1


def test_what_ends_by_itself_only_puts_a_message_off(house: House) -> None:
    message, post = house.queued(), Post()
    monday = AT + dt.timedelta(days=5)
    stops = [Stop("hour", "It is late there.", AT + HOUR), Stop("weekend", "It is Saturday there.", monday)]
    gates = {MessageKind.SUMMARY: lambda message, at: stops if at < monday else []}

    assert send(post, gates=gates) == Counts(waiting=1)
    assert (state(message), message.next_attempt_at) == ("queued", monday)
    assert [stop["code"] for stop in message.stops] == ["hour", "weekend"]
    assert send(post, gates=gates, at=monday - SECOND) == Counts(waiting=1)
    assert send(post, gates=gates, at=monday).sent == 1
    assert (state(message), message.stops) == ("sent", [])


def test_one_stop_that_needs_a_person_outweighs_those_that_end_by_themselves(house: House) -> None:
    message = house.queued()
    stops = [Stop("hour", "It is late there.", AT + HOUR), PAID]
    assert send(Post(), gates={MessageKind.SUMMARY: lambda message, at: stops}).held_back == 1
    assert state(message) == "held_back"


def test_what_cannot_be_checked_does_not_leave_and_the_others_do(house: House) -> None:
    broken, fine, post = house.queued(subject="broken"), house.queued(), Post()

    def gate(message: Message, at: dt.datetime) -> list[Stop]:
        if message.subject == "broken":
            raise ZeroDivisionError("no such thing")
        return []

    assert send(post, gates={MessageKind.SUMMARY: gate}) == Counts(sent=1, held_back=1)
    assert (state(broken), state(fine)) == ("held_back", "sent")
    assert broken.stops[0]["code"] == "check_failed"


def test_a_message_gets_a_link_of_its_readers_own_that_lies_in_no_table(house: House) -> None:
    message, post = house.queued(body="Answer here: {answer link}", body_html="<p>{answer link}</p>"), Post()
    send(post)
    text = str(post.taken[0].body)
    assert text == f"Answer here: {link_for(message, AT)}"
    assert link_for(message, AT) in str(post.taken[0].message())
    with connection.cursor() as cursor:
        cursor.execute("SELECT message::text FROM message")
        assert link_for(message, AT) not in cursor.fetchone()[0]


def test_a_message_whose_link_is_refused_is_held_back(house: House) -> None:
    message = house.queued(body="Answer here: {answer link}")

    def ended(message: Message, at: dt.datetime) -> str:
        raise Refused.because("ended", "The request has ended.")

    this = Round(gates={}, link_for=ended)
    assert attempts.claim(this, at=AT) is None
    assert (state(message), message.stops[0]["sentence"]) == ("held_back", "The request has ended.")


@pytest.mark.parametrize("whole", [True, False])
def test_nothing_leaves_while_sending_is_paused(house: House, whole: bool) -> None:
    message, company = house.queued(), None if whole else house.company
    sending_pauses.pause(company=company, reason="restored", by=None, at=AT)
    sending_pauses.pause(company=company, reason="twice", by=None, at=AT)
    assert [pause.reason for pause in sending_pauses.standing(house.company)] == ["restored"]
    assert send(Post()) == Counts(waiting=1)

    assert sending_pauses.resume(company=company, by=None, at=AT)
    assert not sending_pauses.resume(company=company, by=None, at=AT)
    assert send(Post()).sent == 1
    assert state(message) == "sent"


def test_a_manager_pauses_their_company_and_only_an_administrator_the_whole_product(house: House) -> None:
    sending_pauses.pause(company=house.company, reason="wrong bank details", by=house.dana, at=AT)
    for by, company in ((house.priya, house.company), (house.dana, None)):
        with pytest.raises(Refused, match="Your role"):
            sending_pauses.pause(company=company, reason="x", by=by, at=AT)
    with pytest.raises(Refused, match="why nothing is to leave"):
        sending_pauses.pause(company=house.company, reason=" ", by=house.dana, at=AT)


def test_no_more_leave_within_a_minute_than_a_company_may_send(house: House, settings: Any) -> None:
    settings.MAIL_PER_MINUTE = 3
    for _ in range(7):
        house.queued()
    rounds = [send(Post(), at=AT + minute * MINUTE).sent for minute in (0, 0, 1, 2, 3)]
    assert rounds == [3, 0, 3, 1, 0]


def test_one_host_that_has_had_enough_keeps_no_other_waiting(house: House, settings: Any) -> None:
    settings.MAIL_PER_MINUTE_TO_HOST = 1
    for address in ("a@Slow.example", "b@slow.example", "c@slow.example", "d@quick.example"):
        house.queued(to_address=address)
    post = Post()
    assert send(post) == Counts(sent=2, waiting=2)
    assert [envelope.to[0] for envelope in post.taken] == [
        "Ms Vogel <a@Slow.example>",
        "Ms Vogel <d@quick.example>",
    ]
    assert send(post, at=AT + MINUTE) == Counts(sent=1, waiting=1)


def test_a_carrier_that_only_fails_leaves_everything_to_a_person(house: House) -> None:
    class Plain(Post):
        deliver = None  # type: ignore[assignment]

        def send_messages(self, email_messages: Any) -> int:
            raise OSError("broken pipe")

    message = house.queued()
    assert send(Plain()) == Counts(uncertain=1)
    assert (state(message), message.last_answer) == ("uncertain", "OSError: broken pipe")
