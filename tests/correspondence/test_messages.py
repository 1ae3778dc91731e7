"""Messages: one for each cause, never rewritten, corrected by a new one."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError

from collections_app.activity.events import Event
from collections_app.correspondence import messages
from collections_app.correspondence.messages import Message
from collections_app.correspondence.rules import Audience, MessageKind, writing
from collections_app.correspondence.rules.writing import Letter
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.desk import person
from tests.ledgerrows import company_of

AT = dt.datetime(2026, 3, 11, 9, 15, tzinfo=dt.UTC)
LETTER = Letter(
    kind=MessageKind.REQUEST,
    audience=Audience.COLLEAGUE,
    to_name="Wanda",
    to_address="wanda@northgate.example",
    subject="Proof of delivery for A1",
    body="Please send it by Friday. Thank you.\n\n{answer link}",
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    return company_of()


@pytest.fixture
def priya(company: Company) -> User:
    return person(company, "priya")


def ready(company: Company, priya: User, **facts: Any) -> Message:
    return messages.prepare(
        company=company, customer=None, key="request:1", letter=replace(LETTER, **facts), by=priya, at=AT
    )


def test_the_same_cause_prepares_one_message(company: Company, priya: User) -> None:
    first = ready(company, priya)
    again = messages.prepare(
        company=company,
        customer=None,
        key="request:1",
        letter=replace(LETTER, body="Other"),
        by=None,
        at=AT + dt.timedelta(hours=1),
    )

    assert again == first
    assert again.body == LETTER.body
    assert Event.objects.filter(what="message.prepared").count() == 1


def test_several_are_made_ready_in_as_many_statements_as_one(
    company: Company, django_assert_max_num_queries: Any
) -> None:
    letters = {f"request:{n}": (None, LETTER) for n in range(40)}
    with django_assert_max_num_queries(9):
        made = messages.prepare_several(company=company, letters=letters, by=None, at=AT)
    again = messages.prepare_several(company=company, letters=letters, by=None, at=AT)

    assert (made, again) == (40, 0)
    assert Event.objects.count() == 40


def test_a_correction_is_a_new_message_that_withdraws_the_one_before(company: Company, priya: User) -> None:
    first = ready(company, priya)
    second = messages.correct(first, subject="Better", body="Please, by Friday.", by=priya, at=AT)

    first.refresh_from_db()
    assert (first.state, first.body, first.withdrawn_by) == ("withdrawn", LETTER.body, priya)
    assert (second.state, second.revision, second.subject) == ("ready", 2, "Better")
    with pytest.raises(Refused, match="does not wait to leave"):
        messages.correct(first, subject="Third", body="x", by=priya, at=AT)


def test_one_that_was_withdrawn_is_not_prepared_again_for_the_same_cause(
    company: Company, priya: User
) -> None:
    messages.withdraw(ready(company, priya), by=priya, at=AT)
    messages.withdraw(Message.objects.get(), by=priya, at=AT)

    assert ready(company, priya).state == "withdrawn"
    assert Event.objects.filter(what="message.withdrawn").count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"body": "x"},
        {"body_html": "x"},
        {"subject": "x"},
        {"to_address": "x@y.example"},
        {"message_id": "<other@x>"},
        {"references": "<other@x>"},
        {"auto_submitted": True},
    ],
)
def test_the_database_refuses_to_rewrite_a_message(
    company: Company, priya: User, change: dict[str, str]
) -> None:
    message = ready(company, priya)
    with pytest.raises(IntegrityError, match="never change"):
        Message.objects.filter(pk=message.pk).update(**change)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"to_address": "nobody"}, "to_address"),
        ({"to_address": "a@b.example, c@d.example"}, "to_address"),
        ({"to_address": "a@b.example\nBcc: x@y.example"}, "to_address"),
        ({"reply_to": "x y@z.example"}, "reply_to"),
        ({"subject": "Hello\r\nBcc: x@y.example"}, "one_line"),
        ({"to_name": "W\nX"}, "one_line"),
        ({"subject": "x" * 201}, "one_line"),
        ({"subject": " "}, "subject"),
        ({"body": " \n"}, "body"),
        ({"body": "x" * 20_001}, "body"),
        ({"body_html": "x" * 200_001}, "body_html"),
        ({"in_reply_to": "their message"}, "thread"),
        ({"references": "<a@b>\r\nBcc: x@y.example"}, "thread"),
    ],
)
def test_it_refuses_a_message_that_could_not_leave(
    company: Company, priya: User, facts: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        ready(company, priya, **facts)
    assert code in [problem.code for problem in refused.value.problems]
    assert not Message.objects.exists()


def test_whoever_reads_the_words_here_finds_no_link_that_works(company: Company, priya: User) -> None:
    assert writing.LINK_SLOT not in ready(company, priya).words
    assert writing.LINK_SHOWN in ready(company, priya).words


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"state": "withdrawn"}, "message_that_is_withdrawn_says_when"),
        ({"subject": ""}, "message_says_something_to_somebody"),
        ({"revision": 2, "pk": None, "message_id": "<2@x>"}, "message_stands_once_for_its_cause"),
        ({"key": "other", "pk": None}, "message_has_an_id_of_its_own"),
        (
            {"state": "withdrawn", "withdrawn_at": AT, "pk": None, "message_id": "<2@x>"},
            "message_is_prepared_once_for_its_cause",
        ),
        ({"state": "queued"}, "message_that_waits_says_until_when"),
        ({"next_attempt_at": AT}, "message_that_waits_says_until_when"),
        ({"state": "sending"}, "message_that_is_leaving_says_since_when"),
        ({"state": "sent"}, "message_that_left_says_when"),
        ({"sent_at": AT}, "message_that_left_says_when"),
        ({"state": "held_back"}, "message_that_is_held_back_says_why"),
    ],
)
def test_the_database_guards_messages(
    company: Company, priya: User, facts: dict[str, Any], constraint: str
) -> None:
    message = ready(company, priya)
    for name, value in facts.items():
        setattr(message, name, value)
    if "subject" in facts:
        message.pk, message.key, message.message_id = None, "another", "<3@x>"
    message._state.adding = message.pk is None
    with pytest.raises(IntegrityError, match=constraint):
        message.save()
