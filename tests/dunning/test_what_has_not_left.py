"""The ladder over a first reminder that was approved: what follows it, in each state of its message."""

import datetime as dt

import pytest

from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import MessageState
from collections_app.dunning import explanations
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.rules.ladder import Why
from collections_app.dunning.rules.leaving import COUNTS, Counts
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from tests.dunning.reminding import (
    HISTORY,
    LEDGER,
    approve,
    drafts,
    dunned,
    later,
    morning,
    told,
    with_contact,
)
from tests.ledgertext import load

DAY = dt.timedelta(days=1)
WAITING = [state for state in MessageState if COUNTS[state] == Counts.WAITS]
WORDS = {
    MessageState.READY: "was called back",
    MessageState.QUEUED: "has not left yet",
    MessageState.SENDING: "is leaving just now",
    MessageState.HELD_BACK: "was held back when it was to leave (Money is here)",
}


def first(company: Company, today: dt.date) -> ReminderDraft:
    load(LEDGER, company=company, today=today)
    morning(company, today)
    (draft,) = drafts(company)
    return draft


@pytest.mark.parametrize("state", WAITING)
def test_nothing_follows_an_email_that_has_not_left(
    company: Company, today: dt.date, at: dt.datetime, state: MessageState
) -> None:
    approve(first(company, today), at=at, state=state)

    for days in (5, 12, 40):
        counts = morning(company, later(today, days))
        assert counts.why[Why.UNSENT] == 1

    assert told(drafts(company)) == [("100", "email+3", "approved")]
    said = explanations.explain(customer=Customer.objects.get(), today=later(today, 40)).said
    assert WORDS[state] in said
    assert said.endswith("; the next waits for it.")


@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.UNCERTAIN])
def test_the_step_is_taken_on_the_day_on_which_it_left_or_was_tried(
    company: Company, today: dt.date, at: dt.datetime, state: MessageState
) -> None:
    draft = first(company, today)
    left_at = at + 6 * DAY
    sent_at = left_at if state == MessageState.SENT else None
    approve(draft, at=at, state=state, claimed_at=left_at, sent_at=sent_at)

    for days in (7, 8, 9):
        morning(company, later(today, days))
    assert len(drafts(company)) == 1
    morning(company, later(today, 12))
    assert told(drafts(company))[1:] == [("100", "email+7", "proposed")]
    assert drafts(company)[0].left_at == sent_at


def test_what_could_not_be_sent_is_due_again_for_a_person_to_approve(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    draft = first(company, today)
    approve(draft, at=at, state=MessageState.FAILED, last_answer="554 5.7.1 no")
    assert "could not be sent (554" in explanations.explain(customer=draft.customer, today=today).said

    morning(company, later(today, 1))

    before, again = drafts(company)
    assert told([before, again]) == [("100", "email+3", "dropped"), ("100", "email+3", "proposed")]
    assert before.because == "It could not be sent: 554 5.7.1 no"
    assert (before.is_automatic, again.is_automatic) == (True, False)
    assert Message.objects.get().state == "withdrawn"
    # It stays the next, however late it becomes.
    morning(company, later(today, 30))
    assert len(drafts(company)) == 2


def test_what_the_house_withdrew_is_due_again_by_itself(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    approve(first(company, today), at=at, state=MessageState.WITHDRAWN, attempts=0)

    morning(company, later(today, 1))

    assert told(drafts(company))[1:] == [("100", "email+3", "proposed")]
    assert drafts(company)[1].is_automatic


def test_what_a_person_withdrew_is_due_again_some_days_later(
    company: Company, today: dt.date, at: dt.datetime, priya: User
) -> None:
    approve(first(company, today), at=at, state=MessageState.WITHDRAWN, withdrawn_by=priya, attempts=0)

    for days in (1, 6):
        morning(company, later(today, days))
        assert len(drafts(company)) == 1
    morning(company, later(today, 8))
    assert told(drafts(company))[1:] == [("100", "email+3", "proposed")]


def test_words_that_were_held_back_as_no_longer_right_are_written_anew_by_the_clock(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    stop = {"code": "outdated", "sentence": "It was written on 2 March.", "until": None}
    approve(first(company, today), at=at, state=MessageState.HELD_BACK, stops=[stop])

    morning(company, later(today, 1))

    assert told(drafts(company)) == [("100", "email+3", "dropped"), ("100", "email+3", "proposed")]


def test_a_courtesy_that_has_not_left_is_waited_for_too(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    load(f"customer 100\n{HISTORY}invoice 100 A1 1200.00 due=+3\n", company=company, today=today)
    morning(company, today)
    (courtesy,) = drafts(company)
    assert courtesy.level == 0
    approve(courtesy, at=at, state=MessageState.QUEUED)

    morning(company, later(today, 9))

    assert told(drafts(company)) == [("100", "email-3", "approved")]


def test_a_message_that_is_held_up_all_week_is_followed_by_nothing_and_leaves_once(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    with_contact(company, today=today)
    dunned(company, today, at)
    assert Message.objects.get().state == "queued"

    for days in (1, 2, 5, 6, 7):
        dunned(company, later(today, days), at + days * DAY)

    assert Message.objects.count() == 1
    Message.objects.update(state="sent", sent_at=at + 7 * DAY, next_attempt_at=None)
    dunned(company, later(today, 9), at + 9 * DAY)
    assert Message.objects.count() == 1
    dunned(company, later(today, 12), at + 12 * DAY)
    assert told(drafts(company))[1:] == [("100", "email+7", "approved")]
