"""Where nobody knows for a day whether a message left, somebody rings."""

import datetime as dt

import pytest

from collections_app.contact.commitment_rows import Commitment
from collections_app.correspondence import outbox
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import Audience
from collections_app.correspondence.rules.sending import Outcome
from collections_app.jobs import tasks
from collections_app.jobs.schedule import BEAT, QUEUE_OF
from collections_app.lib import clock
from collections_app.segmentation.assignments import Assignment
from tests.correspondence.mailing import AT, House, Post, send

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def house(db: None) -> House:
    return House()


def lost(house: House, **facts: object) -> Message:
    message = house.queued(**facts)
    send(Post(Outcome.UNKNOWN), at=AT + HOUR)
    message.refresh_from_db()
    assert message.state == "uncertain"
    return message


def rings(monkeypatch: pytest.MonkeyPatch, at: dt.datetime) -> list[Commitment]:
    monkeypatch.setattr(clock, "now", lambda: at)
    tasks.ring_about_uncertain()
    return list(Commitment.objects.order_by("pk"))


def test_after_a_day_whoever_wrote_rings_and_is_asked_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert BEAT["ring_about_uncertain"]["task"] == tasks.ring_about_uncertain.name
    assert tasks.ring_about_uncertain.name in QUEUE_OF
    lost(house)
    assert rings(monkeypatch, AT + DAY) == []

    [asked] = rings(monkeypatch, AT + 26 * HOUR)
    assert (asked.owner, asked.recorded_by, asked.customer) == (house.priya, None, house.customer)
    assert asked.words == "Ring Ms Vogel: nobody knows whether “What we agreed today” arrived"
    assert asked.due_on == (AT + 26 * HOUR).date()
    assert rings(monkeypatch, AT + 27 * HOUR) == [asked]


def test_whoever_looks_after_the_customer_comes_first(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    Assignment.objects.create(
        company=house.company, customer=house.customer, collector=house.dana, day=AT.date()
    )
    lost(house)
    [asked] = rings(monkeypatch, AT + 2 * DAY)
    assert asked.owner == house.dana


def test_a_manager_rings_when_nobody_else_is_left(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    lost(house)
    house.priya.is_active = False
    house.priya.save()
    [asked] = rings(monkeypatch, AT + 2 * DAY)
    assert asked.owner == house.dana


def test_what_is_known_or_went_to_a_colleague_is_nothing_to_ring_about(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox.confirm_left(lost(house), by=house.priya, at=AT + 2 * HOUR)
    lost(house, audience=Audience.COLLEAGUE)
    assert rings(monkeypatch, AT + 3 * DAY) == []
