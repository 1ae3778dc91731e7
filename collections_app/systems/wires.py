"""Handing something over to another system: one POST, to an address of the world, and what it answered.

The name is looked up once, every address that it has must be public, and the connection goes to the one that
was looked at: a name that changes in between leads nowhere else. Redirections are not followed, proxies
of the environment not asked, and no more is read of an answer than people are shown. All of it has one
deadline: an answer that comes in drops keeps nobody longer than none.
"""

import http.client
import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from collections_app.systems.rules import delivering

SECONDS_MAX = 8.0  # for all of it: to connect, to send, to answer
ANSWER_BYTES_READ = 1200
TAKEN = range(200, 300)


@dataclass(frozen=True, slots=True)
class Answered:
    """What the other side said. Without a status ``text`` tells why there was no answer."""

    status: int | None
    text: str

    @property
    def is_taken(self) -> bool:
        """Whether it took what it was told."""
        return self.status in TAKEN


class _Unreachable(Exception):
    """The address leads where nothing is sent."""


class _Timed(io.RawIOBase):
    """A connection until a deadline. A time limit of a socket begins anew with every byte; this one does
    not.
    """

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self.sock, self.deadline = sock, deadline

    def readable(self) -> bool:
        """It is read through a buffer."""
        return True

    def readinto(self, buffer: Any) -> int:
        """What has come by now."""
        self.sock.settimeout(_left(self.deadline))
        return self.sock.recv_into(buffer)

    def sendall(self, data: bytes) -> None:
        """All of it."""
        view = memoryview(data)
        while view:
            self.sock.settimeout(_left(self.deadline))
            view = view[self.sock.send(view) :]

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Where an answer is read from."""
        return io.BufferedReader(self)

    def close(self) -> None:
        """Whoever opened the socket closes it: an answer is read after its connection was left."""


def post(address: str, body: bytes, headers: Mapping[str, str], *, allows_loopback: bool) -> Answered:
    """Send ``body`` there. Never raises for what the other side does."""
    try:
        return _post(urlsplit(address), body, headers, allows_loopback=allows_loopback)
    except _Unreachable as why:
        return Answered(None, str(why))
    except ssl.SSLError as error:
        return Answered(None, f"The connection could not be made safe: {error.reason or error}.")
    except TimeoutError:
        return Answered(None, f"No answer came within {SECONDS_MAX:.0f} seconds.")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answered(None, f"It could not be reached: {error or type(error).__name__}.")


def _post(parts: SplitResult, body: bytes, headers: Mapping[str, str], *, allows_loopback: bool) -> Answered:
    is_safe = parts.scheme == "https"
    port = parts.port or (443 if is_safe else 80)
    host = parts.hostname or ""
    is_local = allows_loopback and delivering.is_loopback(parts)
    if not is_safe and not is_local:
        raise _Unreachable("Only addresses that begin with https:// are told something.")
    deadline = time.monotonic() + SECONDS_MAX
    addresses = _addresses_of(host, port, is_local=is_local)
    connection, sock = http.client.HTTPConnection(host, port), _connected(addresses, port, deadline)
    try:
        if is_safe:
            sock.settimeout(_left(deadline))
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        connection.sock = _Timed(sock, deadline)  # all of a socket that is used
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, dict(headers))
        response = connection.getresponse()
        beginning = _beginning(response).decode("utf-8", "replace")
        return Answered(response.status, " ".join(beginning.replace("\x00", "").split()))
    finally:
        connection.close()
        sock.close()


def _beginning(response: http.client.HTTPResponse) -> bytes:
    """What people are shown. It was taken or not by then: what does not come in time is not waited for."""
    read = b""
    with suppress(TimeoutError):
        while len(read) < ANSWER_BYTES_READ and (piece := response.read1(ANSWER_BYTES_READ - len(read))):
            read += piece
    return read


def _left(deadline: float) -> float:
    """Seconds until then. Raises ``TimeoutError`` when there are none."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


def _connected(addresses: Sequence[str], port: int, deadline: float) -> socket.socket:
    """A connection to the first of them that answers."""
    for place, address in enumerate(addresses, start=1):
        try:
            return socket.create_connection((address, port), timeout=_left(deadline))
        except OSError:
            if place == len(addresses):
                raise
    raise _Unreachable("The name leads nowhere.")


def _addresses_of(host: str, port: int, *, is_local: bool) -> list[str]:
    """What the name leads to, each an address to which something may be sent."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    addresses = [ipaddress.ip_address(each.partition("%")[0]) for each in found]
    may = all(address.is_loopback if is_local else delivering.is_public(address) for address in addresses)
    if not may:
        raise _Unreachable("The name leads to a private network, and nothing is sent there.")
    return found
