"""The tables are there before a command needs them, so that any command may be a clone's first one."""

from __future__ import annotations

import hashlib
import os
import sys

import django
from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.recorder import MigrationRecorder

from collections_app.runtime import addresses, locks
from collections_app.runtime.home import PROJECT, Home
from collections_app.runtime.refusals import CannotStart


def ensure(home: Home, *, is_embedded: bool) -> None:
    """Migrate the embedded database when the code's migrations have changed; another one when it is empty.

    A database of production is migrated by `manage.py migrate` alone, when its operator says so.
    """
    if is_embedded:
        _ensure_embedded(home)
    elif settings.MODE != "production" and not _has_tables():
        migrate()


def migrate() -> None:
    """Bring the tables to what the code expects; quiet, and silent when nothing is to do."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)


def _ensure_embedded(home: Home) -> None:
    mark, wanted = home.run / "migrated", _fingerprint(home)
    if mark.exists() and mark.read_text() == wanted:
        return
    turn = locks.open_lock(home.run / "migrate.lock")
    try:
        locks.wait_exclusive(turn)
        if not mark.exists() or mark.read_text() != wanted:
            print("Preparing the database ...", file=sys.stderr, flush=True)
            migrate()
            mark.write_text(wanted)
    finally:
        os.close(turn)


def _fingerprint(home: Home) -> str:
    """Of this very cluster and of the migrations in the code."""
    words = [home.birth_mark.read_text(), django.get_version()]
    for file in sorted((PROJECT / "collections_app" / "migrations").glob("*.*")):
        if file.suffix in {".py", ".sql"}:
            words += [file.name, hashlib.sha256(file.read_bytes()).hexdigest()]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def _has_tables() -> bool:
    django.setup()
    try:
        return MigrationRecorder(connections[DEFAULT_DB_ALIAS]).has_table()
    except DatabaseError as error:
        why = addresses.unreached(str(error))
        raise CannotStart(f"The database of DATABASE_URL cannot be reached: {why}") from error
