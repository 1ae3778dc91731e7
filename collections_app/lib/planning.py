"""Advice to PostgreSQL's planner for statements over a whole company.

After an import the statistics are those of the ledger before it, until autovacuum comes by. A planner that
believes in one row where there are thousands joins them in nested loops, and seconds become minutes. Joining
whole sets, hashing or merging is never much worse, so the choice is taken from it. Compiling a statement
(JIT) that runs for a fraction of a second costs more than it saves, so that is off for the rest of the
transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from collections_app.lib import replicas

# Enough to keep the open items of a large company in memory; taken by one statement at a time.
WORK_MEM = "64MB"


def beside_people() -> None:
    """For the rest of the transaction a statement keeps to one core: the night has hours, and somebody who
    works while it runs does not wait for it.
    """
    with connections[replicas.alias()].cursor() as cursor:
        cursor.execute("SELECT set_config('max_parallel_workers_per_gather', '0', true)")


@contextmanager
def adding_up() -> Iterator[None]:
    """Inside the block (of a transaction) what is added up by many columns is hashed: where the planner
    believes in as many groups as rows it would sort a million wide ones on disk.
    """
    with connections[replicas.alias()].cursor() as cursor:
        cursor.execute("SELECT set_config('enable_sort', 'off', true)")
        yield
        cursor.execute("SELECT set_config('enable_sort', 'on', true)")


@contextmanager
def joining_sets(*, whole: bool = True) -> Iterator[None]:
    """Inside the block (of a transaction) joins are hashed or merged, in memory; with ``whole`` false nothing
    changes.
    """
    if not whole:
        yield
        return
    with connections[replicas.alias()].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('work_mem'), set_config('enable_nestloop', 'off', true), "
            "set_config('work_mem', %s, true), set_config('jit', 'off', true)",
            [WORK_MEM],
        )
        before = cursor.fetchone()[0]
        yield
        cursor.execute(
            "SELECT set_config('enable_nestloop', 'on', true), set_config('work_mem', %s, true)", [before]
        )
