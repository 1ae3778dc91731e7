"""Sends rows into a table as they are read: one COPY, fed by a pipe, so that no file is ever held whole."""

from collections.abc import Callable, Iterable, Iterator
from typing import AnyStr, Generic

from django.db import connection
from psycopg2 import sql

from collections_app.intake.reading import Reading

_CSV = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)")
_BINARY = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)")


class _Pipe(Generic[AnyStr]):
    """The pieces as a file that COPY reads. What goes wrong while reading is kept, since COPY would swallow
    it.
    """

    def __init__(self, pieces: Iterator[AnyStr], end: AnyStr) -> None:
        self._pieces: Iterator[AnyStr] = pieces
        self._end: AnyStr = end
        self.broken: Exception | None = None

    def read(self, _size: int = -1) -> AnyStr:
        try:
            return next(self._pieces, self._end)
        except Exception as broken:
            self.broken = broken
            return self._end


def copy(table: str, columns: Iterable[str], pieces: Iterator[str]) -> int:
    """Copy pieces of CSV into a temporary table; the number of rows. Raises what reading raised."""
    return _copied(_CSV, sql.Identifier("pg_temp", table), columns, _Pipe(pieces, ""))


def copy_binary(table: str, columns: Iterable[str], pieces: Iterator[bytes]) -> int:
    """Copy rows in COPY's binary form, whole ones in each piece; the number of rows. Raises what reading
    raised.
    """
    return _copied(_BINARY, sql.Identifier(table), columns, _Pipe(pieces, b""))


def copy_rows(reading: Reading, on_rows: Callable[[int], None]) -> int:
    """Copy a whole file into ``arrived``; the number of rows."""
    return copy("arrived", reading.names, reading.pieces(on_rows))


def _copied(form: sql.SQL, table: sql.Identifier, columns: Iterable[str], pipe: _Pipe[AnyStr]) -> int:
    statement = form.format(table, sql.SQL(", ").join(map(sql.Identifier, columns)))
    with connection.cursor() as cursor:
        cursor.copy_expert(statement.as_string(cursor.connection), pipe)
        count: int = cursor.rowcount
    if pipe.broken is not None:
        raise pipe.broken
    return count
