"""Telling mails apart at the terminal: our own samples, each with the addresses that it says failed."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.correspondence.incoming_mails import MAILS

EXPECTED = MAILS / "expected.csv"
# A public collection beside the product, where it is there: bounces, automatic answers and replies.
SHARED = Path(__file__).parents[3] / "shared" / "data" / "emails"
QUIET = ("autoreplies_sisimai", "replies_talon", "replies_zapier")
COLLECTIONS = [(SHARED, SHARED / "bounces_flufl" / "share_expected.csv", QUIET)] if SHARED.exists() else []


def said(capsys: pytest.CaptureFixture[str], *words: str, fails: bool = False) -> Any:
    try:
        call_command("sort_mail", *words, "--json")
        assert not fails
    except SystemExit:
        assert fails
    return json.loads(capsys.readouterr().out)


def test_every_bounce_of_our_samples_is_recognised_and_nothing_else_counts_as_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = said(capsys, str(MAILS), "--expected", str(EXPECTED))
    assert found["folders"] == {"mails": {"bounce": 11, "delay": 3, "auto_reply": 8, "reply": 19}}
    assert found["expected"] == {
        "bounce": {"of": 11, "recognised": 11, "with_addresses": 11, "missed": []},
        "delay": {
            "of": 3,
            "recognised": 3,
            "with_addresses": 3,
            "missed": [],
            "taken_for_bounces": [],
        },
    }


def test_the_table_is_for_people_too(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("sort_mail", str(MAILS), "--expected", str(EXPECTED))
    head, row, *lines = capsys.readouterr().out.splitlines()
    assert head.split() == [
        "Mails",
        "Did",
        "not",
        "arrive",
        "Delayed",
        "Automatic",
        "answer",
        "Reply",
        "Unreadable",
    ]
    assert row.split() == ["mails", "41", "11", "3", "8", "19", "0"]
    assert lines == [
        "Did not arrive: 11 of 11 recognised, 11 of 11 with every address that is expected.",
        "Delayed: 3 of 3 recognised, 3 of 3 with every address that is expected.",
    ]


def test_below_ninety_five_in_a_hundred_not_all_is_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for place, name in enumerate(("bounce_report", "bounce_qmail", "reply_paid"), start=1):
        shutil.copy(MAILS / f"{name}.eml", tmp_path / f"{place}.eml")
    rows = [
        "file,permanent_addresses,temporary_addresses",
        "1.eml,RUTH@bakery.example,",
        "3.eml,a@b.example,",
    ]
    rows += ["2.eml,ruth@bakery.example|tom@bakery.example,", "4.eml,not@there.example,"]
    known = tmp_path / "known.csv"
    known.write_text("\n".join(rows))
    found = said(capsys, str(tmp_path), "--expected", str(known), fails=True)
    assert found["expected"]["bounce"] == {
        "of": 3,
        "recognised": 2,
        "with_addresses": 1,
        "missed": ["2.eml", "3.eml"],
    }


def ours(tmp_path: Path) -> Path:
    """Our samples in two folders: what came back for good, and everything else."""
    for mail in MAILS.glob("*.eml"):
        folder = tmp_path / ("bounces" if mail.name.startswith("bounce") else "others/mixed")
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(mail, folder)
    return tmp_path


def test_where_there_is_no_bounce_none_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of our samples, and of every collection that is there: 95 in 100 bounces, and nothing else as one."""
    for path, expected, quiet in [(ours(tmp_path), EXPECTED, ("others",)), *COLLECTIONS]:
        found = said(capsys, str(path), "--expected", str(expected), "--no-bounce-in", *quiet)
        bounces, delays = found["expected"]["bounce"], found["expected"]["delay"]
        assert bounces["of"] > 10
        assert bounces["with_addresses"] >= 0.95 * bounces["of"]
        assert (found["wrong_bounces"], delays["taken_for_bounces"]) == ([], [])


def test_a_bounce_where_there_is_none_is_named_and_not_all_is_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = ours(tmp_path)
    shutil.copy(MAILS / "bounce_exim.eml", folder / "others" / "mixed" / "odd.eml")
    found = said(capsys, str(folder), "--no-bounce-in", "others/mixed", fails=True)
    assert found["wrong_bounces"] == ["others/mixed/odd.eml"]
    with pytest.raises(SystemExit):
        call_command("sort_mail", str(folder), "--no-bounce-in", "others")
    assert "  wrong: others/mixed/odd.eml" in capsys.readouterr().out.splitlines()


def test_a_delay_that_is_taken_for_a_bounce_is_named_and_not_all_is_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(MAILS / "bounce_exim.eml", tmp_path / "1.eml")
    known = tmp_path / "known.csv"
    known.write_text("file,permanent_addresses,temporary_addresses\n1.eml,,ruth@bakery.example\n")
    found = said(capsys, str(tmp_path), "--expected", str(known), fails=True)
    assert found["expected"]["delay"]["taken_for_bounces"] == ["1.eml"]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("sort_mail", str(ours(tmp_path)), "--no-bounce-in", "others", "quiet")
    assert "There is no mail in a folder called “quiet”." in capsys.readouterr().err


def test_what_is_no_mail_is_counted_as_such_and_nothing_at_all_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "note.txt").write_text("no header of a mail here\n")
    assert list(said(capsys, str(tmp_path))["folders"].values()) == [{"unreadable": 1}]
    call = ["sort_mail", str(tmp_path / "elsewhere")]
    with pytest.raises(SystemExit):
        call_command(*call)
    assert "There is nothing at" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"file\n1.eml\n", b"\xff\xfe\x00"])
def test_a_list_of_what_is_expected_that_cannot_be_read_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    (tmp_path / "known.csv").write_bytes(content)
    with pytest.raises(SystemExit):
        call_command("sort_mail", str(MAILS), "--expected", str(tmp_path / "known.csv"))
    assert "“known.csv” is no CSV file with the columns file, permanent_addresses" in capsys.readouterr().err
