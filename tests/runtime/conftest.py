"""Homes of real servers for one test each, in a folder with a space in its name."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from collections_app.runtime import process, services, states
from collections_app.runtime.home import Home

BOTH = ("pg", "redis")


class Take(Protocol):
    def __call__(self, home: Home, *servers: str) -> services.Lease: ...


@pytest.fixture
def folder() -> Iterator[Path]:
    """Short, since a socket's path has little room, and open to those who are not root."""
    path = Path(tempfile.mkdtemp(prefix="wb "))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def home(folder: Path) -> Iterator[Home]:
    """A home whose servers are down again when the test is over."""
    home = Home(folder / "home")
    yield home
    keepers = [states.read(home, server).keeper_pid for server in BOTH]
    for pid in filter(None, keepers):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    process.wait_until(lambda: not any(process.is_alive(pid) for pid in keepers if pid), seconds=10)


@pytest.fixture(scope="session")
def made_once() -> Iterator[Path]:
    """The data of a PostgreSQL that was started and stopped once: to copy is quicker than to make."""
    path = Path(tempfile.mkdtemp(prefix="wb made "))
    path.chmod(0o755)
    home = Home(path / "home")
    services.lease(home, servers=["pg"], linger_seconds=0).release(stop_now=True)
    yield home.data("pg")
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def used_home(home: Home, made_once: Path) -> Home:
    """A home that was started before."""
    home.path.mkdir()
    subprocess.run(["cp", "-a", str(made_once), str(home.data("pg"))], check=True)
    return home


@pytest.fixture
def take() -> Iterator[Take]:
    """Takes a lease without a pause after it, and gives it back when the test is over."""
    taken: list[services.Lease] = []

    def take(home: Home, *servers: str) -> services.Lease:
        taken.append(services.lease(home, servers=servers or None, linger_seconds=0))
        return taken[-1]

    yield take
    for lease in taken:
        lease.release()


@pytest.fixture
def plain_environment(folder: Path) -> dict[str, str]:
    """What a person has who just cloned the product, but for the folder of the data."""
    ours = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ours and not name.startswith(("WORKBENCH_", "PYTEST_", "DJANGO_"))
    }
    return {**kept, "WORKBENCH_HOME": str(folder / "home"), "WORKBENCH_NO_VENV": "1"}
