"""The address of the web server: a listening socket, made here and handed over, so it cannot be lost."""

from __future__ import annotations

import errno
import socket

from collections_app.runtime.refusals import CannotStart

PORT = 8000
_TRIED_MAX = 50


def listen(host: str, wanted: int | None) -> socket.socket:
    """On the wanted port or not at all; without a wish, on the first free one from PORT on."""
    if wanted is not None:
        return _listen(host, wanted)
    for port in range(PORT, PORT + _TRIED_MAX):
        try:
            return _listen(host, port)
        except PortTaken:
            continue
    raise CannotStart(f"No port from {PORT} to {PORT + _TRIED_MAX - 1} is free. Choose one with --port.")


class PortTaken(CannotStart):
    """Another program listens there."""


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise CannotStart(f"There is no address {host!r} on this machine.") from error
    door = socket.socket(family, kind, protocol)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind(address)
        door.listen(256)
    except OSError as error:
        door.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(
                f"Port {port} is taken by another program. Choose another one with --port, "
                "or leave --port out and the next free one is used."
            ) from error
        if error.errno == errno.EACCES:
            raise CannotStart(
                f"Port {port} is reserved for root. Choose one from 1024 on with --port."
            ) from error
        raise CannotStart(f"The workbench cannot listen on {host} port {port}: {error.strerror}.") from error
    return door


def url(door: socket.socket) -> str:
    """What to type into a browser on this machine."""
    host, port = door.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(host, host)
    return f"http://{host}:{port}/"
