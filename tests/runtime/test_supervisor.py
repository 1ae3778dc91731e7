"""The order in which `manage.py workbench` brings things up."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from collections_app.runtime import children, ports, services, supervisor
from collections_app.runtime.children import Child
from collections_app.runtime.home import Home


@dataclass
class Told(Child):
    """A child that only says that it was started."""

    def start(self) -> None:
        STEPS.append(self.name)
        self.process = subprocess.Popen(["sleep", "60"])


STEPS: list[str] = []


def test_the_clock_starts_when_the_demo_is_there_and_the_others_while_it_is_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    STEPS.clear()
    home = Home(folder / "home")

    def lease(home: Home) -> services.Lease:
        STEPS.append("servers")
        return services.Lease(home, ())

    def all_of(home: Home, door: int) -> list[Child]:
        return [Told(name, name, [], home.log / name) for name in ("web", "worker", "beat")]

    def healthy(door: Any) -> bool:
        STEPS.append("healthy")
        return True

    def ready(*told: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(services, "lease", lease)
    monkeypatch.setattr(children, "all_of", all_of)
    monkeypatch.setattr(supervisor, "_is_healthy", healthy)
    monkeypatch.setattr(supervisor, "_tell_ready", ready)
    monkeypatch.setattr(supervisor, "_on_signals", lambda handler: None)
    wishes = supervisor.Wishes(
        host="127.0.0.1",
        port=0,
        bring_tables=lambda lease: STEPS.append("tables"),
        bring_demo=lambda: STEPS.append("demo"),
        sign_ins=list,
        say=lambda line: None,
    )

    with ports.listen("127.0.0.1", 0) as door:
        monkeypatch.setattr(ports, "listen", lambda host, port: door)
        assert supervisor.run(home, wishes) == 0

    assert STEPS == ["servers", "tables", "web", "worker", "demo", "beat", "healthy"]
