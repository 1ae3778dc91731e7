"""After an approval: taken back, dropped, held back by the outbox, and what the next run makes of it."""

import datetime as dt

import pytest

from collections_app.correspondence import messages, outbox
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import MessageState
from collections_app.dunning import approvals, drafts, runs
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.payments import Payment
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.dunning.reminding import drafts as drafts_of
from tests.dunning.reminding import dunned, later, morning, told, with_contact
from tests.ledgerrows import company_of
from tests.ledgertext import load
from tests.together import Elsewhere


@pytest.fixture
def harrow(company: Company, today: dt.date) -> Customer:
    return with_contact(company, today=today)


def test_an_approval_is_taken_back_until_it_leaves_and_the_clock_lets_it_be(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, priya: User
) -> None:
    dunned(company, today, at)
    (draft,) = drafts_of(company)

    draft = drafts.undo(draft, by=priya, at=at)

    assert draft.state == "proposed"
    taken_back = Message.objects.get()
    assert (taken_back.state, taken_back.withdrawn_by, taken_back.leave_after) == ("withdrawn", priya, None)
    assert dunned(company, today, at).approved.released == 0
    approvals.approve([draft], company=company, by=priya, at=at)
    assert Message.objects.standing().get().state == MessageState.QUEUED


def test_what_is_taken_back_while_the_clock_goes_through_its_list_is_left_to_people(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, priya: User
) -> None:
    """The clock read it among many thousands, and comes to it only now."""
    morning(company, today)
    runs.draft(company=company, today=today, at=at)
    (listed,) = drafts_of(company)
    assert listed.is_automatic
    drafts.drop([listed], because="They rang", by=priya, at=at)
    drafts.undo(listed, by=priya, at=at)

    assert approvals.approve([listed], company=company, by=None, at=at).released == 0

    assert told(drafts_of(company)) == [("100", "email+3", "proposed")]
    assert Message.objects.count() == 0


def test_a_reminder_that_was_dropped_takes_its_message_along(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, priya: User
) -> None:
    """Also one that waits for its hour, whose approval was taken back before messages were withdrawn."""
    dunned(company, today, at)
    (draft,) = drafts_of(company)
    ReminderDraft.objects.update(state="proposed", decided_at=None)
    assert Message.objects.get().state == MessageState.QUEUED

    drafts.drop([draft], because="They rang", by=priya, at=at)

    assert Message.objects.get().state == MessageState.WITHDRAWN


def test_what_was_taken_back_and_dropped_can_still_be_approved_and_leaves(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, priya: User
) -> None:
    dunned(company, today, at)
    draft = drafts.undo(drafts_of(company)[0], by=priya, at=at)
    drafts.drop([draft], because="They rang", by=priya, at=at)
    draft = drafts.undo(draft, by=priya, at=at)

    assert approvals.approve([draft], company=company, by=priya, at=at).released == 1

    first, second = Message.objects.order_by("revision")
    assert (first.state, second.state, second.revision) == ("withdrawn", "queued", 2)
    assert drafts_of(company)[0].message == second


def test_what_changed_between_undo_and_approval_is_in_the_letter(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, priya: User
) -> None:
    dunned(company, today, at)
    draft = drafts.undo(drafts_of(company)[0], by=priya, at=at)
    Invoice.objects.filter(number="A2").update(open_amount=0, settled_on=today)
    dunned(company, today, at)

    approvals.approve([draft], company=company, by=priya, at=at)

    message = Message.objects.standing().get()
    assert message.revision == 2
    assert "A2" not in message.body


def test_what_has_left_cannot_be_taken_back(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, priya: User
) -> None:
    dunned(company, today, at)
    Message.objects.update(state="sent", sent_at=at, next_attempt_at=None)

    with pytest.raises(Refused):
        drafts.undo(drafts_of(company)[0], by=priya, at=at)


