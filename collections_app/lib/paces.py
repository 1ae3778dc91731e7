"""How often somebody asks, counted in Redis by the minute or the hour. A Redis that is away lets everybody
in: what cannot be done is worse than one question too many.
"""

import datetime as dt
import logging
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from redis.exceptions import RedisError

_log = logging.getLogger(__name__)
MINUTE, HOUR = 60, 3600  # seconds


@dataclass(frozen=True, slots=True)
class Pace:
    """How often one may ask in a minute or an hour, how often more in it, and how many seconds are left."""

    most: int
    left: int
    seconds_left: int
    is_over: bool = False


def take(what: str, who: str, *, most: int, at: dt.datetime, seconds: int = MINUTE) -> Pace:
    """Count one question of ``who`` about ``what`` (the name of a door, for the log too)."""
    key, left_seconds = _key(what, who, at, seconds)
    try:
        counting: Any = cache
        asked = counting.count(key, seconds=2 * seconds)
    except RedisError as error:
        _log.warning("Redis could not count what is asked of %s: %s", what, error)
        asked = 1
    left = most - asked
    return Pace(most, max(0, left), left_seconds, is_over=left < 0)


def give_back(what: str, who: str, *, at: dt.datetime, seconds: int = MINUTE) -> None:
    """The question that was counted last counts for nothing."""
    key, _ = _key(what, who, at, seconds)
    if cache.get(key):
        cache.decr(key)


def _key(what: str, who: str, at: dt.datetime, seconds: int) -> tuple[str, int]:
    """What the question is counted under, and how many seconds more."""
    span, past = divmod(int(at.timestamp()), seconds)
    # Addresses may hold what a key of the cache may not.
    return f"pace:{what}:{who.encode().hex()[:100]}:{span}".replace(" ", "-"), seconds - past
