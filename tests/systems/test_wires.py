"""Handing over has one deadline: who answers in drops keeps a worker no longer than who does not answer."""

import time

import pytest

from collections_app.systems import deliveries, wires
from collections_app.systems.delivery_rows import Delivery
from collections_app.systems.endpoints import Endpoint
from collections_app.systems.rules.delivering import PAUSES_SECONDS
from tests.holds.selling import DAY, Shop
from tests.systems.hearing import dripping

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
SECONDS = 0.6


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wires, "SECONDS_MAX", SECONDS)


@pytest.mark.parametrize("beginning", [b"", b"HTTP/1.1 200 OK\r\nX-Word: ", b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_who_answers_in_drops_is_not_waited_for(beginning: bytes) -> None:
    with dripping(beginning) as address:
        began = time.monotonic()
        answered = wires.post(address, b"{}", {}, allows_loopback=True)
        spent = time.monotonic() - began

    assert answered.status is None
    assert "No answer came" in answered.text
    assert spent < 2 * SECONDS


def test_what_was_taken_is_taken_however_slowly_more_is_said() -> None:
    with dripping(HEAD + b"heard ") as address:
        began = time.monotonic()
        answered = wires.post(address, b"{}", {}, allows_loopback=True)
        spent = time.monotonic() - began

    assert (answered.is_taken, answered.text[:6]) == (True, "heard ")
    assert spent < 2 * SECONDS


def test_what_is_large_is_sent_whole_or_not_past_the_deadline() -> None:
    """The other side reads its beginning only."""
    with dripping(b"") as address:
        began = time.monotonic()
        answered = wires.post(address, b"x" * 50_000_000, {}, allows_loopback=True)
        spent = time.monotonic() - began

    assert answered.status is None
    assert spent < 2 * SECONDS


def test_one_at_which_workers_die_waits_as_one_that_is_not_taken(shop: Shop, endpoint: Endpoint) -> None:
    shop.order("SO-1", "50.00")
    deliveries.gather(at=shop.at)
    at, pauses = shop.at, []
    for _ in range(len(PAUSES_SECONDS) + 2):
        assert deliveries.claim(at=at) is not None  # and nobody is heard of again
        pauses.append((Delivery.objects.get().next_attempt_at - at).total_seconds())
        at += 2 * DAY

    assert pauses == [*PAUSES_SECONDS, *[PAUSES_SECONDS[-1]] * 2]
