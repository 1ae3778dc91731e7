"""Whoever asks or reads slowly, in whichever way, keeps nobody waiting, and is answered when they go on."""

import re
import select
import socket
import time
from contextlib import suppress

import pytest

from tests.runtime.web_servers import LONG_BYTES, SECONDS_MAX, Server, answer, limits, server, workers

__all__ = ["limits", "server", "workers"]
ONE = pytest.mark.parametrize("workers", [1], indirect=True)
FORM_BYTES = 300_000
HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % FORM_BYTES
PATIENT = HEAD.replace(b"Content-Length", b"Expect: 100-continue\r\nContent-Length")
LARGE_HEAD = HEAD.replace(b"Content-Length", b"X: %b\r\n" % (b"x" * 7_500) * 4 + b"Content-Length")


def reader(server: Server, path: str, *, ends: str = "\r\nConnection: close") -> socket.socket:
    """Who asks for much and has room for little."""
    asker = server.own(socket.socket())
    asker.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    asker.settimeout(SECONDS_MAX)
    asker.connect(("127.0.0.1", server.port))
    asker.sendall(f"GET {path} HTTP/1.1\r\nHost: x{ends}\r\n\r\n".encode())
    return asker


@ONE
@pytest.mark.parametrize("begun", [HEAD, PATIENT, LARGE_HEAD, HEAD + b"a" * (FORM_BYTES - 1)])
def test_a_long_form_of_which_something_is_missing_keeps_nobody_waiting(server: Server, begun: bytes) -> None:
    assert answer(server.ask("/")).endswith(b"ok")
    slow = [server.connect() for _ in range(3)]
    for each in slow:
        each.sendall(begun)

    assert answer(server.ask("/")).endswith(b"ok")

    if begun == PATIENT:
        assert slow[0].recv(4096).startswith(b"HTTP/1.1 100")
    slow[0].sendall(b"a" * (FORM_BYTES - len(begun.partition(b"\r\n\r\n")[2])))
    assert answer(slow[0]).endswith(b"a" * FORM_BYTES + b"ok")


@ONE
def test_half_of_another_request_behind_a_whole_one_keeps_nobody_waiting(server: Server) -> None:
    slow = [server.connect() for _ in range(3)]
    for each in slow:
        each.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\nG")
        told = b""
        while not told.endswith(b"ok"):
            told += each.recv(4096)

    assert answer(server.ask("/")).endswith(b"ok")

    assert not select.select(slow, [], [], 0)[0]  # none was given up first
    slow[0].sendall(b"ET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer(slow[0]).endswith(b"ok")


@ONE
def test_who_asks_twice_and_hangs_up_is_answered_twice(server: Server) -> None:
    asker = server.connect()
    asker.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 2)
    asker.shutdown(socket.SHUT_WR)
    assert answer(asker).count(b"200 OK") == 2


@ONE
def test_what_does_not_state_its_length_or_has_no_end_of_head_is_refused_at_once(server: Server) -> None:
    chunked = server.connect()
    chunked.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    assert answer(chunked).startswith(b"HTTP/1.1 411 ")
    endless = server.connect()
    endless.sendall(b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 6_000)
    assert answer(endless).startswith(b"HTTP/1.1 431 ")
    assert answer(server.ask("/")).endswith(b"ok")


@ONE
@pytest.mark.parametrize("path", ["/long", "/file"])
def test_who_reads_slowly_keeps_nobody_waiting_and_gets_all(server: Server, path: str) -> None:
    assert answer(server.ask("/")).endswith(b"ok")
    slow = [reader(server, path) for _ in range(3)]
    for each in slow:
        assert each.recv(1)  # it is being said

    assert answer(server.ask("/")).endswith(b"ok")

    said = answer(slow[0])
    if path == "/file":
        assert said.partition(b"\r\n\r\n")[2] == b"0123456789" * (LONG_BYTES // 10)
    else:
        assert len(re.findall(rb"(?:0123456789){10000}\r\n", said)) == LONG_BYTES // 100_000
        assert said.endswith(b"\r\n0\r\n\r\n")
    for each in slow:
        each.close()  # a stop would wait for them


@ONE
def test_on_a_kept_connection_the_next_is_said_after_all_of_the_one_before(server: Server) -> None:
    slow = reader(server, "/file", ends="")
    slow.sendall(b"GET /kept HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")

    assert answer(server.ask("/")).endswith(b"ok")

    first, _, second = answer(slow).partition(b"\r\n\r\n")[2].partition(b"HTTP/1.1 200 OK")
    assert (len(first), second != b"") == (LONG_BYTES, True)


@ONE
@pytest.mark.parametrize(
    "limits", [{"ASK_SECONDS": 0.5, "READ_SECONDS": 0.5, "BYTES_A_SECOND_MIN": 1e12}], indirect=True
)
def test_who_takes_too_long_is_left(server: Server) -> None:
    asker, slow = server.connect(), reader(server, "/long")
    asker.sendall(HEAD)
    assert asker.recv(1) == b""
    time.sleep(2.0)
    with suppress(ConnectionResetError):
        assert len(answer(slow)) < LONG_BYTES
    assert answer(server.ask("/")).endswith(b"ok")


@ONE
@pytest.mark.parametrize("limits", [{"ASK_SECONDS": 0.5, "BYTES_A_SECOND_MIN": 1e5}], indirect=True)
def test_who_is_slow_and_moves_is_waited_for(server: Server) -> None:
    asker = server.connect()
    asker.sendall(HEAD)
    for _ in range(15):  # 1.5 seconds, at twice the pace that is asked for
        time.sleep(0.1)
        asker.sendall(b"a" * (FORM_BYTES // 15))
    assert answer(asker).endswith(b"a" * FORM_BYTES + b"ok")


@ONE
@pytest.mark.parametrize("limits", [{"HELD_BYTES_MAX": 1_000_000}], indirect=True)
def test_what_is_more_than_all_that_is_kept_is_cut_off(server: Server) -> None:
    slow = reader(server, "/long")
    assert slow.recv(1)
    time.sleep(2.0)
    with suppress(ConnectionResetError):
        assert len(answer(slow)) < LONG_BYTES
    assert answer(server.ask("/")).endswith(b"ok")


@ONE
def test_who_is_in_the_middle_when_it_stops_is_served_to_the_end(server: Server) -> None:
    asker, slow = server.connect(), reader(server, "/file")
    asker.sendall(HEAD)
    assert slow.recv(1)
    server.stop()
    for _ in range(6):  # longer than whoever is silent is waited for
        time.sleep(0.5)
        asker.sendall(b"a" * (FORM_BYTES // 6))

    assert answer(asker).endswith(b"a" * FORM_BYTES + b"ok")
    assert len(answer(slow).partition(b"\r\n\r\n")[2]) == LONG_BYTES
