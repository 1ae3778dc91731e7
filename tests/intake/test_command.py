"""``import_ledger`` and ``import_profiles`` as other programs call them."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from collections_app.chase import entries
from collections_app.chase.entries import Entry
from collections_app.intake.batches import Batch
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused

COUNTS = {"new", "changed", "settled", "unchanged"}
KEYS = COUNTS | {"applied", "problems", "problem_count", "totals", "questions", "notes", "batch", "stages"}
HEAD = "type,customer,number,amount,open_amount,issued_on,due_on\n"


def _run(*words: str, err: io.StringIO | None = None) -> tuple[int, dict[str, Any]]:
    out = io.StringIO()
    try:
        call_command(*words, "--json", stdout=out, stderr=err or io.StringIO())
    except SystemExit as ended:
        return int(str(ended.code)), json.loads(out.getvalue() or "{}")
    return 0, json.loads(out.getvalue())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(HEAD + "invoice,C1,A,100,100,2026-01-02,2026-02-01\n", "utf-8")
    return path


def _words(path: Path, *more: str) -> tuple[str, ...]:
    words = ("--company", "SAMPLE", "--profile", "own", "--kind", "open-items", "--as-of", "2026-03-18")
    return ("import_ledger", str(path), *words, *more)


def test_it_applies_and_says_so_and_the_chase_list_follows(file: Path, company: Company) -> None:
    code, answer = _run(*_words(file))

    assert code == 0
    keys = ("new", "changed", "settled", "unchanged", "applied", "problems", "totals")
    assert {key: answer[key] for key in keys} == {
        "new": 1,
        "changed": 0,
        "settled": 0,
        "unchanged": 0,
        "applied": True,
        "problems": [],
        "totals": {"EUR": "100.00"},
    }
    assert set(answer) == KEYS
    assert {stage["state"] for stage in answer["stages"]} == {"done"}
    assert Entry.objects.filter(company=company).count() == 1


def test_a_dry_run_changes_nothing(file: Path, company: Company) -> None:
    code, answer = _run(*_words(file, "--dry-run"))

    assert (code, answer["applied"], answer["new"]) == (0, False, 1)
    assert not Invoice.objects.exists()
    assert Batch.objects.get().state == "discarded"


def test_an_open_question_is_no_success_until_yes(file: Path, company: Company) -> None:
    _run(*_words(file))
    file.write_text(HEAD + "invoice,C1,A,1000,1000,2026-01-02,2026-02-01\n", "utf-8")
    code, answer = _run(*_words(file))
    assert (code, answer["applied"]) == (1, False)
    assert [question["code"] for question in answer["questions"]] == ["total_moves_EUR"]

    code, answer = _run(*_words(file, "--yes"))
    assert (code, answer["applied"], answer["changed"]) == (0, True, 1)


def test_problems_come_by_line_and_column(file: Path, company: Company) -> None:
    file.write_text(HEAD + "invoice,C1,A,x,100,2026-01-02,2026-02-01\n", "utf-8")
    code, answer = _run(*_words(file))

    assert (code, answer["applied"]) == (1, False)
    assert [(p["line"], p["column"]) for p in answer["problems"]] == [(2, "amount")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--profile", "b2b-opne"), "There is no profile “b2b-opne”. Did you mean b2b-open"),
        (("--profile", "nothing"), "There are: own, "),
        (("--company", "NOBODY"), "NOBODY"),
        (
            ("--profile", "own"),
            "Say which: open-items or transactions or customers or orders. Here that is --kind.",
        ),
        (
            ("--profile", "b2b-open", "--kind", "transactions"),
            "reads files of open-items, not of transactions",
        ),
        (
            ("--kind", "open-items"),
            "the day on which it was made. Give it as the “as of” date. Here that is --as-of",
        ),
    ],
)
def test_what_is_refused_at_once_is_a_sentence_and_json(
    words: tuple[str, ...], said: str, file: Path, company: Company
) -> None:
    told = io.StringIO()
    given = words if "--company" in words else ("--company", "SAMPLE", *words)
    given = given if "--profile" in words else ("--profile", "own", *given)
    code, answer = _run("import_ledger", str(file), *given, err=told)

    assert (code, answer["applied"], answer["problem_count"]) == (1, False, 1)
    assert said in answer["problems"][0]["message"]
    assert said in told.getvalue()
    assert set(answer) == KEYS


def test_a_file_that_is_not_there_is_told_in_json(company: Company, tmp_path: Path) -> None:
    code, answer = _run(*_words(tmp_path / "none.csv"))
    assert (code, answer["applied"]) == (1, False)
    assert "cannot be read" in answer["problems"][0]["message"]


def test_a_stage_that_fails_afterwards_is_no_success_and_named(
    file: Path, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_facts: object) -> int:
        raise Refused.because("broken", "The list is at odds.")

    monkeypatch.setattr(entries, "refresh", broken)
    told = io.StringIO()
    code, answer = _run(*_words(file), err=told)

    assert (code, answer["applied"]) == (1, True)
    assert {s["stage"]: s["error"] for s in answer["stages"] if s["state"] != "done"} == {
        "refresh_chase_list": "The list is at odds."
    }
    assert "The file is applied, but the stage “refresh_chase_list” did not end well" in told.getvalue()


def test_the_profiles_are_listed(db: None) -> None:
    code, answer = _run("import_profiles")
    assert code == 0
    assert {"own", "b2b-open", "b2b-closed", "b2b-raw", "late-payments"} <= {
        p["name"] for p in answer["profiles"]
    }
