"""Redis dies in the middle of the day: orders go on being checked and stated, and what cannot be done is
said.
"""

import json
import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from collections_app.celery import app
from collections_app.intake import aftermaths
from collections_app.runtime import addresses
from tests.api.asking import Machine
from tests.faults.redis_server import Redis
from tests.holds.selling import Shop, held

INVOICE = {
    "customer": "100",
    "number": "A3",
    "amount": "120.00",
    "issued_on": "2026-03-02",
    "due_on": "2026-04-01",
}
SECONDS_MAX = 5.0


@pytest.fixture
def own_redis(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Redis]:
    """A server of this test's own, for the cache and as broker."""
    server = Redis(tmp_path)
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": server.url}}
    for name in ("broker_url", "broker_read_url", "broker_write_url"):
        monkeypatch.setitem(app.conf, name, addresses.broker(server.url))
    # Connections that stand lead to the other server.
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    yield server
    server.stop()


def timed(deed: Any) -> tuple[Any, float]:
    """What was answered, and after how many seconds."""
    began = time.monotonic()
    answer = deed()
    return answer, time.monotonic() - began


def test_orders_are_checked_and_stated_while_redis_is_away(
    own_redis: Redis, machine: Machine, shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    asked = {"customer": "100", "amount": "50.00"}
    before = machine.post("order-checks", asked)
    assert before["RateLimit-Remaining"] == "599"
    own_redis.stop()
    caplog.set_level(logging.WARNING)

    checked, seconds = timed(lambda: machine.post("order-checks", asked))
    stated = machine.post("orders", {"number": "SO-1", **asked}, key="k-1")
    again = machine.post("orders", {"number": "SO-1", **asked}, key="k-1")
    read = machine.get(f"orders/{stated.json()['id']}/explanation")

    assert (checked.status_code, checked.json()) == (200, before.json())
    assert seconds < SECONDS_MAX
    assert (stated.status_code, held()) == (201, ["SO-1"])
    assert (again.content, again["Idempotency-Replayed"]) == (stated.content, "true")
    assert read.status_code == 200
    assert Machine("wb_" + "x" * 43, machine.company).get("orders").status_code == 401
    assert "Redis could not count what is asked of the API" in caplog.text
    health = Client().get("/healthz").json()
    assert (health["ok"], len(health["degraded"])) == (True, 1)
    caches["default"].close()
    own_redis.start()
    assert machine.post("order-checks", asked)["RateLimit-Remaining"] == "599"  # it counts anew


def test_a_batch_is_applied_while_redis_is_away_and_the_clock_follows_it(
    own_redis: Redis, machine: Machine, shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    assert machine.post("invoices", {"rows": [{**INVOICE, "number": "A4"}]}).status_code == 200
    assert own_redis.line.llen("at_once") == own_redis.line.llen("now") == 1
    own_redis.stop()
    caplog.set_level(logging.WARNING)

    answer, seconds = timed(lambda: machine.post("invoices", {"rows": [INVOICE]}))

    assert (answer.status_code, json.loads(answer.content)["new"]) == (200, 1), answer.content
    assert seconds < SECONDS_MAX
    assert "The broker could not be told of batch" in caplog.text
    assert len(aftermaths.not_followed(shop.company)) == 2


def test_a_batch_is_applied_while_redis_hangs_and_nobody_waits_for_it_long(
    own_redis: Redis, machine: Machine, shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    own_redis.hang()
    caplog.set_level(logging.WARNING)

    answer, seconds = timed(lambda: machine.post("invoices", {"rows": [INVOICE]}))

    assert (answer.status_code, json.loads(answer.content)["new"]) == (200, 1), answer.content
    assert seconds < SECONDS_MAX
    assert "The broker could not be told of batch" in caplog.text
    assert len(aftermaths.not_followed(shop.company)) == 1
    own_redis.go_on()
    assert Client().get("/healthz").json() == {"ok": True, "degraded": []}
    assert machine.post("invoices", {"rows": [{**INVOICE, "number": "A4"}]}).status_code == 200
    assert own_redis.line.llen("at_once") == 1
