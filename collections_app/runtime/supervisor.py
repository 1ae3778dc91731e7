"""`manage.py workbench`: servers, tables, web, worker and demo, then beat, in this order; stopped in reverse.

What belongs to other rooms (how to seed, who can sign in) is handed in by the command, the door.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import time
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from collections_app.runtime import children, locks, ports, services
from collections_app.runtime.children import Child
from collections_app.runtime.home import Home
from collections_app.runtime.refusals import CannotStart

_READY_SECONDS = 60.0
_LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Wishes:
    """`bring_tables`, then `bring_demo`; `sign_ins` are (username, password, role, full name)."""

    host: str
    port: int | None
    bring_tables: Callable[[services.Lease], None]
    bring_demo: Callable[[], None]
    sign_ins: Callable[[], Sequence[tuple[str, str, str, str]]]
    say: Callable[[str], None]


def run(home: Home, wishes: Wishes) -> int:
    """The exit code: 0 after Ctrl-C, TERM or HUP, 1 after anything that was not asked for."""
    return _supervised(home, wishes.say, lambda running: _everything(running, wishes))


def run_services_only(home: Home, say: Callable[[str], None]) -> int:
    """PostgreSQL and Redis alone; their addresses are for DATABASE_URL and REDIS_URL."""

    def serve(running: Running) -> None:
        running.lease = services.lease(home)
        addresses = {"DATABASE_URL": home.database_url, "REDIS_URL": home.redis_url}
        for name, address in addresses.items():
            say(f"{name}={os.environ.get(name) or address}")
        running.watch()

    return _supervised(home, say, serve)


class Running:
    """What has been started so far, to be watched and then stopped."""

    def __init__(self, home: Home, say: Callable[[str], None]) -> None:
        self.home = home
        self.say = say
        self.lease: services.Lease | None = None
        self.children: list[Child] = []

    def watch(self) -> None:
        """Until a signal, or until something dies that cannot be started again."""
        while True:
            self.look()
            time.sleep(_LOOK_SECONDS)

    def look(self) -> None:
        for child in self.children:
            if words := child.look_after():
                self.say(words)
        if self.lease and (title := self.lease.lost()):
            raise CannotStart(f"{title} has stopped. Its log is in {self.home.log}.")

    def stop(self) -> None:
        children.stop_all(self.children)
        if self.lease is not None:
            self.lease.release(stop_now=True)


def _everything(running: Running, wishes: Wishes) -> None:
    began = time.monotonic()
    home, say = running.home, wishes.say
    door = ports.listen(wishes.host, wishes.port)
    address = ports.url(door)
    if wishes.port is None and door.getsockname()[1] != ports.PORT:
        say(f"Port {ports.PORT} is taken by another program; this is port {door.getsockname()[1]}.")
    say("Starting PostgreSQL and Redis ...")
    running.lease = services.lease(home)
    wishes.bring_tables(running.lease)
    _allow_host(wishes.host)
    os.environ.setdefault("SITE_URL", address)  # links in mails lead here
    running.children = children.all_of(home, door.fileno())
    say("Starting web server, worker and clock ...")
    *others, clock = running.children
    for child in others:
        child.start()  # they load the product meanwhile; nobody knows the address yet
    wishes.bring_demo()
    clock.start()  # only now may anything be due
    _wait_until_healthy(running, door)
    (home.run / "workbench.json").write_text(json.dumps({"pid": os.getpid(), "address": address}))
    _tell_ready(say, address, home.mails, wishes.sign_ins(), time.monotonic() - began)
    running.watch()


def _supervised(home: Home, say: Callable[[str], None], serve: Callable[[Running], None]) -> int:
    running = Running(home, say)
    try:
        home.prepare()
        alone = _be_alone(home)
        _on_signals(_interrupt)
        try:
            serve(running)
        except KeyboardInterrupt:
            say("\nStopping ...")
        finally:
            _on_signals(lambda number, frame: children.kill_all(running.children))
            running.stop()
            (home.run / "workbench.json").unlink(missing_ok=True)
            os.close(alone)
        say("Everything has stopped.")
    except CannotStart as refusal:
        say(str(refusal))
        return 1
    return 0


def _be_alone(home: Home) -> int:
    """A descriptor that holds the lock of the one `workbench` of this home."""
    descriptor = locks.open_lock(home.run / "workbench.lock")
    if not locks.try_exclusive(descriptor):
        os.close(descriptor)
        where = ""
        with contextlib.suppress(OSError, ValueError):
            first = json.loads((home.run / "workbench.json").read_text())
            where = f" at {first['address']} (process {first['pid']})"
        raise CannotStart(
            f"The workbench is already running{where}, with its data in {home.path}. Stop it there with "
            "Ctrl-C, or start a second one beside it with WORKBENCH_HOME set to another folder."
        )
    (home.run / "workbench.json").unlink(missing_ok=True)
    return descriptor


def _on_signals(handler: Callable[[int, FrameType | None], None]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handler)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _allow_host(host: str) -> None:
    """Who opens the demo to the network with --host lets other machines name it as they like."""
    if host not in {"127.0.0.1", "localhost", "::1"}:
        os.environ.setdefault(
            "ALLOWED_HOSTS", "*" if host in {"0.0.0.0", "::"} else f"{host},localhost,127.0.0.1"
        )


def _wait_until_healthy(running: Running, door: socket.socket) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while not _is_healthy(door):
        if time.monotonic() > deadline:
            raise CannotStart(f"The web server does not answer. Its log: {running.home.log / 'web.log'}")
        running.look()
        time.sleep(0.05)


def _is_healthy(door: socket.socket) -> bool:
    asked = urllib.request.Request(ports.url(door) + "healthz", headers={"Host": "localhost"})
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # never through a proxy
    try:
        with straight.open(asked, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _tell_ready(
    say: Callable[[str], None],
    address: str,
    mails: Path,
    sign_ins: Sequence[tuple[str, str, str, str]],
    seconds: float,
) -> None:
    lines = [f"\nThe workbench is ready ({seconds:.1f} s).\n", f"  Open     {address}"]
    for number, (username, password, role, name) in enumerate(sign_ins):
        lines.append(f"  {'Sign in' if number == 0 else '':<8} {username:<8} {password}   {name}, {role}")
    if not sign_ins:
        lines.append("  Sign in  with a user of yours; python3 manage.py createsuperuser makes the first one")
    if not os.environ.get("EMAIL_URL"):
        lines.append(f"  Mails    kept as files in {mails}; nobody is written to")
    say("\n".join([*lines, "\nCtrl-C stops everything.\n"]))
