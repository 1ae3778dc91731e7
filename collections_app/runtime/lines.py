"""A connection of the web server on which no thread ever waits for the network.

What is asked is collected here before a thread begins, and what is said to a slow reader is kept here until
they have taken it, as a proxy does that stands in front. Little of it stands in memory, more in a file of the
temporary folder that has no name and goes with the connection.
"""

import io
import math
import re
import socket
import tempfile
import time
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

HEAD_BYTES_MAX = 32 * 1024
# An import takes files of a gibibyte.
BODY_BYTES_MAX = (1 << 30) + (1 << 20)
_IN_MEMORY_BYTES_MAX = 128 * 1024
_PIECE_BYTES = 64 * 1024
_PIECES_AT_ONCE = 16  # others want to be heard too
# Nobody stands still for longer, however quick they were before; the kernel tells late of who reads.
STILL_SECONDS_MAX = 60.0
# What the kernel keeps of what is said to somebody: more would hide that they read, slowly.
_SENT_AHEAD_BYTES = 256 * 1024
_LENGTHS = re.compile(rb"\r\ncontent-length[ \t]*:[ \t]*([^\r\n]*?)[ \t]*(?=\r\n)", re.IGNORECASE)
_IN_CHUNKS = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)
_ASKS_FIRST = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE)
_GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
_REFUSAL = b"HTTP/1.1 %b\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%b"


class RefusedLine(Exception):
    """What is asked is answered by these bytes, without a thread."""

    def __init__(self, status: bytes, said: bytes) -> None:
        super().__init__(status.decode())
        self.answer = _REFUSAL % (status, len(said), said)


class Held:
    """Bytes in their order, the first of them in memory and, where there are many, the others in a file."""

    def __init__(self) -> None:
        self.length = 0
        self.memory = bytearray()
        self._file: IO[bytes] | None = None
        self._written = self._read = 0

    @property
    def stands(self) -> int:
        """Bytes that stand in memory and on disk: a file goes when all of it is taken, and not before."""
        return len(self.memory) + self._written

    def put(self, data: "ReadableBuffer") -> None:
        """Behind all others. OSError when there is no room."""
        size = memoryview(data).nbytes
        if self._file is None and len(self.memory) + size <= _IN_MEMORY_BYTES_MAX:
            self.memory += data
        else:
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115  # it goes when all of it is taken
            self._file.seek(0, io.SEEK_END)
            self._file.write(data)
            self._written += size
        self.length += size

    def put_back(self, data: bytes) -> None:
        """Before all others."""
        self.memory[:0] = data
        self.length += len(data)

    def first(self, size: int) -> bytes:
        """At most so many; none when none are there."""
        if self.memory or self._file is None:
            return bytes(self.memory[:size])
        self._file.seek(self._read)
        return self._file.read(size)

    def drop(self, size: int) -> None:
        """So many of what ``first`` gave are not wanted any more."""
        if self.memory:
            del self.memory[:size]
        else:
            self._read += size
        self.length -= size
        if not self.length:
            self.clear()

    def clear(self) -> None:
        """All of it goes."""
        self.length = self._written = self._read = 0
        self.memory.clear()
        if self._file is not None:
            self._file.close()
            self._file = None


