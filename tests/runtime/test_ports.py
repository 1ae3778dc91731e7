"""Where the web server listens."""

from __future__ import annotations

import socket

import pytest

from collections_app.runtime import ports
from collections_app.runtime.refusals import CannotStart


def test_a_wished_port_that_is_taken_is_refused_in_a_sentence() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(CannotStart, match=r"Port \d+ is taken by another program.*--port"),
    ):
        ports.listen("127.0.0.1", taken.getsockname()[1])


def test_without_a_wish_the_next_free_port_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(ports, "PORT", taken.getsockname()[1])

        with ports.listen("127.0.0.1", None) as door:
            assert door.getsockname()[1] > taken.getsockname()[1]


def test_an_address_of_another_machine_is_refused_in_a_sentence() -> None:
    with pytest.raises(CannotStart, match=r"cannot listen on 192\.0\.2\.1"):
        ports.listen("192.0.2.1", 8000)


def test_the_address_to_open_is_one_of_this_machine() -> None:
    with ports.listen("0.0.0.0", 0) as door:
        assert ports.url(door) == f"http://127.0.0.1:{door.getsockname()[1]}/"
