"""A worker of the web server that takes a connection when it has a thread for what is asked on it.

Gunicorn's own takes every connection that it is offered, and lets it wait in a line of its own while workers
beside it have nothing to do. It also gives a thread to a connection on which nothing is asked yet, for five
seconds; browsers open such connections ahead. And it waits up to two seconds, in which it does nothing else,
until whoever was answered has hung up. Whoever asks letter by letter keeps one of its threads for as long as
they like: a handful of them, and nobody else is answered. Here a request, with its form when that is short,
gets its thread once all of it is there.
"""

import gc
import re
import selectors
import socket
import time
from concurrent.futures import Future
from functools import partial
from typing import Any

from gunicorn import util
from gunicorn.workers.gthread import DEFAULT_WORKER_DATA_TIMEOUT, TConn, ThreadWorker

# Of Linux.
_OFFERED_AFTER: int | None = getattr(socket, "TCP_DEFER_ACCEPT", None)
# What a client still sends after its answer is read and thrown away, so that the answer is not cut off by it.
LINGER_SECONDS = 2.0
THROWN_AWAY_BYTES_MAX = 65_536
# So much of a request is waited for without a thread, and for so long. A proxy in front sends it at once.
_WAITED_BYTES_MAX = 32 * 1024
_WAITED_SECONDS_MAX = 10.0
_LEFT_WHEN_STOPPING_SECONDS = 2.0
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,9})[ \t]*\r\n", re.IGNORECASE)
_ASKS_FIRST = re.compile(rb"\r\n(?:expect|transfer-encoding):", re.IGNORECASE)
# A page makes some ten thousand objects and frees nearly all of them by itself.
GARBAGE_MIN = 20_000


class FairWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn tells no types
    """What nobody has a thread for waits with the kernel, which gives it to the first who has."""

    # Requests that have a thread, or that came on a kept connection and wait for one.
    _running = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Who was answered and has not hung up: until when, and how much may still come. The first ends first.
        self._lingering: dict[TConn, list[float]] = {}

    def init_process(self) -> None:
        """The kernel offers a connection once something has come in on it, or after these seconds."""
        for listener in self.sockets:
            if _OFFERED_AFTER and listener.family != socket.AF_UNIX:
                seconds = int(DEFAULT_WORKER_DATA_TIMEOUT)
                listener.setsockopt(socket.IPPROTO_TCP, _OFFERED_AFTER, seconds)
        super().init_process()

    def load_wsgi(self) -> None:
        """The product stays as long as the process does. To look it through for what nobody needs any more
        keeps the request in which that happens waiting for fifty milliseconds, and frees nothing.
        """
        super().load_wsgi()
        gc.collect()
        gc.freeze()
        gc.set_threshold(GARBAGE_MIN, *gc.get_threshold()[1:])

    def set_accept_enabled(self, enabled: bool) -> None:
        """Asked in each round: connections are taken while a thread is free."""
        super().set_accept_enabled(enabled and self._running < self.cfg.threads)

    def accept(self, listener: socket.socket) -> None:
        """Offered in the same round in which the last thread was given away, it is left to another."""
        if self._running < self.cfg.threads:
            super().accept(listener)

    def enqueue_req(self, conn: TConn) -> None:
        """A connection gets a thread once all is there that was asked on it; until then it costs none."""
        wanted = _wanted(conn)
        _wake_at(conn.sock, wanted)
        if wanted:
            self._wait_for(conn)
            return
        conn.data_ready = True
        conn.waits_until, conn.was_there = None, -1
        self._running += 1
        super().enqueue_req(conn)
        self.set_accept_enabled(self._accepting)

    def finish_request(self, conn: TConn, fs: "Future[Any]") -> None:
        """A thread is free again; in the next round somebody is taken for it."""
        self._running -= 1
        conn.close = partial(self._close, conn)
        super().finish_request(conn, fs)

    def murder_pending(self) -> None:
        """Asked in each round: who took too long to ask, and who has not hung up by now, is left. Who came
        earlier may stand behind who came later.
        """
        ends = time.monotonic()
        if not self.alive:
            ends += _WAITED_SECONDS_MAX - _LEFT_WHEN_STOPPING_SECONDS
        for conn in [each for each in self.pending_conns if each.timeout <= ends]:
            self.pending_conns.remove(conn)
            self.poller.unregister(conn.sock)
            self.nr_conns -= 1
            conn.close()
        now = time.monotonic()
        for conn in [conn for conn, (until, _) in self._lingering.items() if until <= now]:
            self._leave(conn)

    def _close(self, conn: TConn, graceful: bool = False) -> None:
        """As gunicorn's own, but others are served until a client that was answered hangs up."""
        if not graceful or conn.cfg.is_ssl:
            TConn.close(conn, graceful=graceful)
            return
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
        except OSError:
            util.close(conn.sock)
            return
        self.nr_conns += 1
        self._lingering[conn] = [time.monotonic() + LINGER_SECONDS, THROWN_AWAY_BYTES_MAX]
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._throw_away, conn))
        self._throw_away(conn)

    def _throw_away(self, conn: TConn, *_: object) -> None:
        """Something came after the answer, or its client hung up."""
        try:
            read = len(conn.sock.recv(THROWN_AWAY_BYTES_MAX))
        except BlockingIOError:
            return
        except OSError:
            read = 0
        self._lingering[conn][1] -= read
        if not read or self._lingering[conn][1] <= 0:
            self._leave(conn)

    def _leave(self, conn: TConn) -> None:
        del self._lingering[conn]
        self.nr_conns -= 1
        self.poller.unregister(conn.sock)
        util.close(conn.sock)

    def _wait_for(self, conn: TConn) -> None:
        """As gunicorn does once a thread has waited; for all of a request there is one time."""
        conn.sock.setblocking(False)
        if getattr(conn, "waits_until", None) is None:
            conn.waits_until = time.monotonic() + _WAITED_SECONDS_MAX
        conn.timeout = conn.waits_until
        self.pending_conns.append(conn)
        asked = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, asked)


def _wanted(conn: TConn) -> int:
    """How many bytes have to be there before it is looked at again; 0 when it wants a thread."""
    if conn.initialized and conn.parser.unreader.buf.getvalue():
        return 0  # what was asked next came with what was asked before
    try:
        there = conn.sock.recv(_WAITED_BYTES_MAX, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return 1
    except OSError:
        return 0  # whoever asked has gone, which the thread finds
    if not there or not _tells_how_much(conn.sock):
        return 0
    before, conn.was_there = getattr(conn, "was_there", -1), len(there)
    if before == len(there):
        return 0  # woken, and nothing more has come: whoever asked hung up
    head, end, _ = there.partition(b"\r\n\r\n")
    if not end:
        return len(there) + 1 if len(there) < _WAITED_BYTES_MAX else 0
    length = _LENGTH.search(head + b"\r\n")
    whole = len(head) + len(end) + (int(length[1]) if length else 0)
    waits_for_us = whole > _WAITED_BYTES_MAX or _ASKS_FIRST.search(head)
    return 0 if waits_for_us or len(there) >= whole else whole


def _wake_at(sock: socket.socket, number: int) -> None:
    """Have the kernel tell of so many bytes, and not of each; one that reads waits for one."""
    if _tells_how_much(sock):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, max(1, number))


def _tells_how_much(sock: socket.socket) -> bool:
    """Whether the kernel can wake us at a number of bytes: Linux does, for TCP."""
    return bool(_OFFERED_AFTER) and sock.family != socket.AF_UNIX
