"""Letters on paper: printed together, held back when no longer right, posted by somebody on a day."""

import datetime as dt

import pytest

from collections_app.activity.events import Event
from collections_app.contact import contact_logs
from collections_app.contact.rules import Channel, Direction, Outcome
from collections_app.correspondence import received_messages
from collections_app.correspondence.received_rows import ReceivedMessage
from collections_app.dunning import approvals, drafts, posting, stops
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.posting import Posted
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.correspondence.incoming_mails import mail
from tests.dunning.reminding import waiting
from tests.ledgerrows import Rows

DAY = dt.timedelta(days=1)


@pytest.fixture
def letters(
    company: Company, rows: Rows, priya: User, today: dt.date, at: dt.datetime
) -> list[ReminderDraft]:
    """Two approved letters, to Harrow about A1 and to Brandt about B1."""
    Customer.objects.update(address="2 High Street\nYork YO1 9AA")
    made = [
        waiting(rows.customers[number], rows.invoices[invoice], day=today, channel="letter")
        for number, invoice in (("100", "A1"), ("200", "B1"))
    ]
    approved = approvals.approve(made, company=company, by=priya, at=at)
    assert approved.to_post == 2
    for draft in made:
        draft.refresh_from_db()
    return made


def wrote(customer: Customer, *, at: dt.datetime) -> ReceivedMessage:
    """A reply of theirs that nobody has read."""
    address = "ada@harrow.example"
    customer.contacts.create(name="Ada Osei", email=address, recorded_at=at)
    got = received_messages.take(mail("reply_copy", sender=address), company=customer.company, at=at)
    assert got.received
    return got.received


def talked(customer: Customer, *, by: User, at: dt.datetime) -> None:
    contact_logs.log(
        customer=customer,
        outcome=Outcome.INFORMED,
        channel=Channel.CALL,
        direction=Direction.OUT,
        said="As agreed.",
        by=by,
        at=at,
    )


def state_of(draft: ReminderDraft) -> str:
    draft.refresh_from_db()
    return draft.state


def test_letters_are_printed_together_and_wait_until_they_are_posted(
    company: Company, letters: list[ReminderDraft], priya: User, tom: User, at: dt.datetime
) -> None:
    one = posting.print_out(letters[:1], company=company, by=priya, at=at)
    both = posting.print_out(letters, company=company, by=priya, at=at)
    assert (one.letters, both.letters, both.held_back) == (1, 2, [])
    assert both.content.startswith(b"%PDF-")
    assert len(both.content) > len(one.content)
    assert {state_of(draft) for draft in letters} == {"approved"}

    assert posting.post(letters, company=company, by=tom, at=at) == Posted(2)
    assert posting.post(letters, company=company, by=priya, at=at) == Posted(0)

    assert {state_of(draft) for draft in letters} == {"done"}
    assert (letters[0].posted_by, letters[0].posted_at, letters[0].decided_by) == (tom, at, priya)
    assert Event.objects.filter(what="reminder.posted", by=tom).count() == 2


def test_posted_by_mistake_it_is_to_be_posted_again_today_and_not_tomorrow(
    company: Company, letters: list[ReminderDraft], tom: User, at: dt.datetime
) -> None:
    posting.post(letters, company=company, by=tom, at=at)

    assert drafts.undo(letters[0], by=tom, at=at).state == "approved"
    letters[0].refresh_from_db()
    assert letters[0].posted_at is None
    assert letters[0].body
    with pytest.raises(Refused, match="earlier day"):
        drafts.undo(letters[1], by=tom, at=at + DAY)


def test_what_was_paid_meanwhile_is_not_printed(
    company: Company, letters: list[ReminderDraft], priya: User, at: dt.datetime
) -> None:
    Invoice.objects.filter(number="A1").update(open_amount=0, settled_on=at.date())

    printed = posting.print_out(letters, company=company, by=priya, at=at)

    assert (printed.letters, printed.held_back) == (1, [letters[0].pk])
    assert state_of(letters[0]) == "held_back"
    assert "A1 was settled since this was written." in letters[0].stops[0]["sentence"]
    assert letters[0].body == ""  # the template's words are written anew


def test_a_letter_that_is_wrong_makes_way_for_the_message_that_waits(
    company: Company, letters: list[ReminderDraft], rows: Rows, priya: User, today: dt.date, at: dt.datetime
) -> None:
    waiting(rows.customers["100"], rows.invoices["A2"], day=today, level=2)
    Invoice.objects.filter(number="A1").update(open_amount=0, settled_on=at.date())

    posting.print_out(letters, company=company, by=priya, at=at)

    assert state_of(letters[0]) == "dropped"
    assert "settled" in letters[0].because


