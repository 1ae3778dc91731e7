"""A table of one's own in the place of a real one, for a transaction that tries something and forgets it.

What it derives for all customers it would otherwise write over the rows that others work with, and keep them
locked until it is rolled back. A temporary table of the same name is found before the real one, so whatever
reads or writes the name goes on as it is, and nobody else waits.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg2 import sql

_MAKE = "CREATE TEMPORARY TABLE {name} (LIKE {real} INCLUDING ALL) ON COMMIT DROP"
_COPY = "INSERT INTO {name} SELECT * FROM {real} WHERE company_id = %s"
_GO_ON = "SELECT setval(pg_get_serial_sequence(%s, 'id'), coalesce(max(id), 0) + 1, false) FROM {name}"


@contextmanager
def covering(table: str, *, company: int) -> Iterator[None]:
    """Inside a transaction: from now on it reads and writes a ``table`` of its own, which holds the rows of
    one ``company`` (id) as they stand, until the transaction ends. What the block wrote is counted for the
    planner, which has seen nothing of it. What was prepared before goes on with the real table: inside
    nothing is asked for by what ``lib.prepared`` keeps.
    """
    name = sql.Identifier(table)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid = to_regclass(%s)", [table]
        )
        real = sql.Identifier(cursor.fetchone()[0], table)
        cursor.execute(sql.SQL(_MAKE).format(name=name, real=real))
        cursor.execute(sql.SQL(_COPY).format(name=name, real=real), [company])
        cursor.execute(sql.SQL(_GO_ON).format(name=name), [f"pg_temp.{table}"])
    yield
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("ANALYZE {name}").format(name=name))
