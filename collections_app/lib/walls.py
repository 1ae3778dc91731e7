"""The wall around companies: what a request may reach at all, kept by PostgreSQL (row-level security).

The code names the company in every statement; that is the first wall. This is the second: while it stands,
statements are asked as the role ``workbench_walled``, for which every table with a company shows, takes and
gives only rows of the companies named. A statement that forgets its company finds nothing of another's.

Nothing of it stays with a connection, which may belong to somebody else a moment later: each statement
carries it (``walled_connections``). Workers, commands and migrations have no wall.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

ROLE = "workbench_walled"

_Item = TypeVar("_Item")
# The companies (ids) as PostgreSQL reads an array of them; None where no wall stands.
_standing: ContextVar[str | None] = ContextVar("collections_app_wall", default=None)


def standing() -> str | None:
    """The companies within the wall as text, ``{3,7}``; None where there is none."""
    return _standing.get()


def put_up(companies: Iterable[int]) -> None:
    """From now on, until the ``scope`` ends, only rows of these companies (ids) are within reach."""
    _standing.set(_written(companies))


@contextmanager
def scope() -> Iterator[None]:
    """A request: it begins without a wall, and whichever it put up falls with it."""
    before = _standing.set(None)
    try:
        yield
    finally:
        _standing.reset(before)


@contextmanager
def around(companies: Iterable[int]) -> Iterator[None]:
    """A wall around these companies (ids), for the block."""
    before = _standing.set(_written(companies))
    try:
        yield
    finally:
        _standing.reset(before)


@contextmanager
def outside(reason: str) -> Iterator[None]:
    """For questions that are of no company, with the ``reason`` in words. A test lists who asks them."""
    assert reason
    before = _standing.set(None)
    try:
        yield
    finally:
        _standing.reset(before)


def carried(items: Iterable[_Item]) -> Iterator[_Item]:
    """The same items, each made behind the wall that stands now: for an answer that is written after its
    request.
    """
    return _behind(_standing.get(), iter(items))


def _behind(wall: str | None, items: Iterator[_Item]) -> Iterator[_Item]:
    while True:
        before = _standing.set(wall)
        try:
            item = next(items)
        except StopIteration:
            return
        finally:
            _standing.reset(before)
        yield item


def _written(companies: Iterable[int]) -> str:
    return "{" + ",".join(str(int(company)) for company in sorted(set(companies))) + "}"
