"""Sends a file into a temporary table as it is read: one COPY, fed by a pipe, so that no file is ever held
whole.
"""

from collections.abc import Callable, Iterable, Iterator

from django.db import connection
from psycopg2 import sql

from collections_app.intake.reading import Reading


class _Pipe:
    """The pieces as a file that COPY reads. What goes wrong while reading is kept, since COPY would swallow
    it.
    """

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self.broken: Exception | None = None

    def read(self, _size: int = -1) -> str:
        try:
            return next(self._pieces, "")
        except Exception as broken:
            self.broken = broken
            return ""


def copy(table: str, columns: Iterable[str], pieces: Iterator[str]) -> int:
    """Copy pieces of CSV into a temporary table; the number of rows. Raises what reading raised."""
    pipe = _Pipe(pieces)
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
        sql.Identifier("pg_temp", table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor:
        cursor.copy_expert(statement.as_string(cursor.connection), pipe)
        count: int = cursor.rowcount
    if pipe.broken is not None:
        raise pipe.broken
    return count


def copy_rows(reading: Reading, on_rows: Callable[[int], None]) -> int:
    """Copy a whole file into ``arrived``; the number of rows."""
    return copy("arrived", reading.names, reading.pieces(on_rows))
