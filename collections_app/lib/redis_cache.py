"""Django's Redis cache with a client that is kept.

Django makes a client for every look into the cache, which takes longer than Redis takes to answer; a client
may be used by many threads and holds no connection of its own.
"""

from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient


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


class KeptClientCache(RedisCache):
    """The cache of the product. With several servers one of those to read from is chosen once a thread."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class: Callable[..., KeptClient] = KeptClient

    def count(self, key: str, *, seconds: int) -> int:
        """One more of ``key``, and how many that makes; forgotten ``seconds`` after the last. One way to
        Redis and back, where Django's own ``incr`` takes two and more.
        """
        made = self.make_and_validate_key(key)
        line = self._cache.get_client(made, write=True).pipeline(transaction=False)
        line.incr(made)
        line.expire(made, seconds)
        return int(line.execute()[0])
