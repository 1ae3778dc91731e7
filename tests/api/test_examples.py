"""Every example of the documentation is run, in its order, and answers what it says."""

import datetime as dt
import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from collections_app.jobs import ledger_followers
from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.systems import systems, tokens
from collections_app.systems.rules import delivering
from collections_app.systems.rules.scopes import SCOPE_LABELS, Scope
from tests.desk import person
from tests.ledgerrows import company_of

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
EXAMPLES = re.findall(r"```sh\n# answers (\d+)\n(.*?)```", PAGE, re.S)
HOST = "https://workbench.example.com"


@pytest.fixture
def company(db: None) -> Company:
    return company_of("NORTH", country="GB")


def asked(command: str, values: dict[str, str]) -> tuple[str, str, dict[str, str], str]:
    """Method, address, headers and body of a curl command. Anything else in it is a mistake of the page."""
    for name, value in values.items():
        command = command.replace(f"${name}", value)
    words = shlex.split(command.replace("\\\n", " "))
    assert words.pop(0) == "curl"
    method, address, body, headers = "", "", "", dict[str, str]()
    while words:
        word = words.pop(0)
        if word == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = words.pop(0)
        elif word == "-X":
            method = words.pop(0)
        else:
            assert word.startswith(HOST)
            address = word.removeprefix(HOST)
    return method or ("POST" if body else "GET"), address, headers, body


def test_every_example_answers_what_it_says(
    company: Company, at: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing: Callable[..., None] = lambda batch: None  # noqa: E731
    monkeypatch.setattr(ledger_followers, "start", nothing)
    olga: User = person(company, "olga", Role.ADMINISTRATOR)
    person(company, "sam", Role.SALES)
    system = systems.connect(name="ERP", scopes=list(Scope), companies=[company], by=olga, at=at)
    values = {"TOKEN": tokens.make(system, by=olga, at=at).text, "ORDER": "?"}
    answers: list[Any] = []
    for status, command in EXAMPLES:
        method, address, headers, body = asked(command, values)
        kind = headers.pop("Content-Type", "application/octet-stream")
        answer = Client().generic(method, address, body, content_type=kind, headers=headers)
        assert (answer.status_code, address) == (int(status), address), answer.content
        answers.append(json.loads(answer.content))
        if address.endswith("/orders"):
            values["ORDER"] = str(answers[-1]["id"])

    assert len(EXAMPLES) == 12
    checked, placed, explained = answers[3:6]
    assert checked["held"] is True
    assert checked["smallest_payment"]["totals"] == {"GBP": "480.00"}
    assert (placed["on_hold"], explained["standing"]) == (True, "held")
    assert (answers[6]["state"], answers[7]["questions"][0]["code"]) == ("asked", "total_moves_GBP")
    assert answers[9]["on_hold"] is False
    assert answers[10]["standings"][0]["open"] == "120.00"


def test_the_page_names_every_scope_and_every_pause() -> None:
    for scope in SCOPE_LABELS:
        assert f"| `{scope.value}` |" in PAGE
    assert delivering.PAUSES_SECONDS == (10, 60, 300, 1800, 7200, 21600, 43200, 86400)
    assert "10 seconds, 1, 5 and 30 minutes, 2, 6,\n  12 and 24 hours" in PAGE


def test_what_the_page_shows_for_signatures_knows_ours_and_no_other(at: dt.datetime) -> None:
    code = re.findall(r"```python\n(.*?)```", PAGE, re.S)[0]
    known: dict[str, Any] = {}
    exec(code, known)
    is_genuine, body, now = known["is_genuine"], b'{"id":1}', int(at.timestamp())

    header = delivering.signature("whs_key", timestamp=now, body=body)
    assert is_genuine("whs_key", header, body)
    assert not is_genuine("whs_other", header, body)
    assert not is_genuine("whs_key", header, body + b" ")
    assert not is_genuine("whs_key", delivering.signature("whs_key", timestamp=now - 301, body=body), body)
