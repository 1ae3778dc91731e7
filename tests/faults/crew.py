"""A program of its own: loads the product and Celery once, and forks workers that send while everything
goes wrong.

It is told what to do line by line. ``{"strikes": [["kill", "picked", 40], ..], "lanes": 2}``: workers send
what is due until each was struck at its step. ``{"beats": 3}``: so many clocks, a Celery worker for what is
due now and two for the nights; ``{"kill": "now"}`` or ``"night"`` kills such workers and starts others. Each
answer is a line too. What nights begin and end stands in ``nights.log``.
"""

import datetime as dt
import json
import os
import signal
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import django

django.setup()

import celery.apps.beat  # noqa: E402
import celery.apps.worker  # noqa: E402
import celery.bin.celery  # noqa: E402
import celery.concurrency.solo  # noqa: E402
import celery.worker.consumer  # noqa: E402, F401
import kombu.transport.redis  # noqa: E402, F401
from django.db import Error, connections  # noqa: E402

from collections_app.celery import app  # noqa: E402
from collections_app.jobs import nights, outbox, schedule, tasks  # noqa: E402
from collections_app.lib import clock  # noqa: E402
from tests.faults.moved_clock import MovedClock  # noqa: E402
from tests.faults.strikes import Strike, arm  # noqa: E402

FOLDER = Path(os.environ["FAULTS_FOLDER"])
ROUND_SECONDS = 1.0
# What the clock starts, as on its page, only sooner again.
EVERY_SECONDS: Mapping[Any, float] = {tasks.start_due_nights: 1.0, tasks.send_outbox: 0.3}
WORKERS = ("now", "night", "night")


def work(strike: Strike) -> None:
    """Send until the strike, and a little more where one lives through it."""
    arm(strike)
    while True:
        with suppress(Error):
            counts = outbox.send(at=clock.now())
            if not counts.sent + counts.retried:
                return


def fork(deed: Any, *given: Any) -> int:
    """Do it in a process of its own; its number."""
    if pid := os.fork():
        return pid
    code = 1
    try:
        os.dup2(2, 1)  # the test reads our answers, and no word of theirs
        sys.stdin = Path(os.devnull).open()  # noqa: SIM115  # the line to the test is not theirs
        deed(*given)
        code = 0
    except SystemExit:
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def run_strikes(strikes: list[Any], lanes: int) -> list[int]:
    """One worker for each strike, so many at a time; how each ended: 0, or minus the signal."""
    connections.close_all()
    ended, running, left = [], set[int](), list(strikes)
    while left or running:
        while left and len(running) < lanes:
            running.add(fork(work, Strike(*left.pop(0))))
        pid, status = os.wait()
        running.discard(pid)
        ended.append(os.waitstatus_to_exitcode(status))
    return ended


def celery_worker(queue: str) -> None:
    """Takes what the clocks hand out, in short rounds: each one after the next is a task that has arrived."""
    outbox.send = partial(outbox.send, round_seconds=ROUND_SECONDS)
    _told(nights, "run_once", "asked for", "answered")
    _told(nights, "_run", "begun", "ended")
    words = ["worker", "--pool=solo", "--loglevel=ERROR", "--without-gossip", "--without-mingle"]
    app.worker_main([*words, "--without-heartbeat", f"--queues={queue}"])


def _told(owner: Any, name: str, before: str, after: str) -> None:
    """What a night comes to is written down, in lines that are written whole."""
    inner = getattr(owner, name)

    def wrapped(*given: Any, **named: Any) -> Any:
        facts = {**dict(zip(("company", "day"), given, strict=False)), **named}
        _write(before, facts["company"].code, facts["day"])
        found = inner(*given, **named)
        _write(after, facts["company"].code, facts["day"])
        return found

    setattr(owner, name, wrapped)


def _write(what: str, company: str, day: dt.date) -> None:
    with (FOLDER / "nights.log").open("a") as log:
        log.write(f"{what}|{company}|{day}\n")


def beat(number: int) -> None:
    """One of several clocks, which know nothing of each other."""
    sooner = {task.name: dt.timedelta(seconds=seconds) for task, seconds in EVERY_SECONDS.items()}
    app.conf.beat_schedule = {
        name: {**entry, "schedule": sooner[entry["task"]]}
        for name, entry in schedule.BEAT.items()
        if entry["task"] in sooner
    }
    app.conf.beat_max_loop_interval = 0.2
    app.Beat(schedule=str(FOLDER / f"beat{number}"), loglevel="ERROR", quiet=True).run()


class Clock:
    """Celery workers, and clocks that know nothing of each other."""

    def __init__(self, beats: int) -> None:
        connections.close_all()
        self.beats = [fork(beat, number) for number in range(beats)]
        self.workers = [(queue, fork(celery_worker, queue)) for queue in WORKERS]

    def kill(self, queue: str) -> None:
        """As a machine does that runs out of memory; other workers are started."""
        struck = [pid for served, pid in self.workers if served == queue]
        for pid in struck:
            _end(pid)
        spared = [each for each in self.workers if each[0] != queue]
        self.workers = spared + [(queue, fork(celery_worker, queue)) for _ in struck]

    def stop(self) -> None:
        """All of them."""
        for pid in (*self.beats, *(pid for _, pid in self.workers)):
            _end(pid)


def _end(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def main() -> None:
    """What the test asks for, until it closes the line."""
    MovedClock(FOLDER / "clock").arm()
    ticking: Clock | None = None
    try:
        for line in sys.stdin:
            asked, answer = json.loads(line), None
            if "strikes" in asked:
                answer = run_strikes(asked["strikes"], asked["lanes"])
            elif "beats" in asked:
                ticking = Clock(asked["beats"])
            elif ticking:
                ticking.kill(asked["kill"])
            print(json.dumps(answer), flush=True)
    finally:
        if ticking:
            ticking.stop()


main()
