"""What a procedure asks people to do: a call is done by calling, a task by who is asked, a hold decided."""

import datetime as dt

import pytest

from collections_app.activity.events import Event
from collections_app.chase import working
from collections_app.contact.request_rows import ColleagueRequest
from collections_app.contact.rules import Direction, Outcome
from collections_app.dunning import deeds, drafts
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.desk import call, list_day
from tests.dunning.reminding import waiting
from tests.ledgerrows import Rows

DAY = dt.timedelta(days=1)


def asked(rows: Rows, today: dt.date, channel: str, **facts: object) -> ReminderDraft:
    """What a procedure asks for about Harrow."""
    facts = {"note": "Ask for a day", **facts}
    return waiting(rows.customers["100"], rows.invoices["A1"], day=today, channel=channel, **facts)


def state_of(draft: ReminderDraft) -> str:
    draft.refresh_from_db()
    return draft.state


def test_a_conversation_does_the_call_and_taking_it_back_undoes_it(
    harrow: Customer, rows: Rows, priya: User, today: dt.date, at: dt.datetime
) -> None:
    draft = asked(rows, today, "call")
    list_day(harrow.company, at=at)

    log = working.log_contact(call(Outcome.INFORMED), customer=harrow, by=priya, at=at)
    assert state_of(draft) == "done"
    assert (draft.contact_log, draft.decided_by) == (log, priya)
    assert Event.objects.filter(what="reminder.done", facts__contact_log=log.pk).exists()
    with pytest.raises(Refused, match="Take the conversation back"):
        drafts.undo(draft, by=priya, at=at)

    working.undo_contact(log, by=priya, at=at)
    assert state_of(draft) == "proposed"
    assert draft.contact_log is None


@pytest.mark.parametrize("outcome", [Outcome.NO_ANSWER, Outcome.LEFT_MESSAGE, Outcome.WRONG_PERSON])
def test_a_call_that_reached_nobody_is_still_to_be_made(
    harrow: Customer, rows: Rows, priya: User, today: dt.date, at: dt.datetime, outcome: Outcome
) -> None:
    draft = asked(rows, today, "call")

    working.log_contact(call(outcome), customer=harrow, by=priya, at=at)

    assert state_of(draft) == "proposed"


def test_what_they_rang_us_about_is_not_the_call_we_owe(
    harrow: Customer, rows: Rows, priya: User, today: dt.date, at: dt.datetime
) -> None:
    draft = asked(rows, today, "call")
    log = working.log_contact(call(Outcome.INFORMED), customer=harrow, by=priya, at=at)
    working.undo_contact(log, by=priya, at=at)
    log.direction = Direction.IN

    assert deeds.make_calls(log, by=priya, at=at) == 0
    assert state_of(draft) == "proposed"


def test_a_managers_call_is_done_by_a_manager(
    harrow: Customer, rows: Rows, priya: User, dana: User, today: dt.date, at: dt.datetime
) -> None:
    draft = asked(rows, today, "call", signer="manager")

    working.log_contact(call(Outcome.INFORMED), customer=harrow, by=priya, at=at)
    assert state_of(draft) == "proposed"
    with pytest.raises(Refused, match="for a manager"):
        drafts.done(draft, by=priya, at=at)

    working.log_contact(call(Outcome.INFORMED), customer=harrow, by=dana, at=at)
    assert state_of(draft) == "done"


def test_a_conversation_does_no_task_and_decides_no_hold(
    harrow: Customer, rows: Rows, dana: User, today: dt.date, at: dt.datetime
) -> None:
    others = [asked(rows, today, "task"), asked(rows, today, "hold_proposal")]

    working.log_contact(call(Outcome.INFORMED), customer=harrow, by=dana, at=at)

    assert {state_of(draft) for draft in others} == {"proposed"}


def test_a_task_reaches_the_colleague_who_is_asked(
    rows: Rows, priya: User, tom: User, today: dt.date, at: dt.datetime
) -> None:
    draft = asked(rows, today, "task", note="Call together with their account manager")
    due_on = today + 2 * DAY

    words = deeds.words_for(draft, due_on)
    made = deeds.hand_on(draft, to_user=tom, words=words, due_on=due_on, by=priya, at=at)

    assert state_of(draft) == "done"
    assert draft.colleague_request == made
    assert ColleagueRequest.objects.open().asked_of(tom).get() == made
    assert "Call together with their account manager" in made.words
    with pytest.raises(Refused, match="not open"):
        deeds.hand_on(draft, to_user=tom, words=words, due_on=due_on, by=priya, at=at)
    with pytest.raises(Refused, match="Withdraw the request"):
        drafts.undo(draft, by=priya, at=at)


def test_a_task_that_nobody_is_asked_for_stays(
    rows: Rows, priya: User, today: dt.date, at: dt.datetime
) -> None:
    draft = asked(rows, today, "task")

    with pytest.raises(Refused):
        deeds.hand_on(draft, words="Please", due_on=today + DAY, by=priya, at=at)

    assert state_of(draft) == "proposed"
    assert not ColleagueRequest.objects.exists()


@pytest.mark.parametrize(
    ("agrees", "state", "what"), [(True, "done", "hold_agreed"), (False, "dropped", "hold_declined")]
)
def test_a_hold_is_decided_by_a_manager_with_a_reason(
    rows: Rows, dana: User, today: dt.date, at: dt.datetime, agrees: bool, state: str, what: str
) -> None:
    draft = asked(rows, today, "hold_proposal")
    with pytest.raises(Refused, match="Say why"):
        deeds.decide_hold(draft, agrees=agrees, because=" ", by=dana, at=at)

    deeds.decide_hold(draft, agrees=agrees, because="They answered every call", by=dana, at=at)

    assert (state_of(draft), draft.because, draft.decided_by) == (state, "They answered every call", dana)
    assert Event.objects.filter(what=f"reminder.{what}", by=dana).count() == 1
    assert drafts.undo(draft, by=dana, at=at).state == "proposed"


def test_a_collector_neither_decides_nor_drops_a_hold(
    rows: Rows, priya: User, today: dt.date, at: dt.datetime
) -> None:
    draft = asked(rows, today, "hold_proposal")

    for refusing in (
        lambda: deeds.decide_hold(draft, agrees=True, because="Yes", by=priya, at=at),
        lambda: drafts.done(draft, by=priya, at=at),
        lambda: drafts.drop([draft], because="No", by=priya, at=at),
    ):
        with pytest.raises(Refused):
            refusing()

    assert state_of(draft) == "proposed"


def test_what_was_done_by_hand_is_taken_back_on_the_same_day_only(
    rows: Rows, priya: User, today: dt.date, at: dt.datetime
) -> None:
    draft = drafts.done(asked(rows, today, "task"), by=priya, at=at)

    with pytest.raises(Refused, match="earlier day"):
        drafts.undo(draft, by=priya, at=at + DAY)
    assert drafts.undo(draft, by=priya, at=at).state == "proposed"
