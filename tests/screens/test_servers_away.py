"""Redis or PostgreSQL is away: what can be answered is, and the rest says so in a sentence."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.core.cache import cache, caches
from django.db import DatabaseError, connection, transaction
from django.test import Client
from redis.exceptions import TimeoutError

from collections_app.ledger.companies import Company
from collections_app.lib import outages
from collections_app.lib.redis_cache import KeptClient
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.systems import systems, tokens
from collections_app.systems.rules.scopes import Scope
from tests.desk import person
from tests.doors import HTMX, text
from tests.faults.redis_server import Redis
from tests.ledgerrows import company_of

pytestmark = pytest.mark.django_db
PASSWORD = "harbour-lantern-forty"
LIST = "/NG/chase/"


@pytest.fixture
def company() -> Company:
    return company_of("NG")


@pytest.fixture
def priya(company: Company) -> User:
    user = person(company, "priya")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def own_redis(tmp_path: Path, settings: Any) -> Iterator[Redis]:
    """A server of this test's own, for the cache."""
    server = Redis(tmp_path)
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": server.url}}
    yield server
    server.stop()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One for each time that Redis was waited for until the wait was given up."""
    found: list[str] = []
    ask = KeptClient.asked

    def asked(client: KeptClient, deed: Any, *given: Any) -> Any:
        def told(*words: Any) -> Any:
            try:
                return deed(*words)
            except TimeoutError:
                found.append(deed.__name__)
                raise

        return ask(client, told, *given)

    monkeypatch.setattr(KeptClient, "asked", asked)
    return found


def signed_in(name: str) -> Client:
    browser = Client(raise_request_exception=False)
    answer = browser.post("/sign-in/", {"username": name, "password": PASSWORD})
    assert answer.status_code == 302
    return browser


def test_whoever_is_signed_in_stays_so_and_reads_pages_while_redis_is_away(
    own_redis: Redis, priya: User
) -> None:
    browser = signed_in("priya")
    assert browser.get(LIST).status_code == 200
    own_redis.stop()

    assert browser.get(LIST).status_code == 200
    assert Client().get("/healthz").json()["degraded"]
    assert Client().get("/readyz").status_code == 200

    caches["default"].close()
    own_redis.start()
    assert browser.get(LIST).status_code == 200
    assert Client().get("/healthz").json() == {"ok": True, "degraded": []}


def test_a_redis_that_hangs_is_waited_for_once_and_pages_go_on(
    own_redis: Redis, priya: User, waits: list[str]
) -> None:
    browser = signed_in("priya")
    own_redis.hang()

    assert [browser.get(LIST).status_code for _ in range(3)] == [200] * 3
    assert browser.post("/sign-out/").status_code in (302, 303)
    assert len(waits) == 1
    assert Client().get("/healthz").json()["degraded"]
    assert len(waits) == 2  # who watches over it asks each time

    own_redis.go_on()
    assert Client().get("/healthz").json() == {"ok": True, "degraded": []}
    cache.set("a", 1)
    assert cache.get("a") == 1


def test_all_threads_have_one_client_so_that_none_leaves_connections_open(own_redis: Redis) -> None:
    def look() -> None:
        kept: Any = caches["default"]
        found.append((cache.get("a"), kept._cache))

    found: list[tuple[Any, Any]] = []
    for _ in range(3):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()

    assert len({id(client) for _, client in found}) == 1
    assert own_redis.line.info("clients")["connected_clients"] == 2  # theirs, and the one that asks


def test_an_emptied_redis_signs_nobody_out(own_redis: Redis, priya: User) -> None:
    browser = signed_in("priya")
    own_redis.line.flushall()

    assert browser.get(LIST).status_code == 200


def test_one_signs_in_and_out_while_redis_is_away(own_redis: Redis, priya: User) -> None:
    own_redis.stop()
    wrong = Client().post("/sign-in/", {"username": "priya", "password": "wrong-wrong-wrong"})
    browser = signed_in("priya")

    assert wrong.status_code == 200  # the page of the form again
    assert browser.post("/sign-out/").status_code in (302, 303)
    assert browser.get(LIST).status_code == 302


def test_the_cache_finds_and_keeps_nothing_while_redis_is_away(own_redis: Redis) -> None:
    cache.set("a", 1)
    own_redis.stop()

    cache.set("b", 2)
    cache.set_many({"c": 3})
    cache.delete("a")
    cache.delete_many(["a", "b"])
    assert (cache.get("a"), cache.get("a", "none"), cache.get_many(["a", "b"])) == (None, "none", {})
    assert (cache.add("d", 4), cache.incr("e"), cache.touch("a"), "a" in cache) == (True, 1, False, False)
    assert cache.get_or_set("f", lambda: 5) == 5


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From its call on every question to the database fails as it does when nobody listens there."""

    def refuse(*_given: object, **_named: object) -> None:
        with connection.wrap_database_errors:
            psycopg2.connect(host="/nowhere", dbname="workbench")

    return lambda: monkeypatch.setattr(connection, "cursor", refuse)


def test_pages_say_that_the_database_is_away(priya: User, away: Callable[[], None]) -> None:
    browser = signed_in("priya")
    away()

    page, part = browser.get(LIST), browser.get(LIST, headers=HTMX)

    for answer in (page, part):
        assert (answer.status_code, answer["Retry-After"]) == (503, "10")
        assert "The database does not answer just now" in text(answer)
    assert "<h1>Not just now</h1>" in text(page)
    assert part["Content-Type"].startswith("text/plain")


def test_machines_are_told_so_in_their_way(company: Company, away: Callable[[], None]) -> None:
    olga = person(company, "olga", Role.ADMINISTRATOR)
    system = systems.connect(
        name="Shop", scopes=[*Scope], companies=[company], by=olga, at=company.created_at
    )
    token = tokens.make(system, by=olga, at=company.created_at).text
    away()

    answer = Client().get("/api/v1/companies", headers={"Authorization": f"Bearer {token}"})

    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"].startswith("The database does not answer just now.")


def test_health_and_readiness_name_what_is_away(away: Callable[[], None]) -> None:
    away()
    for path, place in (("/healthz", "degraded"), ("/readyz", "why")):
        answer = Client().get(path)
        assert answer.status_code == 503
        assert "PostgreSQL does not answer" in answer.json()[place][0]


def test_what_else_breaks_is_no_outage(priya: User, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = signed_in("priya")

    def takes_too_long(*_given: object, **_named: object) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 1")
            cursor.execute("SELECT pg_sleep(1)")

    monkeypatch.setattr("collections_app.screens.chase_list.scope_of", takes_too_long)
    answer = browser.get(LIST)

    assert answer.status_code == 500
    assert "Something broke on our side" in text(answer)
    assert not outages.is_of_the_database(DatabaseError())
    assert not outages.is_of_the_database(None)
