"""Reminders leave one after the other: after a wait that they shared, and a final notice never first."""

import pytest

from collections_app.contact.rules import Outcome
from collections_app.correspondence import sending_pauses
from collections_app.correspondence.message_rows import Message
from collections_app.dunning.draft_rows import ReminderDraft
from tests.dunning.office import AT, DAY, HOUR, TODAY, Office
from tests.dunning.test_sending_gate import leave, queued, stops_of


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def paused(office: Office) -> None:
    """They wait for sends to go on, and are due together then."""
    sending_pauses.pause(company=office.company, reason="A test of templates.", by=office.dana, at=AT)
    assert leave() == 0
    assert not Message.objects.exclude(state="queued").exists()
    sending_pauses.resume(company=office.company, by=office.dana, at=AT)


def test_of_two_reminders_that_waited_together_one_leaves_and_the_other_is_held_back(office: Office) -> None:
    first, second = queued(office), queued(office, level=2)
    paused(office)

    assert leave(AT + HOUR) == 1
    assert leave(AT + 2 * HOUR) == 0

    first.refresh_from_db()
    assert first.state == "sent"
    assert stops_of(second) == [("held_back", "too_soon")]
    assert second.stops[0]["sentence"] == (
        "“First reminder” by email left on 11 March; the next follows 1 day later or more."
    )


def test_the_graver_of_two_that_waited_together_does_not_overtake_the_other(office: Office) -> None:
    second, first = queued(office, level=2), queued(office)
    ReminderDraft.objects.filter(message=first).update(run_on=TODAY - DAY)
    paused(office)

    assert leave(AT + HOUR) == 1

    first.refresh_from_db()
    assert first.state == "sent"
    assert stops_of(second) == [("held_back", "out_of_turn")]


def test_a_reminder_without_its_draft_is_held_back(office: Office) -> None:
    message = queued(office)
    ReminderDraft.objects.filter(message=message).update(message=None)

    assert leave() == 0
    assert stops_of(message) == [("held_back", "no_draft")]


@pytest.mark.parametrize("heard", [False, True])
def test_a_final_notice_that_would_be_the_first_word_does_not_leave(office: Office, heard: bool) -> None:
    message = queued(office, level=4)
    if heard:
        office.talk(at=AT - HOUR)

    assert leave() == heard
    assert stops_of(message) == ([] if heard else [("held_back", "first_word")])


def test_a_conversation_that_reached_nobody_is_no_word_before_a_final_notice(office: Office) -> None:
    message = queued(office, level=4)
    office.talk(Outcome.NO_ANSWER, at=AT - HOUR)

    assert leave() == 0
    assert stops_of(message) == [("held_back", "first_word")]
