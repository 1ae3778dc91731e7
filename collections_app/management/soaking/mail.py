"""A mail server on loopback that takes every message and keeps it, in a thread of its own."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message as Mail

_ANSWERS = {b"EHLO": b"250 mail.example", b"HELO": b"250 mail.example", b"DATA": b"354 go on"}


class _Conversation(socketserver.StreamRequestHandler):
    """SMTP as far as it takes to accept."""

    server: "Recorder"

    def handle(self) -> None:
        """Until they leave."""
        self._say(b"220 mail.example")
        for line in iter(self.rfile.readline, b""):
            word = line[:4].upper()
            if word == b"QUIT":
                self._say(b"221 bye")
                return
            self._say(_ANSWERS.get(word, b"250 taken"))
            if word == b"DATA" and self._take():
                self._say(b"250 taken")

    def _take(self) -> bool:
        """Keep what was sent up to the dot; what ends before it was never sent."""
        lines: list[bytes] = []
        for line in iter(self.rfile.readline, b""):
            if line == b".\r\n":
                self.server.taken.append(b"".join(lines))
                return True
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return False

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


class Recorder(socketserver.ThreadingTCPServer):
    """What arrived, in order."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.taken: list[bytes] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def mails(self) -> list[Mail]:
        """As the programs of their readers show them."""
        return [message_from_bytes(raw) for raw in list(self.taken)]

    def handle_error(self, request: object, client_address: object) -> None:
        """A worker that was killed in the middle of a sentence."""


@contextmanager
def recorder() -> Iterator[Recorder]:
    """It listens while the block lasts."""
    with Recorder() as made:
        thread = threading.Thread(target=made.serve_forever, daemon=True)
        thread.start()
        try:
            yield made
        finally:
            made.shutdown()
            thread.join()
