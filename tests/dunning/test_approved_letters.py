"""What an approved reminder says and carries: its thread, its documents, interest, and on paper."""

import datetime as dt

import pytest

from collections_app.correspondence import invoice_documents
from collections_app.correspondence.message_rows import Message
from collections_app.dunning import approvals, draft_letters, drafts, interest_terms
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.people.users import User
from tests.dunning.reminding import by_hand, dunned, later, morning, with_contact
from tests.dunning.reminding import drafts as drafts_of


@pytest.fixture
def harrow(company: Company, today: dt.date) -> Customer:
    return with_contact(company, today=today)


def test_the_second_reminder_follows_the_first_in_the_readers_thread(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime
) -> None:
    dunned(company, today, at)
    first = Message.objects.get()
    Message.objects.update(state="sent", sent_at=at, next_attempt_at=None)

    dunned(company, later(today, 5), at + dt.timedelta(5))

    second = Message.objects.exclude(pk=first.pk).get()
    assert (second.in_reply_to, second.references) == (first.message_id, first.message_id)


def test_a_letter_speaks_only_of_what_we_really_wrote(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime
) -> None:
    dunned(company, today, at)
    first = Message.objects.filter(pk=Message.objects.get().pk)
    first.update(state="uncertain", claimed_at=at, attempts=1, next_attempt_at=None)
    dunned(company, later(today, 5), at + dt.timedelta(5))
    second = drafts_of(company)[1]

    def written_on() -> tuple[dt.date, ...]:
        day = later(today, 5)
        found = draft_letters.values_of(company=company, drafts=[second], by=None, today=day)
        return found[second.pk].written_on

    assert written_on() == ()
    first.update(state="sent", sent_at=at + dt.timedelta(1))
    assert written_on() == (later(today, 1),)


def test_documents_of_its_invoices_leave_with_the_message(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, priya: User
) -> None:
    invoice = Invoice.objects.get(number="A1")
    invoice_documents.attach(invoice=invoice, name="A1.txt", content=b"Invoice A1\n", by=priya, at=at)

    dunned(company, today, at)

    (attachment,) = Message.objects.get().attachments.all()
    assert attachment.stored_file.name == "A1.txt"
    dunned(company, today, at)
    assert Message.objects.get().attachments.count() == 1


def test_from_the_third_reminder_on_interest_is_told_as_information(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, dana: User
) -> None:
    interest_terms.switch(company=company, on=True, by=dana, at=at)
    morning(company, today)
    draft = by_hand(drafts_of(company)[0])
    draft.level, draft.template = 3, "level_3"
    draft.save()

    values = draft_letters.values_of(company=company, drafts=[draft], by=dana, today=today)[draft.pk]

    assert [row.number for row in values.interest] == ["A1", "A2"]
    assert values.interest[0].interest > 0
    approvals.approve([draft], company=company, by=dana, at=at)
    assert Message.objects.get().state == "queued"


def test_a_letter_is_written_and_waits_to_be_posted(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, priya: User
) -> None:
    harrow.address = "1 Mill Lane\nLeeds"
    harrow.save()
    morning(company, today)
    draft = by_hand(drafts_of(company)[0])
    draft.channel, draft.level, draft.template = "letter", 3, "level_3"
    draft.save()

    found = approvals.approve([draft], company=company, by=priya, at=at)

    assert (found.released, found.to_post) == (0, 1)
    draft.refresh_from_db()
    assert "1,200.00" in draft.body
    assert drafts.done(draft, by=priya, at=at).state == "done"