def test_a_letter_waits_while_nobody_has_read_what_they_wrote(
    company: Company, letters: list[ReminderDraft], priya: User, at: dt.datetime
) -> None:
    got = wrote(letters[0].customer, at=at)

    printed = posting.print_out(letters, company=company, by=priya, at=at)

    assert (printed.letters, printed.waiting, printed.held_back) == (1, [letters[0].pk], [])
    assert state_of(letters[0]) == "approved"
    assert [stop["code"] for stop in letters[0].stops] == ["unread_reply"]
    assert letters[0].body  # it is still the letter that was approved

    received_messages.mark_read(got, by=priya, at=at)
    assert posting.print_out(letters, company=company, by=priya, at=at).letters == 2
    assert state_of(letters[0]) == "approved"
    assert letters[0].stops == []


def test_a_letter_waits_when_they_heard_from_us_often_enough(
    company: Company, letters: list[ReminderDraft], priya: User, at: dt.datetime
) -> None:
    for hours in range(company.touches_max):
        talked(letters[0].customer, by=priya, at=at - dt.timedelta(hours=hours + 1))

    printed = posting.print_out(letters, company=company, by=priya, at=at)

    assert (printed.letters, printed.waiting) == (1, [letters[0].pk])
    assert state_of(letters[0]) == "approved"
    assert "is the most" in letters[0].stops[0]["sentence"]


def test_a_letter_of_last_week_is_written_anew(
    company: Company, letters: list[ReminderDraft], priya: User, at: dt.datetime
) -> None:
    company.stale_after_hours = 168
    company.save()
    printed = posting.print_out(letters, company=company, by=priya, at=at + 5 * DAY)
    assert (printed.letters, len(printed.held_back)) == (0, 2)
    assert state_of(letters[0]) == "held_back"


def test_what_was_paid_since_it_was_printed_is_not_posted(
    company: Company, letters: list[ReminderDraft], priya: User, at: dt.datetime
) -> None:
    posting.print_out(letters, company=company, by=priya, at=at)
    Invoice.objects.filter(number="A1").update(open_amount=0, settled_on=at.date())

    posted = posting.post(letters, company=company, by=priya, at=at)

    assert posted == Posted(1, (letters[0].pk,))
    assert state_of(letters[0]) == "approved"
    assert "A1 was settled since this was written." in letters[0].stops[0]["sentence"]


def test_what_lies_in_the_letter_box_already_is_written_down_as_posted(
    company: Company, letters: list[ReminderDraft], priya: User, at: dt.datetime
) -> None:
    Invoice.objects.filter(number="A1").update(open_amount=0, settled_on=at.date())
    posting.post(letters, company=company, by=priya, at=at)

    assert posting.post(letters, company=company, is_gone=True, by=priya, at=at) == Posted(1)

    assert state_of(letters[0]) == "done"
    assert letters[0].stops == []


def test_a_posted_letter_is_a_touch_until_that_is_taken_back(
    company: Company, letters: list[ReminderDraft], priya: User, at: dt.datetime
) -> None:
    def touches() -> list[str]:
        customer = letters[0].customer_id
        later = at + DAY
        facts = stops.facts_for(company=company, customers=[customer], at=later)[customer]
        return [touch.what for touch in facts.touches]

    assert touches() == []
    posting.post(letters, company=company, by=priya, at=at)
    assert touches() == ["a letter of ours"]
    drafts.undo(letters[0], by=priya, at=at)
    assert touches() == []


def test_nothing_is_printed_while_figures_are_old(
    company: Company, letters: list[ReminderDraft], priya: User, at: dt.datetime
) -> None:
    company.bank_stale_after_hours = 24
    company.save()

    with pytest.raises(Refused, match="No bank file is in yet"):
        posting.print_out(letters, company=company, by=priya, at=at)


def test_own_words_of_a_letter_are_kept_when_its_approval_is_taken_back(
    company: Company, rows: Rows, priya: User, today: dt.date, at: dt.datetime
) -> None:
    draft = waiting(
        rows.customers["100"],
        rows.invoices["A1"],
        day=today,
        channel="letter",
        state="approved",
        decided_at=at,
        subject="A1",
        body="Ours",
        has_own_words=True,
    )

    assert drafts.undo(draft, by=priya, at=at).body == "Ours"


def test_sales_print_and_post_nothing(
    company: Company, letters: list[ReminderDraft], sam: User, at: dt.datetime
) -> None:
    for deed in (
        lambda: posting.print_out(letters, company=company, by=sam, at=at),
        lambda: posting.post(letters, company=company, by=sam, at=at),
    ):
        with pytest.raises(Refused):
            deed()
