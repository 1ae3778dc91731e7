"""Vitals: how the work in the background stands, for whoever watches over it. Reads only.

What waits is read from the tables that are the queues of the business, and from the broker's lists of what
was handed out. That the clock goes is known from a mark that a task leaves each minute: it takes beat, the
broker and a worker to leave one.
"""

import datetime as dt
import json
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from redis import Redis

from collections_app.jobs.schedule import QUEUES
from collections_app.jobs.stage_runs import MISSED, lost_before
from collections_app.lib.sql import Statement

CLOCK_MARK = "vitals:the-clock-goes"
# Redis is asked while somebody waits.
REDIS_SECONDS_MAX = 2.0

_READ = Statement(__file__, "read_vitals")


@dataclass(frozen=True, slots=True)
class Vital:
    """One figure: of ``company`` (code, or empty), how many, and since how many seconds the oldest waits.

    Of a stage ``part`` is its name and state, ``number`` its rows and ``seconds`` what it took; of the parts
    of a stage that is not over how many are in a state, and since when it was divided; of a night
    ``number`` is how many stages did not get done and ``seconds`` when it ended, -1 where there was none.
    """

    measure: str
    company: str
    part: str
    number: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Queue:
    """What was handed to the workers and taken by none; ``seconds`` is how long the oldest waits."""

    name: str
    waiting: int
    seconds: float


def read(*, at: dt.datetime) -> list[Vital]:
    """Every figure that the database knows. One statement."""
    params = {"now": at, "missed": list(MISSED), "lost_before": lost_before(at)}
    return [Vital(**row) for row in _READ.rows(params)]


def queues(*, at: dt.datetime) -> list[Queue]:
    """What waits at the broker. Raises ``redis.exceptions.RedisError``."""
    with Redis.from_url(settings.REDIS_URL, socket_timeout=REDIS_SECONDS_MAX) as broker:
        line = broker.pipeline(transaction=False)
        for name in QUEUES:
            line.llen(name)
            line.lindex(name, -1)
        found = line.execute()
    return [
        Queue(name, waiting, _waited(oldest, at))
        for name, waiting, oldest in zip(QUEUES, found[::2], found[1::2], strict=True)
    ]


def _waited(message: bytes | None, at: dt.datetime) -> float:
    """Since when a message waits, by the stamp that it got when it was handed out; 0 without one."""
    try:
        stamp = json.loads(message or b"{}")["headers"]["handed_out_at"]
        return max(0.0, (at - dt.datetime.fromisoformat(stamp)).total_seconds())
    except (KeyError, TypeError, ValueError):
        return 0.0


def mark_clock(*, at: dt.datetime) -> None:
    """The clock goes: somebody had this done because its time had come."""
    cache.set(CLOCK_MARK, at.isoformat(), timeout=None)


def clock_seconds(*, at: dt.datetime) -> float | None:
    """How long ago the clock was heard; None when it was not since Redis was emptied."""
    mark = cache.get(CLOCK_MARK)
    return max(0.0, (at - dt.datetime.fromisoformat(mark)).total_seconds()) if mark else None
