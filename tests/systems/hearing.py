"""A real server on loopback that hears what a system is told, and answers as it is asked to."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Ear:
    """What was heard, in order. ``answers`` are taken one by one, then 200; ``slow_seconds`` before each."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.raw: list[bytes] = []
        self.answers: list[int] = []
        self.slow_seconds = 0.0
        self.address = ""
        self.when_heard: Callable[[], object] | None = None
        self._lock = threading.Lock()

    def hear(self, headers: dict[str, str], body: bytes) -> int:
        """One request."""
        time.sleep(self.slow_seconds)
        with self._lock:
            self.raw.append(body)
            self.heard.append(json.loads(body))
            self.headers.append(headers)
            status = self.answers.pop(0) if self.answers else 200
        if self.when_heard is not None:
            self.when_heard()
        return status

    @property
    def told(self) -> list[tuple[str, str]]:
        """Order and event, in the order in which they were heard."""
        return [(each["order"]["number"], each["event"]) for each in self.heard]


@contextmanager
def listening() -> Iterator[Ear]:
    """A server on a free port of this machine."""
    ear = Ear()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = ear.hear(dict(self.headers), body)
            said = b"heard" if status == 200 else b"not now, please"
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", ear.address + "elsewhere")
            self.send_header("Content-Length", str(len(said)))
            with suppress(OSError):  # who asked may be gone
                self.end_headers()
                self.wfile.write(said)

        def log_message(self, *_args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    ear.address = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield ear
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def dripping(at_once: bytes) -> Iterator[str]:
    """The address of a server that says ``at_once``, and then a letter now and again for as long as somebody
    listens.
    """

    def drip(heard: socket.socket) -> None:
        with heard, suppress(OSError):
            heard.recv(65536)
            heard.sendall(at_once)
            while not is_over.wait(0.05):
                heard.sendall(b"x")

    def serve() -> None:
        with suppress(OSError):
            while True:
                heard, _from = server.accept()
                threading.Thread(target=drip, args=[heard], daemon=True).start()

    is_over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        is_over.set()
        server.shutdown(socket.SHUT_RDWR)
