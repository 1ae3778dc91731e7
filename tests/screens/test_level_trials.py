"""Levels tried before they are switched on: a worker does it, and the page tells who would get what."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from kombu.exceptions import OperationalError

from collections_app.dunning import levels
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.levels import LevelSwitch
from collections_app.jobs import tasks
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.rules import Role
from tests.desk import person
from tests.doors import HTMX, signed_in, text
from tests.dunning.reminding import stages
from tests.ledgerrows import company_of
from tests.ledgertext import load

PAGE = "/NG/procedures/levels/"
WEDNESDAY = dt.datetime(2026, 3, 11, 10, tzinfo=dt.UTC)
LEDGER = """
customer 100 "Harrow Tools"
invoice 100 H1 900.00 due=+30 issued=-200
invoice 100 H2 900.00 due=+30 issued=-200
invoice 100 H3 900.00 due=+30 issued=-200
invoice 100 A1 1200.00 due=-5
"""


@pytest.fixture
def company(db: None, monkeypatch: pytest.MonkeyPatch) -> Company:
    """Nothing is switched on yet: the ledger has just been taken over."""
    cache.clear()
    monkeypatch.setattr(clock, "now", lambda: WEDNESDAY)
    company = company_of()
    load(LEDGER, company=company, today=WEDNESDAY.date())
    stages(company, WEDNESDAY.date())
    dana = person(company, "dana", Role.MANAGER)
    levels.switch(company=company, highest_level=-1, from_on=WEDNESDAY.date(), by=dana, at=WEDNESDAY)
    return company


@pytest.fixture
def browser(company: Company) -> Client:
    return signed_in(person(company, "ruth", Role.MANAGER))


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What a worker is told, which is done when the test says so."""
    found: list[tuple[Any, ...]] = []
    monkeypatch.setattr(tasks.try_levels, "delay", lambda *args: found.append(args))
    return found


def test_who_would_get_what_is_told_before_a_level_is_switched_on(
    browser: Client, told: list[tuple[Any, ...]]
) -> None:
    asked = {"highest_level": "1", "from_on": "2026-03-11"}
    assert browser.post(f"{PAGE}try/", asked).headers["Location"] == f"{PAGE}#trials"
    waiting = text(browser.get(PAGE, headers=HTMX))
    assert "A worker is at it" in waiting
    assert 'hx-trigger="every 2s"' in waiting

    tasks.try_levels(*told[0])

    page = text(browser.get(PAGE))
    assert "Up to “First reminder”" in page
    assert "1 customer looked at; 1 customer would get something else." in page
    assert '£1,200.00</span> (with it), <span class="figure">£0.00</span> (as it is on)' in page
    assert "Harrow Tools" in page
    assert not ReminderDraft.objects.exists()
    assert LevelSwitch.objects.count() == 1


def test_below_the_ladder_nothing_would_change(browser: Client, told: list[tuple[Any, ...]]) -> None:
    browser.post(f"{PAGE}try/", {"highest_level": "0"})
    tasks.try_levels(*told[0])

    assert "0 customers would get something else." in text(browser.get(PAGE))


def test_a_worker_who_cannot_be_told_leaves_nothing_behind(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object) -> None:
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.try_levels, "delay", away)

    answer = browser.post(f"{PAGE}try/", {"highest_level": "1"})

    assert answer.status_code == 503
    assert 'id="tried-title"' not in text(browser.get(PAGE))


def test_a_level_that_there_is_not_and_collectors_try_nothing(company: Company, browser: Client) -> None:
    assert browser.post(f"{PAGE}try/", {"highest_level": "9"}).status_code == 404
    assert browser.get(f"{PAGE}try/").status_code == 405
    priya = signed_in(person(company, "priya"))
    assert priya.post(f"{PAGE}try/", {"highest_level": "1"}).status_code == 403
