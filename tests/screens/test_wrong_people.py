"""Somebody who is the wrong person for a reminder says so by its link, once, and learns nothing else."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client

from collections_app.chase import wrong_people
from collections_app.contact.commitment_rows import Commitment
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import Audience, MessageKind
from collections_app.lib import clock
from tests.correspondence.mailing import AT, House
from tests.doors import text

NEXT = dt.date(2026, 3, 12)


@pytest.fixture
def house(db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    cache.clear()
    monkeypatch.setattr(clock, "now", lambda: AT + dt.timedelta(days=1))
    return House()


def sent(house: House, *, language: str = "en", kind: MessageKind = MessageKind.REMINDER) -> Message:
    message = house.queued(kind=kind, language=language, subject="Invoice A1 is due")
    Message.objects.filter(pk=message.pk).update(
        state="sent", claimed_at=AT, sent_at=AT, next_attempt_at=None, attempts=1
    )
    message.refresh_from_db()
    return message


def address(message: Message) -> str:
    return f"/answer/wrong-person/{wrong_people.token_of(message)}/"


def test_they_say_who_is_the_right_one_and_somebody_finds_out(house: House) -> None:
    message, browser = sent(house), Client()
    page = text(browser.get(address(message)))
    assert "Are you the wrong person for this?" in page
    assert f"{house.company.name} wrote to vogel@brandt.example about open invoices." in page
    assert house.customer.name not in page
    assert "A1" not in page
    assert not Commitment.objects.exists()  # nothing changes by looking

    said = browser.post(address(message), {"who": "Ask Nora Klein, nora@brandt.example"}, follow=True)

    assert said.redirect_chain[0][1] == 303
    assert "has been told, and a person looks after it." in text(said)
    (task,) = Commitment.objects.all()
    assert (task.customer, task.owner, task.state) == (house.customer, house.priya, "open")
    assert task.words == (
        "Find out whom to write to: vogel@brandt.example says they are the wrong person for reminders. "
        "They say: Ask Nora Klein, nora@brandt.example"
    )
    assert task.due_on > AT.date()


def test_twice_has_one_effect_and_nothing_need_be_known(house: House) -> None:
    message, browser = sent(house), Client()
    for _ in range(2):
        assert browser.post(address(message), {"who": ""}).status_code == 303
    assert Commitment.objects.count() == 1


def test_the_page_speaks_the_readers_language(house: House) -> None:
    page = text(Client().get(address(sent(house, language="de-AT"))))
    assert 'lang="de"' in page
    assert "Am 11. März 2026 hat" in page
    assert "Ich bin nicht zuständig" in page


def test_what_is_too_long_stays_typed(house: House) -> None:
    answer = Client().post(address(sent(house)), {"who": "x" * 301})
    assert answer.status_code == 422
    assert "x" * 301 in text(answer)
    assert not Commitment.objects.exists()


def test_what_is_no_link_of_ours_or_too_old_leads_nowhere(house: House) -> None:
    message = sent(house)
    for wrong in ("/answer/wrong-person/1:guess/", f"{address(message)[:-2]}x/"):
        assert Client().get(wrong).status_code == 404
    Message.objects.filter(pk=message.pk).update(claimed_at=AT - dt.timedelta(days=200))
    assert Client().get(address(message)).status_code == 404


def test_the_page_is_told_to_nobody(house: House) -> None:
    answer = Client().get(address(sent(house)))
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"


def test_only_what_asks_for_something_has_such_a_link(house: House) -> None:
    assert wrong_people.token_of(sent(house))
    assert wrong_people.token_of(sent(house, kind=MessageKind.STATEMENT))
    assert not wrong_people.token_of(sent(house, kind=MessageKind.SUMMARY))
    assert not wrong_people.token_of(house.ready(kind=MessageKind.REQUEST, audience=Audience.COLLEAGUE))


def test_a_form_of_another_site_is_refused(house: House) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(sent(house)), {"who": "x"}).status_code == 403
    assert not Commitment.objects.exists()
