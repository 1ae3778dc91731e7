"""Taking back together what was approved together, while it has not left."""

from typing import Any

import pytest
from django.test import Client

from collections_app.correspondence import outbox
from collections_app.correspondence.message_rows import Message
from collections_app.dunning import approvals, bulk_approvals
from collections_app.dunning.draft_rows import ReminderDraft
from tests.doors import text
from tests.screens.reminding.conftest import Desk

URL = "/NG/reminders/take-back/"
APPROVE = "/NG/reminders/approve/"
LIST = "/NG/reminders/"


def ids(desk: Desk) -> list[str]:
    return [str(desk.draft(number).pk) for number in ("100", "200")]


def state(desk: Desk) -> list[str]:
    return [desk.draft(number).state for number in ("100", "200")]


def moment(desk: Desk) -> str:
    return desk.at.isoformat().replace("+", "%2B")


@pytest.fixture
def approved(desk: Desk) -> Client:
    """Both are approved by the manager, who signs in here."""
    both = list(ReminderDraft.objects.open().messages())
    approvals.approve(both, company=desk.company, by=desk.dana, at=desk.at)
    return desk.client(desk.dana)


def test_what_is_ticked_is_taken_back(desk: Desk, approved: Client) -> None:
    assert "Take back" in text(approved.get(LIST, {"view": "underway"}))

    answer = approved.post(URL, {"view": "underway", "draft": ids(desk)[:1]}, follow=True)

    assert "1 reminder taken back: they wait for a decision again." in text(answer)
    assert state(desk) == ["proposed", "approved"]


def test_a_whole_group_is_taken_back(desk: Desk, approved: Client) -> None:
    draft = desk.draft("100")
    group = {"level": draft.level, "segment": draft.segment_code, "channel": draft.channel}

    approved.post(URL, {"view": "underway", "whole": "yes", **group})

    same = desk.draft("200").level == draft.level
    assert state(desk) == ["proposed", "proposed" if same else "approved"]


def test_after_an_approval_all_of_it_is_undone_at_once(desk: Desk) -> None:
    browser = desk.client(desk.dana)
    page = browser.post(APPROVE, {"view": "to_approve", "draft": ids(desk)}, follow=True)
    assert state(desk) == ["approved", "approved"]
    (said,) = page.context["messages"]

    assert said.extra_tags.startswith(f"{URL}?since=")
    browser.post(said.extra_tags)

    assert state(desk) == ["proposed", "proposed"]
    assert set(Message.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_what_a_worker_approved_is_taken_back_from_its_notice(desk: Desk) -> None:
    seen = {draft.pk: draft.revision for draft in ReminderDraft.objects.open().messages()}
    bulk_approvals.run(seen, company=desk.company, by=desk.dana, asked_at=desk.at, now=lambda: desk.at)
    browser = desk.client(desk.dana)
    page = browser.get(LIST)
    assert "Take back what has not left" in text(page)

    browser.post(page.context["takes_approval_back"])

    assert state(desk) == ["proposed", "proposed"]


def test_what_left_meanwhile_is_told(desk: Desk, approved: Client) -> None:
    Message.objects.filter(customer__number="200").update(
        state="sent", sent_at=desk.at, claimed_at=desk.at, attempts=1, next_attempt_at=None
    )

    answer = approved.post(f"{URL}?since={moment(desk)}&until={moment(desk)}", follow=True)

    assert "1 reminder taken back" in text(answer)
    assert "1 reminder had left, or cannot be taken back." in text(answer)
    assert state(desk) == ["proposed", "approved"]


@pytest.mark.parametrize("asked", [{}, {"draft": ["0"]}, {"draft": ["x"]}])
def test_with_nothing_ticked_it_says_so(approved: Client, asked: dict[str, Any]) -> None:
    answer = approved.post(URL, {"view": "underway", **asked})

    assert answer.status_code == 422
    assert "Tick the reminders that are to be taken back." in text(answer)


@pytest.mark.parametrize("times", ["since=yesterday&until=now", "since=2026-03-11T09:15:00&until=", "since="])
def test_a_time_that_is_none_is_not_found(approved: Client, times: str) -> None:
    assert approved.post(f"{URL}?{times}").status_code == 404


def test_a_collector_takes_back_those_of_their_customers(desk: Desk, approved: Client) -> None:
    browser = desk.client(desk.priya)

    browser.post(URL, {"view": "underway", "draft": ids(desk)})

    assert state(desk) == ["proposed", "approved"]


def test_who_approves_nothing_takes_nothing_back(desk: Desk, approved: Client) -> None:
    assert desk.client(desk.sam).post(URL, {"view": "underway", "draft": ids(desk)}).status_code == 403
    assert approved.get(URL).status_code == 405


def test_what_was_taken_back_cannot_be_sent_from_the_outbox(desk: Desk, approved: Client) -> None:
    approved.post(URL, {"view": "underway", "draft": ids(desk)[1:]})
    assert "Brandt" not in text(approved.get("/NG/outbox/?view=ready"))
    # One whose approval was taken back while messages still stayed ready.
    ReminderDraft.objects.filter(customer__number="100", channel="email").update(
        state="proposed", decided_at=None
    )
    message = Message.objects.get(customer__number="100")
    outbox.recall(message, by=desk.priya, at=desk.at)

    answer = desk.client(desk.priya).post(f"/NG/outbox/{message.pk}/send/", follow=True)

    assert "Nobody has approved this reminder." in text(answer)
    message.refresh_from_db()
    assert message.state == "ready"
