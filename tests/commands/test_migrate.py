"""A change of tables steps aside for whoever is at work, and comes back."""

import threading
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.commands import migrate as django_migrate
from django.db import OperationalError, connection, connections
from pytest_django.fixtures import Settings

from collections_app.management.commands import migrate

APP, NAME = "collections_app", "0001_busy_table"


@pytest.fixture(params=["waiting_migrations", "waiting_migrations_apart"])
def busy(
    transactional_db: None,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Iterator[None]:
    """A table that a migration changes, in a transaction or not in one."""
    settings.MIGRATION_MODULES = {APP: f"tests.commands.{request.param}"}
    monkeypatch.setattr(migrate, "LOCK_SECONDS_MAX", 0.1)
    monkeypatch.setattr(migrate, "PAUSE_SECONDS", 0.1)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE test_busy (id integer)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE test_busy")
        cursor.execute("DELETE FROM django_migrations WHERE app = %s AND name = %s", [APP, NAME])


def _read_until(ended: threading.Event, begun: threading.Event) -> None:
    """A report that reads the table for a while."""
    with connections["default"].cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT * FROM test_busy")
        begun.set()
        ended.wait(20)
        cursor.execute("COMMIT")
    connections["default"].close()


def _columns() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM information_schema.columns WHERE table_name = 'test_busy'")
        return int(cursor.fetchone()[0])


def test_a_change_waits_no_longer_than_it_may_and_is_made_once_the_table_is_free(
    busy: None, capsys: pytest.CaptureFixture[str]
) -> None:
    ended, begun = threading.Event(), threading.Event()
    reader = threading.Thread(target=_read_until, args=(ended, begun))
    reader.start()
    assert begun.wait(20)
    free = threading.Timer(1.0, ended.set)
    free.start()

    call_command("migrate", APP, verbosity=0)

    reader.join()
    assert _columns() == 2
    assert "is in use. Nobody is kept waiting" in capsys.readouterr().err
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)


def test_a_table_that_is_never_free_is_named_and_nothing_is_half_done(
    busy: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "TRIES_MAX", 2)
    ended, begun = threading.Event(), threading.Event()
    reader = threading.Thread(target=_read_until, args=(ended, begun))
    reader.start()
    assert begun.wait(20)

    with pytest.raises(CommandError, match="was in use each time"):
        call_command("migrate", APP, verbosity=0)

    ended.set()
    reader.join()
    assert _columns() == 1
    call_command("migrate", APP, verbosity=0)
    assert _columns() == 2


@pytest.mark.django_db
def test_who_gives_way_to_a_deadlock_comes_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class GivesWay(Exception):
        pgcode = "40P01"

    tries = []

    def handle(*args: object, **options: object) -> None:
        tries.append(options)
        if len(tries) == 1:
            raise OperationalError("deadlock detected") from GivesWay()

    monkeypatch.setattr(django_migrate.Command, "handle", handle)
    monkeypatch.setattr(migrate, "PAUSE_SECONDS", 0)

    call_command("migrate", verbosity=0)

    assert len(tries) == 2
    assert "trying again soon" in capsys.readouterr().err


def test_behind_a_pool_no_limit_stays_with_a_connection_that_is_lent(db: None, settings: Settings) -> None:
    settings.DATABASE_IS_POOLED = True
    command = migrate.Command()
    command._database = "default"
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        before = cursor.fetchone()
        command._wait(1.5)
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == before
