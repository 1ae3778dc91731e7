"""File locks that the kernel releases when their holder ends, however it ends.

`flock` belongs to the open file, not to the process: a lock can be handed to a child with its file
descriptor, which leaves no moment in which nobody holds it.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


def open_lock(path: Path) -> int:
    """A file descriptor to lock; the file stays, since a deleted lock file could be locked twice."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def try_exclusive(fd: int) -> bool:
    """Whether the lock is now held by this descriptor alone; never waits."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def try_shared(fd: int) -> bool:
    """Whether the lock is now held by this descriptor, perhaps beside others; never waits."""
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_exclusive(fd: int) -> None:
    fcntl.flock(fd, fcntl.LOCK_EX)


def wait_shared(fd: int) -> None:
    fcntl.flock(fd, fcntl.LOCK_SH)


def release(fd: int) -> None:
    fcntl.flock(fd, fcntl.LOCK_UN)
