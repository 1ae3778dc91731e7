"""Parts of a work that build on each other, done by a few threads at a time: what waits for nothing need not
wait for its turn.
"""

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from threading import Barrier
from typing import TypeVar

from django.db import close_old_connections, connections

Ended = TypeVar("Ended")


def do(parts: Mapping[str, Collection[str]], work: Callable[[str], Ended], *, lanes: int) -> dict[str, Ended]:
    """``work`` on every part once all that it builds on has ended, and what each gave, in the order of
    ``parts``. What a part builds on stands before it; what stands in no part is not waited for.

    One lane works in this thread and on its connection. More have threads and connections of their own, so
    they see only what was committed. A lane keeps its connection from part to part: a new one knows nothing
    of the tables, and plans the large statements of a night for longer than some of them run. An error of
    ``work`` is raised after what has begun has ended.
    """
    if lanes == 1:
        return {name: work(name) for name in parts}
    ended: dict[str, Ended] = {}
    begun: dict[Future[Ended], str] = {}
    with ThreadPoolExecutor(lanes) as threads:
        try:
            while len(ended) < len(parts):
                for name in _ready(parts, set(ended), set(begun.values()))[: lanes - len(begun)]:
                    begun[threads.submit(_alone, work, name)] = name
                for future in wait(begun, return_when=FIRST_COMPLETED).done:
                    ended[begun.pop(future)] = future.result()
        finally:
            _close_all(threads, lanes)
    return {name: ended[name] for name in parts}


def _ready(parts: Mapping[str, Collection[str]], ended: set[str], begun: set[str]) -> list[str]:
    """What may begin, in order."""
    waiting = [name for name in parts if name not in ended | begun]
    return [name for name in waiting if ended.issuperset(set(parts[name]) & set(parts))]


def _alone(work: Callable[[str], Ended], name: str) -> Ended:
    """A connection that broke is not left to the next part."""
    try:
        return work(name)
    finally:
        close_old_connections()


def _close_all(threads: ThreadPoolExecutor, lanes: int) -> None:
    """Each thread closes its own: none ends this before all have begun it, so none does it twice."""
    all_here = Barrier(lanes)

    def close() -> None:
        all_here.wait()
        connections.close_all()

    wait([threads.submit(close) for _ in range(lanes)])
