"""Deciding about drafts: other words, dropping, and saying that a call is done."""

import datetime as dt

import pytest

from collections_app.activity.events import Event
from collections_app.correspondence.message_rows import Message
from collections_app.dunning import approvals, drafts
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.dunning.reminding import LEDGER, later, morning, told
from tests.dunning.reminding import drafts as drafts_of
from tests.ledgertext import load

KIND = """Dear Ada Osei,

Invoice A1 of £1,200.00 was due on 2 March 2026 and invoice A2 of £300.00 on 9 March 2026, and we have not
matched a payment to them yet. Could you tell me the day of payment by 17 March 2026?

You can pay by bank transfer to the account on the invoice. If you have paid already, or if something is not
right, please tell me and I will look into it.

Priya Shah, 0113 496 0000
"""


@pytest.fixture
def draft(company: Company, today: dt.date) -> ReminderDraft:
    load(LEDGER, company=company, today=today)
    Contact.objects.create(
        customer=Customer.objects.get(),
        name="Ada Osei",
        email="ada@harrow.example",
        recorded_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )
    morning(company, today)
    (draft,) = drafts_of(company)
    return draft


def test_other_words_leave_in_the_place_of_the_templates(
    company: Company, draft: ReminderDraft, priya: User, at: dt.datetime
) -> None:
    draft = drafts.edit(
        draft,
        subject="Invoices A1 and A2",
        body=KIND,
        because="They asked for it",
        revision=1,
        by=priya,
        at=at,
    )

    approvals.approve([draft], company=company, by=priya, at=at)

    message = Message.objects.get()
    assert (message.subject, message.body.strip()) == ("Invoices A1 and A2", KIND.strip())
    assert "matched a payment" in message.body_html


def test_words_that_the_tone_guard_blocks_are_refused_with_every_problem(
    draft: ReminderDraft, priya: User, at: dt.datetime
) -> None:
    harsh = KIND + "\nPay or else we go to court. You will regret it."

    with pytest.raises(Refused) as refused:
        drafts.edit(draft, subject="A1", body=harsh, because="Enough", revision=1, by=priya, at=at)

    assert {problem.code for problem in refused.value.problems} >= {"T01", "T02"}
    draft.refresh_from_db()
    assert draft.body == ""


def test_a_wrong_amount_is_refused(draft: ReminderDraft, priya: User, at: dt.datetime) -> None:
    wrong = KIND.replace("£1,200.00", "£1,020.00")

    with pytest.raises(Refused) as refused:
        drafts.edit(draft, subject="A1", body=wrong, because="x", revision=1, by=priya, at=at)

    assert "M02" in {problem.code for problem in refused.value.problems}


def test_somebody_who_was_faster_is_not_overwritten(
    draft: ReminderDraft, priya: User, dana: User, at: dt.datetime
) -> None:
    drafts.edit(draft, subject="A1", body=KIND, because="Asked", revision=1, by=dana, at=at)

    with pytest.raises(Refused, match="changed since"):
        drafts.edit(draft, subject="A1", body=KIND, because="Asked", revision=1, by=priya, at=at)


def test_words_that_no_longer_fit_the_ledger_are_held_back(
    company: Company, draft: ReminderDraft, priya: User, at: dt.datetime
) -> None:
    draft = drafts.edit(draft, subject="A1", body=KIND, because="Asked", revision=1, by=priya, at=at)
    Invoice.objects.filter(number="A2").update(open_amount=100)

    found = approvals.approve([draft], company=company, by=priya, at=at)

    assert (found.released, found.held_back) == (0, [draft.pk])
    assert not Message.objects.exists()


def test_a_dropped_step_comes_again_and_none_is_left_out(
    company: Company, draft: ReminderDraft, priya: User, today: dt.date, at: dt.datetime
) -> None:
    assert drafts.drop([draft], because="They are on holiday", by=priya, at=at) == 1
    assert drafts.drop([draft], because="They are on holiday", by=priya, at=at) == 0

    for days in (0, 1, 2, 5, 6):
        morning(company, later(today, days))
    assert len(drafts_of(company)) == 1
    morning(company, later(today, 7))
    assert told(drafts_of(company))[1:] == [("100", "email+3", "proposed")]
    assert Event.objects.filter(what="reminder.dropped").count() == 1


def test_dropping_asks_for_a_reason_and_a_day_ahead(
    draft: ReminderDraft, priya: User, today: dt.date, at: dt.datetime
) -> None:
    with pytest.raises(Refused) as refused:
        drafts.drop([draft], because=" ", put_off_until=today, by=priya, at=at)

    assert {problem.code for problem in refused.value.problems} == {"because", "put_off"}


def test_a_drop_is_taken_back(draft: ReminderDraft, priya: User, at: dt.datetime) -> None:
    drafts.drop([draft], because="Not now", by=priya, at=at)

    draft = drafts.undo(draft, by=priya, at=at)

    assert (draft.state, draft.because, draft.put_off_until) == ("proposed", "", None)


def test_a_call_is_done_once_and_never_approved(
    company: Company, draft: ReminderDraft, priya: User, at: dt.datetime
) -> None:
    draft.channel = "call"
    draft.save()

    with pytest.raises(Refused, match="Only messages"):
        approvals.approve([draft], company=company, by=priya, at=at)
    assert drafts.done(draft, by=priya, at=at).state == "done"
    assert drafts.done(draft, by=priya, at=at).state == "done"
    assert Event.objects.filter(what="reminder.done").count() == 1


def test_a_message_is_not_done_by_hand(draft: ReminderDraft, priya: User, at: dt.datetime) -> None:
    with pytest.raises(Refused, match="by hand"):
        drafts.done(draft, by=priya, at=at)
