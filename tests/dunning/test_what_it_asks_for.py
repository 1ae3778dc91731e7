"""A reminder asks for what was looked at and nothing else, and does not leave when its sums are others by
now.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from collections_app.contact import disputes
from collections_app.correspondence import letterheads
from collections_app.correspondence.message_rows import Message
from collections_app.dunning import (
    approvals,
    draft_letters,
    drafts,
    interest_charges,
    interest_terms,
    posting,
)
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.jobs.outbox import GATES
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.people.users import User
from tests.correspondence.mailing import Post, send
from tests.dunning.reminding import waiting
from tests.ledgerrows import Rows
from tests.ledgertext import load

LEDGER = """
customer 100 "Harrow Tools"
invoice 100 A1 1200.00 due=-41
invoice 100 A2 800.00 due=-12
invoice 100 S1 100.00 due=+3
invoice 100 S2 200.00 due=+10
invoice 100 S3 400.00 due=+14
"""
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@pytest.fixture
def rows(company: Company, today: dt.date) -> Rows:
    company.stale_after_hours = 1000
    company.save()
    made = load(LEDGER, company=company, today=today)
    Contact.objects.create(
        customer=made.customers["100"],
        name="Ada Osei",
        email="ada@harrow.example",
        is_primary=True,
        recorded_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )
    return made


def reminder(rows: Rows, *numbers: str, day: dt.date, **facts: Any) -> ReminderDraft:
    return waiting(rows.customers["100"], *(rows.invoices[number] for number in numbers), day=day, **facts)


def approved(draft: ReminderDraft, *, by: User, at: dt.datetime) -> Message:
    done = approvals.approve([draft], company=draft.company, by=by, at=at)
    assert (done.held_back, done.released) == ([], 1)
    draft.refresh_from_db()
    assert draft.message
    return draft.message


def left(message: Message, *, at: dt.datetime) -> list[tuple[str, str]]:
    """Stops of a message that was to leave at ``at``, by its state then; none when it left."""
    send(Post(), gates=GATES, at=at)
    message.refresh_from_db()
    return [(message.state, stop["code"]) for stop in message.stops]


def test_before_the_due_date_it_names_what_its_step_is_about(
    company: Company, rows: Rows, today: dt.date, at: dt.datetime, priya: User
) -> None:
    draft = reminder(rows, "S1", day=today, level=0, climb=None, template="level_0", step_code="email-3")

    values = draft_letters.values_of(company=company, drafts=[draft], by=priya, today=today)[draft.pk]

    assert [(table.asked, [row.number for row in table.rows]) for table in values.tables] == [
        (Decimal(100), ["S1"])
    ]
    assert "S2" not in approved(draft, by=priya, at=at).body


def test_what_came_due_since_it_was_drafted_is_for_the_next(
    company: Company, rows: Rows, today: dt.date, priya: User
) -> None:
    draft = reminder(rows, "A1", day=today)
    values = draft_letters.values_of(company=company, drafts=[draft], by=priya, today=today)[draft.pk]
    assert [row.number for table in values.tables for row in table.rows] == ["A1"]


def test_a_credit_note_since_its_approval_keeps_it_from_asking_for_too_much(
    company: Company, rows: Rows, today: dt.date, at: dt.datetime, priya: User
) -> None:
    message = approved(reminder(rows, "A1", "A2", day=today), by=priya, at=at)
    load('customer 100 "Harrow Tools"\ncredit_note 100 C1 50.00 on=0', company=company, today=today)

    assert left(message, at=at + HOUR) == [("held_back", "changed")]
    assert message.stops[0]["sentence"] == (
        "It asks for £2,000.00 in all; after what was booked or cleared up since, £1,950.00 is left."
    )


def test_a_credit_note_that_it_counted_already_does_not_stop_it(
    company: Company, rows: Rows, today: dt.date, at: dt.datetime, priya: User
) -> None:
    load('customer 100 "Harrow Tools"\ncredit_note 100 C1 50.00 on=0', company=company, today=today)
    message = approved(reminder(rows, "A1", "A2", day=today), by=priya, at=at)

    assert "1,950.00" in message.body
    assert left(message, at=at + HOUR) == []
    assert message.state == "sent"


def test_what_comes_due_on_the_day_after_does_not_change_what_it_asks_for(
    company: Company, rows: Rows, today: dt.date, at: dt.datetime, priya: User
) -> None:
    of_today = load('customer 100 "Harrow Tools"\ninvoice 100 T1 70.00 due=0', company=company, today=today)
    rows.invoices.update(of_today.invoices)
    message = approved(reminder(rows, "A1", "T1", day=today), by=priya, at=at)

    assert left(message, at=at + DAY) == []
    assert message.state == "sent"


def test_what_it_says_is_disputed_is_looked_at_too(
    company: Company, rows: Rows, today: dt.date, at: dt.datetime, priya: User
) -> None:
    dispute = disputes.lodge(
        customer=rows.customers["100"],
        invoice=rows.invoices["A2"],
        amount=Decimal(800),
        reason="PRICE",
        by=priya,
        at=at,
    )
    message = approved(reminder(rows, "A1", day=today), by=priya, at=at)
    assert "£800.00" in message.body
    disputes.withdraw(dispute, by=priya, at=at + HOUR / 2)

    assert left(message, at=at + HOUR) == [("held_back", "changed")]
    assert message.stops[0]["sentence"].startswith("It asks for £1,200.00 in all; after")


def test_the_statement_that_goes_with_it_is_drawn_anew_once_something_was_booked(
    company: Company, rows: Rows, today: dt.date, at: dt.datetime, priya: User
) -> None:
    draft = reminder(rows, "A1", "A2", day=today, template="statement")
    message = approved(draft, by=priya, at=at)
    assert message.attachments.filter(stored_file__name__startswith="Statement").count() == 1
    # It is not due yet, so the sums stay as they are.
    load('customer 100 "Harrow Tools"\ninvoice 100 N1 90.00 due=+30', company=company, today=today)

    assert left(message, at=at + HOUR) == [("held_back", "changed")]
    assert "statement" in message.stops[0]["sentence"]


def test_a_statement_is_drawn_again_when_its_reminder_is_approved_again(
    company: Company, rows: Rows, today: dt.date, at: dt.datetime, priya: User
) -> None:
    draft = reminder(rows, "A1", "A2", day=today, template="statement")
    before = approved(draft, by=priya, at=at)
    (first,) = before.attachments.values_list("stored_file", flat=True)
    drafts.undo(draft, by=priya, at=at)

    again = approved(draft, by=priya, at=at + HOUR)

    (second,) = again.attachments.values_list("stored_file", flat=True)
    assert second != first


def bank(company: Company, details: str, *, by: User, at: dt.datetime) -> None:
    """Other bank details in the letterhead."""
    head = letterheads.of(company)
    said = {field: getattr(head, field) for field in letterheads.FIELDS}
    letterheads.change(
        company=company, **{**said, "bank_details": details}, revision=head.revision, by=by, at=at
    )


def test_it_does_not_leave_with_bank_details_that_were_put_right_since(
    company: Company, rows: Rows, today: dt.date, at: dt.datetime, dana: User
) -> None:
    bank(company, "GB00 WRONG", by=dana, at=at)
    message = approved(reminder(rows, "A1", "A2", day=today), by=dana, at=at)
    assert "GB00 WRONG" in message.body
    bank(company, "GB29 NWBK 6016 1331 9268 19", by=dana, at=at)

    assert left(message, at=at + HOUR) == [("held_back", "changed")]
    assert message.stops[0]["sentence"].startswith("Our bank details changed since it was written")


def test_it_leaves_when_another_line_of_the_letterhead_changed(
    company: Company, rows: Rows, today: dt.date, at: dt.datetime, dana: User
) -> None:
    message = approved(reminder(rows, "A1", "A2", day=today), by=dana, at=at)
    head = letterheads.of(company)
    said = {field: getattr(head, field) for field in letterheads.FIELDS}
    letterheads.change(company=company, **{**said, "hours": "9 to 5"}, revision=head.revision, by=dana, at=at)

    assert left(message, at=at + HOUR) == []


def test_a_letter_with_old_bank_details_is_not_printed(
    company: Company, rows: Rows, today: dt.date, at: dt.datetime, dana: User
) -> None:
    Customer.objects.update(address="1 Mill Lane\nLeeds")
    draft = reminder(rows, "A1", "A2", day=today, channel="letter", level=2, template="level_2")
    approvals.approve([draft], company=company, by=dana, at=at)
    bank(company, "GB29 NWBK 6016 1331 9268 19", by=dana, at=at)
    draft.refresh_from_db()

    assert [stop.code for stop in posting.why_not(draft, company=company, at=at)] == ["changed"]


def third(company: Company, rows: Rows, today: dt.date, *, by: User, at: dt.datetime) -> Message:
    """A third reminder about A1 of a company that charges interest, approved."""
    interest_terms.switch(company=company, on=True, by=by, at=at)
    draft = reminder(rows, "A1", day=today, level=3, template="level_3", step_code="email+21")
    message = approved(draft, by=by, at=at)
    assert "interest" in message.body
    return message


@pytest.mark.parametrize("decided", ["waived", "proposed", "exempted", "switched off"])
def test_it_does_not_tell_of_interest_that_was_decided_since(
    company: Company, rows: Rows, today: dt.date, at: dt.datetime, dana: User, decided: str
) -> None:
    message = third(company, rows, today, by=dana, at=at)
    invoice = Invoice.objects.select_related("customer__company").get(number="A1")
    if decided == "exempted":
        interest_terms.exempt(rows.customers["100"], kind="contract", by=dana, at=at)
    elif decided == "switched off":
        interest_terms.switch(company=company, on=False, by=dana, at=at)
    else:
        charge = interest_charges.propose(invoice, reason="Third time late", by=dana, at=at)
        if decided == "waived":
            interest_charges.waive(charge, because="Agreed on the phone", by=dana, at=at)

    assert left(message, at=at + HOUR) == [("held_back", "changed")]
    assert "of interest; after what was decided since, that would be £0.00." in message.stops[0]["sentence"]


def test_interest_that_grew_since_its_approval_does_not_stop_it(
    company: Company, rows: Rows, today: dt.date, at: dt.datetime, dana: User
) -> None:
    message = third(company, rows, today, by=dana, at=at)
    Message.objects.update(next_attempt_at=at + DAY)

    assert left(message, at=at + DAY) == []
    assert message.state == "sent"


def test_a_letter_whose_sums_are_others_by_now_is_not_printed(
    company: Company, rows: Rows, today: dt.date, at: dt.datetime, priya: User
) -> None:
    Customer.objects.update(address="1 Mill Lane\nLeeds")
    draft = reminder(rows, "A1", "A2", day=today, channel="letter", level=2, template="level_2")
    assert approvals.approve([draft], company=company, by=priya, at=at).to_post == 1
    draft.refresh_from_db()
    assert posting.why_not(draft, company=company, at=at) == ()
    load('customer 100 "Harrow Tools"\ncredit_note 100 C1 50.00 on=0', company=company, today=today)

    (stop,) = posting.why_not(draft, company=company, at=at)
    assert stop.code == "changed"


def test_it_does_not_ask_for_an_answer_by_a_day_that_has_come(
    company: Company, rows: Rows, today: dt.date, at: dt.datetime, priya: User
) -> None:
    """Written on Tuesday 10 March, a second reminder asks for an answer within three working days."""
    message = approved(
        reminder(rows, "A1", "A2", day=today, level=2, template="level_2"), by=priya, at=at - DAY
    )
    assert "13 March" in message.body
    Message.objects.update(next_attempt_at=at + 2 * DAY)

    assert left(message, at=at + 2 * DAY) == [("held_back", "outdated")]
    assert message.stops[0]["sentence"] == "It asks for an answer by 13 March, and that day has come."


def test_a_courtesy_does_not_leave_once_what_it_is_about_is_overdue(
    company: Company, rows: Rows, today: dt.date, at: dt.datetime, priya: User
) -> None:
    soon = load('customer 100 "Harrow Tools"\ninvoice 100 F1 70.00 due=+1', company=company, today=today)
    rows.invoices.update(soon.invoices)
    draft = reminder(rows, "F1", day=today, level=0, climb=None, template="level_0", step_code="email-3")
    message = approved(draft, by=priya, at=at)
    Message.objects.update(next_attempt_at=at + 2 * DAY)

    assert left(message, at=at + 2 * DAY) == [("held_back", "outdated")]
    assert message.stops[0]["sentence"] == "It says that F1 falls due; it did on 12 March."
