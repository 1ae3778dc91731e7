"""What a reminder announces: written with its day, remembered, given to a person on that day, dropped when
paid.
"""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from collections_app.activity.events import Event
from collections_app.contact import disputes
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules.letter_values import Action
from collections_app.dunning import approvals, deeds, drafts, explanations, procedures
from collections_app.dunning.announcements import Announcement
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.rules.ladder import Why
from collections_app.dunning.rules.steps import Channel, Step
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from collections_app.segmentation import versions
from tests.dunning.reminding import LEDGER, asked_by_them, later, morning, told
from tests.dunning.reminding import drafts as drafts_of
from tests.dunning.test_proposals import pay
from tests.ledgertext import load

FINAL = Step("email+3", 3, Channel.EMAIL, 4, announces=Action.HOLD, announced_days=3)
LARGE = Step("call+1", 1, Channel.CALL, 1, least_amount=Decimal(50_000))
TASK = Step("task+9", 9, Channel.TASK, 5, note="Hand over")
# Seven working days to answer (20 March), three days more, and then the next day that is worked.
THE_DAY = dt.date(2026, 3, 23)


@pytest.fixture
def harrow(company: Company, today: dt.date) -> Customer:
    load(LEDGER, company=company, today=today)
    customer = Customer.objects.get()
    Contact.objects.create(
        customer=customer,
        name="Ada Osei",
        email="ada@harrow.example",
        is_primary=True,
        recorded_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )
    return customer


def remind_by(company: Company, *steps: Step, by: User, at: dt.datetime) -> None:
    """The standard procedure, in these steps, and a call first where much is owed."""
    versions.ensure_default(company=company, by=None, at=at)
    draft = procedures.begin(company=company, segment_code="standard", by=by, at=at)
    kept = procedures.edit(version=draft, steps=(LARGE, *steps), revision=draft.revision, by=by, at=at)
    procedures.publish(version=kept, revision=kept.revision, in_force_from=at.date(), by=by, at=at)


def final_notice(
    company: Company, today: dt.date, at: dt.datetime, dana: User, *steps: Step
) -> ReminderDraft:
    """One that waits for a yes, after a conversation that they began."""
    remind_by(company, *(steps or (FINAL,)), by=dana, at=at)
    morning(company, today)
    (draft,) = drafts_of(company)
    asked_by_them(draft, by=dana, at=at)
    return draft


def sent(company: Company, today: dt.date, at: dt.datetime, dana: User, *steps: Step) -> ReminderDraft:
    """One that was approved and has left."""
    draft = final_notice(company, today, at, dana, *steps)
    assert approvals.approve([draft], company=company, by=dana, at=at).released == 1
    Message.objects.update(state="sent", sent_at=at, leave_after=None, next_attempt_at=None)
    draft.refresh_from_db()
    return draft


def test_the_letter_says_what_happens_on_which_day_and_it_is_remembered(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, dana: User
) -> None:
    draft = sent(company, today, at, dana)

    assert "we will pause deliveries on credit on 23 March 2026" in Message.objects.get().body
    found = Announcement.objects.get()
    assert (found.draft, found.customer, found.action, found.falls_on) == (draft, harrow, "hold", THE_DAY)
    event = Event.objects.get(what="reminder.approved")
    assert event.summary.endswith("It announces for 23 March 2026: deliveries on credit pause")
    assert event.facts["on"] == "2026-03-23"


def test_on_that_day_a_person_is_given_the_deed(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, dana: User
) -> None:
    draft = sent(company, today, at, dana)
    morning(company, THE_DAY - dt.timedelta(3))
    assert told(drafts_of(company)) == [("100", "email+3", "approved")]

    counts = morning(company, THE_DAY)

    (deed,) = drafts_of(company, channel="hold_proposal")
    assert (deed.state, deed.level, deed.signer, deed.climb) == ("proposed", 4, "manager", draft.climb)
    assert deed.note == "We announced for today that deliveries on credit pause: decide."
    assert sorted(deed.lines.values_list("invoice__number", flat=True)) == ["A1", "A2"]
    assert counts.drafted == 1
    assert Announcement.objects.get().deed == deed


def test_following_twice_proposes_once(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, dana: User
) -> None:
    sent(company, today, at, dana)
    morning(company, THE_DAY)

    again = morning(company, THE_DAY)
    next_day = morning(company, later(THE_DAY, 1))

    assert (again.changed, next_day.changed) == (0, 0)
    assert len(drafts_of(company, channel="hold_proposal")) == 1


def test_what_is_paid_by_then_is_dropped(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, dana: User
) -> None:
    sent(company, today, at, dana)
    pay("A1", THE_DAY)
    pay("A2", THE_DAY)

    morning(company, THE_DAY)

    assert drafts_of(company, channel="hold_proposal") == []
    assert Announcement.objects.get().because == "All that it was announced for is settled."


def test_a_deed_that_waits_is_dropped_when_it_is_paid_though_other_invoices_are_not(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, dana: User
) -> None:
    sent(company, today, at, dana)
    morning(company, THE_DAY)
    pay("A1", THE_DAY)
    pay("A2", THE_DAY)
    Invoice.objects.filter(number="A3").update(due_on=THE_DAY - dt.timedelta(1))

    morning(company, later(THE_DAY, 1))

    (deed,) = drafts_of(company, channel="hold_proposal")
    assert (deed.state, deed.because) == ("dropped", "All that it was announced for is settled.")