class Line(socket.socket):
    """Takes the place of the socket ``taken``. Gunicorn's thread reads what was collected, and ends of file
    after it; what it says is sent at once or kept.
    """

    def __init__(self, taken: socket.socket) -> None:
        super().__init__(taken.family, taken.type, taken.proto, taken.detach())
        super().setblocking(False)
        self.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SENT_AHEAD_BYTES)
        self.asked, self.said = Held(), Held()
        self.begin()
        self.wait(seconds=0, pace=math.inf)

    def begin(self) -> None:
        """Something new is asked."""
        self._whole = self._looked = 0

    def wait(self, *, seconds: float, pace: float) -> None:
        """From now on for so many seconds, and for a second longer with every ``pace`` bytes that move."""
        self._since = self.moved_at = time.monotonic()
        self._seconds, self._pace, self.moved = seconds, pace, 0

    def is_late(self, now: float) -> bool:
        """Whether its client took longer than ``wait`` allowed, or stood still."""
        until = self._since + self._seconds + self.moved / self._pace
        return now > min(until, self.moved_at + STILL_SECONDS_MAX)

    @property
    def held(self) -> int:
        """Bytes that stand here."""
        return self.asked.stands + self.said.stands

    def collect(self) -> bool:
        """Take in what came; whether all that was asked is there. OSError when the client has gone or there
        is no room, RefusedLine for what is not taken at all. Each byte is looked at once, however few come.
        """
        if not self._is_whole():
            left = self._whole - self.asked.length if self._whole else _PIECE_BYTES
            if came := self.hear(min(_PIECE_BYTES, left)):
                self.asked.put(came)
        return self._is_whole()

    def hear(self, size: int) -> bytes:
        """At most ``size`` bytes of what the network has; none when none have come."""
        try:
            came = super().recv(size)
        except BlockingIOError:
            return b""
        if not came:
            raise ConnectionResetError
        self._move(len(came))
        return came

    def flush(self) -> None:
        """Send of what is kept as much as is taken at once."""
        for _ in range(_PIECES_AT_ONCE):
            if not self.said.length:
                return
            try:
                sent = super().send(self.said.first(_PIECE_BYTES))
            except BlockingIOError:
                return
            self.said.drop(sent)
            self._move(sent)

    def recv(self, bufsize: int, flags: int = 0, /) -> bytes:
        """Of what was collected."""
        piece = self.asked.first(bufsize)
        self.asked.drop(len(piece))
        return piece

    def send(self, data: "ReadableBuffer", flags: int = 0, /) -> int:
        """Gunicorn tells by this only that a form may come. It has come, and was told so before."""
        return memoryview(data).nbytes

    def sendall(self, data: "ReadableBuffer", flags: int = 0, /) -> None:
        """Send it, or keep it; nobody waits."""
        if self.said.length:
            self.said.put(data)
            self.flush()
            return
        try:
            sent = super().send(data)
        except BlockingIOError:
            sent = 0
        rest = memoryview(data)[sent:]
        if rest:
            self.said.put(rest)

    def sendfile(self, file: Any, offset: int = 0, count: int | None = None) -> int:
        """As ``sendall``."""
        file.seek(offset)
        left = math.inf if count is None else count
        while left > 0 and (piece := file.read(int(min(_PIECE_BYTES, left)))):
            self.sendall(piece)
            left -= len(piece)
        return int(file.tell()) - offset

    def setblocking(self, flag: bool, /) -> None:
        """It never blocks."""

    def settimeout(self, value: float | None, /) -> None:
        """It never waits."""

    def close(self) -> None:
        """And nothing of it stays."""
        self.asked.clear()
        self.said.clear()
        super().close()

    def _move(self, size: int) -> None:
        self.moved, self.moved_at = self.moved + size, time.monotonic()

    def _is_whole(self) -> bool:
        if not self._whole:
            self._read_head()
        return 0 < self._whole <= self.asked.length

    def _read_head(self) -> None:
        end = self.asked.memory.find(b"\r\n\r\n", self._looked)
        self._looked = max(0, len(self.asked.memory) - 3)
        if (self._looked if end < 0 else end) > HEAD_BYTES_MAX:
            raise RefusedLine(b"431 Request Header Fields Too Large", b"The head of it is too long.")
        if end < 0:
            return
        head = bytes(self.asked.memory[: end + 2])
        if _IN_CHUNKS.search(head):
            # Django reads no form that does not state its length.
            raise RefusedLine(b"411 Length Required", b"What was sent does not say how long it is.")
        body = _length(head)
        self._whole = end + 4 + body
        if body and _ASKS_FIRST.search(head):
            self.sendall(_GO_ON)


def _length(head: bytes) -> int:
    """Of the form, as gunicorn reads it too: a length that one of us reads otherwise would leave a part of
    the form to be taken for what is asked next.
    """
    found = _LENGTHS.findall(head)
    if not found:
        return 0
    if len(found) > 1 or not re.fullmatch(rb"[0-9]{1,15}", found[0]):
        raise RefusedLine(b"400 Bad Request", b"What was sent does not say rightly how long it is.")
    length = int(found[0])
    if length > BODY_BYTES_MAX:
        raise RefusedLine(b"413 Content Too Large", b"It is larger than a gibibyte. Send it in parts.")
    return length
