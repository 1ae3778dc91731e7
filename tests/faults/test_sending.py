"""Everything goes wrong at once while five thousand messages leave: none arrives twice, and none is lost.

Workers are killed at every step of a send, lose their connection to the database, and meet a mail server that
falls silent after it accepted; Redis is emptied, killed and started again, and three clocks tick at once. A
message has arrived once, or it stands before a person.
"""

import datetime as dt
import itertools
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import redis
from django.conf import settings
from django.db import connection

from collections_app.correspondence import deliveries, messages
from collections_app.correspondence.carriers.smtp import EmailBackend
from collections_app.correspondence.message_rows import Message
from collections_app.lib import clock
from collections_app.runtime.home import PROJECT
from collections_app.runtime.redis import program
from tests.correspondence.mailing import LETTER, House, link_for
from tests.correspondence.mailserver import Drops, Hangs, Sink, mail_server
from tests.faults.strikes import IN_THE_DATABASE, STEPS

MESSAGES = 5_100
BY_THE_CLOCK = 1_800  # of these, the last so many leave by Celery
SENT_BEFORE_A_STRIKE = 140
TIMEOUT_SECONDS = 1
PATIENCE_SECONDS = 300


class Redis:
    """A server of our own, that may be killed."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "redis.sock"
        self.url = f"unix://{quote(str(self.socket))}"
        self.start()

    def start(self) -> None:
        words = [str(program()), "--port", "0", "--unixsocket", str(self.socket), "--save", ""]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, cwd=self.socket.parent)
        for _ in range(200):
            try:
                self.line.ping()
                return
            except redis.ConnectionError:
                time.sleep(0.02)

    @property
    def line(self) -> Any:
        return redis.Redis(unix_socket_path=str(self.socket))

    def restart(self) -> None:
        self.stop()
        self.start()

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[Redis]:
    server = Redis(tmp_path)
    yield server
    server.stop()


@pytest.fixture
def house(transactional_db: None) -> House:
    return House()


class Crew:
    """The program with the workers, on this test's database, mail server and Redis."""

    def __init__(self, *, sink: Sink, own_redis: Redis) -> None:
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
            "REDIS_URL": own_redis.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
            "EMAIL_TIMEOUT": str(TIMEOUT_SECONDS),
            "MAIL_PER_MINUTE": "0",
            "MAIL_PER_MINUTE_TO_HOST": "0",
            "LOG_LEVEL": "CRITICAL",
        }
        words = [sys.executable, "-m", "tests.faults.crew"]
        pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with (own_redis.socket.parent / "crew.log").open("ab") as log:
            self.process = subprocess.Popen(words, cwd=PROJECT, env=environment, stderr=log, **pipes)

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *given: object) -> None:
        self.process.communicate(timeout=30)

    def do(self, **asked: Any) -> Any:
        """Ask, and wait for the answer."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def prepare(house: House, numbers: range, *, at: dt.datetime) -> None:
    """Messages that are due."""
    letters = {f"fault:{number}": (house.customer, LETTER) for number in numbers}
    messages.prepare_several(company=house.company, letters=letters, leave_after=at, by=None, at=at)


def trouble(sink: Sink) -> None:
    """The mail server falls silent after it accepted, drops lines, is busy, and refuses, now and then."""
    turn = itertools.count(1)

    def hangs() -> None:
        raise Hangs

    def drops() -> None:
        raise Drops

    def does(step: str) -> str | None:
        if step != "END" and step != "RCPT":
            return None
        number = next(turn)
        if step == "END" and number % 1_600 in (0, 1):
            hangs()
        if step == "END" and number % 701 == 0:
            drops()
        if step == "RCPT" and number % 211 in (0, 1):
            return "451 busy, come again"
        if step == "RCPT" and number % 977 in (0, 1):
            return "550 nobody of that name"
        return None

    sink.mischief = does


def until_left(number: int) -> None:
    """Wait until no more than so many wait for their first attempt."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while Message.objects.filter(state="queued", attempts=0).count() > number:
        assert time.monotonic() < deadline, "The workers do not get on with it."
        time.sleep(0.1)


def by_the_clock(crew: Crew, own_redis: Redis, folder: Path) -> None:
    """A Celery worker and three clocks send; meanwhile Redis is emptied and killed, and so is the worker."""
    crew.do(beats=3, folder=str(folder))
    until_left(BY_THE_CLOCK * 5 // 6)
    own_redis.line.flushall()
    until_left(BY_THE_CLOCK * 4 // 6)
    own_redis.restart()
    until_left(BY_THE_CLOCK * 3 // 6)
    crew.do(kill=True)
    until_left(BY_THE_CLOCK * 2 // 6)
    own_redis.restart()
    own_redis.line.flushall()
    until_left(0)


def drain(sink: Sink, *, since: dt.datetime) -> None:
    """What the server was too busy for is tried again, hours later; leases are over by then."""
    sink.mischief = lambda step: None
    for later in range(1, 3):
        carrier = EmailBackend(host="127.0.0.1", port=sink.port, username="", password="", timeout=10)
        moment = since + dt.timedelta(hours=6 * later)
        deliveries.send_due(gates={}, link_for=link_for, connection=carrier, at=moment)


def test_none_arrives_twice_and_none_is_lost(house: House, own_redis: Redis, tmp_path: Path) -> None:
    began, at = time.monotonic(), clock.now()
    prepare(house, range(MESSAGES - BY_THE_CLOCK), at=at)
    kills = [("kill", step, SENT_BEFORE_A_STRIKE) for step in STEPS]
    cuts = [("cut", step, SENT_BEFORE_A_STRIKE) for step in IN_THE_DATABASE]
    with mail_server(Sink()) as sink, Crew(sink=sink, own_redis=own_redis) as crew:
        trouble(sink)
        ended = crew.do(strikes=kills + cuts, lanes=2)
        assert Counter(ended) == {-9: len(kills), 0: len(cuts)}
        struck = time.monotonic()

        prepare(house, range(MESSAGES - BY_THE_CLOCK, MESSAGES), at=at)
        by_the_clock(crew, own_redis, tmp_path)
        ticked = time.monotonic()
        drain(sink, since=at)
    states = Counter(Message.objects.values_list("state", flat=True))
    arrived = Counter(sink.ids)
    kept = dict(Message.objects.values_list("message_id", "state"))
    doubtful = sum(kept[each] == "uncertain" for each in arrived)
    print(
        f"\n{MESSAGES:,} messages; {len(kills)} kills, {len(cuts)} cuts of the database, Redis killed twice "
        f"and emptied twice, three clocks.\n{len(arrived):,} arrived, {arrived.total() - len(arrived)} of "
        f"them twice. {states['sent']:,} sent, {states['uncertain']} uncertain ({doubtful} of them had "
        f"arrived), {states['failed']} refused, {MESSAGES - states.total()} lost.\n"
        f"{struck - began:.0f} s of strikes, {ticked - struck:.0f} s by the clock, "
        f"{time.monotonic() - began:.0f} s in all."
    )
    assert [each for each, times in arrived.items() if times > 1] == []
    assert states.total() == MESSAGES
    assert set(states) <= {"sent", "uncertain", "failed"}
    assert {each for each, state in kept.items() if state == "sent"} <= set(arrived)
    assert not {each for each, state in kept.items() if state == "failed"} & set(arrived)
    assert states["sent"] + doubtful == len(arrived)
    assert len(kills) - 5 <= states["uncertain"] < 60
