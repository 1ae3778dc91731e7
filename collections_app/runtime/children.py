"""The processes that `workbench` starts beside the servers: web, two workers and beat."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from collections_app.runtime import process
from collections_app.runtime.home import PROJECT, Home
from collections_app.runtime.refusals import CannotStart

# Processes rather than threads: one that puts a page together keeps the others of its process waiting, after
# each of their statements anew.
WEB_WORKER = "collections_app.runtime.fair_worker.FairWorker"
WEB_WORKERS = 6
WEB_THREADS = 1
TASK_PROCESSES = 2

_PAUSES_SECONDS = (1.0, 2.0, 4.0)  # before the first, second and third new start
_FORGIVEN_AFTER_SECONDS = 300.0
_STOP_SECONDS = 20.0


@dataclass
class Child:
    """One process: started again when it dies by itself, a few times, with growing pauses."""

    name: str
    title: str
    command: list[str]
    log: Path
    # When we are killed, a worker must not wait for a Redis that is going down too: QUIT is its cold stop.
    death_signal: int = signal.SIGTERM
    handed_over: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)
    starts_again_at: float = 0.0

    def start(self) -> None:
        self.process = process.spawn(
            self.command, log=self.log, death_signal=self.death_signal, pass_fds=self.handed_over, cwd=PROJECT
        )

    def look_after(self) -> str:
        """A sentence when it has died since the last look; raises CannotStart when it dies too often."""
        if self.process is None:
            if time.monotonic() >= self.starts_again_at:
                self.start()
            return ""
        if self.process.poll() is None:
            return ""
        now, code = time.monotonic(), self.process.returncode
        self.process = None
        self.deaths = [death for death in self.deaths if now - death < _FORGIVEN_AFTER_SECONDS] + [now]
        words = f"The {self.title} ended by itself ({_ending(code)})"
        if len(self.deaths) > len(_PAUSES_SECONDS):
            raise CannotStart(f"{words}, again. The end of {self.log}:{process.last_lines(self.log)}")
        pause = _PAUSES_SECONDS[len(self.deaths) - 1]
        self.starts_again_at = now + pause
        return f"{words}; it is started again in {pause:.0f} s. Its log: {self.log}"


def stop_all(children: list[Child]) -> None:
    """All at once; what does not stop in time is killed."""
    running = [child.process for child in children if child.process is not None]
    for one in running:
        if one.poll() is None:
            one.send_signal(signal.SIGTERM)
    # Asked once only: Celery takes a second request for an order to drop what it does.
    process.wait_until(lambda: all(one.poll() is not None for one in running), seconds=_STOP_SECONDS)
    kill_all(children)


def kill_all(children: list[Child]) -> None:
    for child in children:
        if child.process is not None and child.process.poll() is None:
            child.process.kill()


def all_of(home: Home, door: int) -> list[Child]:
    """Web on the listening socket `door`, worker, the worker for what is short and waited for, beat."""
    return [
        Child("web", "web server", web_command(door), home.log / "web.log", handed_over=(door,)),
        Child("worker", "worker", _worker(), home.log / "worker.log", death_signal=signal.SIGQUIT),
        Child("at_once", "quick worker", _at_once(), home.log / "at_once.log", death_signal=signal.SIGQUIT),
        Child("beat", "clock", _beat(home), home.log / "beat.log"),
    ]


def web_command(door: int) -> list[str]:
    """The web server on the listening socket `door`; the benchmark starts it the same way."""
    command = [sys.executable, "-m", "gunicorn", "collections_app.wsgi:application", f"--bind=fd://{door}"]
    # The control socket would be one for all programs of this user.
    command += ["--no-control-socket", f"--worker-class={WEB_WORKER}", f"--workers={WEB_WORKERS}"]
    # Each worker loads the product itself. Loaded once and forked it would start quicker, but the workers of
    # a master that is killed would stay.
    command += [f"--threads={WEB_THREADS}", "--timeout=60", "--graceful-timeout=10"]
    # The heartbeat file must not lie on a slow disk.
    return [*command, "--worker-tmp-dir=/dev/shm"] if os.access("/dev/shm", os.W_OK) else command


def _worker() -> list[str]:
    command = [sys.executable, "-m", "celery", "-A", "collections_app", "worker", "--loglevel=INFO"]
    return [*command, f"--concurrency={TASK_PROCESSES}", "--without-gossip", "--without-mingle"]


def _at_once() -> list[str]:
    """One process: nothing long ever stands in its queue, which the other worker serves too."""
    command = [sys.executable, "-m", "celery", "-A", "collections_app", "worker", "--loglevel=INFO"]
    command += ["--pool=solo", "--queues=at_once", "--hostname=at_once@%h"]
    return [*command, "--without-gossip", "--without-mingle"]


def _beat(home: Home) -> list[str]:
    schedule = home.run / "beat"  # when each entry last ran; disposable
    command = [sys.executable, "-m", "celery", "-A", "collections_app", "beat", "--loglevel=INFO"]
    return [*command, f"--schedule={schedule}", "--pidfile="]


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
