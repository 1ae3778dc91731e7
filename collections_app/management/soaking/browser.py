"""How people and machines ask: over HTTP, with cookies, and with a connection that may break."""

import http.client
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.urls import reverse

PATIENCE_SECONDS = 120.0
BROKE = 0
_DONE = (200, 201, 204, 302, 303)
_ERRORS_FROM = 500
# Every page and answer that says that something broke says what to do.
_SAYS_WHAT_TO_DO = "again"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; the status ``BROKE`` when nothing did."""

    status: int
    body: str = ""
    location: str = ""

    @property
    def has_failed(self) -> bool:
        return self.status == BROKE or self.status >= _ERRORS_FROM

    @property
    def is_done(self) -> bool:
        return self.status in _DONE and not self.leads_to_sign_in

    @property
    def leads_to_sign_in(self) -> bool:
        return bool(self.location) and urlsplit(self.location).path == reverse("sign_in")

    @property
    def is_told(self) -> bool:
        """Whether an error was said in words, as far as there was an answer."""
        return self.status == BROKE or _SAYS_WHAT_TO_DO in self.body


class Browser:
    """Keeps its cookies; each request has a connection of its own."""

    def __init__(self, port: int, headers: Mapping[str, str] | None = None) -> None:
        self._port, self._headers = port, dict(headers or {})
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        """The page at ``path``."""
        return self._ask("GET", path, b"", "")

    def post(self, path: str, form: Mapping[str, str]) -> Answer:
        """Send a form."""
        return self._ask("POST", path, urlencode(form).encode(), "application/x-www-form-urlencoded")

    def send_file(self, path: str, form: Mapping[str, str], name: str, content: str) -> Answer:
        """Send a form with a file under ``file``."""
        border = uuid.uuid4().hex
        parts = [f'Content-Disposition: form-data; name="{key}"\r\n\r\n{form[key]}' for key in form]
        told = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv'
        parts.append(f"{told}\r\n\r\n{content}")
        body = "".join(f"--{border}\r\n{part}\r\n" for part in parts) + f"--{border}--\r\n"
        return self._ask("POST", path, body.encode(), f"multipart/form-data; boundary={border}")

    def send_json(self, path: str, said: Mapping[str, Any], key: str) -> Answer:
        """As a machine does, with a key under which it may be sent again."""
        body = json.dumps(said).encode()
        return self._ask("POST", path, body, "application/json", {"Idempotency-Key": key})

    def _ask(
        self, method: str, path: str, body: bytes, kind: str, more: Mapping[str, str] | None = None
    ) -> Answer:
        headers = {"Connection": "close", **self._headers, **(more or {})}
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if kind:
            headers["Content-Type"] = kind
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_SECONDS)
        try:
            line.request(method, path, body or None, headers)
            came = line.getresponse()
            text = came.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return Answer(BROKE)
        finally:
            line.close()
        for name, value in came.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, rest = value.partition("=")
                self._cookies[cookie] = rest.partition(";")[0]
        return Answer(came.status, text, came.getheader("Location", ""))
