"""Connections whose statements carry the wall (``walls``) with them, in the same message: no round trip more.

Behind a pool that lends connections by the transaction nothing may stay with the session. Outside of a
transaction the message is one by itself, and what it set ends with it. Inside one it lasts until the end, so
a statement that is asked there without a wall, after one that had it, carries that it has none.
"""

import re
from collections.abc import Callable
from typing import Any

from psycopg2 import NotSupportedError
from psycopg2.extensions import (
    TRANSACTION_STATUS_IDLE,
    TRANSACTION_STATUS_INTRANS,
    connection,
    cursor,
)
from psycopg2.sql import Composable

from collections_app.lib import walls

_UP = f"SELECT set_config('role','{walls.ROLE}',true),set_config('workbench.companies','%s',true);\n"
_DOWN = "SELECT set_config('role','none',true),set_config('workbench.companies','',true);\n"
_CARRIED = re.compile(rb"\ASELECT set_config\('role',[^;]*;\n")
# They say nothing of rows. Some are sent in a transaction that failed, where nothing else is heard; some
# have to be the first of theirs.
_BARE = re.compile(r"\s*(?:SAVEPOINT|RELEASE|ROLLBACK|COMMIT|BEGIN|SET)\b", re.IGNORECASE)


class WalledCursor(cursor):  # type: ignore[misc]  # the driver has no types
    """Puts in front of each statement what wall stands now."""

    def execute(self, query: Any, vars: Any = None) -> None:
        """As psycopg2 does."""
        if isinstance(query, Composable):
            query = query.as_string(self)
        text = query.decode() if isinstance(query, bytes) else query
        carried = self._carried(text)
        if not carried:
            super().execute(text, vars)
        elif self.name:
            self._apart(carried, lambda: super(WalledCursor, self).execute(text, vars), is_kept=self.withhold)
        else:
            super().execute(carried + text, vars)

    def executemany(self, query: Any, vars_list: Any) -> None:
        """As psycopg2 does: each is a statement of its own."""
        text = query.as_string(self) if isinstance(query, Composable) else query
        super().executemany(self._carried(text) + text, vars_list)

    def copy_expert(self, sql: Any, file: Any, size: int = 8192) -> None:
        """As psycopg2 does. A copy is a message of its own."""
        text = sql.as_string(self) if isinstance(sql, Composable) else sql
        carried = self._carried(text)
        if carried:
            self._apart(carried, lambda: super(WalledCursor, self).copy_expert(text, file, size))
        else:
            super().copy_expert(text, file, size)

    @property
    def query(self) -> bytes | None:
        """The statement that was sent last, without what was put in front of it."""
        sent = super().query
        return _CARRIED.sub(b"", sent, count=1) if sent else sent

    def _carried(self, text: str) -> str:
        """What goes in front of a statement; nothing where it would say what is so already."""
        home, wall = self.connection, walls.standing()
        assert isinstance(home, WalledConnection)
        status = home.get_transaction_status()
        if status == TRANSACTION_STATUS_IDLE:
            home.was_walled = False
        if wall is None and not home.was_walled:
            return ""
        if status not in (TRANSACTION_STATUS_IDLE, TRANSACTION_STATUS_INTRANS) or _BARE.match(text):
            return ""
        if wall is None:
            # Stays noted: rolling back to a savepoint may bring it back.
            return _DOWN
        home.was_walled = not home.autocommit or status == TRANSACTION_STATUS_INTRANS
        return _UP % wall

    def _apart(self, carried: str, ask: Callable[[], None], *, is_kept: bool = False) -> None:
        """For what can be no part of another message: the wall by itself, in the same transaction."""
        home = self.connection
        is_alone = home.autocommit and home.get_transaction_status() == TRANSACTION_STATUS_IDLE
        if is_alone and not is_kept:
            raise NotSupportedError("Behind the wall this needs a transaction.")
        with home.cursor(cursor_factory=cursor) as plain:
            plain.execute("BEGIN;" + carried if is_alone else carried)
            try:
                ask()
            finally:
                if is_alone:
                    plain.execute("COMMIT")  # of a transaction that failed: rolled back


class WalledConnection(connection):  # type: ignore[misc]
    """A connection that knows whether its transaction has seen a wall."""

    was_walled: bool = False


# For the options of a database in the settings.
OPTIONS: dict[str, Any] = {"connection_factory": WalledConnection, "cursor_factory": WalledCursor}
