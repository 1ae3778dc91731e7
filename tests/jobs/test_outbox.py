"""The clock and the outbox: a worker sends what is due, with links that work; the broker only hurries."""

import re
from typing import Any

import pytest
from django.core import mail
from kombu.exceptions import OperationalError

from collections_app.celery import app
from collections_app.contact import answer_links, colleague_requests
from collections_app.contact.answer_links import Standing
from collections_app.correspondence.message_rows import Message
from collections_app.jobs import outbox, tasks
from collections_app.jobs.schedule import BEAT, QUEUE_OF, SEND_OUTBOX_TASK
from collections_app.lib import clock, turns
from tests.correspondence.mailing import AT, MINUTE, House


@pytest.fixture
def house(db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(clock, "now", lambda: AT + MINUTE)
    return House()


def test_the_clock_sends_what_is_due_every_few_seconds(house: House) -> None:
    house.meet()
    house.queued()
    assert BEAT["send_outbox"]["task"] == tasks.send_outbox.name == SEND_OUTBOX_TASK
    assert SEND_OUTBOX_TASK in QUEUE_OF
    tasks.send_outbox()
    tasks.send_outbox()
    assert [envelope.subject for envelope in mail.outbox] == ["What we agreed today"]


def test_a_letter_to_a_colleague_leaves_by_itself_with_a_link_that_opens_its_request(
    house: House, settings: Any
) -> None:
    settings.SITE_URL = "https://collections.example"
    asked = colleague_requests.ask(
        customer=house.customer,
        kind="proof_of_delivery",
        to_email="wim@haulage.example",
        to_name="Wim",
        reason="they say that it never came",
        due_on=AT.date(),
        by=house.priya,
        at=AT,
    )
    tasks.send_outbox()

    [letter] = mail.outbox
    found = re.search(r"https://collections\.example/answer/(\S+)/", str(letter.body))
    assert found
    opened = answer_links.read(found[1], at=AT)
    assert opened
    assert (opened.standing, opened.request) == (Standing.OPENS, asked)
    assert Message.objects.get().state == "sent"


def test_a_letter_whose_request_ended_in_between_does_not_leave(house: House) -> None:
    asked = colleague_requests.ask(
        customer=house.customer,
        kind="proof_of_delivery",
        to_email="wim@haulage.example",
        reason="they say that it never came",
        due_on=AT.date(),
        by=house.priya,
        at=AT,
    )
    colleague_requests.withdraw(asked, reason="it was found", by=house.priya, at=AT)
    tasks.send_outbox()
    assert (mail.outbox, Message.objects.get().state) == ([], "withdrawn")


def test_a_second_worker_leaves_the_turn_to_the_first(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    monkeypatch.setattr(outbox, "send", lambda **given: sent.append(1))
    monkeypatch.setattr(turns, "held", _taken)
    outbox.send_in_turn(at=AT)
    assert sent == []


class _taken:
    def __init__(self, *given: object, **more: object) -> None: ...

    def __enter__(self) -> bool:
        return False

    def __exit__(self, *given: object) -> None: ...


def test_once_it_is_committed_a_worker_is_told_when_the_time_to_think_is_over(
    house: House, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    told: list[tuple[str, int]] = []
    monkeypatch.setattr(app, "send_task", lambda name, countdown, **more: told.append((name, countdown)))
    with django_capture_on_commit_callbacks(execute=True):
        outbox.hasten()
        assert told == []
    assert told == [(SEND_OUTBOX_TASK, 20)]


def test_a_broker_that_is_away_is_no_hindrance(
    house: House, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def away(*given: object, **more: object) -> None:
        raise OperationalError("nobody there")

    monkeypatch.setattr(app, "send_task", away)
    with django_capture_on_commit_callbacks(execute=True):
        outbox.hasten()
