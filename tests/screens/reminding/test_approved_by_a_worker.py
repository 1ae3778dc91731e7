"""Approving more than a page may wait for: a worker does it, and the page tells how far it is."""

from typing import Any

import pytest
from django.test import Client
from kombu.exceptions import OperationalError

from collections_app.correspondence.message_rows import Message
from collections_app.dunning import approvals
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.jobs import tasks
from collections_app.screens import reminders_approve
from tests.doors import HTMX, text
from tests.screens.reminding.conftest import Desk

URL = "/NG/reminders/approve/"
PART = "/NG/reminders/approving/"


@pytest.fixture(autouse=True)
def two_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminders_approve, "AT_ONCE_MAX", 1)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What a worker is told, which is done when the test says so."""
    found: list[tuple[Any, ...]] = []
    monkeypatch.setattr(tasks.approve_reminders, "delay", lambda *args: found.append(args))
    return found


def ticked(desk: Desk) -> dict[str, Any]:
    return {"view": "to_approve", "draft": [str(desk.draft(number).pk) for number in ("100", "200")]}


def part(browser: Client) -> str:
    return text(browser.get(PART, headers=HTMX))


def test_a_worker_approves_them_and_the_page_tells_when_it_is_done(
    desk: Desk, told: list[tuple[Any, ...]]
) -> None:
    browser = desk.client(desk.dana)
    page = text(browser.post(URL, ticked(desk), follow=True))
    assert "A worker approves 2 reminders: 0 done so far." in page
    assert "every 2s" in page
    assert not Message.objects.exists()

    tasks.approve_reminders(*told[0])

    assert Message.objects.filter(state="queued").count() == 2
    assert {draft.decided_by for draft in ReminderDraft.objects.all()} == {desk.dana}
    assert "2 reminders approved; the first leaves" in part(browser)
    assert "every 2s" not in part(browser)
    # Others read of what they asked for themselves.
    assert "approved" not in part(desk.client(desk.priya))


def test_the_page_tells_how_far_it_is_after_each_batch(
    desk: Desk, told: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(approvals, "WRITTEN_AT_ONCE", 1)
    browser, seen, approve = desk.client(desk.dana), list[str](), approvals._approve
    browser.post(URL, ticked(desk))

    def watched(*args: Any) -> None:
        seen.append(part(browser))
        approve(*args)

    monkeypatch.setattr(approvals, "_approve", watched)
    tasks.approve_reminders(*told[0])

    assert ["0 done so far" in seen[0], "1 done so far" in seen[1]] == [True, True]


def test_twice_approves_once(desk: Desk, told: list[tuple[Any, ...]]) -> None:
    desk.client(desk.dana).post(URL, ticked(desk))
    tasks.approve_reminders(*told[0])
    tasks.approve_reminders(*told[0])

    assert Message.objects.count() == 2


def test_what_a_manager_signs_is_refused_at_once_and_nobody_is_told(
    desk: Desk, told: list[tuple[Any, ...]]
) -> None:
    ReminderDraft.objects.filter(pk=desk.draft("100").pk).update(level=4)
    ReminderDraft.objects.filter(customer__number="200").update(level=1)
    asked = {"view": "to_approve", "draft": [str(draft.pk) for draft in ReminderDraft.objects.all()]}

    answer = desk.client(desk.priya).post(URL, asked)

    assert answer.status_code == 422
    assert "A manager approves this" in text(answer)
    assert told == []


def test_without_a_worker_the_first_of_them_are_approved_and_it_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(*_: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.approve_reminders, "delay", nobody)

    page = text(desk.client(desk.dana).post(URL, ticked(desk), follow=True))

    assert "There are more of this group: approve once again." in page
    assert Message.objects.count() == 1
    assert "A worker approves" not in page


def test_the_part_alone_leads_to_the_reminders_in_a_plain_browser(desk: Desk) -> None:
    browser = desk.client(desk.dana)
    assert browser.get(PART).status_code == 303
    assert browser.post(PART).status_code == 405
    assert desk.client(desk.sam).get(PART).status_code == 403
