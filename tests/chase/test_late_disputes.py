"""A dispute raised after the final notice about its invoice says so, as a fact and not as a reproach."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from collections_app.chase import working
from collections_app.contact.conversations import Contested
from collections_app.contact.disputes import Dispute
from collections_app.contact.rules import Outcome
from collections_app.correspondence import messages
from collections_app.correspondence.messages import Message
from collections_app.correspondence.rules import Audience, MessageKind, MessageState
from collections_app.correspondence.rules.writing import Letter
from collections_app.dunning.draft_rows import ReminderDraft
from tests.desk import call
from tests.dunning.office import AT, DAY, TODAY, Office
from tests.dunning.reminding import waiting

# What the tables want beside a state.
BESIDE: dict[MessageState, Callable[[dt.datetime], dict[str, Any]]] = {
    MessageState.SENT: lambda at: {"sent_at": at},
    MessageState.UNCERTAIN: lambda at: {"claimed_at": at, "attempts": 1},
    MessageState.QUEUED: lambda at: {"leave_after": at, "next_attempt_at": at},
    MessageState.WITHDRAWN: lambda at: {"withdrawn_at": at},
}


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def noticed(office: Office, *, level: int, state: MessageState, at: dt.datetime = AT - DAY) -> None:
    """A reminder of A1 that came to ``state`` at that moment."""
    facts = {"level": level, "state": "approved", "decided_at": at, "decided_by": office.dana}
    draft: ReminderDraft = waiting(office.harrow, office.rows.invoices["A1"], day=TODAY - DAY, **facts)
    letter = Letter(
        MessageKind.REMINDER,
        Audience.CUSTOMER,
        "Ada Osei",
        "ada@harrow.example",
        "About A1",
        "When will you pay?",
    )
    draft.message = messages.prepare(
        company=office.company, customer=office.harrow, key=draft.key, letter=letter, by=office.dana, at=at
    )
    draft.save()
    Message.objects.filter(pk=draft.message.pk).update(state=state, changed_at=at, **BESIDE[state](at))


def contested(office: Office, number: str = "A1") -> Dispute:
    what = Contested(office.rows.invoices[number], Decimal(100), "PRICE")
    working.log_contact(
        call(Outcome.DISPUTES, contested=(what,)), customer=office.harrow, by=office.priya, at=AT
    )
    return Dispute.objects.get()


@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.UNCERTAIN])
def test_what_was_raised_after_the_final_notice_says_so(office: Office, state: MessageState) -> None:
    noticed(office, level=4, state=state)
    assert contested(office).get_late_raised_display() == "after the final notice"


def test_an_invoice_that_the_final_notice_did_not_name_is_contested_in_time(office: Office) -> None:
    noticed(office, level=4, state=MessageState.SENT)
    assert contested(office, "A2").late_raised == ""


@pytest.mark.parametrize(
    ("level", "state"), [(3, MessageState.SENT), (4, MessageState.QUEUED), (4, MessageState.WITHDRAWN)]
)
def test_an_earlier_reminder_and_a_notice_that_never_left_count_for_nothing(
    office: Office, level: int, state: MessageState
) -> None:
    noticed(office, level=level, state=state)
    assert contested(office).late_raised == ""


def test_a_notice_by_post_counts_from_its_posting(office: Office) -> None:
    facts = {"level": 4, "channel": "letter", "state": "done", "decided_at": AT - DAY}
    waiting(office.harrow, office.rows.invoices["A1"], day=TODAY - DAY, decided_by=office.dana, **facts)
    assert contested(office).late_raised == "final_notice"
