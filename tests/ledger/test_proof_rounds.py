"""Proof rounds: what is new is proven every night, everything once a week, and nothing is passed over."""

import datetime as dt

import pytest
from django.db import connection

from collections_app.jobs import nights
from collections_app.ledger import balances, proof_rounds, proofs
from collections_app.ledger.bookmarks import Bookmark
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.payments import Payment
from collections_app.ledger.postings import Posting
from collections_app.ledger.proof_rounds import ProofRound, Round
from tests.ledgerrows import company_of, moment
from tests.ledgertext import load

OPENING = """
customer 100
customer 200
invoice 100 A1 120.00 due=-41
invoice 200 B1 80.00 due=-9
receipt 200 P0 30.00 on=-20
allocation P0 B1 10.00 on=-19
"""
NEWS = """
customer 100
customer 200
invoice 100 A2 50.00 due=-2
credit_note 100 C1 20.00 on=-1
receipt 100 P1 30.00 on=-1
allocation C1 A2 20.00 on=-1
allocation P1 A2 30.00 on=0 name=paid
undo paid on=0
reversal 100 R1 of=P1 on=0
correction A2 amount=45.00 known=0
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db: None, today: dt.date) -> Company:
    company = company_of()
    load(OPENING, company=company, today=today)
    return company


def check(company: Company, day: dt.date) -> str:
    """What came of the stage on ``day``."""
    (run,) = nights.run(company=company, day=day, at=moment(day), stages=["check_ledger"])
    return run.error or run.state


def begin(company: Company, day: dt.date) -> Round:
    return proof_rounds.begin(company=company, today=day)


def after(today: dt.date, days: int) -> dt.date:
    return today + dt.timedelta(days)


def test_the_first_round_proves_everything_and_the_next_what_is_new(company: Company, today: dt.date) -> None:
    assert begin(company, today).is_whole
    assert check(company, today) == "done"
    load(NEWS, company=company, today=today)

    found = begin(company, after(today, 1))

    assert found.touched is not None
    numbers = Invoice.objects.filter(pk__in=found.touched.invoices).values_list("number", flat=True)
    assert set(numbers) == {"A2", "C1"}
    payments = Payment.objects.filter(pk__in=found.touched.payments).values_list("number", flat=True)
    assert set(payments) == {"P1", "R1"}
    assert check(company, after(today, 1)) == "done"
    assert begin(company, after(today, 1)).is_empty


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE invoice SET open_amount = 44 WHERE number = 'A2'",
        "UPDATE invoice SET amount = 44, open_amount = 24 WHERE number = 'A2'",
        "UPDATE invoice SET settled_on = settled_on + 1 WHERE number = 'C1'",
        "UPDATE invoice SET posting_id = 0 WHERE number = 'C1'",
        "UPDATE invoice_correction SET due_to = '2026-01-01'",
        "UPDATE payment SET unallocated_amount = 1 WHERE number = 'P1'",
        "UPDATE payment SET amount = 29 WHERE number = 'R1'",
        "UPDATE allocation SET amount = 29 WHERE side = 'restores'",
        "UPDATE allocation SET currency = 'USD' WHERE credit_note_id IS NOT NULL",
        "UPDATE invoice SET kind = 'debit_note' WHERE number = 'C1'",
        "UPDATE payment SET customer_id = (SELECT id FROM customer WHERE number = '200') WHERE number = 'P1'",
    ],
)
def test_what_new_postings_contradict_is_found_the_same_night(
    change: str, company: Company, today: dt.date
) -> None:
    check(company, today)
    load(NEWS, company=company, today=today)
    with connection.cursor() as cursor:
        cursor.execute(change)

    found = begin(company, after(today, 1))

    assert found.touched is not None
    all_codes = {problem.code for problem in proofs.prove(company=company)}
    codes = {problem.code for problem in proofs.prove(company=company, touched=found.touched)}
    assert codes == all_codes != set()


def test_a_contradiction_is_told_every_night_until_it_is_put_right(company: Company, today: dt.date) -> None:
    check(company, today)
    load(NEWS, company=company, today=today)
    Invoice.objects.filter(number="A2").update(open_amount=1)

    assert [("A2" in check(company, after(today, days))) for days in (1, 2)] == [True, True]
    balances.refresh(company=company)
    assert check(company, after(today, 2)) == "done"


def test_a_row_changed_behind_the_ledgers_back_is_found_within_a_week(
    company: Company, today: dt.date
) -> None:
    check(company, today)
    Invoice.objects.filter(number="A1").update(open_amount=1)

    said = [check(company, after(today, days)) for days in range(1, 8)]

    assert said[:6] == ["done"] * 6
    assert "A1" in said[6]
    assert proofs.prove(company=company)  # by hand it is found at once


def test_a_posting_that_is_committed_after_a_newer_one_is_not_passed_over(
    company: Company, today: dt.date
) -> None:
    check(company, today)
    load(NEWS, company=company, today=today)
    proof_rounds.end(begin(company, today), at=moment(today))
    late = Posting.objects.order_by("pk").first()
    assert late is not None
    Bookmark.objects.filter(posting=late).delete()  # as if it had been committed only now

    assert begin(company, after(today, 1)).postings == (late.pk,)


def test_a_posting_of_the_meantime_belongs_to_the_next_round(company: Company, today: dt.date) -> None:
    check(company, today)
    begun = begin(company, after(today, 1))
    load(NEWS, company=company, today=today)

    proof_rounds.end(begun, at=moment(today))

    assert not begin(company, after(today, 1)).is_empty


def test_when_much_is_touched_everything_is_proven(
    company: Company, today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(company, today)
    load(NEWS, company=company, today=today)
    monkeypatch.setattr(proof_rounds, "TOUCHED_MAX", 3)

    assert begin(company, after(today, 1)).is_whole


def test_twice_and_late_leave_one_round(company: Company, today: dt.date) -> None:
    for day in (today, today, after(today, -3)):
        assert check(company, day) == "done"

    assert ProofRound.objects.values_list("day", "is_whole", "posting_count").get() == (today, True, 1)


def test_a_company_proves_its_own(company: Company, today: dt.date) -> None:
    check(company, today)

    assert begin(company_of("OT"), today).is_whole
    assert begin(company, today).is_empty
