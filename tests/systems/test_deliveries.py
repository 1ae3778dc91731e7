"""Systems are told of holds and releases: signed, in order, again until they take it, and nobody's inner
network is touched.
"""

import datetime as dt
import hashlib
import hmac
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from collections_app.holds import releases
from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.systems import deliveries, endpoints, wires
from collections_app.systems.delivery_rows import Delivery
from collections_app.systems.endpoints import Endpoint
from collections_app.systems.rules.delivering import PAUSES_SECONDS
from tests.desk import person
from tests.holds.selling import DAY, Shop
from tests.systems.hearing import Ear

SECOND = dt.timedelta(seconds=1)
PROJECT = Path(__file__).parents[2]


def send(at: dt.datetime) -> deliveries.Counts:
    return deliveries.send_due(allows_loopback=True, at=at)


def sending(at: dt.datetime) -> "subprocess.Popen[bytes]":
    """A process of its own that sends what is due, on this test's database."""
    facts = connection.settings_dict
    place = quote(facts["HOST"] or "localhost", safe="")
    port = f":{facts['PORT']}" if facts["PORT"] else ""
    login = quote(facts["USER"]) + (f":{quote(facts['PASSWORD'])}" if facts["PASSWORD"] else "")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "collections_app.settings",
        "WORKBENCH_MODE": "test",
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": f"postgres://{login}@{place}{port}/{facts['NAME']}",
    }
    deed = f"deliveries.send_due(allows_loopback=True, at=dt.datetime.fromisoformat({at.isoformat()!r}))"
    first = "import datetime as dt, django; django.setup(); from collections_app.systems import deliveries"
    return subprocess.Popen([sys.executable, "-c", f"{first}; {deed}"], cwd=PROJECT, env=environment)


def test_a_hold_and_the_payment_that_ends_it_are_told_in_order(
    shop: Shop, endpoint: Endpoint, ear: Ear
) -> None:
    shop.order("SO-1", "50.00")
    shop.pay("480.00", invoice="A1")
    shop.recheck()

    assert send(shop.at).delivered == 2
    assert ear.told == [("SO-1", "order.held"), ("SO-1", "order.freed")]
    held, freed = ear.heard
    assert held["order"]["amount"] == "50.00"
    assert held["hold"]["reasons"][0]["code"] == "overdue_days"
    assert (freed["freed_by"], freed["release"]) == ("facts", None)
    assert send(shop.at).gathered == 0
    assert len({each["id"] for each in ear.heard}) == 2


def test_a_release_is_told_with_its_end_and_its_condition(
    shop: Shop, endpoint: Endpoint, ear: Ear, company: Company, dana: User
) -> None:
    order = shop.order("SO-1", "50.00").order
    asked = releases.ask(order, reason="They collect it", by=person(company, "sam", Role.SALES), at=shop.at)
    releases.grant(asked, conditions="Cash on delivery", by=dana, at=shop.at)

    send(shop.at)

    assert ear.heard[-1]["freed_by"] == "release"
    assert ear.heard[-1]["release"] == {"until": "2026-03-18", "conditions": "Cash on delivery"}


def test_an_order_that_was_delivered_is_no_news(shop: Shop, endpoint: Endpoint, ear: Ear) -> None:
    shop.order("SO-1", "50.00")
    shop.order("SO-1", "50.00", state="delivered")

    send(shop.at)
    assert ear.told == [("SO-1", "order.held")]


def test_what_is_sent_is_signed_with_its_moment(shop: Shop, endpoint: Endpoint, ear: Ear) -> None:
    shop.order("SO-1", "50.00")
    send(shop.at)

    headers = ear.headers[0]
    moment, _, signed = headers["Workbench-Signature"].partition(",")
    stamp = moment.removeprefix("t=")
    expected = hmac.new(
        endpoint.secret.encode(), f"{stamp}.".encode() + ear.raw[0], hashlib.sha256
    ).hexdigest()
    assert signed == f"v1={expected}"
    assert abs(int(stamp) - shop.at.timestamp()) < 2
    assert headers["Workbench-Delivery"] == ear.heard[0]["id"]
    assert headers["Workbench-Event"] == "order.held"


def test_a_new_secret_signs_from_the_next_try_on_and_none_is_kept(
    shop: Shop, endpoint: Endpoint, olga: User
) -> None:
    before = endpoint.secret
    endpoints.change_secret(endpoint, by=olga, at=shop.at)

    assert endpoint.secret != before
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(e)::text FROM webhook_endpoint e")
        assert endpoint.secret.removeprefix("whs_") not in cursor.fetchone()[0]


