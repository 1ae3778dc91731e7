"""Reading from a copy of the database that PostgreSQL keeps up to date (a hot standby), where there is one.

Only what is asked within ``reading()`` goes there, and never a write. A copy that does not answer is left out
for a while: then the database itself is asked, as it is when ``DATABASE_REPLICA_URL`` names no copy.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, OperationalError, connections
from django.db.transaction import atomic

from collections_app.lib import outages

REPLICA = "replica"
LEFT_OUT_SECONDS = 30.0
# What a hot standby says of a question that it cancelled (40001), or that it waited for in a ring (40P01).
_CANCELLED = frozenset({"40001", "40P01"})

_log = logging.getLogger(__name__)
_asked = ContextVar("collections_app_asked_database", default=DEFAULT_DB_ALIAS)
_left_out_until = 0.0


def is_set() -> bool:
    """Whether a copy is named."""
    return REPLICA in connections.settings


def alias() -> str:
    """Which database is asked now."""
    return _asked.get()


@contextmanager
def reading() -> Iterator[None]:
    """Questions of this block go to the copy, if it answers."""
    kept = _asked.set(REPLICA if is_set() and _answers() else DEFAULT_DB_ALIAS)
    try:
        yield
    finally:
        _asked.reset(kept)


def is_to_blame(error: Error) -> bool:
    """Whether ``error``, raised while the copy was asked, is the copy's own, so that the database itself
    would answer: it went away, or cancelled a question that stood in the way of what it had to write after
    the database. It is left out for a while then.
    """
    code = getattr(error.__cause__, "pgcode", None)
    if alias() != REPLICA or not (outages.is_of_the_database(error) or code in _CANCELLED):
        return False
    _leave_out("The copy of the database broke off; the page is read from the database itself: %s", error)
    connections[REPLICA].close()
    return True


def transaction() -> AbstractContextManager[None]:
    """A transaction of the database that is asked now, for questions that belong together."""
    return atomic(using=alias())


def _answers() -> bool:
    if time.monotonic() < _left_out_until:
        return False
    try:
        # One that was kept from the page before may be of a copy that went away since.
        connections[REPLICA].close_if_health_check_failed()
        connections[REPLICA].ensure_connection()
    except OperationalError as error:
        _leave_out(
            "The copy of the database does not answer; reports are read from the database itself: %s", error
        )
        return False
    return True


def _leave_out(words: str, error: Error) -> None:
    global _left_out_until
    _left_out_until = time.monotonic() + LEFT_OUT_SECONDS
    _log.warning(words, error)


class Router:
    """Tells Django the same for its own queries. What is written, and tables, are the database's alone."""

    def db_for_read(self, model: type, **hints: Any) -> str:
        return alias()

    def db_for_write(self, model: type, **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS
