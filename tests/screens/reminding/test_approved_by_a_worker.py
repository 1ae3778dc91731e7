"""Approving more than a page may wait for: a worker does it, and the page tells how far it is."""

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from kombu.exceptions import OperationalError

from collections_app.activity.events import Event
from collections_app.correspondence.message_rows import Message
from collections_app.dunning import approvals, bulk_approvals, drafts
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

    def tell(args: tuple[Any, ...], *, expires: int) -> None:
        assert expires == bulk_approvals.SECONDS_MAX
        found.append(tuple(json.loads(json.dumps(args))))

    monkeypatch.setattr(tasks.approve_reminders, "apply_async", tell)
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


def test_told_again_it_does_not_approve_what_was_taken_back(desk: Desk, told: list[tuple[Any, ...]]) -> None:
    desk.client(desk.dana).post(URL, ticked(desk))
    tasks.approve_reminders(*told[0])
    drafts.undo(desk.draft("100"), by=desk.priya, at=desk.at)

    tasks.approve_reminders(*told[0])

    assert (desk.draft("100").state, desk.draft("200").state) == ("proposed", "approved")
    assert Event.objects.filter(what="reminders.approved").count() == 1


def test_broken_off_and_told_again_the_rest_follows_and_what_was_taken_back_stays(
    desk: Desk, told: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(approvals, "WRITTEN_AT_ONCE", 1)
    approve, begun = approvals._approve, list[int]()

    def killed(*args: Any) -> None:
        begun.append(1)
        if len(begun) == 2:
            raise OSError("The worker is gone")
        approve(*args)

    desk.client(desk.dana).post(URL, ticked(desk))
    monkeypatch.setattr(approvals, "_approve", killed)
    with pytest.raises(OSError, match="gone"):
        tasks.approve_reminders(*told[0])
    first = ReminderDraft.objects.get(state="approved")
    drafts.undo(first, by=desk.dana, at=desk.at)

    tasks.approve_reminders(*told[0])

    first.refresh_from_db()
    assert first.state == "proposed"
    assert (
        ReminderDraft.objects.exclude(pk=first.pk).get(customer__number__in=["100", "200"]).state
        == "approved"
    )


def test_what_changed_since_it_was_ticked_is_left_alone_and_it_says_so(
    desk: Desk, told: list[tuple[Any, ...]]
) -> None:
    browser, draft = desk.client(desk.dana), desk.draft("100")
    browser.post(URL, ticked(desk))
    ReminderDraft.objects.filter(pk=draft.pk).update(revision=draft.revision + 1)

    tasks.approve_reminders(*told[0])

    assert desk.draft("100").state == "proposed"
    assert "1 reminder left alone: decided or changed meanwhile." in part(browser)


def test_none_leaves_before_the_last_of_them_may_be_called_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(approvals, "WRITTEN_AT_ONCE", 1)
    monkeypatch.setattr(bulk_approvals, "TAKES", dt.timedelta(seconds=40))
    moments = (desk.at + dt.timedelta(seconds=30 * n) for n in range(10))
    seen = {draft.pk: draft.revision for draft in ReminderDraft.objects.open().messages()}
    assert len(seen) == 2

    ended = bulk_approvals.run(
        seen, company=desk.company, by=desk.dana, asked_at=desk.at, now=lambda: next(moments)
    )

    found = Message.objects.order_by("pk").values_list("prepared_at", "leave_after")
    assert [(at - desk.at).seconds for at, _ in found] == [30, 60]
    assert [(leave - desk.at).seconds for _, leave in found if leave] == [100, 100]
    assert ended.ended_at == desk.at + dt.timedelta(seconds=90)


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
    def nobody(*_: Any, **__: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.approve_reminders, "apply_async", nobody)

    page = text(desk.client(desk.dana).post(URL, ticked(desk), follow=True))

    assert "There are more of this group: approve once again." in page
    assert Message.objects.count() == 1
    assert "A worker approves" not in page


def test_the_part_alone_leads_to_the_reminders_in_a_plain_browser(desk: Desk) -> None:
    browser = desk.client(desk.dana)
    assert browser.get(PART).status_code == 303
    assert browser.post(PART).status_code == 405
    assert desk.client(desk.sam).get(PART).status_code == 403
