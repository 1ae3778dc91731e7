"""Proposals: who is reminded of what, once, late, again, and two at a time."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.behaviour.positions import Position
from collections_app.dunning import procedures, proposals
from collections_app.dunning.draft_rows import ReminderClimb, ReminderDraft, ReminderDraftInvoice
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.people.users import User
from tests.dunning.reminding import HISTORY, LEDGER, approve, drafts, later, morning, told
from tests.ledgerrows import company_of
from tests.ledgertext import load
from tests.together import interleaved


def pay(number: str, day: dt.date) -> None:
    Invoice.objects.filter(number=number).update(open_amount=0, settled_on=day)


def asked(draft: ReminderDraft) -> list[str]:
    lines = ReminderDraftInvoice.objects.filter(draft=draft)
    return sorted(lines.values_list("invoice__number", flat=True))


def test_one_message_names_all_that_is_due(company: Company, today: dt.date) -> None:
    load(LEDGER, company=company, today=today)

    counts = morning(company, today)

    (draft,) = drafts(company)
    assert (draft.step_code, draft.level, draft.segment_code, draft.state) == (
        "email+3", 1, "standard", "proposed",
    )  # fmt: skip
    assert asked(draft) == ["A1", "A2"]
    assert draft.oldest_due_on == later(today, -9)
    assert (counts.drafted, counts.looked_at) == (1, 1)


def test_a_second_run_changes_nothing(company: Company, today: dt.date) -> None:
    load(LEDGER, company=company, today=today)
    morning(company, today)
    before = list(ReminderDraft.objects.values()), list(ReminderDraftInvoice.objects.values())

    counts = morning(company, today)

    assert (counts.drafted, counts.ended, counts.kept) == (0, 0, 1)
    assert before == (list(ReminderDraft.objects.values()), list(ReminderDraftInvoice.objects.values()))


def test_a_message_that_waits_for_a_decision_keeps_its_place_and_follows_the_ledger(
    company: Company, today: dt.date
) -> None:
    load(LEDGER, company=company, today=today)
    morning(company, today)
    pay("A2", today)

    morning(company, later(today, 6))

    (draft,) = drafts(company)
    assert (draft.step_code, draft.state, draft.run_on) == ("email+3", "proposed", today)
    assert asked(draft) == ["A1"]


def test_once_paid_the_draft_ends_and_says_why(company: Company, today: dt.date) -> None:
    load(LEDGER, company=company, today=today)
    morning(company, today)
    for number in ("A1", "A2"):
        pay(number, today)

    morning(company, later(today, 1))

    (draft,) = drafts(company)
    assert (draft.state, draft.decided_by) == ("dropped", None)
    assert draft.because
    assert ReminderClimb.objects.get().ended_on == later(today, 1)


def test_the_ladder_goes_on_after_what_was_approved_and_keeps_its_distance(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    load(LEDGER, company=company, today=today)
    morning(company, today)
    approve(drafts(company)[0], at=at)

    for days in (1, 2, 3):
        morning(company, later(today, days))
    assert len(drafts(company)) == 1

    morning(company, later(today, 5))
    assert told(drafts(company))[1:] == [("100", "email+7", "proposed")]
    # Nobody ran for two weeks: the one that waits is still the next.
    morning(company, later(today, 20))
    assert told(drafts(company))[1:] == [("100", "email+7", "proposed")]


def test_nothing_follows_a_letter_until_it_is_posted_and_then_at_the_usual_distance(
    company: Company, today: dt.date, at: dt.datetime, priya: User
) -> None:
    load(LEDGER, company=company, today=today)
    morning(company, today)
    letter = drafts(company)[0]
    letter.channel, letter.subject, letter.body = "letter", "Invoice A1", "Dear Ms Osei"
    approve(letter, at=at)

    morning(company, later(today, 5))
    assert len(drafts(company)) == 1

    letter.state, letter.posted_by, letter.posted_at = "done", priya, at + dt.timedelta(6)
    letter.save()
    morning(company, later(today, 9))
    assert len(drafts(company)) == 1
    morning(company, later(today, 12))
    assert told(drafts(company))[1:] == [("100", "email+7", "proposed")]


def test_a_new_debt_after_all_was_settled_begins_at_the_bottom(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    load(LEDGER, company=company, today=today)
    morning(company, today)
    approve(drafts(company)[0], at=at)
    morning(company, later(today, 5))
    approve(drafts(company)[1], at=at)
    for number in ("A1", "A2"):
        pay(number, today)

    morning(company, later(today, 26))  # A3 fell due six days before, and was named in none

    assert told(drafts(company))[2:] == [("100", "email+3", "proposed")]
    assert ReminderClimb.objects.filter(ended_on__isnull=True).count() == 1


def test_calls_and_messages_of_one_day_stand_beside_each_other_once(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    text = "customer 100 classification=key\n" + LEDGER.replace("customer 100\n", "")
    load(text, company=company, today=today)
    morning(company, today)
    assert told(drafts(company)) == [("100", "call+3", "proposed")]

    for days in (5, 6, 7, 8, 9):
        morning(company, later(today, days))

    assert told(drafts(company))[1:] == [("100", "email+7", "proposed"), ("100", "call+7", "proposed")]
    # The earlier call is replaced by the later one.
    assert drafts(company)[0].state == "dropped"
    # The step is taken when its message is approved, and not by the call beside it.
    morning(company, later(today, 40))
    assert len(drafts(company)) == 3
    approve(drafts(company)[1], at=at + dt.timedelta(40))
    morning(company, later(today, 48))
    assert told(drafts(company))[3:] == [("100", "task+14", "proposed")]


def test_what_falls_due_is_asked_about_once(company: Company, today: dt.date, at: dt.datetime) -> None:
    text = f"customer 100\n{HISTORY}invoice 100 A1 1200.00 due=+3\ninvoice 100 A2 700.00 due=+2\n"
    load(text + "invoice 100 A3 700.00 due=+5\n", company=company, today=today)

    morning(company, today)
    assert told(drafts(company)) == [("100", "email-3", "proposed")]
    assert (asked(drafts(company)[0]), drafts(company)[0].level) == (["A1", "A2"], 0)
    approve(drafts(company)[0], at=at - dt.timedelta(4))
    morning(company, later(today, 1))
    assert len(drafts(company)) == 1
    morning(company, later(today, 2))
    assert len(drafts(company)) == 2
    assert asked(drafts(company)[1]) == ["A3"]


def test_a_run_measures_where_everybody_stands_when_the_night_did_not(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    load(LEDGER, company=company, today=today)
    morning(company, later(today, -1))
    Position.objects.all().delete()

    proposals.propose(company=company, today=today, at=at)

    assert Position.objects.filter(day=today).exists()
    assert len(drafts(company)) == 1


def test_the_queries_of_a_run_do_not_grow_with_the_customers(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    def counted(first: int, last: int) -> int:
        text = "".join(
            LEDGER.replace("100", str(n)).replace(" A", f" A{n}").replace(" H", f" H{n}")
            for n in range(first, last)
        )
        load(text, company=company, today=today)
        morning(company, later(today, -1))
        ReminderDraft.objects.all().delete()
        ReminderClimb.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            morning(company, today)
        return len(queries)

    few = counted(200, 203)
    many = counted(300, 340)
    assert ReminderDraft.objects.count() == 43
    assert many <= few


def test_a_procedure_in_force_from_tomorrow_counts_from_tomorrow(
    company: Company, today: dt.date, at: dt.datetime, dana: User
) -> None:
    load(LEDGER, company=company, today=today)
    morning(company, today)
    ReminderDraft.objects.all().delete()
    version = procedures.begin(company=company, segment_code="standard", by=dana, at=at)
    steps = [step for step in version.procedure.steps if step.code != "email+3"]
    version = procedures.edit(version=version, steps=steps, revision=0, by=dana, at=at)
    procedures.publish(version=version, revision=1, in_force_from=later(today, 1), by=dana, at=at)

    morning(company, today)
    assert told(drafts(company)) == [("100", "email+3", "proposed")]
    morning(company, later(today, 1))
    assert told(drafts(company))[1:] == [("100", "email+7", "proposed")]
    assert drafts(company)[0].state == "dropped"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_draft_once(today: dt.date) -> None:
    company = company_of(country="GB")
    load(LEDGER, company=company, today=today)
    at = dt.datetime.combine(today, dt.time(5), dt.UTC)
    morning(company, later(today, -1))
    ReminderDraft.objects.all().delete()

    def run() -> object:
        return proposals.propose(company=company, today=today, at=at)

    interleaved(run, run)

    assert len(drafts(company)) == 1
