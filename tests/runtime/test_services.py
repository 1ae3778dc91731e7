"""Leases on the embedded servers: shared, given back by the kernel, and whole again after any kill."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psycopg2
import pytest
import redis

from collections_app.runtime import addresses, process, services, states
from collections_app.runtime.home import PROJECT, Home
from tests.runtime.conftest import BOTH, Take

# Takes a lease, says so, and holds it until its standard input ends.
HOLDER = """
import sys
import threading
from pathlib import Path
from collections_app.runtime import services
from collections_app.runtime.home import Home
held = services.lease(Home(Path(sys.argv[1])), servers=("pg",), linger_seconds=0)
print("held", flush=True)
sys.stdin.read()
"""


def ask(home: Home, question: str) -> object:
    """The first value that the embedded PostgreSQL answers with."""
    place = addresses.database(home.database_url)
    with contextlib.closing(
        psycopg2.connect(host=place["HOST"], user=place["USER"], dbname=place["NAME"])
    ) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0] if cursor.description else None


# Work in which it never looks up, for longer than anybody waits for it.
BUSY = "SELECT sum(n) FROM (SELECT generate_series(1, 900000000) AS n) AS numbers"


def be_busy(home: Home) -> None:
    """Until it is ended."""
    with contextlib.suppress(psycopg2.Error):
        ask(home, BUSY)


def server_of(home: Home, name: str = "pg") -> int:
    return states.read(home, name).server_pid


def is_gone(pid: int) -> bool:
    return process.wait_until(lambda: not process.is_alive(pid), seconds=15)


def holder(home: Home) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home.path)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def says_held(one: subprocess.Popen[str]) -> bool:
    assert one.stdout is not None
    return one.stdout.readline() == "held\n"


def lets_go(one: subprocess.Popen[str]) -> None:
    one.communicate(timeout=20)


def test_both_servers_answer_in_a_folder_with_a_space(used_home: Home, take: Take) -> None:
    lease = take(used_home, *BOTH)

    assert ask(used_home, "SELECT lower('ÄÖÜ') || current_setting('server_version_num')") == "äöü180004"
    line = redis.Redis.from_url(used_home.redis_url)
    assert line.ping() is True
    assert line.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    line.close()
    assert lease.lost() == ""
    assert (used_home.data("pg").stat().st_mode & 0o777) == 0o700
    lease.release(stop_now=True)


def test_the_last_one_to_leave_stops_the_server_and_the_data_stays(used_home: Home, take: Take) -> None:
    first = take(used_home, "pg")
    second = take(used_home, "pg")
    server = server_of(used_home)
    ask(used_home, "CREATE TABLE kept AS SELECT 7 AS number")

    first.release(stop_now=True)
    assert process.is_alive(server)
    second.release(stop_now=True)
    assert is_gone(server)

    take(used_home, "pg")
    assert ask(used_home, "SELECT number FROM kept") == 7


def test_five_who_start_at_once_on_an_empty_home_share_one_server(home: Home, take: Take) -> None:
    five = [holder(home) for _ in range(5)]

    assert all(says_held(one) for one in five)
    assert ask(home, "SELECT 1") == 1
    server = server_of(home)
    for one in five:
        lets_go(one)
    assert is_gone(server)
    assert home.log.joinpath("pg.log").read_text().count("starting PostgreSQL") == 1


def test_a_holder_that_is_killed_gives_its_lease_back(used_home: Home, take: Take) -> None:
    one = holder(used_home)
    assert says_held(one)
    server = server_of(used_home)

    one.kill()
    lets_go(one)

    assert is_gone(server)


def test_a_killed_keeper_takes_its_server_along_and_the_next_recovers(used_home: Home, take: Take) -> None:
    take(used_home, *BOTH)
    ask(used_home, "CREATE TABLE kept AS SELECT 7 AS number")
    servers = [server_of(used_home, name) for name in BOTH]

    for name in BOTH:
        os.kill(states.read(used_home, name).keeper_pid, signal.SIGKILL)

    assert all(is_gone(server) for server in servers)
    take(used_home, *BOTH)
    assert ask(used_home, "SELECT number FROM kept") == 7


def test_a_killed_server_is_started_again(used_home: Home, take: Take) -> None:
    lease = take(used_home, "pg")
    server = server_of(used_home)

    os.kill(server, signal.SIGKILL)

    assert process.wait_until(
        lambda: states.read(used_home, "pg").name == "ready" and server_of(used_home) not in {0, server},
        seconds=15,
    )
    assert ask(used_home, "SELECT 1") == 1
    assert lease.lost() == ""


def test_a_killed_server_is_started_again_though_one_of_its_processes_is_busy(
    used_home: Home, take: Take
) -> None:
    take(used_home, "pg")
    killed = server_of(used_home)
    busy = threading.Thread(target=be_busy, args=[used_home], daemon=True)
    busy.start()
    question = f"SELECT count(*) FROM pg_stat_activity WHERE query = '{BUSY}' AND state = 'active'"
    assert process.wait_until(lambda: ask(used_home, question) == 1, seconds=15)

    os.kill(killed, signal.SIGKILL)

    assert process.wait_until(lambda: server_of(used_home) not in (0, killed), seconds=60)
    assert ask(used_home, "SELECT 7") == 7


def test_a_pid_file_with_the_number_of_a_stranger_is_no_running_server(used_home: Home, take: Take) -> None:
    take(used_home, "pg").release(stop_now=True)
    cluster = used_home.data("pg") / "cluster"
    # As after a restart of the machine: the number in the pid file is now a stranger's, here our own.
    (cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster}\n1\n5432\n\n\n\nready\n")

    take(used_home, "pg")

    assert ask(used_home, "SELECT 1") == 1
    assert server_of(used_home) != os.getpid()


def test_an_interrupted_first_start_is_no_finished_one(home: Home, take: Take) -> None:
    unfinished = home.data("pg") / "unfinished-1"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")

    take(home, "pg")

    assert ask(home, "SELECT 1") == 1
    assert not unfinished.exists()


def test_a_first_start_that_is_killed_halfway_is_done_again(home: Home, take: Take) -> None:
    one = holder(home)
    assert process.wait_until(lambda: list(home.data("pg").glob("unfinished-*")) != [], seconds=30)
    os.kill(states.read(home, "pg").keeper_pid, signal.SIGKILL)
    one.kill()
    lets_go(one)

    take(home, "pg")

    assert ask(home, "SELECT 1") == 1


def test_who_waits_for_a_keeper_that_is_killed_starts_another(home: Home, take: Take) -> None:
    one = holder(home)
    assert process.wait_until(lambda: list(home.data("pg").glob("unfinished-*")) != [], seconds=30)
    keeper = states.read(home, "pg").keeper_pid
    os.kill(keeper, signal.SIGSTOP)
    one.kill()
    lets_go(one)
    end = threading.Timer(0.5, os.kill, (keeper, signal.SIGKILL))
    end.start()

    take(home, "pg")

    end.join()
    assert ask(home, "SELECT 1") == 1


def test_servers_end_when_their_home_is_removed(used_home: Home, take: Take) -> None:
    take(used_home, *BOTH)
    servers = [server_of(used_home, name) for name in BOTH]

    shutil.rmtree(used_home.path, ignore_errors=True)
    shutil.rmtree(used_home.path, ignore_errors=True)  # what a server wrote in between

    assert all(is_gone(server) for server in servers)


def test_a_throw_away_home_forgets_everything(folder: Path, take: Take) -> None:
    home = Home(folder / "home", durable=False)
    lease = take(home, "pg")
    assert ask(home, "SHOW fsync") == "off"

    lease.release(stop_now=True)

    assert not home.data("pg").exists()


def test_a_path_too_long_for_a_socket_gets_a_short_private_one(folder: Path, take: Take) -> None:
    home = Home(folder / ("long" * 30))
    lease = take(home, *BOTH)
    try:
        assert home.sockets.parent == Path("/tmp")
        assert home.sockets.stat().st_uid == os.getuid()
        assert home.sockets.stat().st_mode & 0o066 == 0
        assert ask(home, "SELECT 1") == 1
    finally:
        lease.release(stop_now=True)
        shutil.rmtree(home.sockets)


def test_addresses_in_the_environment_leave_nothing_to_start(
    home: Home, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@elsewhere/ledger")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere")

    assert services.lease(home).servers == ()
    assert not home.path.exists()


def test_one_address_in_the_environment_starts_only_the_other_server(
    home: Home, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@elsewhere/ledger")
    monkeypatch.delenv("REDIS_URL")

    assert take(home).servers == ("redis",)
    assert not home.data("pg").exists()
