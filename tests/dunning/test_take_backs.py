"""Taking back many: what has not left waits for a decision again, and nothing else changes."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.activity.events import Event
from collections_app.correspondence.message_rows import Message
from collections_app.dunning import approvals, take_backs
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.dunning.reminding import LEDGER, drafts, morning
from tests.ledgerrows import company_of
from tests.ledgertext import load

LATER = dt.timedelta(seconds=5)


@pytest.fixture
def approved(company: Company, today: dt.date, at: dt.datetime, dana: User) -> list[ReminderDraft]:
    """Reminders to three customers, approved together."""
    numbers = ("100", "200", "300")
    text = "".join(LEDGER.replace("100", n).replace(" A", f" A{n}").replace(" H", f" H{n}") for n in numbers)
    load(text, company=company, today=today)
    Contact.objects.bulk_create(
        Contact(customer=each, name="Ada", email=f"a@{each.number}.example", recorded_at=at)
        for each in Customer.objects.all()
    )
    morning(company, today)
    approvals.approve(drafts(company), company=company, by=dana, at=at)
    return drafts(company, state="approved")


def states() -> list[str]:
    return list(ReminderDraft.objects.order_by("customer").values_list("state", flat=True))


def test_all_that_one_approval_let_go_waits_again(
    company: Company, approved: list[ReminderDraft], at: dt.datetime, dana: User, priya: User
) -> None:
    of_hers = take_backs.approved_by(dana, company=company, since=at, until=at)
    assert not take_backs.approved_by(priya, company=company, since=at, until=at)
    assert not take_backs.approved_by(dana, company=company, since=at + LATER, until=at + LATER)

    done = take_backs.take_back(list(of_hers), company=company, by=dana, at=at + LATER)

    assert (done.taken, done.left) == (3, 0)
    assert states() == ["proposed"] * 3
    assert set(Message.objects.values_list("state", "withdrawn_by", "leave_after", "next_attempt_at")) == {
        ("withdrawn", dana.pk, None, None)
    }
    assert Event.objects.filter(what="message.recalled").count() == 3
    assert Event.objects.filter(what="reminder.taken_back").count() == 3
    again = take_backs.take_back(approved, company=company, by=dana, at=at + LATER)
    assert (again.taken, states()) == (0, ["proposed"] * 3)


@pytest.mark.parametrize("state", ["sending", "sent", "uncertain"])
def test_what_has_left_or_is_leaving_stays_as_it_is(
    company: Company, approved: list[ReminderDraft], at: dt.datetime, dana: User, state: str
) -> None:
    sent_at = at if state == "sent" else None
    message = approved[1].message
    assert message
    Message.objects.filter(pk=message.pk).update(
        state=state, next_attempt_at=None, attempts=1, claimed_at=at, sent_at=sent_at
    )

    done = take_backs.take_back(approved, company=company, by=dana, at=at + LATER)

    assert (done.taken, done.left) == (2, 1)
    assert states() == ["proposed", "approved", "proposed"]
    message.refresh_from_db()
    assert message.state == state


def test_it_leaves_what_belongs_to_another_company_alone(
    company: Company, approved: list[ReminderDraft], at: dt.datetime, dana: User
) -> None:
    done = take_backs.take_back(approved, company=company_of("SO"), by=dana, at=at + LATER)

    assert (done.taken, done.left) == (0, 3)
    assert states() == ["approved"] * 3


def test_who_may_not_approve_may_not_take_back(
    company: Company, approved: list[ReminderDraft], at: dt.datetime, sam: User
) -> None:
    with pytest.raises(Refused):
        take_backs.take_back(approved, company=company, by=sam, at=at + LATER)
    assert states() == ["approved"] * 3


def test_messages_are_called_back_in_one_go(
    company: Company, approved: list[ReminderDraft], at: dt.datetime, dana: User
) -> None:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        take_backs.take_back(approved, company=company, by=dana, at=at + LATER)

    recalling = [query["sql"] for query in seen if query["sql"].startswith('UPDATE "message"')]
    assert len(recalling) == 1
