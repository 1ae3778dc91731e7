"""How often a system asks, counted in Redis by the minute. A Redis that is away lets everybody in: an
order that cannot be checked is worse than one question too many.
"""

import datetime as dt
import logging
from dataclasses import dataclass

from django.core.cache import cache
from redis.exceptions import RedisError

from collections_app.systems.system_rows import System

_log = logging.getLogger(__name__)
MINUTE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Pace:
    """How many more times a system may ask in this minute, and how many seconds are left of it."""

    left: int
    seconds_left: int
    is_over: bool = False


def take(system: System, *, at: dt.datetime) -> Pace:
    """Count one question."""
    minute, second = divmod(int(at.timestamp()), MINUTE_SECONDS)
    key = f"api-pace:{system.pk}:{minute}"
    try:
        asked = _count(key)
    except (RedisError, ValueError):
        _log.warning("Redis could not count what %s asks.", system, exc_info=True)
        asked = 1
    left = system.requests_per_minute - asked
    return Pace(max(0, left), MINUTE_SECONDS - second, is_over=left < 0)


def _count(key: str) -> int:
    """One more; the first of a minute begins the count."""
    try:
        return int(cache.incr(key))
    except ValueError:
        cache.add(key, 0, timeout=2 * MINUTE_SECONDS)
        return int(cache.incr(key))
