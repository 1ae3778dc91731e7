"""A small IMAP server on loopback: one folder, and it drops the connection where the test wants."""

import datetime as dt
import re
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

USER, PASSWORD = "collections@north.example", "s3cret"


@dataclass
class Box:
    """The mails by uid, which of them are seen, and what was asked."""

    mails: dict[int, bytes] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    arrived: dict[int, dt.date] = field(default_factory=dict)
    # For how long the uids mean the same; None for a server that does not say.
    validity: int | None = 7
    asked: list[str] = field(default_factory=list)
    # Whether it drops the connection instead of doing what is asked.
    drops: Callable[[str], bool] = lambda asked: False
    port: int = 0

    def add(self, raw: bytes, *, on: dt.date = dt.date(2026, 3, 11)) -> int:
        """One more mail, not seen yet."""
        uid = max(self.mails, default=100) + 1
        self.mails[uid], self.arrived[uid] = raw, on
        return uid

    def count_anew(self) -> None:
        """As after a move to another server: every mail gets another number."""
        self.validity = (self.validity or 0) + 1
        new = {uid: place for place, uid in enumerate(sorted(self.mails), 1)}
        self.mails = {new[uid]: raw for uid, raw in self.mails.items()}
        self.arrived = {new[uid]: on for uid, on in self.arrived.items()}
        self.seen = {new[uid] for uid in self.seen}

    def found(self, said: str) -> list[int]:
        """What a search finds: what is not seen, or from a uid and a day on; ``*`` is the last there is."""
        if said == "UNSEEN":
            return [uid for uid in self.mails if uid not in self.seen]
        asked = re.fullmatch(r"UID (\d+):\* SINCE (\S+)", said)
        assert asked, said
        since = dt.datetime.strptime(asked.group(2), "%d-%b-%Y").date()  # noqa: DTZ007  # a day has no zone
        first = min(int(asked.group(1)), max(self.mails, default=0))
        return [uid for uid in self.mails if uid >= first and self.arrived[uid] >= since]

    @property
    def url(self) -> str:
        """As settings name it."""
        return f"imap://collections%40north.example:{PASSWORD}@127.0.0.1:{self.port}/INBOX"


class _Talk(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        box: Box = self.server.box  # type: ignore[attr-defined]
        self._say("* OK ready")
        while line := self.rfile.readline().decode("ascii").strip():
            tag, _, asked = line.partition(" ")
            box.asked.append(asked)
            if box.drops(asked):
                return
            if asked.upper() == "LOGOUT":
                self._say("* BYE", f"{tag} OK done")
                return
            self._say(f"{tag} {self._do(box, asked)}")

    def _do(self, box: Box, asked: str) -> str:
        verb, _, rest = asked.partition(" ")
        if verb == "CAPABILITY":
            self._say("* CAPABILITY IMAP4rev1")
        elif verb == "LOGIN":
            given = [word.strip('"') for word in rest.split()]
            return "OK in" if given == [USER, PASSWORD] else "NO [AUTHENTICATIONFAILED] wrong"
        elif verb == "SELECT":
            if rest != '"INBOX"':
                return "NO no such folder"
            self._say(f"* {len(box.mails)} EXISTS")
            if box.validity is not None:
                self._say(f"* OK [UIDVALIDITY {box.validity}] they hold")
        elif verb == "UID":
            self._uid(box, rest)
        return "OK done"

    def _uid(self, box: Box, rest: str) -> None:
        verb, _, said = rest.partition(" ")
        if verb == "SEARCH":
            self._say(f"* SEARCH {' '.join(str(uid) for uid in box.found(said))}")
            return
        uid = int(said.split()[0])
        if uid not in box.mails:
            return
        if verb == "STORE":
            box.seen.add(uid)
        elif "RFC822.SIZE" in said:
            self._say(f"* 1 FETCH (UID {uid} RFC822.SIZE {len(box.mails[uid])})")
        else:
            part = re.search(r"<0\.(\d+)>", said)
            raw = box.mails[uid][: int(part.group(1)) if part else None]
            self.wfile.write(f"* 1 FETCH (UID {uid} BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads = True, True

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that was dropped is what the test wants."""


@contextmanager
def imap_server(box: Box) -> Iterator[Box]:
    """Serve on a free port of loopback, in a thread of its own."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.box = box  # type: ignore[attr-defined]
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
