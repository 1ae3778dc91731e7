"""A draft of a procedure tried on screen: a worker does it, and the page tells who would get what."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from kombu.exceptions import OperationalError

from collections_app.dunning import procedures
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.procedure_rows import ProcedureVersion
from collections_app.dunning.rules.steps import Channel, Step
from collections_app.jobs import tasks
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.screens import procedure_tries
from tests.desk import person
from tests.doors import HTMX, signed_in, text
from tests.dunning.reminding import stages
from tests.ledgerrows import company_of
from tests.ledgertext import load

PAGE = "/NG/procedures/segments/standard/draft/trial/"
# Known for long, so standard: nobody owes for as long as the procedure in force waits.
LEDGER = """
customer 100 "Harrow Tools"
invoice 100 H1 900.00 due=+30 issued=-200
invoice 100 H2 900.00 due=+30 issued=-200
invoice 100 H3 900.00 due=+30 issued=-200
invoice 100 A1 1200.00 due=-2
"""
WEDNESDAY = dt.datetime(2026, 3, 11, 10, tzinfo=dt.UTC)


@pytest.fixture
def company(db: None, monkeypatch: pytest.MonkeyPatch) -> Company:
    cache.clear()
    monkeypatch.setattr(clock, "now", lambda: WEDNESDAY)
    company = company_of()
    load(LEDGER, company=company, today=WEDNESDAY.date())
    stages(company, WEDNESDAY.date())
    return company


@pytest.fixture
def dana(company: Company) -> User:
    return person(company, "dana", Role.MANAGER)


@pytest.fixture
def draft(company: Company, dana: User) -> ProcedureVersion:
    """A letter on the day after the due date, and nothing else."""
    procedures.ensure_default(company=company, by=None, at=WEDNESDAY)
    begun = procedures.begin(company=company, segment_code="standard", by=dana, at=WEDNESDAY)
    steps = [Step("letter+1", 1, Channel.LETTER, 1)]
    return procedures.edit(version=begun, steps=steps, revision=0, by=dana, at=WEDNESDAY)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What a worker is told, which is done when the test says so."""
    found: list[tuple[Any, ...]] = []
    monkeypatch.setattr(tasks.try_procedure, "delay", lambda *args: found.append(args))
    return found


@pytest.fixture
def browser(dana: User) -> Client:
    return signed_in(dana)


def test_a_day_is_previewed_by_a_worker_and_told_with_counts_and_money(
    browser: Client, draft: ProcedureVersion, told: list[tuple[Any, ...]]
) -> None:
    assert browser.post(f"{PAGE}start/", {"kind": "preview", "day": "2026-03-11"}).status_code == 303
    waiting = text(browser.get(PAGE, headers=HTMX))
    assert "A worker is at it" in waiting
    assert 'hx-trigger="every 2s"' in waiting

    tasks.try_procedure(*told.pop())
    page = text(browser.get(PAGE))
    assert "every 2s" not in page
    assert "1 customer looked at; 1 customer would get something else." in page
    assert '<td class="lead">First reminder</td> <td data-label="What">Letter</td>' in page
    assert "1,200" in page
    assert "letter 1 day after the due date" in page
    assert "Harrow Tools" in page
    assert "1 message would be held back, and why" in page
    assert "We have no postal address of this customer." in page
    assert not ReminderDraft.objects.exists()


def test_the_days_behind_us_are_tested_by_a_worker(
    browser: Client, draft: ProcedureVersion, told: list[tuple[Any, ...]]
) -> None:
    assert browser.post(f"{PAGE}start/", {"kind": "back_test"}).status_code == 303
    tasks.try_procedure(*told.pop())
    page = text(browser.get(PAGE))
    # Due on Monday: yesterday was the day of the letter. The email before it was due leaves no more.
    assert "10 Mar: letter 1 day after the due date" in page
    assert '<td class="num" data-label="More or fewer">+1</td>' in page


def test_it_says_when_the_draft_was_changed_since(
    browser: Client, draft: ProcedureVersion, told: list[tuple[Any, ...]], dana: User
) -> None:
    browser.post(f"{PAGE}start/", {"kind": "preview"})
    tasks.try_procedure(*told[0])
    procedures.edit(version=draft, steps=[], revision=1, by=dana, at=WEDNESDAY)
    assert "The draft was changed since." in text(browser.get(PAGE))


