"""A Redis of a test's own, that may be killed, or hang."""

import signal
import subprocess
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import redis

from collections_app.runtime.redis import program


class Redis:
    """A server of our own, that may be killed, or hang: then it takes what it is sent, and never answers."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "redis.sock"
        self.url = f"unix://{quote(str(self.socket))}"
        self.start()

    def start(self) -> None:
        words = [str(program()), "--port", "0", "--unixsocket", str(self.socket), "--save", ""]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, cwd=self.socket.parent)
        for _ in range(200):
            try:
                self.line.ping()
                return
            except redis.ConnectionError:
                time.sleep(0.02)

    @property
    def line(self) -> Any:
        return redis.Redis(unix_socket_path=str(self.socket))

    def restart(self) -> None:
        self.stop()
        self.start()

    def hang(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
