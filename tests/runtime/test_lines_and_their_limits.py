"""A connection on which nobody waits: how long a client may stand still, what is kept, what is refused."""

import socket
import time
from collections.abc import Iterator

import pytest

from collections_app.runtime.lines import STILL_SECONDS_MAX, Held, Line, RefusedLine
from tests.runtime.web_servers import Server, answer, limits, server, workers

__all__ = ["limits", "server", "workers"]
RESET = b"\x01\x00\x00\x00\x00\x00\x00\x00"
POST = b"POST / HTTP/1.1\r\nHost: x\r\n"


@pytest.fixture
def client() -> Iterator[socket.socket]:
    with socket.socket() as made:
        yield made


@pytest.fixture
def line(client: socket.socket) -> Iterator[Line]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        client.connect(listening.getsockname())
        taken, _ = listening.accept()
    with Line(taken) as made:
        yield made


def collect(line: Line) -> None:
    """All that is asked."""
    while not line.collect():
        time.sleep(0.01)


def test_who_was_quick_may_not_stand_still_for_longer_than_others(line: Line) -> None:
    line.wait(seconds=10, pace=10_000)
    line.moved = 300_000_000  # eight hours at that pace
    now = time.monotonic()
    assert not line.is_late(now + STILL_SECONDS_MAX - 1)
    assert line.is_late(now + STILL_SECONDS_MAX + 1)


def test_a_file_counts_until_all_of_it_is_taken() -> None:
    held = Held()
    held.put(b"a" * 1_000_000)
    while held.length > 10:
        held.drop(len(held.first(min(60_000, held.length - 10))))
    assert held.stands == 1_000_000
    held.drop(10)
    assert held.stands == 0


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        (b"Content-Length: 0000000000000044", b"400 "),
        (b"Content-Length: +4", b"400 "),
        (b"Content-Length: 4, 4", b"400 "),
        (b"Content-Length: 4\r\nContent-Length: 4", b"400 "),
        (b"Content-Length:", b"400 "),
        (b"Content-Length: 2000000000", b"413 "),
        (b"Transfer-Encoding: chunked", b"411 "),
    ],
)
def test_a_length_that_could_be_read_in_two_ways_is_refused(
    line: Line, client: socket.socket, stated: bytes, status: bytes
) -> None:
    """What is not read of a form would be taken for what is asked next, perhaps by somebody else."""
    client.sendall(POST + stated + b"\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n")
    with pytest.raises(RefusedLine) as refused:
        collect(line)
    assert refused.value.answer.startswith(b"HTTP/1.1 " + status)


@pytest.mark.parametrize("workers", [1], indirect=True)
def test_who_is_refused_and_gone_takes_nobody_along(server: Server) -> None:
    assert answer(server.ask("/")).endswith(b"ok")
    asker = server.connect()
    asker.sendall(POST + b"Connection: close\r\nContent-Length: 5\r\n\r\nab")
    for _ in range(20):
        gone = server.connect()
        gone.sendall(POST + b"Transfer-Encoding: chunked\r\n\r\n")
        gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        gone.close()

    assert answer(server.ask("/")).endswith(b"ok")
    asker.sendall(b"cde")
    assert answer(asker).endswith(b"abcdeok")
