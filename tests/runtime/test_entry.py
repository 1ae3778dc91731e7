"""Which commands start the servers, and which leave them alone."""

from __future__ import annotations

import threading

import pytest

from collections_app.runtime import entry, services
from collections_app.runtime.home import Home
from collections_app.runtime.refusals import CannotStart


@pytest.mark.parametrize(
    "words", ["import_ledger a.csv", "run_day", "chase_list --json", "migrate", "shell", "createsuperuser"]
)
def test_a_command_of_the_product_starts_the_servers(words: str) -> None:
    assert entry.needs_servers(["manage.py", *words.split()])


@pytest.mark.parametrize(
    "words", ["", "help", "check --deploy", "workbench", "test -k port", "run_day --help", "--version"]
)
def test_what_only_looks_at_code_starts_nothing(words: str) -> None:
    assert not entry.needs_servers(["manage.py", *words.split()])


def test_servers_that_cannot_start_are_a_sentence_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(home: Home) -> None:
        raise CannotStart("The disk is full.")

    monkeypatch.setattr(services, "lease", refuse)

    assert entry.run(["manage.py", "run_day"]) == 1
    assert capsys.readouterr().err == "The disk is full.\n"


def test_servers_of_the_workbench_come_up_while_the_product_is_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = threading.Event()

    def lease(home: Home) -> services.Lease:
        asked.set()
        raise CannotStart("Said again, and aloud, by the command itself.")

    met: list[bool] = []
    monkeypatch.setattr(services, "lease", lease)
    monkeypatch.setattr(entry, "execute_from_command_line", lambda argv: met.append(asked.wait(timeout=20)))

    assert entry.run(["manage.py", "workbench"]) == 0
    assert met == [True]

    asked.clear()
    monkeypatch.setattr(entry, "execute_from_command_line", lambda argv: met.append(asked.wait(timeout=0.2)))
    assert entry.run(["manage.py", "workbench", "--help"]) == 0
    assert met == [True, False]
