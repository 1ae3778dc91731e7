"""What goes wrong, in which order, and how it is done to real processes from outside."""

import os
import random
import signal
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from collections_app.management.soaking.grounds import Grounds, process_of
from collections_app.runtime import process

KILL, REDIS, FLUSH, POSTGRES, DROP = KINDS = ("kill", "redis", "flush", "postgres", "drop")
AWAY_SECONDS = 3.0
_DROPS, _DROP_SECONDS = 3, 0.4
_GONE_SECONDS = 30.0
# Called while something is away: what the product says of it then.
Meanwhile = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Strike:
    """``may_fail`` when pages cannot all be answered meanwhile; ``away`` is the server that is gone for some
    seconds, of which the product is to speak.
    """

    kind: str
    name: str
    hit: Callable[[Grounds, Meanwhile], None]
    may_fail: bool = False
    away: str = ""


def plan(seed: int, only: Collection[str] = KINDS) -> Iterator[Strike]:
    """Without an end: every strike once, in an order of the seed, then all of them in another."""
    chance, chosen = random.Random(seed), [each for each in STRIKES if each.kind in only]
    while True:
        yield from chance.sample(chosen, len(chosen))


def count(only: Collection[str] = KINDS) -> int:
    """How many there are until each was there."""
    return sum(each.kind in only for each in STRIKES)


def _kill_worker(grounds: Grounds, _meanwhile: Meanwhile) -> None:
    """With its task processes, as a machine that is switched off."""
    os.killpg(process_of(grounds.children["worker"]), signal.SIGKILL)


def _kill_task(grounds: Grounds, _meanwhile: Meanwhile) -> None:
    """One of its task processes, as a system does that is out of memory."""
    _kill_a_child(process_of(grounds.children["worker"]))


def _kill_at_once(grounds: Grounds, _meanwhile: Meanwhile) -> None:
    os.kill(process_of(grounds.children["at_once"]), signal.SIGKILL)


def _kill_beat(grounds: Grounds, _meanwhile: Meanwhile) -> None:
    os.kill(process_of(grounds.children["beat"]), signal.SIGKILL)


def _kill_web(grounds: Grounds, _meanwhile: Meanwhile) -> None:
    """One of the processes that answer, with the requests that it is at."""
    _kill_a_child(process_of(grounds.children["web"]))


def _kill_a_child(parent: int) -> None:
    """The eldest, so that none is struck each time before it has begun to work. One that ended by
    itself a moment ago is waited for until another has its place.
    """
    told, found = Path(f"/proc/{parent}/task/{parent}/children"), list[str]()

    def look() -> bool:
        found[:] = told.read_text().split()
        return bool(found)

    process.wait_until(look, seconds=_GONE_SECONDS)
    with suppress(ProcessLookupError):
        os.kill(int(found[0]), signal.SIGKILL)


def _stop_redis(grounds: Grounds, meanwhile: Meanwhile) -> None:
    grounds.redis.stop()
    time.sleep(AWAY_SECONDS / 2)
    meanwhile()
    time.sleep(AWAY_SECONDS / 2)
    grounds.redis.start()


def _hang_redis(grounds: Grounds, meanwhile: Meanwhile) -> None:
    """Frozen: whoever asks it waits, where one that is gone refuses at once."""
    grounds.redis.hang()
    try:
        time.sleep(AWAY_SECONDS / 2)
        meanwhile()
        time.sleep(AWAY_SECONDS / 2)
    finally:
        grounds.redis.go_on()


def _kill_redis(grounds: Grounds, _meanwhile: Meanwhile) -> None:
    grounds.redis.stop(by=signal.SIGKILL)
    grounds.redis.start()


def _flush_redis(grounds: Grounds, _meanwhile: Meanwhile) -> None:
    grounds.redis.flush()


def _restart_postgres(grounds: Grounds, meanwhile: Meanwhile) -> None:
    """Its keeper starts it again, and is held for so long that the product has to speak of it."""
    before = grounds.postgres_to_strike()
    os.kill(before.keeper_pid, signal.SIGSTOP)
    try:
        os.kill(before.server_pid, signal.SIGINT)
        process.wait_until(lambda: not process.is_alive(before.server_pid), seconds=_GONE_SECONDS)
        meanwhile()
        time.sleep(AWAY_SECONDS / 2)
    finally:
        os.kill(before.keeper_pid, signal.SIGCONT)


def _kill_postgres(grounds: Grounds, _meanwhile: Meanwhile) -> None:
    """With a signal that it cannot answer; it recovers as its keeper starts it again."""
    os.kill(grounds.postgres_to_strike().server_pid, signal.SIGKILL)


def _drop_connections(_grounds: Grounds, _meanwhile: Meanwhile) -> None:
    """All but our own, again and again, as a fail-over does."""
    for _ in range(_DROPS):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        time.sleep(_DROP_SECONDS)
    connection.close()


STRIKES = (
    Strike(KILL, "worker killed", _kill_worker),
    Strike(KILL, "task process killed", _kill_task),
    Strike(KILL, "quick worker killed", _kill_at_once),
    Strike(KILL, "clock killed", _kill_beat),
    Strike(KILL, "web process killed", _kill_web, may_fail=True),
    Strike(REDIS, "Redis stopped for 3 s", _stop_redis, away="Redis"),
    Strike(REDIS, "Redis hung for 3 s", _hang_redis, away="Redis"),
    Strike(REDIS, "Redis killed", _kill_redis),
    Strike(FLUSH, "Redis emptied", _flush_redis),
    Strike(POSTGRES, "PostgreSQL restarted", _restart_postgres, may_fail=True, away="PostgreSQL"),
    Strike(POSTGRES, "PostgreSQL killed", _kill_postgres, may_fail=True),
    Strike(DROP, "connections dropped", _drop_connections, may_fail=True),
)
