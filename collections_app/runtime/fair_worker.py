"""A worker of the web server that takes a connection when it has a thread for what is asked on it.

Gunicorn's own takes every connection that it is offered, and lets it wait in a line of its own while workers
beside it have nothing to do. It also gives a thread to a connection on which nothing is asked yet, for five
seconds; browsers open such connections ahead. And it waits up to two seconds, in which it does nothing else,
until whoever was answered has hung up. Whoever asks or reads letter by letter keeps one of its threads for as
long as they like: a handful of them, and nobody else is answered. Here a request, with its form, gets its
thread once all of it is there, and the thread is free again once all was said, whoever has still to hear it.
"""

import gc
import math
import resource
import selectors
import socket
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import Any

from gunicorn import util
from gunicorn.workers.gthread import DEFAULT_WORKER_DATA_TIMEOUT, TConn, ThreadWorker

from collections_app.runtime.lines import Line, RefusedLine

# Of Linux.
_OFFERED_AFTER: int | None = getattr(socket, "TCP_DEFER_ACCEPT", None)
# What a client still sends after its answer is read and thrown away, so that the answer is not cut off by it.
LINGER_SECONDS = 2.0
THROWN_AWAY_BYTES_MAX = 65_536
# Who asks has so long, and who reads, of whom the kernel tells seldom; and a second longer for so many bytes.
ASK_SECONDS = 10.0
READ_SECONDS = 60.0
BYTES_A_SECOND_MIN = 10_000
# What a process keeps for all who ask and read, in files; who has most of it is left when it is more.
HELD_BYTES_MAX = 2 << 30
_LOOKED_AFTER_SECONDS = 0.5
NO_ROOM_SECONDS = 0.05
_LEFT_WHEN_STOPPING_SECONDS = 2.0
# A page makes some ten thousand objects and frees nearly all of them by itself.
GARBAGE_MIN = 20_000


class FairWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn tells no types
    """What nobody has a thread for waits with the kernel, which gives it to the first who has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Requests that have a thread, or that came on a kept connection and wait for one.
        self._running: set[TConn] = set()
        # Who has not asked all, not heard all or not hung up; of those who hear, what comes after.
        self._waiting: dict[TConn, Future[Any] | None] = {}
        self._looks_at = 0.0

    def init_process(self) -> None:
        """The kernel offers a connection once something has come in on it, or after these seconds."""
        for listener in self.sockets:
            if _OFFERED_AFTER and listener.family != socket.AF_UNIX:
                seconds = int(DEFAULT_WORKER_DATA_TIMEOUT)
                listener.setsockopt(socket.IPPROTO_TCP, _OFFERED_AFTER, seconds)
        # A connection is a file, and so is what is kept of it. Not every system lets it be all that it names.
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
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
        super().set_accept_enabled(enabled and len(self._running) < self.cfg.threads)

    def accept(self, listener: socket.socket) -> None:
        """Offered in the same round in which the last thread was given away, it is left to another. Where no
        more files may be open, it waits until one is closed.
        """
        if len(self._running) < self.cfg.threads:
            try:
                super().accept(listener)
            except OSError as error:
                self.log.warning("A connection could not be taken: %s", error)
                time.sleep(NO_ROOM_SECONDS)

    def enqueue_req(self, conn: TConn) -> None:
        """A connection gets a thread once all is there that was asked on it; until then it costs none."""
        if not isinstance(conn.sock, Line):
            conn.sock = Line(conn.sock)
        conn.sock.begin()
        self._collect(conn)

    def _collect(self, conn: TConn, *_: object) -> None:
        try:
            is_whole = conn.sock.collect()
        except RefusedLine as refused:
            self._refuse(conn, refused.answer)
            return
        except OSError:  # whoever asked has gone, or there is no room
            self._leave(conn)
            return
        if is_whole:
            self._waits_no_more(conn)
            conn.data_ready = True
            self._running.add(conn)
            super().enqueue_req(conn)
            self.set_accept_enabled(self._accepting)
        elif conn not in self._waiting:
            self._wait(conn, self._collect, seconds=ASK_SECONDS)

    def _refuse(self, conn: TConn, answer: bytes) -> None:
        try:
            conn.sock.sendall(answer)
        except OSError:  # gone, though what they asked had come
            self._leave(conn)
        else:
            self._linger(conn)

    def finish_request(self, conn: TConn, fs: "Future[Any]") -> None:
        """A thread is free again; in the next round somebody is taken for it."""
        self._running.discard(conn)
        if conn.sock.said.length:
            self._wait(conn, self._say_on, seconds=READ_SECONDS, event=selectors.EVENT_WRITE, then=fs)
        else:
            self._all_said(conn, fs)

    def _say_on(self, conn: TConn, *_: object) -> None:
        try:
            conn.sock.flush()
        except OSError:
            self._leave(conn)
            return
        if not conn.sock.said.length and (then := self._waits_no_more(conn)):
            self._all_said(conn, then)

    def _all_said(self, conn: TConn, fs: "Future[Any]") -> None:
        """As gunicorn does. What was asked next may have come with what was asked before."""
        conn.close = partial(self._close, conn)
        if conn.parser:
            conn.sock.asked.put_back(conn.parser.unreader.take_buffered())
        super().finish_request(conn, fs)
        if conn.sock.asked.length and self.keepalived_conns and self.keepalived_conns[-1] is conn:
            self.on_client_socket_readable(conn, conn.sock)

    def murder_pending(self) -> None:
        """Asked in each round: who took too long to ask, to read or to hang up is left."""
        now = time.monotonic()
        if now < self._looks_at:
            return
        self._looks_at = now + _LOOKED_AFTER_SECONDS
        for conn in [each for each in self._waiting if self._is_late(each, now)]:
            self._leave(conn)
        if sum(each.sock.held for each in (*self._waiting, *self._running)) > HELD_BYTES_MAX:
            most = max((*self._waiting, *self._running), key=lambda each: each.sock.held)
            with suppress(OSError):
                most.sock.shutdown(socket.SHUT_RDWR)

    def _is_late(self, conn: TConn, now: float) -> bool:
        line: Line = conn.sock
        still_asks = self._waiting[conn] is None
        is_left = not self.alive and still_asks and now > line.moved_at + _LEFT_WHEN_STOPPING_SECONDS
        return is_left or line.is_late(now)

    def _close(self, conn: TConn, graceful: bool = False) -> None:
        """As gunicorn's own, but others are served until a client that was answered hangs up."""
        self.nr_conns += 1
        if graceful:
            self._linger(conn)
        else:
            self._leave(conn)

    def _linger(self, conn: TConn) -> None:
        self._waits_no_more(conn)
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._leave(conn)
            return
        self._wait(conn, self._throw_away, seconds=LINGER_SECONDS, pace=math.inf)
        self._throw_away(conn)

    def _throw_away(self, conn: TConn, *_: object) -> None:
        """Something came after the answer, or its client hung up."""
        with suppress(OSError):
            conn.sock.hear(THROWN_AWAY_BYTES_MAX)
            if conn.sock.moved < THROWN_AWAY_BYTES_MAX:
                return
        self._leave(conn)

    def _leave(self, conn: TConn) -> None:
        self._waits_no_more(conn)
        self.nr_conns -= 1
        vars(conn).pop("close", None)  # what leads back to itself would stay for a while
        util.close(conn.sock)

    def _wait(
        self,
        conn: TConn,
        what: Callable[..., None],
        *,
        seconds: float,
        pace: float = BYTES_A_SECOND_MIN,
        event: int = selectors.EVENT_READ,
        then: "Future[Any] | None" = None,
    ) -> None:
        """Without a thread, for ``what`` is done when something moves."""
        conn.sock.wait(seconds=seconds, pace=pace)
        self._waiting[conn] = then
        self.poller.register(conn.sock, event, partial(what, conn))

    def _waits_no_more(self, conn: TConn) -> "Future[Any] | None":
        if conn not in self._waiting:
            return None
        self.poller.unregister(conn.sock)
        return self._waiting.pop(conn)
