"""Parts that build on each other, in one lane and in several."""

from threading import Barrier, BrokenBarrierError, get_ident

import pytest
from django.db import DatabaseError, connection

from collections_app.jobs import lanes

PARTS = {"load": (), "weigh": ("load",), "count": ("load",), "list": ("weigh", "count"), "prove": ()}
SECONDS_MAX = 20


def test_one_lane_works_in_order_and_in_this_thread() -> None:
    seen: list[tuple[str, int]] = []

    lanes.do(PARTS, lambda name: seen.append((name, get_ident())), lanes=1)

    assert seen == [(name, get_ident()) for name in PARTS]


@pytest.mark.parametrize("wide", [1, 2, 3, 8])
def test_nothing_begins_before_what_it_builds_on_has_ended(wide: int) -> None:
    ended: list[str] = []

    def work(name: str) -> str:
        assert set(PARTS[name]) <= set(ended)
        ended.append(name)
        return name.upper()

    assert lanes.do(PARTS, work, lanes=wide) == {name: name.upper() for name in PARTS}
    assert sorted(ended) == sorted(PARTS)


def test_two_parts_that_do_not_build_on_each_other_run_side_by_side() -> None:
    both = Barrier(2, timeout=SECONDS_MAX)

    def work(name: str) -> bool:
        try:
            both.wait() if name in ("weigh", "count") else None
        except BrokenBarrierError:
            return False
        return True

    assert all(lanes.do(PARTS, work, lanes=2).values())


def test_what_is_not_asked_for_is_not_waited_for() -> None:
    assert lanes.do({"list": ("weigh", "count")}, str.upper, lanes=2) == {"list": "LIST"}


def test_an_error_is_raised_and_nothing_new_begins() -> None:
    begun: list[str] = []

    def work(name: str) -> None:
        begun.append(name)
        if name == "load":
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        lanes.do(PARTS, work, lanes=2)
    assert set(begun) <= {"load", "prove"}


@pytest.mark.django_db(transaction=True)
def test_a_lane_keeps_its_connection_and_leaves_none_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 60)

    def backend(_: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return int(cursor.fetchone()[0])

    backends = set(lanes.do(PARTS, backend, lanes=2).values())

    assert len(backends) <= 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone()[0] not in backends
        # A backend needs a moment to leave.
        cursor.execute("SELECT pg_sleep(0.2)")
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = ANY(%s)", [list(backends)])
        assert cursor.fetchone()[0] == 0


@pytest.mark.django_db(transaction=True)
def test_what_follows_a_part_that_lost_its_connection_has_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 60)

    def work(name: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backend = int(cursor.fetchone()[0])
            if name == "load":
                with pytest.raises(DatabaseError):
                    cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return backend

    ended = lanes.do(PARTS, work, lanes=2)

    assert ended["load"] not in {ended["weigh"], ended["count"], ended["list"]}
