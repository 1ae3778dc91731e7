"""Taking turns: advisory locks of PostgreSQL by a name and a number, held until the transaction ends.

Whoever derives rows for all customers of a company waits for those who derive them for one, and the other way
round, so that the later of two always saw what the earlier one wrote. Several who each derive one do not wait
for another.

Between one and all stands who derives a part of them. A turn has places for that, each a stretch of numbers:
who derives a part has its places alone, who derives one shares the place of that one, and both share the turn
itself, which keeps out whoever derives all. So several parts are derived side by side, and somebody at work
by day waits for the part of their customer and not for the others.
"""

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from zlib import crc32

from django.conf import settings
from django.db import connection, connections, transaction
from django.db.backends.utils import CursorWrapper

# So often somebody who wants many places tries, giving back what it got; then it waits for them in order.
TRIES, PAUSE_SECONDS = 100, 0.05

_SHARE_PLACES = """
    SELECT pg_advisory_xact_lock_shared(%(name)s, %(number)s)
    UNION ALL
    SELECT pg_advisory_xact_lock_shared(%(places_name)s, place)
      FROM (SELECT unnest(%(places)s::integer[]) AS place ORDER BY 1) AS wanted
"""
_TRY_PLACES = """
    SELECT count(*) FILTER (WHERE NOT pg_try_advisory_xact_lock(%(places_name)s, place)) = 0
      FROM unnest(%(places)s::integer[]) AS place
"""
_TAKE_PLACES = """
    SELECT pg_advisory_xact_lock(%(places_name)s, place)
      FROM (SELECT unnest(%(places)s::integer[]) AS place ORDER BY 1) AS wanted
"""


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


def share_places(name: str, number: int, places: Collection[int]) -> None:
    """Wait until nobody derives all, nor a part with one of these ``places``; keep both out until the
    transaction ends. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SHARE_PLACES, _of_places(name, number, places))


def take_places(name: str, number: int, places: Collection[int]) -> None:
    """Wait until nobody derives all, and nobody something with one of these ``places``; keep them out until
    the transaction ends.

    Who got some of its places does not wait for the others with these in hand: it gives them back and tries
    again, so that a deed about two of them that took one is never kept from the other. Only when that goes on
    for seconds it waits in order.
    """
    take(name, number, shared=True)
    wanted = _of_places(name, number, places)
    for _ in range(TRIES):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_TRY_PLACES, wanted)
            if cursor.fetchone()[0]:
                return
            transaction.set_rollback(True)
        time.sleep(PAUSE_SECONDS)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_PLACES, wanted)


def _of_places(name: str, number: int, places: Collection[int]) -> dict[str, int | list[int]]:
    """Each number has places of its own under each name."""
    own = number_of(f"{name} of {number}")
    return {"name": number_of(name), "number": number, "places_name": own, "places": list(places)}


def is_held(name: str, number: int) -> bool:
    """Whether somebody else has the turn at this moment. Within a transaction; never waits."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s, %s)", [number_of(name), number])
        is_free = bool(cursor.fetchone()[0])
        transaction.set_rollback(True)
    return not is_free


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
