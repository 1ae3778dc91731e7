"""The line between the test and the program of its own that holds the workers (``crew``)."""

import json
import os
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from collections_app.runtime.home import PROJECT
from tests.faults.redis_server import Redis

TIMEOUT_SECONDS = 1
# How often something else is done while the workers work.
MEANWHILE_SECONDS = 0.1


def environment() -> dict[str, str]:
    """In which a program of its own works on this test's database."""
    facts = connection.settings_dict
    place = quote(facts["HOST"] or "localhost", safe="")
    door = f":{facts['PORT']}" if facts["PORT"] else ""
    login = quote(facts["USER"]) + (f":{quote(facts['PASSWORD'])}" if facts["PASSWORD"] else "")
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "collections_app.settings",
        "WORKBENCH_MODE": "test",
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": f"postgres://{login}@{place}{door}/{facts['NAME']}",
        "LOG_LEVEL": "CRITICAL",
        # Those are for the whole product, and were done by the tests.
        "CELERY_SKIP_CHECKS": "true",
    }


class Crew:
    """The program with the workers, on this test's database, mail server, Redis and clock."""

    def __init__(self, *, port: int, own_redis: Redis, folder: Path) -> None:
        asked = {
            **environment(),
            "REDIS_URL": own_redis.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "EMAIL_TIMEOUT": str(TIMEOUT_SECONDS),
            "MAIL_PER_MINUTE": "0",
            "MAIL_PER_MINUTE_TO_HOST": "0",
            "FAULTS_FOLDER": str(folder),
        }
        words = [sys.executable, "-m", "tests.faults.crew"]
        pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with (folder / "crew.log").open("ab") as log:
            self.process = subprocess.Popen(words, cwd=PROJECT, env=asked, stderr=log, **pipes)

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *given: object) -> None:
        self.process.communicate(timeout=30)

    def do(self, *, meanwhile: Callable[[], object] = lambda: None, **asked: Any) -> Any:
        """Ask, do something else again and again until there is an answer, and give that."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        while not select.select([self.process.stdout], [], [], MEANWHILE_SECONDS)[0]:
            meanwhile()
        return json.loads(self.process.stdout.readline())
