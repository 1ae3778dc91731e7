"""Advice to PostgreSQL's planner for statements over a whole company.

After an import the statistics are those of the ledger before it, until autovacuum comes by. A planner that
believes in one row where there are thousands joins them in nested loops, and seconds become minutes. Joining
whole sets, hashing or merging is never much worse, so the choice is taken from it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def joining_sets(*, whole: bool = True) -> Iterator[None]:
    """Inside the block (of a transaction) joins are hashed or merged; with ``whole``
    false nothing changes.
    """
    if not whole:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('enable_nestloop', 'off', true)")
        yield
        cursor.execute("SELECT set_config('enable_nestloop', 'on', true)")
