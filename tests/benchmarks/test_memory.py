"""What a part of the benchmark held."""

import subprocess
import sys
import time

import pytest
from django.db import connection

from collections_app.management.benchmarks import backends, memory

MEGABYTE = 1 << 20


def test_what_was_held_and_let_go_counts_and_what_was_held_before_is_told_apart() -> None:
    with memory.watched() as held:
        much = b"x" * (210 * MEGABYTE)  # both ends are told in whole megabytes
        del much
    assert 200 <= held.own - held.before < 260

    with memory.watched() as later:
        pass
    assert later.own < held.own - 150


def test_what_was_started_counts_with_what_that_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "SECONDS_BETWEEN_LOOKS", 0.05)
    below = "import sys; x = b'x' * (100 << 20); print(flush=True); sys.stdin.read()"
    above = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {below!r}])"
    child = subprocess.Popen([sys.executable, "-c", above], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with memory.watched(child.pid) as held:
        assert child.stdout is not None
        child.stdout.readline()
        ends = time.monotonic() + 20
        while held.started < 100 and time.monotonic() < ends:
            time.sleep(0.05)
        child.communicate()
    assert 100 <= held.started < 200


@pytest.mark.django_db(transaction=True)
def test_what_postgres_holds_for_a_statement_is_told_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "SECONDS_BETWEEN_LOOKS", 0.02)
    wanted, ends = 120, time.monotonic() + 60
    with memory.watched(backends=backends.busy_for_us) as held, connection.cursor() as cursor:
        while (held.postgres or 0) < wanted and time.monotonic() < ends:
            # An array is put together in the memory of the one that does it.
            cursor.execute("SELECT cardinality(array_agg(n)) FROM generate_series(1, 20000000) AS n")
    assert held.postgres is not None
    assert held.postgres >= wanted
    assert "PostgreSQL for it" in str(held)


def test_where_it_cannot_be_seen_that_is_said() -> None:
    with memory.watched() as held:
        pass
    assert str(held).endswith("PostgreSQL for it what cannot be seen from here")
