"""A real mail server on loopback that keeps what it accepted, and misbehaves where the test wants."""

import asyncio
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message as Mail
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

# What it does at a step: an answer in its place, or None to go on as it should.
Mischief = Callable[[str], str | None]
STEPS = ("MAIL", "RCPT", "DATA", "END")


class Hangs(Exception):
    """It says nothing more on this connection."""


class Drops(Exception):
    """It ends the connection without a word."""


@dataclass
class Sink:
    """What the server accepted: the raw messages, in order."""

    accepted: list[bytes] = field(default_factory=list)
    connections: int = 0
    mischief: Mischief = lambda step: None
    port: int = 0

    @property
    def mails(self) -> list[Mail]:
        """As a reader's program shows them."""
        return [message_from_bytes(raw) for raw in self.accepted]

    @property
    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.mails]


class _Server(SMTP):
    """aiosmtpd's, with a word before each step."""

    sink: Sink

    async def _does(self, step: str) -> bool:
        """Whether it goes on; otherwise it has answered, or never will."""
        try:
            said = self.sink.mischief(step)
        except Hangs:
            await asyncio.sleep(3600)
        except Drops:
            assert isinstance(self.transport, asyncio.WriteTransport)
            self.transport.abort()
            raise asyncio.CancelledError from None
        if said:
            await self.push(said)
        return not said

    async def smtp_MAIL(self, arg: str | None) -> None:
        if await self._does("MAIL"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:
        if await self._does("RCPT"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str | None) -> None:
        if await self._does("DATA"):
            await super().smtp_DATA(arg)


class _Keeping:
    """Accepts; what it does at the end of a message comes after it was kept, or instead of keeping it."""

    def __init__(self, sink: Sink) -> None:
        self.sink = sink

    async def handle_DATA(self, server: _Server, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.original_content, bytes)
        said = self.sink.mischief("BEFORE")
        if said:
            return said
        self.sink.accepted.append(envelope.original_content)
        await server._does("END")
        return "250 taken"


@contextmanager
def mail_server(sink: Sink) -> Iterator[Sink]:
    """Serve on a free port of loopback, in a thread of its own."""
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # aiosmtpd tells every word that was said
    loop = asyncio.new_event_loop()
    door = socket.create_server(("127.0.0.1", 0))
    sink.port = door.getsockname()[1]

    def protocol() -> _Server:
        sink.connections += 1
        made = _Server(_Keeping(sink), enable_SMTPUTF8=False, hostname="mail.example", loop=loop)
        made.sink = sink
        return made

    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    # In its own thread: a browser in this one has a loop that runs already.
    server = asyncio.run_coroutine_threadsafe(loop.create_server(protocol, sock=door), loop).result()
    try:
        yield sink
    finally:
        loop.call_soon_threadsafe(_stop, loop, server)
        thread.join()
        loop.close()


def _stop(loop: asyncio.AbstractEventLoop, server: Any) -> None:
    server.close()
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.call_later(0.05, loop.stop)
