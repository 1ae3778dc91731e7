"""The clock and the outbox: a worker sends what is due, with links that work; the broker only hurries."""

import re
import time
from functools import partial
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from kombu.exceptions import OperationalError

from collections_app.celery import app
from collections_app.contact import answer_links, colleague_requests
from collections_app.contact.answer_links import Standing
from collections_app.correspondence import attempts, carriers, messages
from collections_app.correspondence.attempts import Round
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules.sending import LEASE_SECONDS, Delivery
from collections_app.jobs import outbox, tasks
from collections_app.jobs.schedule import BEAT, QUEUE_OF, SEND_OUTBOX_TASK
from collections_app.lib import clock, turns
from tests.correspondence.mailing import AT, LETTER, MINUTE, SECOND, House
from tests.ledgerrows import company_of
from tests.together import Elsewhere

THEIRS = {"theirs": (None, LETTER)}


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


@pytest.mark.django_db(transaction=True)
def test_a_company_that_another_worker_is_at_is_passed_over_and_the_others_are_not() -> None:
    house = House()
    other = company_of("BE")
    house.meet()
    house.queued()
    messages.prepare_several(company=other, letters=THEIRS, leave_after=AT, by=None, at=AT)
    with Elsewhere(lambda: turns.take("outbox", house.company.pk)):
        outbox.send_in_turn(at=AT)
    assert Message.objects.get(state="sent").company == other
    outbox.send_in_turn(at=AT)
    assert Message.objects.filter(state="sent").count() == 2


def test_one_slow_mail_server_does_not_hold_up_the_other_companies(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the first there is more than fits into its turn, and it has waited longer."""
    house.meet()
    for _ in range(6):
        house.queued()
    messages.prepare_several(
        company=company_of("BE"), letters=THEIRS, leave_after=AT + SECOND, by=None, at=AT
    )
    deliver, order = carriers.deliver, list[str]()

    def slowly(backend: BaseEmailBackend, envelope: EmailMessage) -> Delivery:
        order.append(envelope.from_email)
        time.sleep(0.2 if "NG" in envelope.from_email else 0)
        return deliver(backend, envelope)

    monkeypatch.setattr(carriers, "deliver", slowly)
    monkeypatch.setattr(outbox, "TURN_SECONDS", 0.3)
    monkeypatch.setattr(outbox, "send", partial(outbox.send, round_seconds=0.3))
    outbox.send_in_turn(at=AT + MINUTE)
    assert Message.objects.filter(state="sent").count() == 7
    assert ["NG" in sender for sender in order].index(False) <= 3


def test_what_nobody_is_at_any_more_is_given_up_though_nothing_is_due(house: House) -> None:
    message = house.queued()
    attempts.claim(Round(gates={}, link_for=outbox.link_for), at=AT)
    outbox.send_in_turn(at=AT + (LEASE_SECONDS + 1) * SECOND)
    message.refresh_from_db()
    assert message.state == "uncertain"


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
