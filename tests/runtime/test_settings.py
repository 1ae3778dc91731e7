"""Settings come from the environment, and a missing one is a sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from collections_app.runtime import secret_key
from collections_app.runtime.home import PROJECT, Home

PRODUCTION = {
    "WORKBENCH_MODE": "production",
    "SECRET_KEY": "x7" * 20 + "-abcdefghijklmnop",
    "ALLOWED_HOSTS": "chase.example",
    "DATABASE_URL": "postgres://workbench:secret@postgres/workbench",
    "REDIS_URL": "redis://redis/0",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example:587",
    "MAIL_FROM": "collections@company.example",
}


def check(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check", *words],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_production_is_clean_by_the_framework_s_own_list(plain_environment: dict[str, str]) -> None:
    done = check(plain_environment | PRODUCTION, "--deploy", "--fail-level", "WARNING")

    assert done.stdout == "System check identified no issues (0 silenced).\n"
    assert (done.stderr, done.returncode) == ("", 0)


def test_a_setting_that_is_empty_is_as_if_it_were_not_there(plain_environment: dict[str, str]) -> None:
    """So docker-compose.yml passes them on, also those that nobody set."""
    passed_on = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())["services"]["web"]["environment"]
    empty = {name: "" for name, value in passed_on.items() if value.endswith(":-}")}
    assert {"SESSION_HOURS", "RETENTION_DAYS", "METRICS_TOKEN"} <= empty.keys()
    done = check(plain_environment | PRODUCTION | empty, "--deploy", "--fail-level", "WARNING")

    assert (done.stderr, done.returncode) == ("", 0)


def test_production_names_everything_that_is_missing_at_once(plain_environment: dict[str, str]) -> None:
    done = check(plain_environment | {"WORKBENCH_MODE": "production", "SECRET_KEY": "something"})

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for name in ("ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "MAIL_FROM"):
        assert f"\n  {name}: " in done.stderr
    assert "\n  SECRET_KEY" not in done.stderr


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"DATABASE_URL": "sqlite:///ledger.db"}, "PostgreSQL is the only database"),
        ({"WORKBENCH_MODE": "prod"}, "it must be production, demo, dev or test"),
        ({"REDIS_URL": "http://redis/0"}, "REDIS_URL cannot be used: it must read like redis://host:6379/0"),
        ({"COOKIES_SECURE": "maybe"}, "COOKIES_SECURE cannot be used: it must be true or false"),
    ],
)
def test_a_wrong_setting_is_a_sentence(
    plain_environment: dict[str, str], setting: dict[str, str], sentence: str
) -> None:
    done = check(plain_environment | PRODUCTION | setting)

    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_demo_needs_no_setting_and_starts_nothing_to_be_checked(
    plain_environment: dict[str, str], folder: Path
) -> None:
    done = check(plain_environment)

    assert done.returncode == 0
    assert [path.name for path in (folder / "home").iterdir()] == ["secret_key"]


def test_the_demo_s_key_is_made_once_and_read_by_its_owner_only(home: Home) -> None:
    key = secret_key.of(home)

    assert len(key) > 60
    assert secret_key.of(home) == key
    assert (home.path / "secret_key").stat().st_mode & 0o777 == 0o600
