"""People at work while everything is struck once: the command itself, in a workbench of its own."""

import json
import os
import subprocess
import sys

import pytest

from collections_app.management.soaking import strikes
from collections_app.runtime.home import PROJECT

PEOPLE = 10


@pytest.mark.long(110)
def test_nothing_is_lost_doubled_or_done_by_halves_whatever_is_struck() -> None:
    """Beside rows and messages it proves that sessions outlive Redis, that forms come back with what was
    typed, that every error is said in words, and that only what was struck fails.
    """
    own = {
        "DJANGO_SETTINGS_MODULE": "collections_app.settings",
        "WORKBENCH_MODE": "demo",
        "SECRET_KEY": "s" * 50,
    }
    words = [sys.executable, "manage.py", "soak", "--minutes", "0.1", "--people", str(PEOPLE), "--json"]

    done = subprocess.run(words, cwd=PROJECT, env={**os.environ, **own}, capture_output=True, text=True)

    told = json.loads(done.stdout or "{}")
    assert told.get("breaches", done.stderr[-3000:]) == []
    assert done.returncode == 0
    assert (told["lost"], told["doubled"], told["halves"], told["invariants"]) == (0, 0, 0, "ok")
    struck = {row["strike"]: row["times"] for row in told["strikes"] if row["times"]}
    assert struck.keys() == {strike.name for strike in strikes.STRIKES}
    assert told["acknowledged"] > len(struck)
    assert told["mails"] > 0
