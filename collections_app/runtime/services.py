"""`lease(home)`: the servers run for as long as the lease is held, whoever started them.

A server whose address is in the environment (DATABASE_URL, REDIS_URL) is left to its owner.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from collections_app.runtime import locks, process, states
from collections_app.runtime.home import PROJECT, Home
from collections_app.runtime.refusals import CannotStart

# So many seconds after the last command the servers wait for the next one, which then need not start them.
LINGER_SECONDS = 10.0

_ADDRESS_OF = {"pg": "DATABASE_URL", "redis": "REDIS_URL"}
_TITLE_OF = {"pg": "PostgreSQL", "redis": "Redis"}
_WAIT_SECONDS = 150.0

# The keepers that this process started. They may outlive it; Python wants them remembered until then.
_OURS: list[subprocess.Popen[bytes]] = []


@dataclass
class Lease:
    """Held until `release`, or until this process ends in whatever way."""

    home: Home
    servers: tuple[str, ...]
    _descriptors: list[int] = field(default_factory=list)

    def lost(self) -> str:
        """The title of a server whose keeper is gone; "" while all is well."""
        for server in self.servers:
            if not process.is_alive(states.read(self.home, server).keeper_pid):
                return _TITLE_OF[server]
        return ""

    def release(self, *, stop_now: bool = False) -> None:
        """Give the lease back; `stop_now` waits until the servers are down or somebody else's."""
        for descriptor in self._descriptors:
            os.close(descriptor)
        self._descriptors.clear()
        if stop_now:
            for server in self.servers:
                _hurry(self.home, server)
            for server in self.servers:
                _wait_until_down_or_leased(self.home, server)
        _OURS[:] = [keeper for keeper in _OURS if keeper.poll() is None]


def embedded() -> tuple[str, ...]:
    """The servers that are ours to start: those that the environment gives no address for."""
    return tuple(server for server, variable in _ADDRESS_OF.items() if not os.environ.get(variable))


def lease(
    home: Home, *, servers: Sequence[str] | None = None, linger_seconds: float = LINGER_SECONDS
) -> Lease:
    """Make sure that the servers run and keep them running; raises CannotStart with what went wrong."""
    held = Lease(home, tuple(embedded() if servers is None else servers))
    if not held.servers:
        return held
    home.prepare()
    with contextlib.ExitStack() as locked:
        for server in held.servers:  # always in this order, so that two never wait for each other
            locked.enter_context(_one_at_a_time(home, server))
            held._descriptors.append(_take_lease(home, server))
        for server in held.servers:
            _make_sure_of_a_keeper(home, server, linger_seconds)
        for server in held.servers:
            if not _wait_until_ready(home, server):
                _make_sure_of_a_keeper(home, server, linger_seconds)
                _wait_until_ready(home, server, again=False)
    return held


@contextlib.contextmanager
def _one_at_a_time(home: Home, server: str) -> Iterator[None]:
    descriptor = locks.open_lock(states.start_file(home, server))
    try:
        locks.wait_exclusive(descriptor)
        yield
    finally:
        os.close(descriptor)


def _take_lease(home: Home, server: str) -> int:
    descriptor = locks.open_lock(states.lease_file(home, server))
    locks.wait_shared(descriptor)  # waits while a keeper is stopping
    os.utime(descriptor)
    return descriptor


def _make_sure_of_a_keeper(home: Home, server: str, linger_seconds: float) -> None:
    """Start a keeper unless one serves; its lock is taken here and handed over with the descriptor."""
    descriptor = locks.open_lock(states.keeper_file(home, server))
    try:
        if not process.wait_until(
            lambda: locks.try_exclusive(descriptor) or _is_served(home, server),
            seconds=_WAIT_SECONDS,
        ):
            raise CannotStart(f"{_TITLE_OF[server]} of {home.path} is stopping and does not come to an end.")
        if not locks.try_exclusive(descriptor):
            return
        states.write(home, server, "starting")
        words = home.log / "keeper.log"
        with words.open("ab") as log:
            keeper = subprocess.Popen(
                _keeper_command(home, server, linger_seconds),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=PROJECT,
                start_new_session=True,
                pass_fds=[descriptor],
            )
        _OURS.append(keeper)
    finally:
        os.close(descriptor)


def _is_served(home: Home, server: str) -> bool:
    """A keeper that was killed leaves its lock to its children for a moment, and its word that it serves."""
    state = states.read(home, server)
    return state.serves and (not state.keeper_pid or process.is_alive(state.keeper_pid))


def _keeper_command(home: Home, server: str, linger_seconds: float) -> list[str]:
    command = [sys.executable, "-m", "collections_app.runtime.keeper"]
    command += ["--home", str(home.path), "--server", server, "--linger", str(linger_seconds)]
    return command if home.durable else [*command, "--throw-away"]


def _wait_until_ready(home: Home, server: str, *, again: bool = True) -> bool:
    """False when whoever was starting it was killed meanwhile, and it may be tried ``again``."""
    process.wait_until(
        lambda: states.read(home, server).name in {"ready", "failed"} or not _keeper_lives(home, server),
        seconds=_WAIT_SECONDS,
    )
    state = states.read(home, server)
    if state.name == "ready":
        return True
    if again and state.name != "failed" and not _keeper_lives(home, server):
        return False
    log = process.last_lines(home.log / "keeper.log")
    raise CannotStart(state.message or f"{_TITLE_OF[server]} did not start. Its keeper said:{log}")


def _keeper_lives(home: Home, server: str) -> bool:
    """Asking takes the keeper's lock for a moment: only for who holds the start lock."""
    descriptor = locks.open_lock(states.keeper_file(home, server))
    try:
        return not locks.try_exclusive(descriptor)
    finally:
        os.close(descriptor)


def _hurry(home: Home, server: str) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if pid := states.read(home, server).keeper_pid:
            os.kill(pid, signal.SIGUSR1)


def _wait_until_down_or_leased(home: Home, server: str) -> None:
    keeper = states.read(home, server).keeper_pid
    process.wait_until(lambda: not process.is_alive(keeper) or _is_leased(home, server), seconds=40)


def _is_leased(home: Home, server: str) -> bool:
    """Whether another one holds a lease: shared succeeds beside leases, not beside a stopping keeper."""
    descriptor = locks.open_lock(states.lease_file(home, server))
    try:
        return not locks.try_exclusive(descriptor) and locks.try_shared(descriptor)
    finally:
        os.close(descriptor)
