"""``fuzz``: some damage of each kind on every run of the tests; thousands by hand."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from collections_app.correspondence.rules import tone
from collections_app.intake import batches
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice

pytestmark = pytest.mark.django_db


def fuzzed(*more: str) -> Any:
    said = StringIO()
    try:
        call_command("fuzz", *more, "--json", stdout=said)
    except SystemExit:
        assert not json.loads(said.getvalue())["ok"]
    return json.loads(said.getvalue())


@pytest.mark.parametrize(("what", "trials"), [("files", "120"), ("mails", "400"), ("words", "300")])
def test_what_is_damaged_is_taken_wholly_or_refused_in_a_sentence(what: str, trials: str) -> None:
    found = fuzzed("--only", what, "--trials", trials, "--seed", "7")

    assert found["wrong"] == []
    assert found["trials"] == int(trials)
    assert len({each["ended"] for each in found["counts"]}) > 1
    assert not Company.objects.exists()
    assert not Invoice.objects.exists()


def test_an_error_is_found_and_its_trial_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_given: object, **_named: object) -> None:
        raise KeyError("due_on")

    monkeypatch.setattr(batches, "apply", breaks)
    monkeypatch.setattr(tone, "check", breaks)
    found = fuzzed("--trials", "3", "--only", "files", "--only", "words")
    assert not found["ok"]
    assert [each for each in found["wrong"] if "KeyError: 'due_on'" in each]


def test_the_same_seed_makes_the_same_damage() -> None:
    first, again, other = (fuzzed("--only", "mails", "--trials", "20", "--seed", each) for each in "112")
    assert first["counts"] == again["counts"] != other["counts"]
