"""Where a worker is struck while it sends, and how: killed, or its connection to the database cut.

Every step between choosing a message and having written down what came of it has a name here, in order. The
product knows nothing of this: the steps are wrapped from outside, in the process that is to be struck.
"""

import os
import signal
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg2
from django.db import connection

from collections_app.correspondence import attempts, envelopes, invoice_documents, stored_files
from collections_app.correspondence.carriers import smtp
from collections_app.dunning import sending_gate

# What a kill at a step leaves: a message that waits as before, or one that may have left.
STEPS = (
    *("picked", "drawing", "drawn", "kept", "asking", "asked", "marked", "claimed"),
    *("greeted", "addressed", "announced", "half_said", "said", "ended", "answered"),
    *("settling", "settled"),
)
# What a worker that lived through its strike still sends.
AND_THEN = 10
IN_THE_DATABASE = (
    *("picked", "drawing", "drawn", "kept", "asking", "asked", "marked", "claimed"),
    *("answered", "settling", "settled"),
)
# Not every message is asked about, and of few a file is drawn.
SELDOM = {"asking": 12, "drawing": 3, "drawn": 3, "kept": 3}


@dataclass
class Strike:
    """Hits once, at the ``after``th time that ``step`` is reached."""

    kind: str
    step: str
    after: int
    seen: int = 0
    has_hit: bool = False
    left: int = AND_THEN

    def reach(self, step: str) -> None:
        """A worker is at ``step``."""
        if step != self.step or self.has_hit:
            return
        self.seen += 1
        if self.seen < self.after:
            return
        self.has_hit = True
        if self.kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        _cut()

    def go_on(self) -> None:
        """Whoever lived through it sends a few more, and then makes room."""
        self.left -= self.has_hit
        if self.left < 0:
            raise SystemExit


def _cut() -> None:
    """End this process's connection to the database from outside, as a fail-over does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    facts = connection.get_connection_params()
    facts.pop("cursor_factory", None)
    facts.pop("context", None)
    other = psycopg2.connect(**facts)
    other.autocommit = True
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    other.close()


def arm(strike: Strike) -> None:
    """Wrap the steps of sending in this process."""
    _around(attempts, "_pick", strike.go_on, lambda: strike.reach("picked"))
    _around(invoice_documents, "copies_of", lambda: strike.reach("drawing"), lambda: strike.reach("drawn"))
    _around(stored_files, "keep", lambda: None, lambda: strike.reach("kept"))
    _before(sending_gate, "_asked_by", lambda: strike.reach("asking"))
    _before(attempts, "_in_pace", lambda: strike.reach("asked"))
    _before(envelopes, "build", lambda: strike.reach("marked"))
    _before(attempts, "_told", lambda: strike.reach("settling"))
    _around(smtp.EmailBackend, "deliver", lambda: strike.reach("claimed"), lambda: strike.reach("answered"))
    _around(attempts, "settle", lambda: None, lambda: strike.reach("settled"))
    steps = {"mail": "greeted", "rcpt": "addressed"}
    for name, step in steps.items():
        _around(smtplib.SMTP, name, lambda: None, lambda step=step: strike.reach(step))  # type: ignore[misc]
    _halve(strike)


def _before(owner: Any, name: str, deed: Callable[[], None]) -> None:
    _around(owner, name, deed, lambda: None)


def _around(owner: Any, name: str, before: Callable[[], None], after: Callable[[], None]) -> None:
    inner = getattr(owner, name)

    def wrapped(*given: Any, **named: Any) -> Any:
        before()
        found = inner(*given, **named)
        after()
        return found

    setattr(owner, name, wrapped)


def _halve(strike: Strike) -> None:
    """The content goes over the wire in two pieces, with a step between them; then the dot that ends it."""
    inner = smtplib.SMTP.send

    def send(server: smtplib.SMTP, said: Any) -> None:
        if not isinstance(said, bytes):
            inner(server, said)
        elif said == b".\r\n":
            strike.reach("said")
            inner(server, said)
            strike.reach("ended")
        else:
            strike.reach("announced")
            half = len(said) // 2
            inner(server, said[:half])
            strike.reach("half_said")
            inner(server, said[half:])

    smtplib.SMTP.send = send  # type: ignore[method-assign, assignment]
