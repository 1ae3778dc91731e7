"""A web server of the benchmark's own, started as the workbench starts it, and a client that signs in."""

import http.client
import os
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from collections_app.lib.refusals import Refused
from collections_app.runtime import children, process

READY_SECONDS_MAX = 120.0
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@contextmanager
def server(database_url: str) -> Iterator[int]:
    """Gunicorn on a free port of this machine, on the scratch database; gives the port."""
    with socket.socket() as door, tempfile.TemporaryDirectory() as folder:
        door.bind(("127.0.0.1", 0))
        door.listen(256)
        os.set_inheritable(door.fileno(), True)
        port, log = door.getsockname()[1], Path(folder) / "web.log"
        command = children.web_command(door.fileno())
        child = process.spawn(command, log=log, pass_fds=(door.fileno(),), env=environment(database_url))
        try:
            _wait_until_ready(port, child, log)
            yield port
        finally:
            child.terminate()
            child.wait(timeout=20)


def environment(database_url: str) -> dict[str, str]:
    """Of a process on the scratch database, all else as this one has it."""
    own = {
        "DATABASE_URL": database_url,
        "REDIS_URL": settings.REDIS_URL,
        "DJANGO_SETTINGS_MODULE": "collections_app.settings",
        "WORKBENCH_MODE": "demo",
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    return {**os.environ, **own}


def _wait_until_ready(port: int, child: "subprocess.Popen[bytes]", log: Path) -> None:
    ends = time.monotonic() + READY_SECONDS_MAX
    while time.monotonic() < ends and child.poll() is None:
        try:
            Client(port).get(reverse("sign_in"))
            return
        except (OSError, Refused):
            time.sleep(0.2)
    raise Refused.because("no_server", f"The web server did not start:{process.last_lines(log)}")


class Client:
    """A browser that keeps its connection and its cookies, and nothing else."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._cookies: dict[str, str] = {}

    @property
    def cookies(self) -> str:
        """As a header, for requests of others."""
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def get(self, path: str) -> str:
        """The page at ``path``. Raises ``Refused`` unless it is a 200."""
        status, body = self._ask("GET", path)
        if status != http.client.OK:
            raise Refused.because("no_page", f"{path} answered {status}.")
        return body

    def sign_in(self, username: str, password: str) -> None:
        """Through the form, as people do."""
        address = reverse("sign_in")
        token = _TOKEN.search(self.get(address))
        form = {"username": username, "password": password, "csrfmiddlewaretoken": token[1] if token else ""}
        status, _ = self._ask("POST", address, urlencode(form))
        if status not in (http.client.FOUND, http.client.SEE_OTHER):
            raise Refused.because("no_sign_in", f"Signing in as {username} answered {status}.")

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Cookie": self.cookies}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            # The server ends a connection that was quiet for seconds; a browser then opens another.
            self._connection.close()
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.partition(";")[0]
        return answer.status, answer.read().decode()
