"""The secret key of a demo: made on its first start and kept, so that sign-ins outlive a restart."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from collections_app.runtime.home import Home


def of(home: Home) -> str:
    """Readable by its owner only; two who make it at once agree on one."""
    path = home.path / "secret_key"
    for _ in range(2):
        try:
            return path.read_text()
        except FileNotFoundError:
            home.path.mkdir(parents=True, exist_ok=True)
            _make(path)
    return path.read_text()


def _make(path: Path) -> None:
    """Written beside its place and linked there, so that nobody ever reads half of it."""
    fresh = path.with_name(f"secret_key.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
