"""What is held comes out as it went in, wherever it stood meanwhile; time is given to whoever moves."""

import math
import socket
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collections_app.runtime.lines import Held, Line, RefusedLine

WHOLE = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\nname=sam"


@pytest.fixture
def ends() -> Iterator[tuple[Line, socket.socket]]:
    ours, theirs = socket.socketpair()
    with Line(ours) as line, theirs:
        yield line, theirs


@given(st.lists(st.one_of(st.integers(1, 200_000), st.integers(-200_000, -1)), max_size=20))
def test_all_comes_out_in_its_order(steps: list[int]) -> None:
    held, went_in, came_out = Held(), bytearray(), bytearray()
    for number, step in enumerate(steps):
        if step > 0:
            held.put(bytes([number]) * step)
            went_in += bytes([number]) * step
        elif piece := held.first(-step):
            held.drop(len(piece))
            came_out += piece
        assert held.length == len(went_in) - len(came_out)
    while piece := held.first(65_536):
        held.drop(len(piece))
        came_out += piece
    assert came_out == went_in


def test_it_is_whole_with_its_last_letter(ends: tuple[Line, socket.socket]) -> None:
    line, theirs = ends
    for letter in WHOLE[:-1]:
        theirs.sendall(bytes([letter]))
        assert not line.collect()
    theirs.sendall(WHOLE[-1:] + b"GET / HT")
    assert line.collect()
    assert line.recv(1000) == WHOLE


def test_half_of_the_next_waits_for_its_other_half(ends: tuple[Line, socket.socket]) -> None:
    line, theirs = ends
    theirs.sendall(WHOLE + WHOLE[:20])
    assert line.collect()
    read = line.recv(1000)
    line.asked.put_back(read[len(WHOLE) :])  # which gunicorn has read ahead
    line.begin()
    assert not line.collect()
    theirs.sendall(WHOLE[20:])
    assert line.collect()


@pytest.mark.parametrize("spelled", [b"Transfer-Encoding: chunked", b"transfer-encoding :\tgzip, chunked"])
def test_it_takes_nothing_that_states_no_length(ends: tuple[Line, socket.socket], spelled: bytes) -> None:
    line, theirs = ends
    theirs.sendall(b"POST / HTTP/1.1\r\nContent-Length: 8\r\n" + spelled + b"\r\n\r\n")
    with pytest.raises(RefusedLine, match="411"):
        line.collect()


def test_who_hangs_up_before_it_is_whole_has_gone(ends: tuple[Line, socket.socket]) -> None:
    line, theirs = ends
    theirs.sendall(WHOLE[:-1])
    theirs.shutdown(socket.SHUT_WR)
    assert not line.collect()
    with pytest.raises(ConnectionResetError):
        line.collect()


def test_each_second_is_earned_by_what_moves(ends: tuple[Line, socket.socket]) -> None:
    line, theirs = ends
    line.wait(seconds=10, pace=1_000)
    began = line.moved_at
    assert (line.is_late(began + 9.9), line.is_late(began + 10.1)) == (False, True)
    theirs.sendall(b"a" * 5_000)
    line.hear(5_000)
    assert (line.is_late(began + 14.9), line.is_late(began + 15.1)) == (False, True)
    line.wait(seconds=2, pace=math.inf)
    theirs.sendall(b"a" * 5_000)
    line.hear(5_000)
    assert line.is_late(line.moved_at + 2.1)


def test_what_is_not_taken_at_once_is_kept_and_nobody_waits(ends: tuple[Line, socket.socket]) -> None:
    line, theirs = ends
    said = bytes(range(256)) * 20_000
    for begin in range(0, len(said), 100_000):
        line.sendall(said[begin : begin + 100_000])
    assert line.held > 0
    heard = bytearray()
    while len(heard) < len(said):
        heard += theirs.recv(65_536)
        line.flush()
    assert (heard == said, line.held) == (True, 0)
