"""A backup is taken while people work, and brought back whole, paused, and to the penny."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection

from collections_app.activity import events, seals
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.management import backups
from collections_app.runtime.home import PROJECT
from tests.ledgerrows import company_of
from tests.ledgertext import load

LEDGER = """
customer 100 "Harrow Tools" currency=GBP
invoice 100 A1 1200.10 due=-40
invoice 100 A2 80.55 due=-20
receipt 100 P1 200.00 on=-1
customer 200 "Brandt GmbH" currency=EUR
invoice 200 B1 300.00 due=-3
"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def company(today: Any, servers: None) -> Company:
    company = company_of("NG")
    load(LEDGER, company=company, today=today)
    at = company.created_at
    events.record(
        "contact.logged", "Called £5 'off' \\ n", company=company, facts={"é": "\n"}, by=None, at=at
    )
    seals.seal()
    return company


@pytest.fixture
def empty(servers: None) -> Iterator[str]:
    """The name of an empty database."""
    name = f"restored_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    yield name
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def in_database(name: str, *words: str) -> tuple[int, str]:
    """A command of ours for another database of the same server: its exit code, and all that it said."""
    url = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=PROJECT,
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "collections_app.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def asked(name: str, statement: str) -> list[Any]:
    other = psycopg2.connect(**{**connection.get_connection_params(), "dbname": name})
    try:
        with other.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())
    finally:
        other.close()


def test_what_is_restored_comes_to_the_same_and_nothing_leaves(
    company: Company, empty: str, tmp_path: Path
) -> None:
    path = tmp_path / "to night's.dump"
    call_command("backup", str(path))
    assert {(line["what"], line["currency"]): line["amount"] for line in json.loads(
        (tmp_path / "to night's.dump.totals.json").read_text()
    )}.items() >= {
        ("invoices", "GBP"): "1280.650", ("invoices", "EUR"): "300.000", ("payments", "GBP"): "200.000",
    }.items()  # fmt: skip

    code, said = in_database(empty, "restore", str(path))
    assert (code, said.splitlines()[0]) == (0, "The backup is restored, and comes to what it should.")
    [(reason, resumed)] = asked(empty, "SELECT reason, resumed_at FROM sending_pause")
    assert (reason.startswith("Restored from a backup."), resumed) == (True, None)
    assert in_database(empty, "check_ledger")[0] == 0
    assert in_database(empty, "check_activity")[0] == 0
    told = json.loads(in_database(empty, "ageing", "--as-of", "2026-03-11", "--json")[1])
    assert told["currencies"]["GBP"]["total"] == "1080.65"

    code, said = in_database(empty, "restore", str(path))
    assert code == 1
    assert "the database has tables" in said


def test_half_a_backup_leaves_nothing_behind(company: Company, empty: str, tmp_path: Path) -> None:
    path = tmp_path / "whole.dump"
    call_command("backup", str(path))
    whole = path.read_bytes()
    for number, kept in enumerate((b"", b"no backup at all", whole[: len(whole) // 2], whole[:-2000])):
        half = tmp_path / f"half-{number}.dump"
        half.write_bytes(kept)
        code, said = in_database(empty, "restore", str(half))
        assert code == 1, said
        assert "Nothing was restored" in said
        assert "Traceback" not in said
    assert asked(empty, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


def test_a_backup_that_comes_to_something_else_says_what(
    company: Company, empty: str, tmp_path: Path
) -> None:
    path, beside = tmp_path / "a.dump", tmp_path / "a.dump.totals.json"
    call_command("backup", str(path))
    beside.write_text(beside.read_text().replace("1280.650", "1280.640"))
    code, said = in_database(empty, "restore", str(path))
    assert code == 1
    assert "Not as it was: 2 invoices of NG 1280.640 GBP." in said
    assert "Only here: 2 invoices of NG 1280.650 GBP." in said


def test_nothing_is_restored_while_others_are_connected(company: Company, empty: str, tmp_path: Path) -> None:
    path = tmp_path / "a.dump"
    call_command("backup", str(path))
    worker = psycopg2.connect(**{**connection.get_connection_params(), "dbname": empty})
    try:
        code, said = in_database(empty, "restore", str(path))
    finally:
        worker.close()
    assert code == 1
    assert "somebody else is connected (1 in all). Stop web, workers and beat first." in said
    assert in_database(empty, "restore", str(tmp_path / "none"))[1].startswith("There is no file")


def test_a_backup_that_cannot_be_written_says_so_and_leaves_the_one_before(
    company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "ledger.dump"
    call_command("backup", str(kept), verbosity=0)
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    events.record("contact.logged", "Once more", company=company, facts={}, by=None, at=company.created_at)

    def is_full(*_given: object, **_named: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(Path, "write_text", is_full)
        with pytest.raises(Refused, match="No backup was written: No space left on device"):
            backups.make(kept)
    for place in (tmp_path, tmp_path / "nowhere" / "ledger.dump", pipe):
        with pytest.raises(Refused, match="No backup was written"):
            backups.make(place)

    assert pipe.is_fifo()
    pipe.unlink()
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before
    assert not Path(f"{tmp_path}.unfinished").exists()
