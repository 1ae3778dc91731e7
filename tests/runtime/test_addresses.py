"""Addresses as texts, and what Django and Celery are told instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from collections_app.runtime import addresses
from collections_app.runtime.home import Home

DATABASES = [
    ("postgres://ann:s%40cret@db.example:5433/ledger", "db.example", "5433", "ann", "s@cret", "ledger"),
    ("postgresql://db/ledger", "db", "", "", "", "ledger"),
    ("postgres://ann@%2FVar%2Frun%20here/ledger", "/Var/run here", "", "ann", "", "ledger"),
    ("postgres://ann@/ledger?host=/Var/run", "/Var/run", "", "ann", "", "ledger"),
    ("postgres://ann@[::1]:5433/ledger", "::1", "5433", "ann", "", "ledger"),
]


@pytest.mark.parametrize(("url", "host", "port", "user", "password", "name"), DATABASES)
def test_it_reads_an_address_of_a_database(
    url: str, host: str, port: str, user: str, password: str, name: str
) -> None:
    place = addresses.database(url)

    assert (place["HOST"], place["PORT"], place["USER"], place["PASSWORD"], place["NAME"]) == (
        host,
        port,
        user,
        password,
        name,
    )


def test_options_after_the_question_mark_are_for_the_driver() -> None:
    assert addresses.database("postgres://db/ledger?sslmode=require")["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize("url", ["sqlite:///ledger.db", "mysql://db/ledger", "postgres://db", "ledger", ""])
def test_it_refuses_what_is_no_address_of_a_postgresql(url: str) -> None:
    with pytest.raises(ValueError, match="PostgreSQL is the only database"):
        addresses.database(url)


@pytest.mark.parametrize(
    ("redis_url", "broker_url"),
    [
        ("redis://redis:6379/0", "redis://redis:6379/0"),
        ("unix:///run/redis.sock", "redis+socket:///run/redis.sock?virtual_host=0"),
        ("unix:///run/a%20b/redis.sock?db=3", "redis+socket:///run/a%20b/redis.sock?virtual_host=3"),
    ],
)
def test_celery_spells_the_address_of_a_socket_in_its_own_way(redis_url: str, broker_url: str) -> None:
    assert addresses.broker(redis_url) == broker_url


def test_a_home_with_a_space_and_capitals_comes_back_from_its_own_address() -> None:
    home = Home(Path("/srv/My Ledger"))

    assert addresses.database(home.database_url)["HOST"] == "/srv/My Ledger/run/pg"


def test_a_pool_that_takes_no_options_is_known_by_what_it_says() -> None:
    """As PgBouncer 1.18 says it."""
    said = (
        'connection to server at "pool", port 6432 failed: FATAL:  unsupported startup parameter: options\n'
    )
    assert addresses.unreached(said).endswith("(PgBouncer): set DATABASE_IS_POOLED=true")
    assert addresses.unreached("no route to host\n") == "no route to host"
