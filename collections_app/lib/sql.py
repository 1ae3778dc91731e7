"""Runs the named statements that stand in ``sql/`` beside a room's modules.

A statement takes named parameters only (``%(day)s``) and is never put together from strings. Comment lines
are dropped before it is sent, so a per cent sign in a comment needs no doubling.
"""

from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import connection, connections
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet
from psycopg2.extensions import AsIs

from collections_app.lib import replicas


class Statement:
    """One ``.sql`` file: ``Statement(__file__, "claim_customer")`` reads ``sql/claim_customer.sql`` beside
    the caller.

    A long statement stands in several files, each with some of its common table expressions, and is named
    by all of them in order. One that goes on where another room's expressions end is given them as ``after``.
    """

    text: str

    def __init__(self, beside: str, name: str, *more: str, after: "Statement | None" = None) -> None:
        self.name = name
        folder = Path(beside).parent / "sql"
        texts = [(folder / f"{each}.sql").read_text("utf-8") for each in (name, *more)]
        lines = [line for text in [after.text if after else "", *texts] for line in text.splitlines()]
        self.text = "\n".join(line for line in lines if not line.lstrip().startswith("--"))

    def execute(self, params: Mapping[str, Any]) -> int:
        """Run it; the number of rows it touched."""
        with connection.cursor() as cursor:
            self.send(cursor, params)
            return int(cursor.rowcount)

    def rows(self, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Run it; its rows as dictionaries by column name."""
        with connections[replicas.alias()].cursor() as cursor:
            self.send(cursor, params)
            names = [column.name for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def chunks(self, params: Mapping[str, Any], *, size: int) -> Generator[list[dict[str, Any]], None, None]:
        """Run it inside a transaction through a cursor of the server; its rows, at most ``size`` in memory at
        a time.

        The cursor ends with its transaction, so a pool that lends connections by the transaction has it too.
        """
        with connection.cursor() as cursor:
            # All rows are wanted, not the first few soon.
            cursor.execute("SELECT set_config('cursor_tuple_fraction', '1', true)")
        with connection.chunked_cursor() as cursor:
            self.send(cursor, params)
            while found := cursor.fetchmany(size):
                names = [column.name for column in cursor.description]
                yield [dict(zip(names, row, strict=True)) for row in found]

    def send(self, cursor: CursorWrapper, params: Mapping[str, Any]) -> None:
        """How it reaches PostgreSQL: its text with the parameters."""
        cursor.execute(self.text, params)

    def row(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Run it; its only row. Raises ``ValueError`` when there is not exactly one."""
        (row,) = self.rows(params)
        return row


def run_several(statements: Sequence[Statement], params: Mapping[str, Any]) -> int:
    """Run statements in order with the same parameters; the rows touched in total."""
    return sum(statement.execute(params) for statement in statements)


def array(numbers: Sequence[int | None]) -> str:
    """Whole numbers as one parameter, read by ``%(name)s::bigint[]``: parsed far faster than a list of
    parameters.
    """
    return "{" + ",".join("NULL" if number is None else str(number) for number in numbers) + "}"


def query(rows: "QuerySet[Any, Any]") -> AsIs:
    """A query of the ORM as one parameter, for a statement that reads ``FROM (%(name)s) AS name
    (columns)``: what users put together stays in one place, and rows need not come here to be sent back.

    Raises ``EmptyResultSet`` for a query that the ORM knows to have no rows.
    """
    text, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        return AsIs(cursor.mogrify(text, params).decode())
