"""Django's Redis cache with a client that is kept, and that bears it when Redis is away.

Django makes a client for every look into the cache, which takes longer than Redis takes to answer, with
connections of its own for each thread, which one that ends leaves open. Here a process has one client.

While Redis is away nothing is found and nothing is kept, so pages are read from the database, where all that
counts stands. Who has to know asks with ``count`` or ``ping``. One that takes what it is asked and never
answers, as when its machine hangs, is waited for once, and then left alone for some seconds.
"""

import logging
import time
from collections.abc import Callable
from functools import cache
from typing import Any, cast

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError, TimeoutError

_log = logging.getLogger(__name__)
# It answers within a thousandth of that; a page looks into the cache ten times.
ANSWER_SECONDS_MAX = 1.0
LEFT_ALONE_SECONDS = 5.0
# A page looks into the cache ten times; that Redis is away is said this often.
SAID_EVERY_SECONDS = 5.0
_said_at = -SAID_EVERY_SECONDS


class KeptClient(RedisCacheClient):
    """One client for reading and one for writing; they share the pool where there is one server."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        patience = {"socket_timeout": ANSWER_SECONDS_MAX, "socket_connect_timeout": ANSWER_SECONDS_MAX}
        super().__init__(servers, **patience | options)
        self._kept: dict[bool, Any] = {}
        self._left_alone_until = 0.0

    def get_client(self, key: str | bytes | memoryview | None = None, *, write: bool = False) -> Any:
        """The client that reads or writes; ``key`` tells nothing here."""
        if write not in self._kept:
            self._kept[write] = super().get_client(key, write=write)
        return self._kept[write]

    def get(self, key: Any, default: Any) -> Any:
        """Nothing is found."""
        return self._bearing(default, super().get, key, default)

    def get_many(self, keys: Any) -> Any:
        """Nothing is found."""
        return self._bearing({}, super().get_many, keys)

    def has_key(self, key: Any) -> bool:
        """Nothing is found."""
        return bool(self._bearing(False, super().has_key, key))

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        """Nothing is kept."""
        self._bearing(None, super().set, key, value, timeout)

    def set_many(self, data: Any, timeout: Any) -> None:
        """Nothing is kept."""
        self._bearing(None, super().set_many, data, timeout)

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        """As if nobody had added it before."""
        return bool(self._bearing(True, super().add, key, value, timeout))

    def incr(self, key: Any, delta: int) -> int:
        """As if it were the first."""
        return int(self._bearing(delta, super().incr, key, delta))

    def touch(self, key: Any, timeout: Any) -> bool:
        """There is nothing to be kept for longer."""
        return bool(self._bearing(False, super().touch, key, timeout))

    def delete(self, key: Any) -> bool:
        """There is nothing to be forgotten."""
        return bool(self._bearing(False, super().delete, key))

    def delete_many(self, keys: Any) -> None:
        """There is nothing to be forgotten."""
        self._bearing(None, super().delete_many, keys)

    def asked(self, deed: Callable[..., Any], *given: Any) -> Any:
        """What Redis answers. Raises ``RedisError`` when it does not, and at once while it is left alone."""
        if time.monotonic() < self._left_alone_until:
            raise TimeoutError("it did not answer a moment ago")
        try:
            return deed(*given)
        except TimeoutError:
            self._left_alone_until = time.monotonic() + LEFT_ALONE_SECONDS
            raise

    def ping(self, *, again: bool) -> None:
        """Whether it answers; ``again`` asks also one that is left alone, and ends that when it does."""
        if again:
            self._left_alone_until = 0.0
        self.asked(self.get_client().ping)

    def _bearing(self, instead: Any, deed: Callable[..., Any], *given: Any) -> Any:
        try:
            return self.asked(deed, *given)
        except RedisError as error:
            _say(error)
            return instead


@cache
def _client_of(servers: tuple[str, ...], options: tuple[tuple[str, Any], ...]) -> KeptClient:
    return KeptClient(list(servers), **dict(options))


def _shared(servers: list[str], **options: Any) -> KeptClient:
    """The one client of this process for these servers. Its pool notices when a process was forked."""
    return _client_of(tuple(servers), tuple(sorted(options.items())))


def _say(error: RedisError) -> None:
    global _said_at
    now = time.monotonic()
    if now - _said_at >= SAID_EVERY_SECONDS:
        _said_at = now
        _log.warning("Redis is away, and pages are made without the cache: %s", error)


class KeptClientCache(RedisCache):
    """The cache of the product. With several servers one of those to read from is chosen once a process."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class: Callable[..., KeptClient] = _shared

    def count(self, key: str, *, seconds: int) -> int:
        """One more of ``key``, and how many that makes; forgotten ``seconds`` after the last. One way to
        Redis and back, where Django's own ``incr`` takes two and more. Raises ``RedisError``.
        """
        made, client = self.make_and_validate_key(key), self._client
        line = client.get_client(made, write=True).pipeline(transaction=False)
        line.incr(made)
        line.expire(made, seconds)
        return int(client.asked(line.execute)[0])

    def ping(self, *, again: bool = False) -> None:
        """Raises ``redis.exceptions.RedisError`` while Redis does not answer, and without asking when it hung
        a moment ago, unless ``again``.
        """
        self._client.ping(again=again)

    @property
    def _client(self) -> KeptClient:
        found: Any = self._cache  # what ``_class`` makes
        return cast(KeptClient, found)