def test_a_worker_that_does_not_answer_is_told(
    browser: Client,
    draft: ProcedureVersion,
    told: list[tuple[Any, ...]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser.post(f"{PAGE}start/", {"kind": "preview"})
    monkeypatch.setattr(clock, "now", lambda: WEDNESDAY + dt.timedelta(minutes=20))
    page = text(browser.get(PAGE))
    assert "No worker has brought an answer." in page
    assert "every 2s" not in page


def test_it_says_so_when_no_worker_can_be_told(
    browser: Client, draft: ProcedureVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*args: object) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.try_procedure, "delay", unreachable)
    response = browser.post(f"{PAGE}start/", {"kind": "preview"})
    assert response.status_code == 503
    assert "A worker is at it" not in text(browser.get(PAGE))


def test_a_draft_that_was_published_meanwhile_is_not_tried(
    draft: ProcedureVersion, dana: User, company: Company
) -> None:
    procedures.publish(version=draft, revision=1, in_force_from=WEDNESDAY.date(), by=dana, at=WEDNESDAY)
    tasks.try_procedure(draft.pk, "preview", "2026-03-11")
    tasks.try_procedure(draft.pk + 1, "back_test", "2026-03-11")


@pytest.mark.parametrize(("day", "said"), [("2040-01-01", "within a year"), ("soon", "valid date")])
def test_a_day_that_cannot_be_tried_is_refused(
    browser: Client, draft: ProcedureVersion, told: list[tuple[Any, ...]], day: str, said: str
) -> None:
    response = browser.post(f"{PAGE}start/", {"kind": "preview", "day": day})
    assert response.status_code == 422
    assert said in text(response)
    assert told == []


def test_a_day_of_rest_is_named(
    browser: Client, draft: ProcedureVersion, told: list[tuple[Any, ...]]
) -> None:
    browser.post(f"{PAGE}start/", {"kind": "preview", "day": "2026-03-14"})
    tasks.try_procedure(*told[0])
    assert "Nobody is reminded on a day that is not worked." in text(browser.get(PAGE))


def test_it_is_for_those_who_edit_procedures(company: Company, draft: ProcedureVersion) -> None:
    assert signed_in(person(company, "priya")).get(PAGE).status_code == 403


def test_the_list_of_whom_is_turned_over_page_by_page(
    browser: Client, draft: ProcedureVersion, told: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(procedure_tries, "PAGE_ROWS", 1)
    company = draft.company
    known = "".join(f"invoice N H{n} 900.00 due=+30 issued=-200\n" for n in range(3))
    lines = [
        f'customer {n} "Firm {n}"\n{known.replace(" N H", f" {n} H")}invoice {n} A1 1200.00 due=-2'
        for n in (200, 300)
    ]
    load("\n".join(lines), company=company, today=WEDNESDAY.date())
    Customer.objects.update(address="1 Mill Lane\nLeeds")
    stages(company, WEDNESDAY.date())
    browser.post(f"{PAGE}start/", {"kind": "preview", "day": "2026-03-11"})
    tasks.try_procedure(*told.pop())

    first, second = text(browser.get(PAGE)), text(browser.get(f"{PAGE}?preview=1"))

    assert "1 to 1 of 2" in first
    assert "?preview=1#preview-list" in first
    assert "2 to 2 of 2" in second
    assert "?preview=0#preview-list" in second
    assert ("Harrow Tools" in first) != ("Harrow Tools" in second)
    assert browser.get(f"{PAGE}?preview=nine").status_code == 200


def test_a_back_test_says_which_stops_it_applies(
    browser: Client, draft: ProcedureVersion, told: list[tuple[Any, ...]]
) -> None:
    browser.post(f"{PAGE}start/", {"kind": "back_test"})
    tasks.try_procedure(*told.pop())
    page = text(browser.get(PAGE))
    assert "Applied on each day: disputes, promises" in page
    assert "Not known any more, and left out" in page
