"""Approving: by a person and by the clock; what is written, released, held back, taken back."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.activity.events import Event
from collections_app.contact import disputes
from collections_app.correspondence.message_rows import Message
from collections_app.dunning import approvals, drafts, levels
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


def test_a_level_that_was_switched_off_since_it_was_drafted_is_not_approved(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, dana: User
) -> None:
    morning(company, today)
    levels.switch(company=company, highest_level=0, from_on=today, by=dana, at=at)

    found = approvals.approve(drafts_of(company), company=company, by=dana, at=at)

    (draft,) = drafts_of(company)
    assert (found.released, draft.state, draft.stops[0]["code"]) == (0, "held_back", "level_off")
    assert draft.stops[0]["sentence"] == (
        "“First reminder” is switched off: reminders go up to “Before the due date”."
    )


def test_what_waits_for_a_customer_who_is_none_any_more_ends(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, dana: User
) -> None:
    dunned(company, today, at)
    Message.objects.update(
        state="held_back", stops=[{"code": "inactive", "sentence": "x"}], next_attempt_at=None
    )
    Customer.objects.update(is_active=False)
    assert approvals.approve(drafts_of(company), company=company, by=dana, at=at).released == 0

    dunned(company, later(today, 1), at + dt.timedelta(1))
    assert told(drafts_of(company)) == [("100", "email+3", "dropped")]
    assert Message.objects.get().state == "withdrawn"
    # One that waits for a yes ends with the reason.
    Customer.objects.update(is_active=True)
    dunned(company, later(today, 2), at + dt.timedelta(2))
    drafts.undo(drafts_of(company)[-1], by=dana, at=at + dt.timedelta(2))
    Customer.objects.update(is_active=False)
    dunned(company, later(today, 5), at + dt.timedelta(5))
    ended = drafts_of(company)[-1]
    assert (ended.state, ended.because) == ("dropped", "They are not an active customer any more.")


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
