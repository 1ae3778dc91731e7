"""Clients that ask for one page again and again without pausing, at the least price: one thread with bare
sockets for all of them, so that what is measured is the server and not its clients.
"""

import re
import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from collections_app.lib.refusals import Refused

PIECE_BYTES = 1 << 18
SILENCE_SECONDS_MAX = 60.0
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)
_TIMING = re.compile(rb"\r\nserver-timing: page;dur=([\d.]+)\r\n", re.IGNORECASE)
_CLOSES = re.compile(rb"\r\nconnection: close\r\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of one request: from asking to the last byte, and what the server says of itself."""

    whole: float
    server: float


@dataclass(slots=True)
class Asker:
    """One client: what it sends, how often it is still to send it, what it may be told, whose it is among
    many, and the answer that is coming in.
    """

    port: int
    request: bytes
    left: int
    welcome: tuple[int, ...] = (200,)
    whose: int = 0
    door: socket.socket | None = None
    began: float = 0.0
    answer: bytearray = field(default_factory=bytearray)

    def ask(self, watched: selectors.BaseSelector) -> None:
        """Send the request, on the connection that is kept or on a new one."""
        self.began, self.left = time.perf_counter(), self.left - 1
        self.answer.clear()
        if self.door is None:
            self.door = socket.create_connection(("127.0.0.1", self.port), timeout=SILENCE_SECONDS_MAX)
            self.door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            watched.register(self.door, selectors.EVENT_READ, self)
        self.door.sendall(self.request)

    def hear(self, watched: selectors.BaseSelector) -> Spent | None:
        """Take in what has come; what was spent once all is there. Raises ``Refused`` for an answer that is
        not ``welcome``.
        """
        assert self.door is not None
        piece = self.door.recv(PIECE_BYTES)
        self.answer += piece
        head, end, _ = bytes(self.answer[:4096]).partition(b"\r\n\r\n")
        head += b"\r\n"
        if end and int(head[9:12]) not in self.welcome:
            raise Refused.because("no_page", head.decode("latin-1").splitlines()[0])
        length = _LENGTH.search(head)
        if not (end and length and len(self.answer) - len(head) - 2 >= int(length[1])):
            if not piece:
                raise Refused.because("no_page", "The web server hung up in the middle of a page.")
            return None
        ended = time.perf_counter()
        if _CLOSES.search(head):
            self.leave(watched)
        timing = _TIMING.search(head)
        return Spent(ended - self.began, float(timing[1]) / 1000 if timing else 0.0)

    def told(self) -> str:
        """The answer, its head included."""
        return self.answer.decode()

    def leave(self, watched: selectors.BaseSelector) -> None:
        """Close the connection."""
        if self.door is not None:
            watched.unregister(self.door)
            self.door.close()
            self.door = None


def asked(port: int, headers: Sequence[str], path: str, *, times: int) -> list[Spent]:
    """What every request took when clients, one for each of ``headers`` (cookies), ask ``times`` times."""
    line = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: "
    askers = [Asker(port, f"{line}{cookies}\r\n\r\n".encode(), times) for cookies in headers]
    with selectors.DefaultSelector() as watched:
        try:
            return _answered(askers, watched, count=times * len(askers))
        finally:
            for asker in askers:
                asker.leave(watched)


def _answered(askers: Sequence[Asker], watched: selectors.BaseSelector, *, count: int) -> list[Spent]:
    spent: list[Spent] = []
    for asker in askers:
        asker.ask(watched)
    while len(spent) < count:
        heard = watched.select(SILENCE_SECONDS_MAX)
        if not heard:
            raise Refused.because("no_page", f"No answer came for {SILENCE_SECONDS_MAX:.0f} seconds.")
        for key, _ in heard:
            if found := key.data.hear(watched):
                spent.append(found)
                if key.data.left:
                    key.data.ask(watched)
                else:  # or the server's farewell to a quiet connection would count as an answer
                    key.data.leave(watched)
    return spent
