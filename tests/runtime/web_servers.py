"""Gunicorn with our worker, for one test, and whoever asks it."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from collections_app.runtime import children

SECONDS_MAX = 30.0
# Answers at once; under /slow once a file is there; under /kept how much is not looked through for garbage;
# under /long in pieces and under /file from a file, each LONG_BYTES. LIMITS are set as they are told.
LONG_BYTES = 20_000_000
APP = """
import gc, json, os, tempfile, time
from collections_app.runtime import fair_worker

vars(fair_worker).update(json.loads(os.environ["LIMITS"]))

def application(environ, start):
    if environ["PATH_INFO"] == "/kept":
        start("200 OK", [])
        return [str(gc.get_freeze_count()).encode()]
    if environ["PATH_INFO"] == "/long":
        start("200 OK", [])
        return (b"0123456789" * 10_000 for _ in range(200))
    if environ["PATH_INFO"] == "/file":
        file = tempfile.TemporaryFile()
        file.write(b"0123456789" * 2_000_000)
        file.seek(0)
        start("200 OK", [("Content-Length", "20000000")])
        return environ["wsgi.file_wrapper"](file)
    while environ["PATH_INFO"] == "/slow" and not os.path.exists(os.environ["LET_GO"]):
        time.sleep(0.01)
    said = environ["wsgi.input"].read()
    start("200 OK", [("Content-Length", str(2 + len(said)))])
    return [said + b"ok"]
"""


class Server:
    """Gunicorn with our worker, and whoever asks it."""

    def __init__(self, port: int, let_go: Path, stack: ExitStack, stop: Callable[[], None]) -> None:
        self.port, self._let_go, self._stack, self.stop = port, let_go, stack, stop

    def connect(self) -> socket.socket:
        return self.own(socket.create_connection(("127.0.0.1", self.port), SECONDS_MAX))

    def own(self, asker: socket.socket) -> socket.socket:
        """It hangs up when the test is over."""
        return self._stack.enter_context(asker)

    def ask(self, path: str) -> socket.socket:
        asker = self.connect()
        asker.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        return asker

    def let_go(self) -> None:
        self._let_go.touch()


def answer(asker: socket.socket) -> bytes:
    """All of it; whoever has it hangs up."""
    with asker:
        return b"".join(iter(lambda: asker.recv(4096), b""))


@pytest.fixture(params=[1, 2])
def workers(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def limits(request: pytest.FixtureRequest) -> dict[str, float]:
    """Other limits of the worker, by name."""
    return dict(getattr(request, "param", {}))


@pytest.fixture
def server(tmp_path: Path, workers: int, limits: dict[str, float]) -> Iterator[Server]:
    (tmp_path / "slow_app.py").write_text(APP)
    let_go = tmp_path / "let_go"
    with ExitStack() as stack:
        door = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        os.set_inheritable(door.fileno(), True)
        command = [each for each in children.web_command(door.fileno()) if not each.startswith("--workers")]
        command[command.index("collections_app.wsgi:application")] = "slow_app:application"
        path = os.pathsep.join([str(tmp_path), *sys.path])
        env = {**os.environ, "LET_GO": str(let_go), "PYTHONPATH": path, "LIMITS": json.dumps(limits)}
        child = subprocess.Popen([*command, f"--workers={workers}"], env=env, pass_fds=[door.fileno()])
        try:
            yield Server(door.getsockname()[1], let_go, stack, child.terminate)
        finally:
            let_go.touch()
            child.terminate()
            child.wait(SECONDS_MAX)
