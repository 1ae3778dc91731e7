"""The processes beside the servers: started again a few times, and then given up with their last words."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from collections_app.runtime import children
from collections_app.runtime.children import Child
from collections_app.runtime.refusals import CannotStart


def watched(child: Child, *, looks: int) -> list[str]:
    """What it says over so many looks, each after the process has had time to end."""
    said = []
    for _ in range(looks):
        if child.process is not None:
            child.process.wait(timeout=20)
        said.append(child.look_after())
    return said


def test_it_is_started_again_with_a_pause_and_given_up_after_the_last(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "_PAUSES_SECONDS", (0.0, 0.0))
    child = Child("web", "web server", [sys.executable, "-c", "print('no'); exit(3)"], folder / "web.log")
    child.start()

    assert (
        watched(child, looks=4)
        == [
            f"The web server ended by itself (exit code 3); it is started again in 0 s. Its log: {child.log}",
            "",
        ]
        * 2
    )
    assert child.process is not None
    child.process.wait(timeout=20)
    with pytest.raises(CannotStart, match=r"exit code 3\), again[\s\S]+no\n    no"):
        child.look_after()


def test_it_waits_out_the_pause(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "_PAUSES_SECONDS", (60.0,))
    child = Child("beat", "clock", ["/bin/false"], folder / "beat.log")
    child.start()

    watched(child, looks=2)

    assert child.process is None


def test_one_that_does_not_stop_when_asked_is_killed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "_STOP_SECONDS", 0.2)
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    child = Child("worker", "worker", [sys.executable, "-c", deaf], folder / "worker.log")
    child.start()
    while "deaf" not in child.log.read_text():
        time.sleep(0.01)

    children.stop_all([child])

    assert child.process is not None
    assert child.process.wait(timeout=5) == -9
