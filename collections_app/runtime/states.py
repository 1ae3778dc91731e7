"""What a keeper tells those who wait for its server: a small file beside its locks, replaced whole."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from collections_app.runtime.home import Home


@dataclass(frozen=True)
class State:
    """`name` is starting, ready, stopping or failed; true only while the keeper's lock is held."""

    name: str = ""
    keeper_pid: int = 0
    server_pid: int = 0
    message: str = ""

    @property
    def serves(self) -> bool:
        return self.name in {"starting", "ready"}


def start_file(home: Home, server: str) -> Path:
    """Locked by whoever makes sure that the server runs: one at a time."""
    return home.run / f"{server}.start"


def keeper_file(home: Home, server: str) -> Path:
    """Locked by the keeper for as long as it lives."""
    return home.run / f"{server}.keeper"


def lease_file(home: Home, server: str) -> Path:
    """Locked, shared, by everybody who needs the server."""
    return home.run / f"{server}.lease"


def write(
    home: Home, server: str, name: str, *, keeper_pid: int = 0, server_pid: int = 0, message: str = ""
) -> None:
    fresh = home.run / f"{server}.state.{os.getpid()}"
    fresh.write_text(json.dumps(asdict(State(name, keeper_pid, server_pid, message))))
    fresh.replace(home.run / f"{server}.state")


def read(home: Home, server: str) -> State:
    try:
        return State(**json.loads((home.run / f"{server}.state").read_text()))
    except (OSError, ValueError, TypeError):
        return State()
