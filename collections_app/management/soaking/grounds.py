"""A workbench of its own in a folder that is removed afterwards: its PostgreSQL and Redis, web server,
workers and clock, as ``workbench`` starts them. The servers of the environment are never touched.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import redis
from django.conf import settings
from django.db import connection

from collections_app.lib.refusals import Refused
from collections_app.management.soaking.mail import Recorder, recorder
from collections_app.runtime import addresses, children, keeper, process, schema, services, states
from collections_app.runtime.children import Child
from collections_app.runtime.home import Home
from collections_app.runtime.redis import Redis

READY_SECONDS_MAX = 180.0
_LOOK_SECONDS = 0.1
_POSTGRES = "pg"
# Nothing of the environment may lead to servers of others, or change what the product is set to.
_OURS_ALONE = ("DATABASE_REPLICA_URL", "MAILBOX_URLS", "SINGLE_SIGN_ON_URL", "WORKBENCH_TEST_RUN")


class OwnRedis:
    """Redis as the workbench runs it, without its keeper: it may be down for as long as it is wanted to."""

    def __init__(self, home: Home) -> None:
        self._server, self._log, self._socket = Redis(home), home.log / "redis.log", home.redis_socket
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Until it answers."""
        self._server.prepare()
        who, dies_by = self._server.who, signal.SIGKILL
        with self._log.open("ab") as words:
            made = subprocess.Popen(
                who.command(self._server.command(), death_signal=dies_by),
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                **who.options(death_signal=dies_by),
            )
        self._process = made
        if not process.wait_until(lambda: self._server.is_ready(made.pid), seconds=READY_SECONDS_MAX):
            raise Refused.because("no_redis", f"Redis did not start:{process.last_lines(self._log)}")

    def flush(self) -> None:
        """All that it holds is gone."""
        with redis.Redis(unix_socket_path=str(self._socket)) as line:
            line.flushall()

    def hang(self) -> None:
        """It takes what it is sent, and never answers, as on a machine that hangs."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """It answers again, also what it was asked meanwhile."""
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)

    def stop(self, *, by: signal.Signals = signal.SIGTERM) -> None:
        """Asked to end, or killed."""
        if self._process is not None:
            process.stop(self._process, by, seconds=READY_SECONDS_MAX)


class Grounds:
    """What there is to strike."""

    def __init__(self, home: Home, door: socket.socket, mails: Recorder, redis: OwnRedis) -> None:
        self.home, self.mails, self.redis = home, mails, redis
        self.port = int(door.getsockname()[1])
        self.children = {child.name: child for child in children.all_of(home, door.fileno())}
        self._deaths: list[float] = []
        self._is_over = threading.Event()
        self._watcher = threading.Thread(target=self._look_after, daemon=True)

    def postgres_to_strike(self) -> states.State:
        """The numbers of PostgreSQL's process and of its keeper's. Waits until one more death is forgiven: a
        keeper gives up a server that dies again and again.
        """
        self._deaths = self._deaths[-(keeper.DEATHS_MAX - 1) :]
        if len(self._deaths) == keeper.DEATHS_MAX - 1:
            forgiven_at = self._deaths[0] + keeper.DEATHS_FORGIVEN_AFTER_SECONDS
            time.sleep(max(0.0, forgiven_at - time.monotonic()))
        self._deaths.append(time.monotonic())
        return states.read(self.home, _POSTGRES)

    def start(self) -> None:
        """Web server, workers and clock; one that dies is started again as the workbench does."""
        for child in self.children.values():
            child.start()
        self._watcher.start()

    def are_running(self) -> bool:
        """Whether all of them do."""
        found = [child.process for child in self.children.values()]
        return all(each is not None and each.poll() is None for each in found)

    def stop(self) -> None:
        """All of them, and whatever a killed one left behind."""
        self._is_over.set()
        self._watcher.join()
        groups = [child.process.pid for child in self.children.values() if child.process]
        children.stop_all(list(self.children.values()))
        for group in groups:
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)

    def _look_after(self) -> None:
        while not self._is_over.wait(_LOOK_SECONDS):
            for child in self.children.values():
                child.look_after()
                # Those were our doing: it is not given up for dying too often.
                child.deaths.clear()


@contextmanager
def laid_out() -> Iterator[Grounds]:
    """Servers and tables, with this process looking at them; nothing is started on them yet."""
    with ExitStack() as open_:
        folder = Path(tempfile.mkdtemp(prefix="soak"))
        open_.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o755)  # servers of root run as somebody with fewer rights
        home = Home(folder / "home")
        lease = services.lease(home, servers=[_POSTGRES], linger_seconds=0)
        open_.callback(lease.release, stop_now=True)
        own_redis = OwnRedis(home)
        own_redis.start()
        open_.callback(own_redis.stop, by=signal.SIGKILL)
        mails = open_.enter_context(recorder())
        door = open_.enter_context(socket.socket())
        door.bind(("127.0.0.1", 0))
        door.listen(256)
        os.set_inheritable(door.fileno(), True)
        open_.enter_context(_environment(_of(home, mails, door)))
        open_.enter_context(_looking_at(home))
        schema.migrate()
        connection.close()  # no child may inherit it
        yield Grounds(home, door, mails, own_redis)


def _of(home: Home, mails: Recorder, door: socket.socket) -> dict[str, str]:
    return {
        "WORKBENCH_HOME": str(home.path),
        "DATABASE_URL": home.database_url,
        "REDIS_URL": home.redis_url,
        "EMAIL_URL": f"smtp://127.0.0.1:{mails.port}",
        "MAIL_PER_MINUTE": "0",
        "MAIL_PER_MINUTE_TO_HOST": "0",
        "WORKBENCH_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": "collections_app.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{door.getsockname()[1]}",
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def _environment(ours: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    for name in _OURS_ALONE:
        os.environ.pop(name, None)
    os.environ.update(ours)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _looking_at(home: Home) -> Iterator[None]:
    """This process's connection leads there, and back to its own database at the end."""
    connection.close()
    told, own = addresses.database(home.database_url), dict(connection.settings_dict)
    place = {name: told[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    connection.settings_dict.update(place)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(own)


def process_of(child: Child) -> int:
    """Its number; raises ``Refused`` while there is none."""
    if child.process is None:
        raise Refused.because("not_running", f"The {child.title} does not run.")
    return child.process.pid
