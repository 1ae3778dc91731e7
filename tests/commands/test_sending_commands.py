"""The outbox at the terminal: sending now, and the switch that stops it."""

import json
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from collections_app.lib import clock
from tests.correspondence.mailing import AT, MINUTE, House


@pytest.fixture
def house(db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(clock, "now", lambda: AT + MINUTE)
    made = House()
    made.meet()
    return made


def said(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    call_command(*words, "--json")
    return json.loads(capsys.readouterr().out)


def test_it_sends_what_is_due_and_counts(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    house.queued()
    nothing = {"sent": 0, "held_back": 0, "retried": 0, "failed": 0, "uncertain": 0, "waiting": 0}
    assert said(capsys, "send_outbox") == {**nothing, "sent": 1}
    assert said(capsys, "send_outbox") == nothing
    assert len(mail.outbox) == 1


def test_it_tells_people_in_words(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    house.queued()
    call_command("send_outbox")
    call_command("send_outbox")
    assert capsys.readouterr().out == "1 sent.\nNothing waits to leave.\n"


def test_nothing_leaves_between_pause_and_resume(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    house.queued()
    code = house.company.code
    assert said(capsys, "sending", "--pause", "restored", "--company", code)["paused"][0]["company"] == code
    assert said(capsys, "send_outbox")["waiting"] == 1
    assert said(capsys, "sending", "--resume", "--company", code) == {"paused": []}
    assert said(capsys, "send_outbox")["sent"] == 1
