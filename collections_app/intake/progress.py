"""How far an import is, written beside its transaction so that others see it, and read by whoever waits."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from django.db import DatabaseError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from collections_app.intake import limits
from collections_app.lib.sql import Statement

_TELL = Statement(__file__, "tell_progress")
# Of this one transaction: the connection may be lent to somebody else after it.
_IN_A_MOMENT = "SELECT set_config('lock_timeout', '250ms', true);\n"
_NOBODY: Callable[[str, int], None] = lambda _step, _rows: None  # noqa: E731


@dataclass
class Progress:
    """Steps and rows of one batch. Telling renews the lease of whoever works on it."""

    batch: int
    beside: BaseDatabaseWrapper
    listener: Callable[[str, int], None]
    step: str = "reading"
    rows: int = 0
    told_at: float = field(default=0.0)

    def on_rows(self, more: int) -> None:
        """So many rows more have been read."""
        self.rows += more
        self._tell()

    def on_step(self, step: str) -> None:
        """The next step begins."""
        self.step = step
        self._tell(at_once=True)

    def _tell(self, *, at_once: bool = False) -> None:
        if not at_once and time.monotonic() - self.told_at < limits.PROGRESS_SECONDS:
            return
        self.told_at = time.monotonic()
        self.listener(self.step, self.rows)
        # Progress is a courtesy: an import does not fail because it could not be told.
        with suppress(DatabaseError), self.beside.cursor() as cursor:
            cursor.execute(
                _IN_A_MOMENT + _TELL.text,
                {"batch": self.batch, "step": self.step, "rows": self.rows, "seconds": limits.LEASE_SECONDS},
            )


@contextmanager
def of(batch: int, *, listener: Callable[[str, int], None] = _NOBODY) -> Iterator[Progress]:
    """Progress of one batch, on a connection of its own that commits every word at once."""
    beside = connections.create_connection(connection.alias)
    try:
        yield Progress(batch, beside, listener)
    finally:
        beside.close()