def test_what_is_not_taken_is_tried_again_with_growing_pauses_and_then_given_up(
    shop: Shop, endpoint: Endpoint, ear: Ear
) -> None:
    shop.order("SO-1", "50.00")
    ear.answers = [503] * 20
    at, pauses = shop.at, []
    assert send(at).failed == 1
    while Delivery.objects.waiting().exists():
        waits = Delivery.objects.get().next_attempt_at - at
        assert send(at + waits - SECOND).failed == 0
        at += waits + SECOND
        pauses.append(round(waits.total_seconds()))
        assert send(at).failed == 1

    assert tuple(pauses) == PAUSES_SECONDS
    given_up = Delivery.objects.get()
    assert (given_up.state, given_up.answer_status, given_up.answer) == ("given_up", 503, "not now, please")
    assert len({each["id"] for each in ear.heard}) == 1
    assert [each["Workbench-Attempt"] for each in ear.headers] == [str(place) for place in range(1, 10)]


def test_what_comes_later_for_an_order_waits_for_what_came_before_and_others_do_not(
    shop: Shop, endpoint: Endpoint, ear: Ear
) -> None:
    shop.order("SO-1", "50.00")
    ear.answers = [500]
    send(shop.at)
    shop.pay("480.00", invoice="A1")
    shop.order("SO-2", "5000.00", customer="200")
    shop.recheck()

    send(shop.at + SECOND)
    assert ear.told == [("SO-1", "order.held"), ("SO-2", "order.held")]
    send(shop.at + 30 * SECOND)
    assert ear.told[2:] == [("SO-1", "order.held"), ("SO-1", "order.freed")]


def test_who_dies_between_claim_and_mark_leaves_it_to_the_next_under_the_same_key(
    shop: Shop, endpoint: Endpoint, ear: Ear
) -> None:
    shop.order("SO-1", "50.00")
    deliveries.gather(at=shop.at)
    lost = deliveries.claim(at=shop.at)
    assert lost is not None
    deliveries.hand_over(lost, allows_loopback=True, at=shop.at)  # and nobody marks it

    assert send(shop.at + SECOND).delivered == 0
    assert send(shop.at + deliveries.LEASE).delivered == 1
    assert [each["id"] for each in ear.heard] == [str(lost.key)] * 2
    late = deliveries.settle(lost, wires.Answered(500, "late"), at=shop.at + deliveries.LEASE)
    assert (late.state, late.answer_status) == ("delivered", 200)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_while_it_is_heard_loses_nothing(
    shop: Shop, endpoint: Endpoint, ear: Ear
) -> None:
    """The other side takes it, and the worker dies before it can note so."""
    shop.order("SO-1", "50.00")
    worker = sending(shop.at)
    ear.when_heard = worker.kill
    worker.wait(timeout=60)
    ear.when_heard = None

    assert (worker.returncode, len(ear.heard)) == (-signal.SIGKILL, 1)
    lost = Delivery.objects.get()
    assert (lost.state, lost.attempts) == ("waiting", 1)
    assert send(shop.at + deliveries.LEASE + 60 * SECOND).delivered == 1
    assert [each["id"] for each in ear.heard] == [str(lost.key)] * 2
    assert send(shop.at + DAY).delivered == 0


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_tell_each_thing_once(shop: Shop, endpoint: Endpoint, ear: Ear) -> None:
    for place in range(12):
        shop.order(f"SO-{place:02}", "50.00")
    ear.slow_seconds = 0.02

    def work() -> None:
        try:
            send(shop.at + SECOND)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(ear.told) == [(f"SO-{place:02}", "order.held") for place in range(12)]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"delivered"}


def test_it_is_sent_again_when_somebody_asks(shop: Shop, endpoint: Endpoint, ear: Ear, olga: User) -> None:
    shop.order("SO-1", "50.00")
    send(shop.at)
    deliveries.send_again(Delivery.objects.get(), by=olga, at=shop.at + SECOND)
    deliveries.send_again(Delivery.objects.get(), by=olga, at=shop.at + SECOND)

    send(shop.at + SECOND)
    assert [each["id"] for each in ear.heard] == [str(Delivery.objects.get().key)] * 2
