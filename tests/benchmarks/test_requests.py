"""What clients are told of their requests, by a small server of the test's own."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from collections_app.lib.refusals import Refused
from collections_app.management.benchmarks.requests import asked

BODY = b"customer " * 50_000
SLOW_SECONDS = 0.2


class Page(BaseHTTPRequestHandler):
    """Answers in several pieces; one that is asked for on a path of its own hangs up, or is not there. One
    client waits longer, and one is left without a word after its third request.
    """

    protocol_version = "HTTP/1.1"
    seen: list[str] = []

    def do_GET(self) -> None:
        self.seen.append(self.headers["Cookie"])
        if self.headers["Cookie"] == "slow=1":
            threading.Event().wait(SLOW_SECONDS)
        self.close_connection |= self.seen.count("quick=1") == 3 and self.headers["Cookie"] == "quick=1"
        self.send_response(404 if self.path == "/missing" else 200)
        self.send_header("Content-Length", str(len(BODY)))
        self.send_header("Server-Timing", "page;dur=12.5")
        if self.path == "/closing":
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    Page.seen = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("path", ["/kept", "/closing"])
def test_every_client_asks_as_often_as_it_was_told_on_a_connection_that_is_kept_or_not(
    port: int, path: str
) -> None:
    spent = asked(port, ["one=1", "two=2"], path, times=3)

    assert sorted(Page.seen) == ["one=1"] * 3 + ["two=2"] * 3
    assert len(spent) == 6
    assert {each.server for each in spent} == {0.0125}
    assert all(each.whole > 0 for each in spent)


def test_who_is_ready_early_and_left_by_the_server_is_counted_no_further(port: int) -> None:
    spent = asked(port, ["quick=1", "slow=1"], "/kept", times=3)

    assert sorted(Page.seen) == ["quick=1"] * 3 + ["slow=1"] * 3
    assert len(spent) == 6
    assert sum(each.whole >= SLOW_SECONDS for each in spent) >= 3


def test_a_page_that_is_not_there_is_no_measure(port: int) -> None:
    with pytest.raises(Refused, match="404"):
        asked(port, ["one=1"], "/missing", times=1)
