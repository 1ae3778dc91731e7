"""The process that owns one embedded server, for as long as anybody holds a lease on it.

Started by the first who needs the server (`services.lease`), in a session of its own, so that it outlives
that command when another one still works. Everybody holds a shared lock on the lease file; the kernel gives
the lock back however the holder ends. Once nobody has held it for a while, the keeper takes the lock alone,
stops its server and ends: whoever comes in that moment waits for the lock and then starts a new keeper.

Signals: TERM stops now; USR1 stops as soon as nobody holds a lease, without the pause.
The server is started again when it dies by itself, a few times, and stopped at once when its home is removed.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from collections_app.runtime import locks, process, states
from collections_app.runtime.home import Home
from collections_app.runtime.postgres import Postgres
from collections_app.runtime.redis import Redis
from collections_app.runtime.refusals import CannotStart

SERVERS: dict[str, type[Postgres] | type[Redis]] = {Postgres.name: Postgres, Redis.name: Redis}

_POLL_SECONDS = 0.1
_START_SECONDS = 120.0  # a crash recovery of a large ledger takes its time
_STOP_SECONDS = 30.0
DEATHS_MAX = 4
DEATHS_FORGIVEN_AFTER_SECONDS = 60.0


class Keeper:
    """Starts the server, watches it and the leases, stops it."""

    def __init__(self, home: Home, server: Postgres | Redis, *, linger_seconds: float) -> None:
        self.home = home
        self.server = server
        self.linger_seconds = linger_seconds
        self.log = home.log / f"{server.name}.log"
        self.leases = locks.open_lock(states.lease_file(home, server.name))
        self.stop_now = False
        self.deaths: list[float] = []

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self._on_stop)
        signal.signal(signal.SIGUSR1, self._on_hurry)
        child = self._start()
        try:
            self._watch(child)
        finally:
            self._state("stopping")
            if not self.home.durable:
                shutil.rmtree(self.server.data, ignore_errors=True)

    def _watch(self, child: subprocess.Popen[bytes]) -> None:
        idle_since = time.monotonic()
        while True:
            time.sleep(_POLL_SECONDS)
            if child.poll() is not None:
                child = self._start_again()
            if not self.home.run.exists():
                process.stop(child, self.server.abort_signal, seconds=_STOP_SECONDS)
                return
            if self._is_leased():
                idle_since = time.monotonic()
            elif time.monotonic() - idle_since >= self.linger_seconds and locks.try_exclusive(self.leases):
                break
            if self.stop_now:
                break
        self._state("stopping")
        process.stop(child, self.server.stop_signal, seconds=_STOP_SECONDS)

    def _start(self) -> subprocess.Popen[bytes]:
        self._state("starting")
        self.server.prepare()
        who, signal_number = self.server.who, self.server.stop_signal
        with self.log.open("ab") as words:
            child = subprocess.Popen(
                who.command(self.server.command(), death_signal=signal_number),
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=subprocess.STDOUT,
                **who.options(death_signal=signal_number),
            )
        ready = process.wait_until(
            lambda: child.poll() is not None or self.server.is_ready(child.pid), seconds=_START_SECONDS
        )
        if child.poll() is not None or not ready:
            process.stop(child, self.server.abort_signal, seconds=_STOP_SECONDS)
            raise CannotStart(f"{self.server.title} did not start. It said:{process.last_lines(self.log)}")
        self._state("ready", server_pid=child.pid)
        return child

    def _start_again(self) -> subprocess.Popen[bytes]:
        now = time.monotonic()
        recent = [moment for moment in self.deaths if now - moment < DEATHS_FORGIVEN_AFTER_SECONDS]
        self.deaths = [*recent, now]
        if len(self.deaths) > DEATHS_MAX:
            raise CannotStart(f"{self.server.title} keeps dying. It said:{process.last_lines(self.log)}")
        return self._start()

    def _is_leased(self) -> bool:
        """Asking takes the lock for a moment; who comes in that moment waits for it, unseen."""
        if not locks.try_exclusive(self.leases):
            return True
        locks.release(self.leases)
        touched = os.fstat(self.leases).st_mtime
        return time.time() - touched < _POLL_SECONDS * 2

    def _state(self, state: str, *, server_pid: int = 0) -> None:
        with contextlib.suppress(FileNotFoundError):  # the home was removed
            states.write(self.home, self.server.name, state, keeper_pid=os.getpid(), server_pid=server_pid)

    def _on_stop(self, signal_number: int, frame: FrameType | None) -> None:
        self.stop_now = True

    def _on_hurry(self, signal_number: int, frame: FrameType | None) -> None:
        self.linger_seconds = 0


def main() -> int:
    reader = argparse.ArgumentParser()
    reader.add_argument("--home", type=Path, required=True)
    reader.add_argument("--server", choices=sorted(SERVERS), required=True)
    reader.add_argument("--linger", type=float, required=True)
    reader.add_argument("--throw-away", action="store_true")
    wish = reader.parse_args()
    home = Home(wish.home, durable=not wish.throw_away)
    try:
        if not home.durable:
            shutil.rmtree(home.data(wish.server), ignore_errors=True)
        Keeper(home, SERVERS[wish.server](home), linger_seconds=wish.linger).run()
    except CannotStart as refusal:
        states.write(home, wish.server, "failed", keeper_pid=os.getpid(), message=str(refusal))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
