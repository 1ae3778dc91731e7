"""What every test stands on: real PostgreSQL and Redis, and a day that does not move."""

from __future__ import annotations

import datetime as dt
import gc
import os
from collections.abc import Generator, Iterator

import pytest
from django.db import connection
from playwright.sync_api import Browser, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from collections_app.runtime import chromium, services
from collections_app.runtime.home import Home
from tests import emptying
from tests.browsing import PATIENCE_MS, be_patient
from tests.flows.tabs import Tabs


def pytest_configure() -> None:
    emptying.install()
    gc.set_threshold(20_000, 20, 50)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: to look through it for garbage again and again was a sixth of the work."""
    gc.collect()
    gc.freeze()


# What takes longer is to say so with ``@pytest.mark.long(seconds)``; the run names what does not.
LONG_SECONDS = 45.0


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    _skip_without_a_browser(items)
    items[:] = _long_ones_first(items)


def _long_ones_first(items: list[pytest.Item]) -> list[pytest.Item]:
    """No core is idle while a long one ends: the longest begin. Of two processes the one begins at the top
    and the other in the middle, so each finds half of them.
    """
    long = sorted((item for item in items if _seconds(item)), key=_seconds, reverse=True)
    short = [item for item in items if not _seconds(item)]
    middle = len(short) // 2
    return [*long[::2], *short[:middle], *long[1::2], *short[middle:]]


def _seconds(item: pytest.Item) -> float:
    """How long it says that it takes; 0 for most."""
    mark = item.get_closest_marker("long")
    return float(mark.args[0]) if mark else 0.0


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tests that are long and do not say so are named: they begin late, and a core waits for their end."""
    for report in terminalreporter.getreports("passed"):
        if report.when == "call" and report.duration > LONG_SECONDS and "long" not in report.keywords:
            terminalreporter.write_line(
                f"{report.nodeid} took {report.duration:.0f} s: mark it as long, so that it begins first."
            )


def _skip_without_a_browser(items: list[pytest.Item]) -> None:
    """Tests in a browser only where there is a Chromium."""
    if chromium.find():
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="there is no Chromium here"))


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


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """One browser for all tests of a process; its driver keeps a loop, and Django is told to bear it."""
    expect.set_options(timeout=PATIENCE_MS)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        be_patient(patch)
        yield playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test in a browser that fails says what its tabs show."""
    report = yield
    tabs = getattr(item, "funcargs", {}).get("tabs")
    if report.when == "call" and report.failed and isinstance(tabs, Tabs):
        report.sections.append(("What the tabs show (stdout)", "\n".join(tabs.seen())))
    return report


@pytest.fixture
def tabs(live_server: LiveServer, chrome: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tabs]:
    """Opens tabs. An error on any console fails the test, be it of a script or of the security policy.

    While they are open their server keeps its connections, as the product does: a new one for every request
    cost the database more than the page.
    """
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 60)
    opened = Tabs(chrome, live_server.url)
    yield opened
    opened.close()
    assert opened.wrong == []


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Threads of servers and workers may still hold a connection when the test database is to be dropped."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def today() -> dt.date:
    """A Wednesday with no holiday near it."""
    return dt.date(2026, 3, 11)
