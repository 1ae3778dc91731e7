"""Django's Redis cache with a client that is kept, and that bears it when Redis is away.

Django makes a client for every look into the cache, which takes longer than Redis takes to answer; a client
may be used by many threads and holds no connection of its own.

While Redis is away nothing is found and nothing is kept, so pages are read from the database, where all that
counts stands. Who has to know asks with ``count`` or ``ping``.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

_log = logging.getLogger(__name__)
# A page looks into the cache ten times; that Redis is away is said this often.
SAID_EVERY_SECONDS = 5.0
_said_at = -SAID_EVERY_SECONDS


class KeptClient(RedisCacheClient):
    """One client for reading and one for writing; they share the pool where there is one server."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        super().__init__(servers, **options)
        self._kept: dict[bool, Any] = {}

    def get_client(self, key: str | bytes | memoryview | None = None, *, write: bool = False) -> Any:
        """The client that reads or writes; ``key`` tells nothing here."""
        if write not in self._kept:
            self._kept[write] = super().get_client(key, write=write)
        return self._kept[write]

    def get(self, key: Any, default: Any) -> Any:
        """Nothing is found."""
        return _bearing(default, super().get, key, default)

    def get_many(self, keys: Any) -> Any:
        """Nothing is found."""
        return _bearing({}, super().get_many, keys)

    def has_key(self, key: Any) -> bool:
        """Nothing is found."""
        return bool(_bearing(False, super().has_key, key))

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        """Nothing is kept."""
        _bearing(None, super().set, key, value, timeout)

    def set_many(self, data: Any, timeout: Any) -> None:
        """Nothing is kept."""
        _bearing(None, super().set_many, data, timeout)

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        """As if nobody had added it before."""
        return bool(_bearing(True, super().add, key, value, timeout))

    def incr(self, key: Any, delta: int) -> int:
        """As if it were the first."""
        return int(_bearing(delta, super().incr, key, delta))

    def touch(self, key: Any, timeout: Any) -> bool:
        """There is nothing to be kept for longer."""
        return bool(_bearing(False, super().touch, key, timeout))

    def delete(self, key: Any) -> bool:
        """There is nothing to be forgotten."""
        return bool(_bearing(False, super().delete, key))

    def delete_many(self, keys: Any) -> None:
        """There is nothing to be forgotten."""
        _bearing(None, super().delete_many, keys)


def _bearing(instead: Any, deed: Callable[..., Any], *given: Any) -> Any:
    try:
        return deed(*given)
    except RedisError as error:
        _say(error)
        return instead


def _say(error: RedisError) -> None:
    global _said_at
    now = time.monotonic()
    if now - _said_at >= SAID_EVERY_SECONDS:
        _said_at = now
        _log.warning("Redis is away, and pages are made without the cache: %s", error)


class KeptClientCache(RedisCache):
    """The cache of the product. With several servers one of those to read from is chosen once a thread."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class: Callable[..., KeptClient] = KeptClient

    def count(self, key: str, *, seconds: int) -> int:
        """One more of ``key``, and how many that makes; forgotten ``seconds`` after the last. One way to
        Redis and back, where Django's own ``incr`` takes two and more. Raises ``RedisError``.
        """
        made = self.make_and_validate_key(key)
        line = self._cache.get_client(made, write=True).pipeline(transaction=False)
        line.incr(made)
        line.expire(made, seconds)
        return int(line.execute()[0])

    def ping(self) -> None:
        """Raises ``redis.exceptions.RedisError`` while Redis does not answer."""
        self._cache.get_client().ping()
