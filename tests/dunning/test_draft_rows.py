"""What the database guards of reminders: each constraint violated once on purpose."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from collections_app.dunning.draft_rows import ReminderClimb, ReminderDraft, ReminderDraftInvoice
from collections_app.dunning.levels import LevelSwitch
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from tests.dunning.reminding import LEDGER, drafts, morning
from tests.ledgertext import load


@pytest.fixture
def draft(company: Company, today: dt.date) -> ReminderDraft:
    load(LEDGER, company=company, today=today)
    morning(company, today)
    return drafts(company)[0]


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"state": "approved"}, "reminder_that_is_decided_says_when"),
        ({"state": "held_back", "stops": []}, "reminder_that_is_held_back_says_why"),
        (
            {"state": "dropped", "because": "", "decided_at": dt.datetime(2026, 3, 11, tzinfo=dt.UTC)},
            "reminder_that_is_dropped_says_why",
        ),
        ({"climb": None}, "reminder_after_the_due_date_stands_on_a_ladder"),
    ],
)
def test_a_draft_that_contradicts_itself_is_refused(
    draft: ReminderDraft, facts: dict[str, object], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ReminderDraft.objects.filter(pk=draft.pk).update(**facts)


def again(draft: ReminderDraft, **facts: object) -> ReminderDraft:
    """The same row once more, with other facts."""
    draft.pk = None
    for name, value in facts.items():
        setattr(draft, name, value)
    return draft


def test_there_is_one_message_a_customer_run_level_and_channel(draft: ReminderDraft) -> None:
    decided = again(draft, state="approved", decided_at=draft.made_at)
    with pytest.raises(IntegrityError, match="once_a_run_level_and_channel"), transaction.atomic():
        decided.save(force_insert=True)


def test_a_customer_has_one_message_that_waits(draft: ReminderDraft) -> None:
    with pytest.raises(IntegrityError, match="one_message_that_waits"), transaction.atomic():
        again(draft, run_on=draft.run_on + dt.timedelta(1)).save(force_insert=True)


def test_a_customer_stands_on_one_ladder(company: Company, draft: ReminderDraft, today: dt.date) -> None:
    with pytest.raises(IntegrityError, match="climbs_one_ladder"), transaction.atomic():
        ReminderClimb.objects.create(company=company, customer=Customer.objects.get(), began_on=today)


def test_a_draft_names_an_invoice_once(draft: ReminderDraft) -> None:
    line = draft.lines.all()[0]
    line.pk = None
    with pytest.raises(IntegrityError, match="names_an_invoice_once"), transaction.atomic():
        line.save(force_insert=True)
    assert ReminderDraftInvoice.objects.filter(draft=draft).count() == 2


def test_there_is_no_level_beyond_the_last(company: Company, today: dt.date, at: dt.datetime) -> None:
    with pytest.raises(IntegrityError, match="level_is_known"), transaction.atomic():
        LevelSwitch.objects.create(company=company, highest_level=6, from_on=today, at=at)
