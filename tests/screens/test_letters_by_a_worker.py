"""A letter of a company with many customers: a worker tries it on everybody and publishes it."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from kombu.exceptions import OperationalError

from collections_app.correspondence import letter_drafts
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.dunning import letter_publishings
from collections_app.jobs import tasks
from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from tests.desk import person
from tests.doors import HTMX, signed_in, text
from tests.ledgerrows import company_of
from tests.ledgertext import load
from tests.screens.test_letters import LEDGER, TYPED, URL

PART = f"{URL}publishing/"
BROKEN = "{% if customer.number == '200' %}{{ consequence.action }}{% endif %} Words of mine"


@pytest.fixture
def company(db: None, monkeypatch: pytest.MonkeyPatch) -> Company:
    """Two customers are many here. Aged by the real day, since doors read the clock."""
    cache.clear()
    monkeypatch.setattr(letter_publishings, "AT_ONCE_MAX", 1)
    now = dt.datetime.now(dt.UTC).date()
    return load(LEDGER, company=company_of(country="GB"), today=now).company


@pytest.fixture
def manager(company: Company) -> Client:
    return signed_in(person(company, "dana", Role.MANAGER))


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What a worker is told, which is done when the test says so."""
    found: list[tuple[Any, ...]] = []
    monkeypatch.setattr(tasks.publish_letter, "delay", lambda *args: found.append(args))
    return found


def test_a_worker_publishes_it_and_the_page_tells_when_it_is_done(
    company: Company, manager: Client, told: list[tuple[Any, ...]]
) -> None:
    said = text(manager.post(URL, {**TYPED, "step": "publish"}, follow=True))
    assert "A worker tries version 1 on 2 customers" in said
    assert "every 2s" in said
    assert letter_drafts.live(company, Purpose.LEVEL_1, "en") is None

    (arguments,) = told
    tasks.publish_letter(*arguments)

    live = letter_drafts.live(company, Purpose.LEVEL_1, "en")
    assert live is not None
    assert (live.number, live.note, str(live.published_by)) == (1, "Shorter", "Dana")
    part = text(manager.get(PART, headers=HTMX))
    assert "was tried on 2 customers and is published" in part
    assert "every 2s" not in part


def test_twice_publishes_once(company: Company, manager: Client, told: list[tuple[Any, ...]]) -> None:
    manager.post(URL, {**TYPED, "step": "publish"})
    tasks.publish_letter(*told[0])
    tasks.publish_letter(*told[0])

    assert letter_drafts.history(company, Purpose.LEVEL_1, "en").count() == 1
    assert "is published" in text(manager.get(URL))


def test_a_customer_for_whom_it_fails_is_named_and_the_draft_stays(
    company: Company, manager: Client, told: list[tuple[Any, ...]]
) -> None:
    manager.post(URL, {**TYPED, "body": BROKEN, "step": "publish"})
    tasks.publish_letter(*told[0])

    page = text(manager.get(URL))
    assert "Version 1 is not published; letters are written as before." in page
    assert "Customer 200: Words, line 1: There is no value “consequence.action” here." in page
    assert "Words of mine" in page
    assert letter_drafts.live(company, Purpose.LEVEL_1, "en") is None

    manager.post(URL, {**TYPED, "revision": "1", "step": "save"})
    assert "is not published" not in text(manager.get(URL))


def test_a_draft_that_was_changed_meanwhile_is_not_published(
    company: Company, manager: Client, told: list[tuple[Any, ...]]
) -> None:
    manager.post(URL, {**TYPED, "step": "publish"})
    manager.post(URL, {**TYPED, "subject": "Another", "revision": "1", "step": "save"})
    tasks.publish_letter(*told[0])

    assert letter_drafts.live(company, Purpose.LEVEL_1, "en") is None
    assert "changed this draft since" in text(manager.get(URL))


def test_without_a_worker_the_draft_is_saved_and_it_says_so(
    company: Company, manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(*_: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.publish_letter, "delay", nobody)

    answer = manager.post(URL, {**TYPED, "step": "publish"})

    assert answer.status_code == 503
    assert "The draft is saved." in text(answer)
    assert letter_drafts.draft(company, Purpose.LEVEL_1, "en") is not None
    assert "A worker tries" not in text(manager.get(URL))


def test_the_part_alone_leads_to_the_letter_in_a_plain_browser(company: Company, manager: Client) -> None:
    assert manager.get(PART).status_code == 303
    assert manager.get("/NG/letters/level_9/en/publishing/").status_code == 404
