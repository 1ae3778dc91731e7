"""How often somebody asks, counted in Redis by the minute. A Redis that is away lets everybody in: what
cannot be done is worse than one question too many.
"""

import datetime as dt
import logging
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from redis.exceptions import RedisError

_log = logging.getLogger(__name__)
MINUTE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Pace:
    """How often one may ask in a minute, how often more in this one, and how many seconds are left of it."""

    most: int
    left: int
    seconds_left: int
    is_over: bool = False


def take(what: str, who: str, *, most: int, at: dt.datetime) -> Pace:
    """Count one question of ``who`` about ``what`` (the name of a door, for the log too)."""
    minute, second = divmod(int(at.timestamp()), MINUTE_SECONDS)
    # Addresses may hold what a key of the cache may not.
    key = f"pace:{what}:{who.encode().hex()[:100]}:{minute}".replace(" ", "-")
    try:
        counting: Any = cache
        asked = counting.count(key, seconds=2 * MINUTE_SECONDS)
    except RedisError as error:
        _log.warning("Redis could not count what is asked of %s: %s", what, error)
        asked = 1
    left = most - asked
    return Pace(most, max(0, left), MINUTE_SECONDS - second, is_over=left < 0)
