"""docker-compose.yml has the shape of production: pinned, watched over, and without a secret."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from collections_app.runtime import children
from collections_app.runtime.home import PROJECT

TEXT = (PROJECT / "docker-compose.yml").read_text()
IMAGE = (PROJECT / "Dockerfile").read_text()
SETTINGS = (PROJECT / "collections_app" / "settings.py").read_text()
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(TEXT)["services"]
APP = ("web", "worker", "at_once", "beat", "migrate")


def test_it_has_every_part_of_the_product() -> None:
    assert set(SERVICES) == {*APP, "postgres", "redis", "mailpit"}


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_each_part_is_pinned_and_watched_over(name: str) -> None:
    service = SERVICES[name]

    assert re.search(r"(:|:-)v?\d+\.\d+(\.\d+)?\}?$", service["image"])
    assert service["healthcheck"].get("test") or (name == "migrate" and service["healthcheck"]["disable"])
    assert service["restart"] == ("no" if name == "migrate" else "unless-stopped")


def test_the_base_of_the_product_s_own_image_is_pinned() -> None:
    assert re.match(r"FROM python:3\.11\.\d+-", IMAGE.split("\n", 1)[1])


def test_the_image_serves_pages_by_as_many_as_the_workbench_does() -> None:
    assert f'"--worker-class={children.WEB_WORKER}"' in IMAGE
    assert f'"--workers={children.WEB_WORKERS}", "--threads={children.WEB_THREADS}"' in IMAGE


def test_no_secret_stands_in_it() -> None:
    for name, service in SERVICES.items():
        for setting, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|KEY", setting):
                assert re.fullmatch(r"\$\{\w+:\?.+\}", value), f"{name}: {setting}"
    assert [word for word in re.findall(r"//\w+:([^@\s]+)@", TEXT) if not word.startswith("${")] == []


def test_what_production_needs_is_given_or_asked_for() -> None:
    settings = SERVICES["web"]["environment"]

    assert settings["WORKBENCH_MODE"] == "production"
    assert set(settings) >= {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"}
    assert all(SERVICES[name]["environment"] == settings for name in APP)


def test_every_setting_can_be_said() -> None:
    """A setting that is not passed on is silently not there, whatever stands in the environment."""
    read = set(re.findall(r"""env\.[a-z_]+\(\s*"([A-Z_]+)\"""", SETTINGS))
    to_try_only = {"SHOWS_DEMO_SIGN_INS", "WEBHOOKS_TO_LOOPBACK"}

    assert len(read) > 20
    assert read - set(SERVICES["web"]["environment"]) == to_try_only


def test_the_order_of_starting_is_database_tables_product() -> None:
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    for name in ("web", "worker", "at_once", "beat"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_data_outlives_its_container_and_sorts_as_the_embedded_server_does() -> None:
    # From PostgreSQL 18 on the image keeps its data one folder higher than before.
    assert SERVICES["postgres"]["volumes"] == ["ledger:/var/lib/postgresql"]
    assert "--builtin-locale=C.UTF-8" in SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"]
    assert SERVICES["redis"]["volumes"] == ["queue:/data"]
    assert {"--appendonly", "noeviction"} <= set(SERVICES["redis"]["command"])


def test_only_the_web_and_the_mail_catcher_are_reached_from_outside() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"web", "mailpit"}