def test_a_message_that_somebody_withdrew_is_no_step_and_comes_again_later(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, priya: User
) -> None:
    dunned(company, today, at)
    message = outbox.recall(Message.objects.get(), by=priya, at=at)
    messages.withdraw(message, by=priya, at=at)

    for days in (1, 2, 5, 6):
        dunned(company, later(today, days), at + dt.timedelta(days))
    assert told(drafts_of(company)) == [("100", "email+3", "dropped")]

    dunned(company, later(today, 8), at + dt.timedelta(8))
    assert told(drafts_of(company))[1:] == [("100", "email+3", "approved")]


def test_what_the_outbox_held_back_as_no_longer_right_is_written_anew(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime
) -> None:
    dunned(company, today, at)
    stop = {"code": "settled", "sentence": "A2 was settled since this was written.", "until": None}
    Message.objects.update(state="held_back", stops=[stop], next_attempt_at=None)
    Invoice.objects.filter(number="A2").update(open_amount=0, settled_on=today)

    dunned(company, later(today, 1), at + dt.timedelta(1))

    assert told(drafts_of(company)) == [("100", "email+3", "dropped"), ("100", "email+3", "approved")]
    before, after = Message.objects.order_by("pk")
    assert (before.state, after.state) == ("withdrawn", "queued")
    assert "A2" not in after.body


def held_back(code: str) -> None:
    """The outbox held the message back, for a person."""
    stop = {"code": code, "sentence": "Somebody has to do something.", "until": None}
    Message.objects.update(state="held_back", stops=[stop], next_attempt_at=None)


def test_what_a_person_has_to_decide_is_left_to_them_until_they_did(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime
) -> None:
    dunned(company, today, at)
    Contact.objects.update(email_bounced_at=at)
    held_back("bounced")

    dunned(company, later(today, 1), at + dt.timedelta(1))
    assert Message.objects.get().state == "held_back"
    assert told(drafts_of(company)) == [("100", "email+3", "approved")]

    Contact.objects.update(email="ada.osei@harrow.example", email_bounced_at=None)
    dunned(company, later(today, 2), at + dt.timedelta(2))
    assert told(drafts_of(company)) == [("100", "email+3", "dropped"), ("100", "email+3", "approved")]
    before, after = Message.objects.order_by("pk")
    assert (before.state, before.withdrawn_by, after.state) == ("withdrawn", None, "queued")
    assert after.to_address == "ada.osei@harrow.example"


def test_once_money_is_set_against_an_invoice_the_rest_is_asked_for(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime
) -> None:
    dunned(company, today, at)
    load("customer 100\nreceipt 100 P1 300.00 on=0", company=company, today=today)
    held_back("covered")
    dunned(company, later(today, 1), at + dt.timedelta(1))
    assert Message.objects.get().state == "held_back"

    Payment.objects.update(unallocated_amount=0)
    Invoice.objects.filter(number="A2").update(open_amount=0, settled_on=today)
    dunned(company, later(today, 2), at + dt.timedelta(2))

    asking = Message.objects.get(state="queued")
    assert "1,200.00" in asking.body
    assert "A2" not in asking.body
    assert Message.objects.exclude(pk=asking.pk).get().state == "withdrawn"


def test_what_somebody_is_just_deciding_is_left_to_the_next_run(
    transactional_db: None, today: dt.date, at: dt.datetime
) -> None:
    """They hold the draft and want its message: the run, which wants both, does not wait for either."""
    company = company_of(country="GB")
    with_contact(company, today=today)
    dunned(company, today, at)
    held_back("settled")
    (draft,) = drafts_of(company)

    with Elsewhere(lambda: drafts.locked([draft])):
        dunned(company, later(today, 1), at + dt.timedelta(1))
        assert Message.objects.get().state == "held_back"
    dunned(company, later(today, 1), at + dt.timedelta(1))
    assert Message.objects.filter(state="withdrawn").count() == 1
