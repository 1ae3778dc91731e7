"""What we owe, read for one customer, for many, for one of us; and how many commitments we met."""

import datetime as dt
import json
from typing import Any

import pytest
from django.core.management import call_command

from collections_app.contact import commitments, owing
from collections_app.contact.commitment_rows import Commitment
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from tests.contact.test_promises import Desk
from tests.ledgerrows import Rows, company_of

DAY = dt.timedelta(days=1)


@pytest.fixture
def morning(at: dt.datetime) -> dt.datetime:
    """Ten days before, when everything was promised."""
    return at - 10 * DAY


def promised(customer: Customer, owner: User, due: dt.date, *, at: dt.datetime, **facts: Any) -> Commitment:
    return commitments.record(
        customer=customer, kind="copy", owner=owner, due_on=due, by=owner, at=at, **facts
    )


def test_late_ones_are_found_for_many_customers_in_one_query(
    rows: Rows, priya: User, morning: dt.datetime, today: dt.date, django_assert_num_queries: Any
) -> None:
    harrow, brandt = rows.customers["100"], rows.customers["200"]
    older = promised(harrow, priya, today - 5 * DAY, at=morning)
    late = promised(harrow, priya, today - DAY, at=morning)
    promised(harrow, priya, today, at=morning)
    done = promised(brandt, priya, today - DAY, at=morning)
    commitments.meet(done, by=priya, at=morning)

    with django_assert_num_queries(1):
        found = owing.late_for([harrow.pk, brandt.pk], today=today)
        assert [str(each.owner) for each in found[harrow.pk]] == ["Priya", "Priya"]
    assert found == {harrow.pk: [older, late]}
    assert owing.late_for([], today=today) == {}


def test_the_card_reads_what_we_owe_with_owners_and_invoices_in_two_queries(
    rows: Rows, priya: User, morning: dt.datetime, today: dt.date, django_assert_num_queries: Any
) -> None:
    harrow = rows.customers["100"]
    for days in (3, -2, 0):
        promised(harrow, priya, today + days * DAY, at=morning, invoices=[rows.invoices["A1"]])
    with django_assert_num_queries(2):
        told = [
            (
                each.due_on,
                str(each.owner),
                [invoice.number for invoice in each.invoices.all()],
                each.is_late(today),
            )
            for each in owing.owed_to(harrow)
        ]
    assert told == [
        (today - 2 * DAY, "Priya", ["A1"], True),
        (today, "Priya", ["A1"], False),
        (today + 3 * DAY, "Priya", ["A1"], False),
    ]


def test_an_owner_is_reminded_of_what_is_late_and_due_today(
    company: Company, rows: Rows, priya: User, tom: User, morning: dt.datetime, today: dt.date
) -> None:
    harrow = rows.customers["100"]
    due = [promised(harrow, priya, today + days * DAY, at=morning) for days in (0, -3, 1)]
    promised(harrow, tom, today, at=morning)

    assert list(owing.due_from(priya, company=company, today=today)) == [due[1], due[0]]
    assert not owing.due_from(priya, company=company_of("OTHER"), today=today).exists()


@pytest.fixture
def history(rows: Rows, priya: User, tom: User, morning: dt.datetime, today: dt.date) -> None:
    """Priya: in time, on the day, late, moved and late against the first day, open and late. Tom: withdrawn
    before its day and after it; one not due yet.
    """
    harrow = rows.customers["100"]
    first = today - 6 * DAY
    for days in (3, 4, 7):
        commitments.meet(promised(harrow, priya, first, at=morning), by=priya, at=morning + days * DAY)
    moved = promised(harrow, priya, first, at=morning)
    commitments.move(moved, due_on=today, reason="agreed", by=priya, at=morning)
    commitments.meet(moved, by=priya, at=morning + 9 * DAY)
    promised(harrow, priya, today - DAY, at=morning)
    for days in (1, 8):
        over = promised(harrow, tom, first, at=morning)
        commitments.withdraw(over, reason="they found it", by=tom, at=morning + days * DAY)
    promised(harrow, tom, today, at=morning)


@pytest.mark.usefixtures("history")
def test_the_rate_counts_what_was_met_by_the_first_promised_day(company: Company, today: dt.date) -> None:
    by_owner = owing.met_by_owner(company, today=today)

    assert [(each.owner, each.met, each.fallen_due) for each in by_owner] == [("Priya", 2, 5), ("Tom", 0, 1)]
    whole = owing.met_in_all(by_owner)
    assert (whole.met, whole.fallen_due, str(whole.share)) == (2, 6, "0.3333")
    assert owing.met_in_all(owing.met_by_owner(company, today=today, since=today)).share is None
    assert owing.counts(company, today=today) == {
        "open": 2, "met": 3, "met_late": 1, "withdrawn": 2, "late": 1,
    }  # fmt: skip


@pytest.mark.usefixtures("history")
def test_the_command_tells_states_rates_and_what_is_open(
    company: Company, today: dt.date, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("commitments", "--company", company.code, "--date", today.isoformat(), "--json")
    told = json.loads(capsys.readouterr().out)

    assert told["rate"] == {"fallen_due": 6, "met": 2, "share": "0.3333"}
    assert told["states"]["late"] == 1
    assert [row["owner"] for row in told["by_owner"]] == ["Priya", "Tom"]
    first = told["open"][0]
    assert (first["customer"], first["kind"], first["owner"], first["is_late"]) == (
        "100",
        "copy",
        "priya",
        True,
    )
    assert first["due_on"] == first["first_due_on"] == "2026-03-10"

    call_command("commitments", "--company", company.code, "--date", today.isoformat())
    said = capsys.readouterr().out
    assert "2026-03-10, 1 day late  100 Harrow Tools: Copy of an invoice (Priya)" in said
    assert "2 of 6, 33.3 %" in said
    assert "No promise of theirs has fallen due yet." in said


def test_the_command_tells_the_promises_that_they_kept_beside_what_we_met(
    company: Company, rows: Rows, harrow: Customer, priya: User, at: dt.datetime, today: dt.date,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    desk = Desk(rows, harrow, priya, at)
    desk.promise("A1", amount="1200")
    desk.promise("A2", amount="800")
    desk.paid("A1", "1200", days=1)
    desk.settle(days=9)
    day = (today + dt.timedelta(days=9)).isoformat()

    call_command("commitments", "--company", company.code, "--date", day, "--json")
    told = json.loads(capsys.readouterr().out)["promises_kept"]
    assert told["count_rate"] == "0.5000"
    assert (told["rates"]["GBP"]["kept"], told["rates"]["GBP"]["fallen_due"]) == (1, 2)
    assert (told["rates"]["GBP"]["received"], told["rates"]["GBP"]["promised"]) == ("1200.00", "2000.00")
    assert told["rates"]["GBP"]["value_rate"] == "0.6000"

    call_command("commitments", "--company", company.code, "--date", day)
    assert "They kept within the grace: 1 of 2 promises, 50.0 %." in capsys.readouterr().out


def test_the_command_says_so_when_nothing_is_owed(
    company: Company, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("commitments", "--company", company.code)
    said = capsys.readouterr().out
    assert "We owe our customers nothing." in said
    assert "No commitment has fallen due yet." in said
