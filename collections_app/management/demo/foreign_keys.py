"""Foreign keys put off while the demo is written, and proven for whole tables at once afterwards.

A foreign key that stands while rows come in is checked row by row, which took longer than writing them. The
database itself tells how each is defined, so that it comes back as it was, in the same transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from collections_app.management.demo.copying import COLUMNS

_STANDING = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
    FROM pg_constraint
    WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])
    ORDER BY conname
"""


@contextmanager
def put_off() -> Iterator[None]:
    """Without foreign keys on the tables filled by COPY until the block ends; then every row is proven.

    Use inside a transaction. Raises ``IntegrityError`` at the end when a row names another that is not there.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(_STANDING, [list(COLUMNS)])
        # Names and definitions come from the database's own catalogue, quoted by it.
        standing = cursor.fetchall()
        for table, name, _ in standing:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        yield
        for table, name, definition in standing:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
