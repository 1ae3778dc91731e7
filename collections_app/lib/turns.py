"""Taking turns: advisory locks of PostgreSQL by a name and a number, held until the transaction ends.

Whoever derives rows for all customers of a company waits for those who derive them for one, and the other way
round, so that the later of two always saw what the earlier one wrote. Several who each derive one do not wait
for another.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from zlib import crc32

from django.conf import settings
from django.db import connection, connections
from django.db.backends.utils import CursorWrapper


def number_of(name: str) -> int:
    """A stable signed 32-bit number for ``name``. Two names that share one only wait for each other."""
    return crc32(name.encode()) - 2**31


def take(name: str, number: int, *, shared: bool = False) -> None:
    """Wait for the turn and keep it until the transaction ends; ``shared`` keeps out only
    those that are not.
    """
    call = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}(%s, %s)", [number_of(name), number])


def try_take(name: str, number: int) -> bool:
    """Keep the turn until the transaction ends; false when another has it. Never waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [number_of(name), number])
        return bool(cursor.fetchone()[0])


@contextmanager
def held(name: str, number: int, *, wait: bool = True) -> Iterator[bool]:
    """Keep the turn over several transactions, until the block ends; without ``wait`` false when another has
    it.

    Behind a pool that lends connections by the transaction, a transaction of its own keeps the turn: what a
    session keeps would stay with whoever is lent the connection next.
    """
    place = [number_of(name), number]
    if settings.DATABASE_IS_POOLED:
        with _beside() as cursor:
            yield _asked(cursor, "advisory_xact_lock", place, wait=wait)
        return
    with connection.cursor() as cursor:
        mine = _asked(cursor, "advisory_lock", place, wait=wait)
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", place)


@contextmanager
def _beside() -> Iterator[CursorWrapper]:
    """Within a transaction on a connection of its own. It reads and writes nothing, so it keeps no row back
    from being tidied up.
    """
    keeper = connections.create_connection(connection.alias)
    try:
        keeper.set_autocommit(False)
        with keeper.cursor() as cursor:
            yield cursor
        keeper.rollback()
    finally:
        keeper.close()


def _asked(cursor: CursorWrapper, call: str, place: list[int], *, wait: bool) -> bool:
    """Whether the turn is ours now."""
    cursor.execute(f"SELECT pg_{'' if wait else 'try_'}{call}(%s, %s)", place)
    (answer,) = cursor.fetchone()
    return wait or bool(answer)
