"""Runs something several times and tells how long each took."""

import time
from collections.abc import Callable


def times(
    runs: int, act: Callable[[], object], *, before: Callable[[], object] = lambda: None
) -> list[float]:
    """Seconds of each of ``runs`` runs; ``before`` prepares each and is not counted."""
    seconds = []
    for _ in range(runs):
        before()
        began = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - began)
    return seconds