def test_what_is_disputed_meanwhile_waits_for_the_end_of_the_dispute(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, dana: User
) -> None:
    sent(company, today, at, dana)
    opened = [
        disputes.lodge(customer=harrow, invoice=each, amount=each.open_amount, reason="PRICE", by=dana, at=at)
        for each in Invoice.objects.filter(number__in=["A1", "A2"])
    ]
    morning(company, THE_DAY)
    assert drafts_of(company, channel="hold_proposal") == []
    assert Announcement.objects.standing().count() == 1

    for dispute in opened:
        disputes.withdraw(dispute, by=dana, at=at)
    morning(company, later(THE_DAY, 1))

    assert len(drafts_of(company, channel="hold_proposal")) == 1


def test_what_did_not_leave_is_not_carried_out(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, dana: User
) -> None:
    draft = final_notice(company, today, at, dana)
    approvals.approve([draft], company=company, by=dana, at=at)

    morning(company, THE_DAY)

    assert drafts_of(company, channel="hold_proposal") == []


def test_an_approval_that_is_taken_back_announces_nothing(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, dana: User
) -> None:
    draft = final_notice(company, today, at, dana)
    approvals.approve([draft], company=company, by=dana, at=at)
    drafts.undo(draft, by=dana, at=at)
    drafts.drop([draft], because="They called", by=dana, at=at)

    morning(company, later(today, 1))

    assert Announcement.objects.get().because == "Its reminder did not leave."


def test_approved_again_on_a_later_day_it_announces_a_later_day(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, dana: User
) -> None:
    draft = final_notice(company, today, at, dana)
    approvals.approve([draft], company=company, by=dana, at=at)
    drafts.undo(draft, by=dana, at=at)
    approvals.approve([draft], company=company, by=dana, at=at + dt.timedelta(2))

    assert Announcement.objects.get().falls_on == dt.date(2026, 3, 27)
    assert "27 March 2026" in Message.objects.latest("pk").body


def test_the_next_step_waits_for_the_day_that_was_announced(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, dana: User
) -> None:
    sent(company, today, at, dana, FINAL, TASK)
    morning(company, later(today, 6))

    found = explanations.explain(customer=harrow, today=later(today, 6))

    assert (found.decision.why, found.decision.day) == (Why.ANNOUNCED, THE_DAY)
    assert found.said == (
        "We announced something for 23 March 2026; the task 9 days after the due date waits for that day."
    )
    morning(company, THE_DAY)
    assert told(drafts_of(company, run_on=THE_DAY)) == [
        ("100", "task+9", "proposed"),
        ("100", "email+3", "proposed"),
    ]


def test_one_deed_stands_for_what_the_ladder_and_the_letter_ask_for(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, dana: User
) -> None:
    sent(company, today, at, dana, replace(FINAL, announces=Action.AGENCY), TASK)

    morning(company, THE_DAY)

    (deed,) = drafts_of(company, run_on=THE_DAY)
    assert (deed.step_code, deed.note) == ("task+9", "Hand over")
    assert Announcement.objects.get().deed == deed


def test_the_deed_is_done_and_the_announcement_has_ended(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, dana: User
) -> None:
    sent(company, today, at, dana)
    morning(company, THE_DAY)
    (deed,) = drafts_of(company, channel="hold_proposal")
    deeds.decide_hold(deed, agrees=True, because="As we said", by=dana, at=at)

    morning(company, later(THE_DAY, 1))

    assert Announcement.objects.get().because == "It was done."
    assert len(drafts_of(company, channel="hold_proposal")) == 1


def own_words(sentence: str) -> str:
    return (
        "Dear Ada Osei,\n\nInvoice A1 of £1,200.00 was due on 2 March 2026 and invoice A2 of £300.00 on "
        f"9 March 2026. Please pay £1,500.00 by 20 March 2026. {sentence} If something prevents payment, "
        "or if you have already paid, please call me before that day.\n\nYou can pay by bank transfer with "
        "the details on the invoice.\n\nDana\n"
    )


def test_another_day_than_the_scheduled_one_is_refused_in_words_of_ones_own(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, dana: User
) -> None:
    draft = final_notice(company, today, at, dana)
    words = own_words("If not, we will stop deliveries on 4 April 2026.")

    with pytest.raises(Refused) as refusal:
        drafts.edit(draft, subject="Final notice: A1", body=words, revision=1, by=dana, at=at)

    assert "It is scheduled for 23 March 2026." in str([each.message for each in refusal.value.problems])


def test_what_nobody_scheduled_is_refused_in_words_of_ones_own(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, dana: User
) -> None:
    draft = final_notice(company, today, at, dana, replace(FINAL, announces=None, announced_days=0))
    words = own_words("If not, we will stop deliveries on 23 March 2026.")

    with pytest.raises(Refused) as refusal:
        drafts.edit(draft, subject="Final notice: A1", body=words, revision=1, by=dana, at=at)

    assert "T11" in {each.code for each in refusal.value.problems}


def test_words_of_ones_own_that_announce_nothing_schedule_nothing(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, dana: User
) -> None:
    draft = final_notice(company, today, at, dana)
    words = own_words("")
    kept = drafts.edit(
        draft, subject="Final notice: A1", body=words, because="Kinder", revision=1, by=dana, at=at
    )

    assert approvals.approve([kept], company=company, by=dana, at=at).released == 1

    assert Announcement.objects.count() == 0
