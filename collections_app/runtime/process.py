"""Child processes that cannot outlive their parent, and what can be known of a process."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

LOG_BYTES_MAX = 5_000_000
_PR_SET_PDEATHSIG = 1


def dies_with_parent(signal_number: int) -> Callable[[], None] | None:
    """For `preexec_fn`: the kernel sends the signal when the parent ends, also by kill -9. Linux only.

    libc is loaded here and not in the child, where little may be done between fork and exec.
    """
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def in_the_child() -> None:
        prctl(_PR_SET_PDEATHSIG, signal_number)
        if os.getppid() != parent:  # it ended before the line above
            os.kill(os.getpid(), signal_number)

    return in_the_child


def spawn(
    command: Sequence[str],
    *,
    log: Path,
    death_signal: int = signal.SIGTERM,
    **options: Any,
) -> subprocess.Popen[bytes]:
    """Start a child with a session of its own, so that Ctrl-C reaches only us; its words go to the log."""
    _keep_short(log)
    with log.open("ab") as words:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=dies_with_parent(death_signal),
            **options,
        )


def stop(child: subprocess.Popen[bytes], signal_number: int, *, seconds: float) -> bool:
    """Ask the child to end; kill it when it has not after so many seconds. Whether it went by itself."""
    if child.poll() is None:
        child.send_signal(signal_number)
    try:
        child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
        return False
    return True


def wait_until(answer: Callable[[], bool], *, seconds: float, pause: float = 0.02) -> bool:
    deadline = time.monotonic() + seconds
    while not answer():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def is_alive(pid: int) -> bool:
    """Whether a process of that number runs; a zombie does not."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return not Path("/proc/self").exists() and _answers(pid)


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except ProcessLookupError:
        return False
    return True


def command_of(pid: int) -> str:
    """The words with which the process was started, blank between them; "" where the system does not tell."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    with contextlib.suppress(OSError):
        asked = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
        return asked.stdout.strip()
    return ""


def end_left_behind(pid: int, *, mark: str, signal_number: int, seconds: float) -> bool:
    """Stop the process of that number if its command names the mark; whether it is gone.

    A number alone proves nothing: after a restart of the machine it may be anybody's.
    """

    def is_gone() -> bool:
        return not (pid and is_alive(pid) and mark in command_of(pid))

    if not wait_until(is_gone, seconds=1):  # it may have heard of its parent's death already
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal_number)
    return wait_until(is_gone, seconds=seconds)


def standing_in(folder: Path, *, mark: str) -> list[int]:
    """Processes whose working folder it is and whose command begins with the mark, where the system tells."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            is_there = (entry / "cwd").readlink() == folder
            if is_there and is_alive(int(entry.name)) and command_of(int(entry.name)).startswith(mark):
                found.append(int(entry.name))
    return found


def number_in(file: Path) -> int:
    """The process number in the first line of a pid file; 0 where there is none."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(file.read_text().splitlines()[0])
    return 0


def last_lines(log: Path, count: int = 12) -> str:
    """The end of a log, indented, for a message."""
    with contextlib.suppress(OSError), log.open("rb") as words:
        words.seek(max(0, log.stat().st_size - 20_000))
        lines = words.read().decode(errors="replace").splitlines()[-count:]
        return "".join(f"\n    {line}" for line in lines)
    return ""


def plain_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """For the servers: a foreign LANG or PG* variable must not change what they do."""
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC", **(extra or {})}


def _keep_short(log: Path) -> None:
    with contextlib.suppress(OSError):
        if log.stat().st_size > LOG_BYTES_MAX:
            log.replace(log.with_suffix(".old.log"))
