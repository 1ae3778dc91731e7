"""``tone_check`` at the terminal: what it answers, where the words stand, and how it ends."""

import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from collections_app.correspondence.rules.tone.written_facts import FACTS, INVOICE, facts_of
from tests.architecture.house import ROOT
from tests.rules.tone.labelled import LANGUAGES, labelled

GOOD = """Subject: Invoice INV-1042, £4,200.00, due 14 March: payment date?

Hello Mr Osei,

Invoice INV-1042 for £4,200.00 was due on 14 March. Could you tell me the payment date by 26 March?
You can pay by bank transfer. If something is not right, let me know.

Priya Shah, 0113 496 0000
"""
FACTS_WRITTEN = {
    "invoices": [
        {"number": "INV-1042", "open": "4200.00", "currency": "GBP", "due_on": "2026-03-14", "disputed": "0"}
    ],
    "contact_name": "Kwame Osei",
}


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    file = tmp_path / "draft.txt"
    file.write_text(GOOD, "utf-8")
    return file


def answer(*given: str, capsys: pytest.CaptureFixture[str]) -> tuple[dict[str, Any], int]:
    """What the command says in JSON, and how it ends."""
    code = 0
    try:
        call_command("tone_check", *given, "--json")
    except SystemExit as end:
        code = int(str(end.code))
    said = capsys.readouterr().out
    return json.loads(said) if said else {}, code


def test_a_good_draft_passes_with_nothing(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found, code = answer(str(draft), capsys=capsys)

    assert (found["hits"], found["blocked"], code) == ([], False, 0)
    assert found["milliseconds"] > 0


def test_what_blocks_is_pointed_at_in_the_file_and_ends_with_one(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = GOOD.replace("payment date?\n", "your last chance\n").replace(
        "If something", "Or else! If something"
    )
    draft.write_text(text, "utf-8")

    found, code = answer(str(draft), "--stage", "r2", capsys=capsys)

    assert code == 1
    assert found["blocked"]
    assert [(hit["rule"], hit["words"], hit["part"]) for hit in found["hits"]] == [
        ("T02", "last chance", "subject"),
        ("T02", "Or else", "body"),
        ("T06", "!", "body"),
    ]
    for hit in found["hits"]:
        assert text[hit["start"] : hit["start"] + len(hit["words"])] == hit["words"]


def test_warnings_alone_end_with_zero(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft.write_text(GOOD.replace("Could you", "This is urgent. Could you"), "utf-8")

    found, code = answer(str(draft), capsys=capsys)

    assert ([hit["rule"] for hit in found["hits"]], found["blocked"], code) == (["T07"], False, 0)


def test_facts_are_compared(draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps(FACTS_WRITTEN), "utf-8")
    assert answer(str(draft), "--facts", str(facts), capsys=capsys)[1] == 0

    facts.write_text(json.dumps(FACTS_WRITTEN).replace("4200.00", "4020.00"), "utf-8")
    found, code = answer(str(draft), "--facts", str(facts), capsys=capsys)

    assert ({hit["rule"] for hit in found["hits"]}, code) == ({"M02"}, 1)


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Zahlen Sie endlich")))

    found, code = answer("-", "--language", "de", "--purpose", "other", capsys=capsys)

    assert ([hit["rule"] for hit in found["hits"]], code) == (["T02"], 1)


def test_many_runs_tell_median_and_p95(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("tone_check", str(draft), "--runs", "5")

    assert re.search(r"5 checks: median [\d.]+ ms, p95 [\d.]+ ms", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ("{", "is no JSON"),
        ("[]", "must be an object"),
        ('{"invoice": []}', "“invoice” is not known"),
        (
            '{"invoices": [{"number": "A", "open": "many", "currency": "GBP"}]}',
            "“open” of the invoice cannot be “many”",
        ),
        ('{"invoices": [{"number": "A"}]}', "“invoices” of the facts cannot be"),
        ('{"consequences": [{"action": "hold", "on": "soon"}]}', "cannot be “soon”"),
        ('{"is_individual": "yes"}', "cannot be “yes”"),
    ],
)
def test_facts_that_cannot_be_read_are_refused_in_a_sentence(
    facts: str, said: str, draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "facts.json"
    file.write_text(facts, "utf-8")

    with pytest.raises(SystemExit) as end:
        call_command("tone_check", str(draft), "--facts", str(file))

    assert end.value.code == 1
    assert said in capsys.readouterr().err


def test_a_file_that_is_not_there_or_no_text_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\xff")
    for file, said in ((tmp_path / "none.txt", "cannot be read"), (picture, "no text in UTF-8")):
        with pytest.raises(SystemExit):
            call_command("tone_check", str(file))
        assert said in capsys.readouterr().err


def test_the_page_about_it_names_every_rule_and_every_fact() -> None:
    page = (ROOT / "docs" / "tone.md").read_text("utf-8")
    rules = {hit.rule for language in LANGUAGES for each in labelled(language) for hit in each.hits()}
    example = re.search(r"```json\n(.*?)```", page, re.DOTALL)

    assert [rule for rule in sorted(rules) if f"| {rule} |" not in page] == []
    assert example is not None
    written = json.loads(example[1])
    assert set(written) == set(FACTS)
    assert set(written["invoices"][0]) == set(INVOICE)
    assert facts_of(written).invoices[0].number == "INV-1042"
