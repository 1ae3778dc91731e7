"""Approving: by a person and by the clock; what is written, released, held back, taken back."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.activity.events import Event
from collections_app.contact import disputes
from collections_app.correspondence import messages, outbox
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import MessageState
from collections_app.dunning import approvals, drafts
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.dunning.reminding import LEDGER, by_hand, called, dunned, later, morning, told, with_contact
from tests.dunning.reminding import drafts as drafts_of
from tests.ledgertext import load


@pytest.fixture
def harrow(company: Company, today: dt.date) -> Customer:
    return with_contact(company, today=today)


def test_the_clock_releases_what_the_procedure_lets_it(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime
) -> None:
    found = dunned(company, today, at)

    (draft,) = drafts_of(company)
    assert (draft.state, draft.decided_by, found.approved.released) == ("approved", None, 1)
    message = Message.objects.get()
    assert message.key == f"reminder:{company.pk}:{harrow.pk}:2026-03-11:1:email"
    assert (message.state, message.to_address, message.auto_submitted) == (
        "queued", "ada@harrow.example", True,
    )  # fmt: skip
    assert draft.message == message
    assert "A1" in message.body
    assert "1,200.00" in message.body
    assert message.body_html
    assert Event.objects.filter(what="reminder.approved", customer=harrow).count() == 1


def test_a_second_run_sends_nothing_twice(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime
) -> None:
    dunned(company, today, at)
    again = dunned(company, today, at)

    assert again.changed == 0
    assert Message.objects.count() == 1
    assert Event.objects.filter(what="reminders.run").count() == 1


def test_a_person_approves_what_should_be_approved(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, priya: User
) -> None:
    morning(company, today)
    draft = by_hand(drafts_of(company)[0])
    assert dunned(company, today, at).waiting == 1

    found = approvals.approve([draft], company=company, by=priya, at=at)

    assert found.released == 1
    draft.refresh_from_db()
    assert (draft.state, draft.decided_by) == ("approved", priya)
    message = Message.objects.get()
    assert message.leave_after is not None
    assert message.leave_after >= at + dt.timedelta(seconds=20)
    assert not message.auto_submitted


def test_approving_twice_has_one_effect(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, priya: User
) -> None:
    morning(company, today)
    draft = by_hand(drafts_of(company)[0])

    for _ in range(2):
        approvals.approve([draft], company=company, by=priya, at=at)

    assert Message.objects.count() == 1
    assert Event.objects.filter(what="reminder.approved").count() == 1


def test_a_final_notice_is_approved_by_a_manager(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, priya: User, dana: User
) -> None:
    morning(company, today)
    draft = by_hand(drafts_of(company)[0])
    draft.level = 4
    draft.save()
    called(draft)

    with pytest.raises(Refused, match="manager"):
        approvals.approve([draft], company=company, by=priya, at=at)
    assert approvals.approve([draft], company=company, by=dana, at=at).released == 1


def test_sales_approve_nothing(company: Company, harrow: Customer, today: dt.date, at: dt.datetime) -> None:
    morning(company, today)

    with pytest.raises(Refused, match="role"):
        approvals.approve(drafts_of(company), company=company, by=person(company, "sam", Role.SALES), at=at)


def test_what_was_disputed_since_is_held_back_with_its_reason(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, priya: User
) -> None:
    morning(company, today)
    draft = by_hand(drafts_of(company)[0])
    invoice = Invoice.objects.get(number="A1")
    disputes.lodge(customer=harrow, invoice=invoice, amount=Decimal(200), reason="PRICE", by=priya, at=at)

    found = approvals.approve([draft], company=company, by=priya, at=at)

    assert (found.released, found.held_back) == (0, [draft.pk])
    draft.refresh_from_db()
    assert (draft.state, draft.stops[0]["code"]) == ("held_back", "disputed")
    assert "200.00" in draft.stops[0]["sentence"]
    assert not Message.objects.exists()
    # The next run writes it anew, with what is disputed in it.
    assert dunned(company, later(today, 1), at + dt.timedelta(1)).held_back == 0


def test_without_an_address_it_is_held_back_for_a_person(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime
) -> None:
    Contact.objects.all().delete()

    found = dunned(company, today, at)

    assert (found.held_back, found.approved.released) == (1, 0)
    assert drafts_of(company)[0].stops[0]["code"] == "no_address"


def test_an_approval_is_taken_back_until_it_leaves_and_the_clock_lets_it_be(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, priya: User
) -> None:
    dunned(company, today, at)
    (draft,) = drafts_of(company)

    draft = drafts.undo(draft, by=priya, at=at)

    assert draft.state == "proposed"
    assert Message.objects.get().state == MessageState.READY
    assert dunned(company, today, at).approved.released == 0
    approvals.approve([draft], company=company, by=priya, at=at)
    assert Message.objects.get().state == MessageState.QUEUED


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


def test_what_a_person_has_to_decide_is_left_to_them(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime
) -> None:
    dunned(company, today, at)
    stop = {"code": "covered", "sentence": "Money is here.", "until": None}
    Message.objects.update(state="held_back", stops=[stop], next_attempt_at=None)

    dunned(company, later(today, 1), at + dt.timedelta(1))

    assert Message.objects.get().state == "held_back"
    assert told(drafts_of(company)) == [("100", "email+3", "approved")]


def test_the_statements_of_an_approval_do_not_grow_with_the_drafts(
    company: Company, today: dt.date, at: dt.datetime, priya: User
) -> None:
    counted = []
    for first, last in ((200, 203), (300, 330)):
        text = "".join(
            LEDGER.replace("100", str(n)).replace(" A", f" A{n}").replace(" H", f" H{n}")
            for n in range(first, last)
        )
        load(text, company=company, today=today)
        Contact.objects.bulk_create(
            Contact(customer=each, name="Ada", email=f"a@{each.number}.example", recorded_at=at)
            for each in Customer.objects.filter(number__gte=str(first))
        )
        morning(company, today)
        waiting = list(ReminderDraft.objects.open().messages())
        with CaptureQueriesContext(connection) as queries:
            found = approvals.approve(waiting, company=company, by=priya, at=at)
        assert found.released == last - first
        counted.append(len(queries))

    assert counted[1] <= counted[0]
