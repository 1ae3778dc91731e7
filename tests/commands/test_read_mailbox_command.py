"""Reading mail at the terminal: from files of every form, and from the mailboxes of the settings."""

import json
import mailbox
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from collections_app.correspondence.received_rows import ReceivedMessage
from collections_app.jobs import tasks
from collections_app.jobs.schedule import BEAT, QUEUE_OF
from collections_app.lib import clock
from tests.correspondence.imapserver import Box, imap_server
from tests.correspondence.incoming_mails import MAILS, mail
from tests.correspondence.mailing import AT, House
from tests.ledgerrows import company_of

NOTHING: dict[str, Any] = dict.fromkeys(
    ("read", "replies", "bounces", "auto_replies", "delays", "unassigned", "again"), 0
) | {"problems": []}


@pytest.fixture
def house(db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(clock, "now", lambda: AT)
    return House()


def said(capsys: pytest.CaptureFixture[str], *words: str, fails: bool = False) -> Any:
    try:
        call_command("read_mailbox", *words, "--json")
        assert not fails
    except SystemExit:
        assert fails
    return json.loads(capsys.readouterr().out)


def test_it_reads_a_folder_and_reading_again_has_no_effect(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    first = said(capsys, str(MAILS), "--company", "NG")
    assert first == {
        "read": 41,
        "replies": 19,
        "bounces": 11,
        "auto_replies": 8,
        "delays": 3,
        "unassigned": 41,
        "again": 0,
        "problems": [],
    }
    assert said(capsys, str(MAILS), "--company", "NG") == NOTHING | {"read": 41, "again": 41}
    assert ReceivedMessage.objects.count() == 41


def test_it_reads_one_file_an_mbox_and_a_maildir(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, str(MAILS / "reply_paid.eml"))["replies"] == 1
    box = mailbox.mbox(tmp_path / "old.mbox")
    folder = mailbox.Maildir(tmp_path / "maildir")
    for into in (box, folder):
        for name in ("reply_paid", "reply_copy", "bounce_report"):
            into.add(mail(name))
        into.flush()
        into.close()
    assert said(capsys, str(tmp_path / "old.mbox")) == NOTHING | {
        "read": 3, "again": 1, "replies": 1, "bounces": 1, "unassigned": 2,
    }  # fmt: skip
    assert said(capsys, str(tmp_path / "maildir")) == NOTHING | {"read": 3, "again": 3}
    assert said(capsys, str(tmp_path)) == NOTHING | {"read": 6, "again": 6}


def test_what_cannot_be_read_is_a_sentence_and_no_success(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.eml").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "b.eml").write_bytes(mail("reply_paid"))
    counts = said(capsys, str(tmp_path), fails=True)
    assert (counts["read"], counts["replies"]) == (2, 1)
    assert counts["problems"] == ["a.eml: The file is not an email."]


def test_people_are_told_in_words(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("read_mailbox", str(MAILS / "reply_paid.eml"))
    assert capsys.readouterr().out == "1 read: 1 replies, 1 of nobody we know.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("/nowhere",), "There is nothing at “/nowhere”."),
        ((), "MAILBOX_URLS names no mailbox here."),
        (("--company", "NG"), "MAILBOX_URLS names no mailbox here."),
    ],
)
def test_it_refuses_in_sentences(
    house: House, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(SystemExit):
        call_command("read_mailbox", *words)
    assert sentence in capsys.readouterr().err


def test_with_several_companies_it_asks_whose_mail_it_is(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    company_of("DE")
    with pytest.raises(SystemExit):
        call_command("read_mailbox", str(MAILS))
    assert "--company CODE" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_the_mailboxes_of_the_settings_are_read_by_the_clock_too(
    monkeypatch: pytest.MonkeyPatch, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    House()
    assert BEAT["read_mailboxes"]["task"] == tasks.read_mailboxes.name
    assert tasks.read_mailboxes.name in QUEUE_OF
    with imap_server(Box()) as box:
        settings.MAILBOX_URLS = {"NG": box.url}
        box.add(mail("reply_paid"))
        tasks.read_mailboxes()
        tasks.read_mailboxes()
        box.add(mail("reply_copy"))
        assert said(capsys) == NOTHING | {"read": 1, "replies": 1, "unassigned": 1}
    assert ReceivedMessage.objects.count() == 2
