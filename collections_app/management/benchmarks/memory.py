"""What a part of the benchmark held in memory at most: this process, those that it started, and those of
PostgreSQL that worked for them.
"""

import os
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

SECONDS_BETWEEN_LOOKS = 1.0
_PROC = Path("/proc")


@dataclass(slots=True)
class Held:
    """In MB: this process before the part and at most in it, and at most all that it started together (web
    server, night), each page that several share counted once. Of PostgreSQL what its processes for this
    database held together at most, each its own: what all share it keeps from its start, as it is set to.
    None where they may not be looked at, or are on another machine.
    """

    before: int = 0
    own: int = 0
    started: int = 0
    postgres: int | None = None

    def __str__(self) -> str:
        beside = f", what it started {self.started:,} MB" if self.started else ""
        told = f"{self.postgres:,} MB" if self.postgres is not None else "what cannot be seen from here"
        return (
            f"held {self.own:,} MB at most, {self.before:,} MB of it before{beside}; PostgreSQL for it {told}"
        )


@contextmanager
def watched(
    above: int | None = None, *, backends: Callable[[], Collection[int]] = frozenset
) -> Iterator[Held]:
    """What is held until the block ends; ``above`` is the process (an id) below which others count, this one
    when it is not named, and ``backends`` tells those of PostgreSQL (``backends.busy_for_us``), in a thread
    of its own. Nothing is told where there is no ``/proc``.
    """
    held = Held(before=_own("VmRSS"))
    forget = _PROC / "self" / "clear_refs"
    if forget.exists():
        # Proc(5): 5 makes the peak what is held now.
        forget.write_text("5")
    ended = threading.Event()
    given = (held, ended, above or os.getpid(), backends)
    watcher = threading.Thread(target=_watch, args=given, daemon=True)
    watcher.start()
    try:
        yield held
    finally:
        ended.set()
        watcher.join()
        held.own = _own("VmHWM")


def _watch(held: Held, ended: threading.Event, above: int, backends: Callable[[], Collection[int]]) -> None:
    try:
        while not ended.wait(SECONDS_BETWEEN_LOOKS):
            held.started = max(held.started, sum(_shared_out(pid) for pid in _started_by(above)) // 1024)
            # One that has just ended, or whose memory nobody may see, holds nothing.
            if own := sum(_alone(pid) for pid in backends()) // 1024:
                held.postgres = max(held.postgres or 0, own)
    finally:
        connection.close()


def _own(name: str) -> int:
    return _kilobytes(_PROC / "self" / "status", name) // 1024


def _shared_out(pid: int) -> int:
    """What a process holds, its share of what it holds together with others; in kB."""
    return _kilobytes(_PROC / str(pid) / "smaps_rollup", "Pss")


def _alone(pid: int) -> int:
    """What a process holds that no other can see; in kB."""
    return _kilobytes(_PROC / str(pid) / "smaps_rollup", "Pss_Anon")


def _kilobytes(path: Path, name: str) -> int:
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError:  # it has just ended
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


def _started_by(pid: int) -> Iterator[int]:
    """All processes below one, none of those that just ended."""
    for children in (_PROC / str(pid) / "task").glob("*/children"):
        try:
            found = [int(each) for each in children.read_text("utf-8").split()]
        except OSError:
            continue
        for each in found:
            yield each
            yield from _started_by(each)
