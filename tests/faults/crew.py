"""A program of its own: loads the product once, and forks workers that send while everything goes wrong.

It is told what to do line by line. ``{"strikes": [["kill", "picked", 40], ..], "lanes": 2}``: workers send
what is due until each was struck at its step. ``{"beats": 3, "folder": ".."}``: a Celery worker and so many
clocks do; ``{"kill": true}`` kills that worker and starts another. Each answer is a line too.
"""

import json
import os
import signal
import sys
import traceback
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.mail import get_connection  # noqa: E402
from django.db import Error, connections  # noqa: E402

from collections_app.celery import app  # noqa: E402
from collections_app.correspondence import deliveries  # noqa: E402
from collections_app.correspondence.message_rows import Message  # noqa: E402
from collections_app.correspondence.rules import MessageKind  # noqa: E402
from collections_app.jobs import outbox, tasks  # noqa: E402
from collections_app.lib import clock  # noqa: E402
from tests.faults.strikes import Strike, arm  # noqa: E402

ROUND_SECONDS = 0.5
# What a worker that lived through its strike still sends.
AND_THEN = 10


def work(strike: Strike) -> None:
    """Send until the strike, and a little more where one lives through it."""
    arm(strike)
    left = AND_THEN

    def gate(message: Message, at: Any) -> list[Any]:
        nonlocal left
        left -= strike.has_hit
        if left < 0:
            raise SystemExit
        return []

    while True:
        with suppress(Error):
            counts = deliveries.send_due(
                gates={MessageKind.SUMMARY: gate},
                link_for=lambda message, at: "",
                connection=get_connection(),
                at=clock.now(),
            )
            if not counts.waiting:
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


def celery_worker() -> None:
    """Takes what the clocks hand out, in short rounds: each one after the next is a task that has arrived."""
    outbox.send = partial(outbox.send, round_seconds=ROUND_SECONDS)
    words = ["worker", "--pool=solo", "--loglevel=ERROR", "--without-gossip", "--without-mingle"]
    app.worker_main([*words, "--without-heartbeat", "--queues=now"])


def beat(folder: str, number: int) -> None:
    """One of several clocks, which know nothing of each other."""
    app.conf.beat_schedule = {
        "send_outbox": {"task": tasks.send_outbox.name, "schedule": timedelta(seconds=0.3)}
    }
    app.conf.beat_max_loop_interval = 0.2
    app.Beat(schedule=str(Path(folder) / f"beat{number}"), loglevel="ERROR", quiet=True).run()


class Clock:
    """A Celery worker, and clocks that know nothing of each other."""

    def __init__(self, folder: str, beats: int) -> None:
        connections.close_all()
        self.beats = [fork(beat, folder, number) for number in range(beats)]
        self.worker = fork(celery_worker)

    def kill(self) -> None:
        """As a machine does that runs out of memory; another worker is started."""
        _end(self.worker)
        self.worker = fork(celery_worker)

    def stop(self) -> None:
        """All of them."""
        for pid in (*self.beats, self.worker):
            _end(pid)


def _end(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def main() -> None:
    """What the test asks for, until it closes the line."""
    ticking: Clock | None = None
    try:
        for line in sys.stdin:
            asked, answer = json.loads(line), None
            if "strikes" in asked:
                answer = run_strikes(asked["strikes"], asked["lanes"])
            elif "beats" in asked:
                ticking = Clock(asked["folder"], asked["beats"])
            elif ticking:
                ticking.kill()
            print(json.dumps(answer), flush=True)
    finally:
        if ticking:
            ticking.stop()


main()
