"""How often a system asks, and how often somebody without a token does, counted in Redis by the minute. A
Redis that is away lets everybody in: an order that cannot be checked is worse than one question too many.
"""

import datetime as dt
import logging
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from redis.exceptions import RedisError

from collections_app.systems.system_rows import System

_log = logging.getLogger(__name__)
MINUTE_SECONDS = 60
# From one address, for whoever shows no token that stands: enough to read the document and to mistype.
STRANGERS_PER_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Pace:
    """How often one may ask in a minute, how often more in this one, and how many seconds are left of it."""

    most: int
    left: int
    seconds_left: int
    is_over: bool = False


def take(system: System, *, at: dt.datetime) -> Pace:
    """Count one question of ``system``."""
    return _take(str(system.pk), system.requests_per_minute, at)


def take_of_stranger(address: str, *, at: dt.datetime) -> Pace:
    """Count one question that came from ``address`` without a token that stands."""
    # Addresses may hold what a key of the cache may not.
    return _take(f"stranger:{address.encode().hex()[:100]}", STRANGERS_PER_MINUTE, at)


def _take(who: str, most: int, at: dt.datetime) -> Pace:
    minute, second = divmod(int(at.timestamp()), MINUTE_SECONDS)
    try:
        counting: Any = cache
        asked = counting.count(f"api-pace:{who}:{minute}", seconds=2 * MINUTE_SECONDS)
    except RedisError as error:
        _log.warning("Redis could not count what is asked of the API: %s", error)
        asked = 1
    left = most - asked
    return Pace(most, max(0, left), MINUTE_SECONDS - second, is_over=left < 0)
