"""What we owe a customer: recorded with all reasons, met, moved, handed over, withdrawn."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError

from collections_app.activity.events import Event
from collections_app.contact import commitments, contact_logs, disputes
from collections_app.contact.commitment_rows import Commitment, CommitmentInvoice
from collections_app.contact.rules import Channel, Direction, Outcome
from collections_app.ledger.customers import Customer
from collections_app.lib.money import parse
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.ledgerrows import Rows, company_of

DAY = dt.timedelta(days=1)
Given = dict[str, Any]


@pytest.fixture
def given(harrow: Customer, priya: User, at: dt.datetime, today: dt.date) -> Given:
    """A credit note, from Priya, in two days."""
    return {
        "customer": harrow,
        "kind": "credit_note",
        "owner": priya,
        "due_on": today + 2 * DAY,
        "by": priya,
        "at": at,
    }


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def test_it_is_written_down_with_what_it_is_about(given: Given, rows: Rows, today: dt.date) -> None:
    log = contact_logs.log(
        customer=given["customer"], channel=Channel.CALL, direction=Direction.OUT, outcome=Outcome.INFORMED,
        by=given["by"], at=given["at"],
    )  # fmt: skip
    dispute = disputes.lodge(
        customer=given["customer"], invoice=rows.invoices["A1"], amount=parse("10.00"), reason="PRICE",
        by=given["by"], at=given["at"],
    )  # fmt: skip
    invoices = [rows.invoices["A1"], rows.invoices["A2"], rows.invoices["A1"]]
    made = commitments.record(
        **given, words=" for the rebate ", invoices=invoices, contact_log=log, dispute=dispute
    )

    assert (made.state, made.version, made.first_due_on) == ("open", 1, today + 2 * DAY)
    assert str(made) == "Credit note: for the rebate"
    assert {invoice.number for invoice in made.invoices.all()} == {"A1", "A2"}
    told = Event.objects.get(what="commitment.recorded")
    assert told.summary == "We owe them: Credit note: for the rebate, by Priya for 13 March 2026"
    assert told.facts["commitment"] == made.pk


def test_it_is_refused_with_every_reason(given: Given, rows: Rows, today: dt.date, tom: User) -> None:
    tom.is_active = False
    other = rows.customers["200"]
    log = contact_logs.log(
        customer=other, channel=Channel.CALL, direction=Direction.OUT, outcome=Outcome.INFORMED,
        by=given["by"], at=given["at"],
    )  # fmt: skip
    wrong = {"kind": "other", "owner": tom, "due_on": today - DAY, "due_at": dt.time(10), "contact_log": log}
    with pytest.raises(Refused) as refused:
        commitments.record(**{**given, **wrong}, invoices=[rows.invoices["B1"]])

    assert codes(refused) == {
        "says_nothing",
        "owner_left",
        "past_day",
        "time_without_call_back",
        "strange_invoices",
        "strange_talk",
    }
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"kind": "flowers"}, "unknown_kind"),
        ({"words": "x" * 501}, "too_long"),
        ({"owner": None}, "no_owner"),
        ({"due_on": dt.date(2027, 3, 11)}, "too_far"),
    ],
)
def test_it_is_refused_for_one_reason(given: Given, facts: Given, code: str) -> None:
    with pytest.raises(Refused) as refused:
        commitments.record(**{**given, **facts})
    assert codes(refused) == {code}


def test_an_owner_who_may_not_see_the_company_is_refused(given: Given) -> None:
    stranger = person(company_of("OTHER"), "eve")
    with pytest.raises(Refused) as refused:
        commitments.record(**{**given, "owner": stranger})
    assert codes(refused) == {"owner_sees_nothing"}


def test_sales_make_no_commitments_but_may_be_asked_to_meet_one(given: Given, sam: User) -> None:
    with pytest.raises(Refused) as refused:
        commitments.record(**{**given, "by": sam})
    assert codes(refused) == {"may_not_work"}

    made = commitments.record(**{**given, "owner": sam})
    assert commitments.meet(made, by=sam, at=given["at"]).state == "met"


def test_the_same_form_twice_has_one_effect(given: Given) -> None:
    key = uuid4()
    first = commitments.record(**given, form_key=key)
    again = commitments.record(**given, form_key=key)

    assert again == first
    assert Event.objects.filter(what="commitment.recorded").count() == 1


@pytest.mark.parametrize(("days", "state"), [(0, "met"), (2, "met"), (3, "met_late")])
def test_it_is_met_in_time_until_its_day_ends(given: Given, days: int, state: str) -> None:
    made = commitments.record(**given)
    met = commitments.meet(made, by=given["by"], at=given["at"] + days * DAY)
    again = commitments.meet(made, version=1, by=given["by"], at=given["at"] + 9 * DAY)

    assert (met.state, met.version) == (state, 2)
    assert again.ended_on == met.ended_on
    assert Event.objects.filter(what=f"commitment.{state}").count() == 1


def test_a_slip_of_the_key_is_taken_back_on_the_day_by_whoever_made_it(
    given: Given, tom: User, at: dt.datetime
) -> None:
    made = commitments.record(**given)
    commitments.meet(made, by=given["by"], at=at)
    for who, when in ((tom, at), (given["by"], at + DAY)):
        with pytest.raises(Refused, match="met already"):
            commitments.reopen(made, by=who, at=when)

    reopened = commitments.reopen(made, by=given["by"], at=at)
    assert (reopened.state, reopened.ended_on, reopened.ended_by) == ("open", None, None)
    assert commitments.reopen(made, by=given["by"], at=at).version == reopened.version


def test_it_changes_hands_with_a_reason(given: Given, tom: User, at: dt.datetime) -> None:
    made = commitments.record(**given)
    with pytest.raises(Refused) as refused:
        commitments.hand_over(made, to=None, reason=" ", by=given["by"], at=at)
    assert codes(refused) == {"no_owner", "no_reason"}

    commitments.hand_over(made, to=tom, reason="Priya is away", by=given["by"], at=at)
    made.refresh_from_db()
    assert (made.owner, made.version) == (tom, 2)
    told = Event.objects.get(what="commitment.handed_over")
    assert told.summary == "Priya handed to Tom: Credit note (Priya is away)"
    assert commitments.hand_over(made, to=tom, reason="", by=given["by"], at=at).version == 2


def test_it_moves_with_a_reason_and_keeps_the_first_promised_day(
    given: Given, at: dt.datetime, today: dt.date
) -> None:
    made = commitments.record(**given)
    with pytest.raises(Refused) as refused:
        commitments.move(made, due_on=today - DAY, due_at=dt.time(9), reason="", by=given["by"], at=at)
    assert codes(refused) == {"past_day", "no_reason", "time_without_call_back"}

    commitments.move(made, due_on=today + 5 * DAY, reason="agreed with Ms Vogel", by=given["by"], at=at)
    made.refresh_from_db()
    assert (made.due_on, made.first_due_on) == (today + 5 * DAY, today + 2 * DAY)


def test_it_is_withdrawn_with_a_reason_and_stays_so(given: Given, at: dt.datetime) -> None:
    made = commitments.record(**given)
    with pytest.raises(Refused, match="why we no longer owe it"):
        commitments.withdraw(made, reason="", by=given["by"], at=at)
    commitments.withdraw(made, reason="they found it", by=given["by"], at=at)

    with pytest.raises(Refused, match="withdrawn already"):
        commitments.meet(made, by=given["by"], at=at)
    with pytest.raises(Refused, match="withdrawn already"):
        commitments.move(made, due_on=made.due_on, reason="x", by=given["by"], at=at)
    assert commitments.withdraw(made, reason="", by=given["by"], at=at).version == 2


def test_a_form_that_was_opened_on_an_older_version_hears_what_changed_and_by_whom(
    given: Given, tom: User, at: dt.datetime, today: dt.date
) -> None:
    made = commitments.record(**given)
    commitments.move(made, due_on=today + 5 * DAY, reason="agreed", by=tom, at=at)
    with pytest.raises(Refused) as refused:
        commitments.meet(made, version=1, by=given["by"], at=at)

    (problem,) = refused.value.problems
    assert problem.code == "changed_since"
    assert (
        "Moved from 13 March 2026 to 16 March 2026: Credit note (agreed) (Tom, 11 March 09:15)"
        in problem.message
    )
    made.refresh_from_db()
    assert made.state == "open"


def test_what_came_of_a_conversation_is_taken_back_with_it(given: Given, at: dt.datetime) -> None:
    log = contact_logs.log(
        customer=given["customer"], channel=Channel.CALL, direction=Direction.OUT, outcome=Outcome.INFORMED,
        by=given["by"], at=at,
    )  # fmt: skip
    made, done, other = (commitments.record(**given, contact_log=talk) for talk in (log, log, None))
    commitments.meet(done, by=given["by"], at=at)

    assert commitments.withdraw_of(log, by=given["by"], at=at) == 1
    states = [Commitment.objects.get(pk=each.pk).state for each in (made, done, other)]
    assert states == ["withdrawn", "met", "open"]


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"ended_on": dt.date(2026, 3, 11)}, "commitment_that_is_open_has_not_ended"),
        ({"kind": "flowers"}, "commitment_has_a_known_kind"),
        ({"state": "lost", "ended_on": dt.date(2026, 3, 11), "ended_by": 1}, "commitment_has_a_known_state"),
        ({"due_at": dt.time(9)}, "commitment_has_a_time_only_for_a_call_back"),
        (
            {"state": "met", "ended_on": dt.date(2026, 4, 1), "ended_by": 1},
            "commitment_is_met_in_time_or_late",
        ),
        (
            {"state": "met_late", "ended_on": dt.date(2026, 3, 1), "ended_by": 1},
            "commitment_is_met_in_time_or_late",
        ),
    ],
)
def test_the_database_guards_commitments(given: Given, facts: Given, constraint: str) -> None:
    made = commitments.record(**given)
    if "ended_by" in facts:
        facts = {**facts, "ended_by": given["by"].pk}
    with pytest.raises(IntegrityError, match=constraint):
        Commitment.objects.filter(pk=made.pk).update(**facts)


def test_it_names_an_invoice_once(given: Given, rows: Rows) -> None:
    made = commitments.record(**given, invoices=[rows.invoices["A1"]])
    with pytest.raises(IntegrityError, match="commitment_names_an_invoice_once"):
        CommitmentInvoice.objects.create(commitment=made, invoice=rows.invoices["A1"])


def test_an_administrator_may_not_change_what_is_owed(given: Given, at: dt.datetime) -> None:
    made = commitments.record(**given)
    ada = person(given["customer"].company, "ada", Role.ADMINISTRATOR)
    with pytest.raises(Refused) as refused:
        commitments.meet(made, by=ada, at=at)
    assert codes(refused) == {"may_not_work"}
