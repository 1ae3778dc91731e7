"""What every test stands on: real PostgreSQL and Redis, and a day that does not move."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator

import pytest

from collections_app.runtime import chromium, services
from collections_app.runtime.home import Home


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests in a browser: one after another, and only where there is a Chromium."""
    no_browser = pytest.mark.skip(reason="there is no Chromium here")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
            if not chromium.find():
                item.add_marker(no_browser)


@pytest.fixture(scope="session")
def servers() -> Iterator[None]:
    """The throw-away servers, unless DATABASE_URL and REDIS_URL named others; a test of pure rules starts
    none.
    """
    wanted = [name for name in os.environ["WORKBENCH_TEST_SERVERS"].split(",") if name]
    lease = services.lease(Home.for_tests(), servers=wanted)
    yield
    lease.release()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(servers: None, django_db_modify_db_settings_parallel_suffix: None) -> None:
    """pytest-django asks for this before it makes the test database."""


@pytest.fixture
def today() -> dt.date:
    """A Wednesday with no holiday near it."""
    return dt.date(2026, 3, 11)
