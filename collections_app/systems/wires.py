"""Handing something over to another system: one POST, to an address of the world, and what it answered.

The name is looked up once, every address that it has must be public, and the connection goes to the one that
was looked at: a name that changes in between leads nowhere else. Redirections are not followed, proxies
of the environment not asked, and no more is read of an answer than people are shown.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from collections_app.systems.rules import delivering

SECONDS_MAX = 8.0  # for each step: to connect, to send, to answer
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
    addresses = _addresses_of(host, port, is_local=is_local)
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS_MAX)
    connection.sock = _connected(addresses, port)
    try:
        if is_safe:
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(connection.sock, server_hostname=host)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, dict(headers))
        response = connection.getresponse()
        beginning = response.read(ANSWER_BYTES_READ).decode("utf-8", "replace")
        return Answered(response.status, " ".join(beginning.replace("\x00", "").split()))
    finally:
        connection.close()


def _connected(addresses: Sequence[str], port: int) -> socket.socket:
    """A connection to the first of them that answers."""
    for place, address in enumerate(addresses, start=1):
        try:
            return socket.create_connection((address, port), timeout=SECONDS_MAX)
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
