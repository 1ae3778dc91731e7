"""Nobody waits for a worker that is busy, or for a browser that asks nothing, while a worker is free."""

import re
import select
import socket
import time

import pytest

from collections_app.runtime import fair_worker
from tests.runtime.web_servers import SECONDS_MAX, Server, answer, limits, server, workers

__all__ = ["limits", "server", "workers"]


def send_on(asker: socket.socket, what: bytes) -> None:
    """Until whoever does not listen any more has hung up."""
    while True:
        asker.sendall(what)
        time.sleep(0.01)


@pytest.mark.parametrize("workers", [2], indirect=True)
def test_what_a_busy_worker_cannot_take_another_takes(server: Server) -> None:
    assert answer(server.ask("/")).endswith(b"ok")  # it is up
    slow = server.ask("/slow")

    quick = [answer(server.ask("/")) for _ in range(20)]

    assert all(each.endswith(b"ok") for each in quick)
    assert not select.select([slow], [], [], 0)[0]
    server.let_go()
    assert answer(slow).endswith(b"ok")


@pytest.mark.parametrize("workers", [1], indirect=True)
def test_a_connection_on_which_nothing_is_asked_keeps_nobody_waiting(server: Server) -> None:
    assert answer(server.ask("/")).endswith(b"ok")
    idle = [server.connect() for _ in range(3)]

    assert answer(server.ask("/")).endswith(b"ok")

    assert not select.select(idle, [], [], 0)[0]  # none was given up first
    idle[0].sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer(idle[0]).endswith(b"ok")


@pytest.mark.parametrize("workers", [1], indirect=True)
def test_a_connection_is_kept_and_asked_again(server: Server) -> None:
    kept = server.connect()
    for _ in range(3):
        kept.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        told = b""
        while not told.endswith(b"ok"):
            told += kept.recv(4096)
    assert answer(server.ask("/")).endswith(b"ok")


@pytest.mark.parametrize("workers", [1], indirect=True)
def test_what_is_loaded_is_not_looked_through_for_garbage(server: Server) -> None:
    kept = answer(server.ask("/kept")).partition(b"\r\n\r\n")[2]
    assert re.search(rb"\d{4,}", kept)


@pytest.mark.parametrize("workers", [1], indirect=True)
def test_everybody_who_comes_while_it_is_busy_is_answered_after(server: Server) -> None:
    assert answer(server.ask("/")).endswith(b"ok")
    slow = server.ask("/slow")
    others = [server.ask("/") for _ in range(20)]
    server.let_go()
    assert all(answer(each).endswith(b"ok") for each in [slow, *others])


@pytest.mark.parametrize("workers", [1], indirect=True)
def test_who_was_answered_and_does_not_hang_up_keeps_nobody_waiting(server: Server) -> None:
    """More of them before somebody than that one would wait, were each waited for."""
    assert answer(server.ask("/")).endswith(b"ok")
    lingering = [server.ask("/") for _ in range(2 * int(SECONDS_MAX / fair_worker.LINGER_SECONDS))]
    assert answer(server.ask("/")).endswith(b"ok")
    assert all(each.recv(4096) for each in lingering)


@pytest.mark.parametrize("workers", [1], indirect=True)
def test_what_comes_after_the_answer_does_not_cut_it_off_and_ends(server: Server) -> None:
    asker = server.connect()
    asker.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 9\r\n\r\n123")
    asker.sendall(b"456789 and more that nobody asked for")
    told = b"".join(iter(lambda: asker.recv(4096), b""))
    assert told.endswith(b"ok")

    with pytest.raises((BrokenPipeError, ConnectionResetError)):  # too much of it, or for too long
        send_on(asker, b"." * 4096)
    assert answer(server.ask("/")).endswith(b"ok")


@pytest.mark.parametrize("workers", [1], indirect=True)
def test_who_does_not_hang_up_is_left_after_a_while(server: Server) -> None:
    asker = server.ask("/")
    while asker.recv(4096):
        pass

    with pytest.raises((BrokenPipeError, ConnectionResetError)):
        send_on(asker, b".")
    assert answer(server.ask("/")).endswith(b"ok")


FORM = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 8\r\n\r\nname=sam"


@pytest.mark.parametrize("workers", [1], indirect=True)
def test_whoever_asks_letter_by_letter_keeps_nobody_waiting(server: Server) -> None:
    assert answer(server.ask("/")).endswith(b"ok")
    for there in (1, FORM.index(b"\r\n\r\n") + 2, len(FORM) - 1):
        slow = [server.connect() for _ in range(3)]
        for each in slow:
            each.sendall(FORM[:there])

        assert answer(server.ask("/")).endswith(b"ok")

        assert not select.select(slow, [], [], 0)[0]  # none was given up first
        for letter in FORM[there:]:
            slow[0].sendall(bytes([letter]))
        assert answer(slow[0]).endswith(b"name=samok")


@pytest.mark.parametrize("workers", [1], indirect=True)
def test_a_form_arrives_whole_whatever_its_size_and_pieces(server: Server) -> None:
    for size in (31 * 1024, 33 * 1024, 3_000_000):
        words = f"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\ncontent-length:{size}\r\n\r\n"
        asker, third = server.connect(), size // 3 + 1
        asker.sendall(words.encode())
        for begin in range(0, size, third):
            asker.sendall(b"a" * min(third, size - begin))
        assert answer(asker).endswith(b"a" * size + b"ok")


@pytest.mark.parametrize("workers", [1], indirect=True)
def test_who_waits_for_our_word_before_the_form_gets_it(server: Server) -> None:
    asker = server.connect()
    asker.sendall(
        FORM[:-12].replace(b"Content-Length", b"Expect: 100-continue\r\nContent-Length") + b"\r\n\r\n"
    )
    assert asker.recv(4096).startswith(b"HTTP/1.1 100")
    asker.sendall(b"name=sam")
    assert answer(asker).endswith(b"name=samok")


@pytest.mark.parametrize("workers", [1], indirect=True)
def test_two_questions_at_once_on_one_connection_are_both_answered(server: Server) -> None:
    kept = server.connect()
    kept.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 2 + FORM[:20])
    kept.sendall(FORM[20:])
    told = answer(kept)
    assert (told.count(b"200 OK"), told.endswith(b"name=samok")) == (3, True)


@pytest.mark.parametrize("workers", [1], indirect=True)
def test_who_hangs_up_in_the_middle_leaves_nothing_behind(server: Server) -> None:
    for there in (1, len(FORM) - 1):
        with server.connect() as gone:
            gone.sendall(FORM[:there])
    assert answer(server.ask("/")).endswith(b"ok")
