"""A ledger that came with old invoices is reminded from the lowest levels up, until a manager switches."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import transaction

from collections_app.activity.events import Event
from collections_app.dunning import levels, procedures, takeovers
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.jobs import nights
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.people.users import User
from collections_app.segmentation import versions
from tests.dunning.reminding import dunned, with_contact
from tests.ledgertext import load
from tests.together import Elsewhere, interleaved

OLD = "customer 100\ninvoice 100 A1 1200.00 due=-90"
DAY = dt.timedelta(days=1)


def taken_over(company: Company, today: dt.date, text: str = OLD) -> None:
    load(text, company=company, today=today)


def begin(company: Company, today: dt.date, at: dt.datetime) -> int:
    takeovers.begin_low(company=company, today=today, at=at)
    return levels.highest_on(company=company, day=today)


def test_with_old_invoices_reminders_begin_at_the_first_level(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    taken_over(company, today)
    assert begin(company, today, at) == 1
    assert takeovers.is_beginning(company, day=today)
    assert Event.objects.filter(what="reminders.switched", by=None).count() == 1


@pytest.mark.parametrize(("due", "level"), [(-14, 5), (-15, 1), (+30, 5)])
def test_a_company_that_was_here_from_the_beginning_has_every_level(
    company: Company, today: dt.date, at: dt.datetime, due: int, level: int
) -> None:
    taken_over(company, today, f"customer 100\ninvoice 100 A1 1200.00 due={due:+d}")
    assert begin(company, today, at) == level


def test_settled_and_credited_invoices_are_not_old_ones(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    taken_over(company, today, "customer 100\ncredit_note 100 C1 50.00 on=-90")
    assert begin(company, today, at) == 5


def test_a_second_time_changes_nothing(company: Company, today: dt.date, at: dt.datetime) -> None:
    taken_over(company, today)
    begin(company, today, at)
    begin(company, today + DAY, at + DAY)
    assert levels.LevelSwitch.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_changes_the_company_waits_for_no_drafting(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    taken_over(company, today)
    with Elsewhere(lambda: begin(company, today, at)) as drafting, transaction.atomic():
        Company.objects.select_for_update(no_key=True, nowait=True).get(pk=company.pk)
        drafting.commit()
    assert levels.highest_on(company=company, day=today) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_at_once_switch_once(company: Company, today: dt.date, at: dt.datetime) -> None:
    taken_over(company, today)
    interleaved(lambda: begin(company, today, at), lambda: begin(company, today, at))
    assert levels.LevelSwitch.objects.count() == 1


def test_what_a_manager_switched_stands(
    company: Company, today: dt.date, at: dt.datetime, dana: User
) -> None:
    taken_over(company, today)
    begin(company, today, at)
    levels.switch(company=company, highest_level=2, from_on=today, by=dana, at=at)
    assert begin(company, today, at) == 2
    assert not takeovers.is_beginning(company, day=today)


def test_who_was_reminded_here_already_goes_on(company: Company, today: dt.date, at: dt.datetime) -> None:
    with_contact(company, today=today)
    dunned(company, today, at)
    assert ReminderDraft.objects.exists()
    assert begin(company, today + 30 * DAY, at + 30 * DAY) == 5


def test_the_night_begins_low_and_nobody_gets_a_final_notice_first(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    history = "".join(f"invoice 100 H{n} 900.00 due=+{40 + n}\n" for n in range(4))
    taken_over(company, today, f"{OLD}\n{history}")
    Customer.objects.get().contacts.create(
        name="Ada Osei", email="ada@harrow.example", is_primary=True, recorded_at=at
    )
    ran = nights.run(company=company, day=today, at=at)
    assert [each.error for each in ran if each.state != "done"] == []
    assert [draft.level for draft in ReminderDraft.objects.all()] == [1]


def enter_by_age(company: Company, today: dt.date, at: dt.datetime, dana: User) -> None:
    """The standard procedure, which whoever is three weeks late now enters with the letter."""
    versions.ensure_default(company=company, by=None, at=at)
    draft = procedures.begin(company=company, segment_code="standard", by=dana, at=at)
    steps = [replace(step, enters_by_age=step.code == "letter+21") for step in draft.procedure.steps]
    kept = procedures.edit(version=draft, steps=steps, revision=draft.revision, by=dana, at=at)
    procedures.publish(version=kept, revision=kept.revision, in_force_from=today, by=dana, at=at)


@pytest.mark.parametrize(("came_days_ago", "level"), [(0, 1), (75, 1), (76, 3)])
def test_customers_of_a_second_ledger_are_met_from_below_and_our_own_by_their_age(
    company: Company, today: dt.date, at: dt.datetime, dana: User, came_days_ago: int, level: int
) -> None:
    with_contact(company, today=today)
    dunned(company, today, at)
    enter_by_age(company, today, at, dana)
    history = "".join(f"invoice 200 K{n} 900.00 due=+{40 + n}\n" for n in range(4))
    load(f"customer 200\n{history}invoice 200 B1 1200.00 due=-90", company=company, today=today)
    came_at = at - came_days_ago * DAY
    Invoice.objects.filter(number="B1").update(recorded_at=came_at)

    dunned(company, today, at)

    assert begin(company, today, at) == 5
    assert [draft.level for draft in ReminderDraft.objects.filter(customer__number="200")] == [level]
