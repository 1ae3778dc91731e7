"""Commands that read: of the only company there is, or of the one that is named; and how they refuse."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from tests.ledgerrows import company_of

READING = ("holds", "promises", "disputes", "commitments", "forecast")


def answer(*words: str) -> Any:
    said = StringIO()
    call_command(*words, "--json", stdout=said)
    return json.loads(said.getvalue())


@pytest.mark.django_db
@pytest.mark.parametrize("name", READING)
def test_the_only_company_need_not_be_named(name: str) -> None:
    company_of("NG")

    assert answer(name) == answer(name, "--company", "NG")


@pytest.mark.django_db
def test_of_several_one_has_to_be_named_and_the_refusal_is_json_too() -> None:
    company_of("NG")
    company_of("DE")
    said, wrong = StringIO(), StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("explain_reminder", "--customer", "100", "--json", stdout=said, stderr=wrong)

    assert ended.value.code == 1
    sentence = "Say which company is meant: --company CODE. There are: DE, NG."
    assert json.loads(said.getvalue()) == {"refused": [{"code": "company", "message": sentence}]}
    assert sentence in wrong.getvalue()
