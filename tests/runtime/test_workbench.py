"""`manage.py workbench` as a person starts and stops it; real servers, real processes."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from collections_app.runtime import process
from collections_app.runtime.home import PROJECT


class Start(Protocol):
    def __call__(self, *words: str) -> Workbench: ...


class Workbench:
    """One started `manage.py workbench`."""

    def __init__(self, environment: dict[str, str], *words: str) -> None:
        self.environment = environment
        self.home = Path(environment["WORKBENCH_HOME"])
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "workbench", *words],
            cwd=PROJECT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""

    def findings(self) -> list[tuple[str, str]]:
        """What ``manage.py doctor`` finds."""
        asked = subprocess.run(
            [sys.executable, "manage.py", "doctor", "--json"],
            cwd=PROJECT,
            env=self.environment,
            stdout=subprocess.PIPE,
            check=False,
        )
        return [(each["level"], each["code"]) for each in json.loads(asked.stdout)["findings"]]

    def says(self, words: str) -> str:
        """Read until a line has the words; that line."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if words in line:
                return line
        raise AssertionError(f"It never said {words!r}, but: {self.said}")

    def ends(self) -> int:
        self.said += self.process.communicate(timeout=60)[0]
        return self.process.returncode

    def running(self) -> list[int]:
        """The processes that work for this home, servers included: its path is in their words or settings."""
        mark, found = os.fsencode(self.home), []
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                words = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
                if mark in words and int(folder.name) not in {self.process.pid, os.getpid()}:
                    found.append(int(folder.name))
        return [pid for pid in found if process.is_alive(pid)]

    def has_left_nothing(self) -> bool:
        return process.wait_until(lambda: not self.running(), seconds=30, pause=0.1)

    def pid_of(self, words: str) -> int:
        return min(pid for pid in self.running() if words in process.command_of(pid))


@pytest.fixture
def start(plain_environment: dict[str, str]) -> Iterator[Start]:
    started: list[Workbench] = []

    def start(*words: str) -> Workbench:
        started.append(Workbench(plain_environment, *words))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.communicate()
        one.has_left_nothing()


def get(address: str) -> tuple[int, object]:
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=10) as answer:
        return answer.status, json.loads(answer.read())


@pytest.mark.long(50)
def test_it_starts_refuses_a_second_one_survives_kills_and_stops_wholly(start: Start) -> None:
    first = start("--no-demo", "--port", "0")
    address = first.says("  Open").split()[1]
    assert get(address + "healthz") == (200, {"ok": True, "degraded": []})

    assert get(address + "readyz") == (200, {"ok": True, "why": []})
    # A healthy installation: every queue is served and the tables are there; only nobody is in charge yet.
    assert {code for level, code in first.findings() if level == "wrong"} == {"administrator"}

    second = start("--no-demo")
    assert second.ends() == 1
    assert f"The workbench is already running at {address} (process {first.process.pid})" in second.said

    first.process.kill()
    first.ends()
    assert first.has_left_nothing()

    again = start("--no-demo", "--port", "0")
    address = again.says("  Open").split()[1]
    assert "Preparing the database" not in again.said  # it found what was there
    os.kill(again.pid_of("gunicorn"), signal.SIGKILL)
    assert "signal 9" in again.says("The web server ended by itself")
    assert process.wait_until(lambda: answers(address), seconds=30, pause=0.2)

    again.process.send_signal(signal.SIGINT)
    assert again.ends() == 0
    assert again.said.endswith("Everything has stopped.\n")
    assert again.running() == []


def answers(address: str) -> bool:
    with contextlib.suppress(OSError):
        return get(address + "healthz")[0] == 200
    return False


def test_it_stops_with_a_sentence_when_a_server_is_lost(start: Start, used_home: object) -> None:
    bench = start("--services-only")
    assert bench.says("DATABASE_URL=").startswith("DATABASE_URL=postgres://workbench@%2F")
    assert bench.says("REDIS_URL=").startswith("REDIS_URL=unix:///")

    os.kill(json.loads((bench.home / "run" / "pg.state").read_text())["keeper_pid"], signal.SIGKILL)

    assert bench.ends() == 1
    assert re.search(r"PostgreSQL has stopped\. Its log is in .*log", bench.said)
    assert bench.has_left_nothing()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_services_only_stop_when_told_to(start: Start, number: signal.Signals, used_home: object) -> None:
    bench = start("--services-only")
    bench.says("REDIS_URL=")

    bench.process.send_signal(number)

    assert bench.ends() == 0
    assert bench.running() == []
