"""A write-off is no payment: no figure of how customers pay, and of what was collected, counts it as one."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.behaviour import habits
from collections_app.behaviour.habits import PayHabit
from collections_app.contact import endings, promises
from collections_app.contact.promised import Promise
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from collections_app.reports import measures
from collections_app.reports.rules.measuring import Measure
from collections_app.write_offs import decisions
from tests import ledgertext
from tests.ledgerrows import Rows, company_of
from tests.write_offs.conftest import Propose

DAY = dt.timedelta(days=1)
# One invoice paid ten days late, one written off a hundred days late, one not due.
MARCH = """
customer 100
invoice 100 PAID 1000.00 issued=2026-02-01 due=2026-03-01
receipt 100 P1 1000.00 on=2026-03-11
allocation P1 PAID 1000.00 on=2026-03-11
invoice 100 LOST 400.00 issued=2025-11-21 due=2025-12-21
allocation - LOST 400.00 on=2026-03-31 basis=write_off
invoice 100 NEW 600.00 issued=2026-03-20 due=2026-04-20
"""
END = dt.date(2026, 3, 31)


def measured(company: Company, *, period_months: int) -> dict[str, Measure]:
    (of,) = measures.measured(company=company, day=END, period_months=period_months).currencies
    return {each.name: each for each in of.measures}


@pytest.fixture
def march(db: None) -> Company:
    return ledgertext.load(MARCH, company=company_of(), today=END).company


def test_cash_effectiveness_leaves_out_what_was_given_up(march: Company) -> None:
    """1,400 opening + 600 invoiced - 600 closing = 1,400 cleared of 1,400; in cash 1,000 of it."""
    found = measured(march, period_months=1)

    assert found["cei"].value == 1
    assert found["cei_cash"].value == Decimal(1000) / 1400
    assert found["cei_cash"].inputs["settled_by_credit_notes"] == 400


def test_days_to_pay_and_late_are_of_what_was_paid(march: Company) -> None:
    found = measured(march, period_months=1)

    assert found["days_late"].value == 10
    assert found["days_late_closed"].value == 10
    assert found["days_late_closed"].inputs["count"] == 1
    assert found["days_to_pay"].value == 38


def test_what_was_given_up_is_no_receivable_any_more(march: Company) -> None:
    found = measured(march, period_months=1)

    assert found["overdue"].value == 0
    assert found["dso_simple"].inputs["owed"] == 600


def test_a_cohort_lost_what_was_written_off(db: None) -> None:
    text = """
    customer 100
    invoice 100 PAID 900.00 issued=2025-03-01 due=2025-04-01
    receipt 100 P1 900.00 on=2025-04-05
    allocation P1 PAID 900.00 on=2025-04-05
    invoice 100 LOST 100.00 issued=2025-03-01 due=2025-04-01
    allocation - LOST 100.00 on=2025-05-01 basis=write_off
    """
    company = ledgertext.load(text, company=company_of(), today=END).company
    found = measures.measured(company=company, day=END)
    (provision,) = (each for of in found.currencies for each in of.measures if each.name == "provision")

    assert (provision.inputs["fell_due"], provision.inputs["lost"]) == (1000, 100)


def test_a_habit_is_not_learnt_from_a_write_off(march: Company) -> None:
    habits.measure(company=march, today=END)
    habit = PayHabit.objects.get()

    assert (habit.settled_count, habit.last_paid_on) == (1, dt.date(2026, 3, 11))


def test_a_write_off_keeps_no_promise(
    propose: Propose, rows: Rows, harrow: Customer, priya: User, dana: User, at: dt.datetime, today: dt.date
) -> None:
    """Half of it is paid by nobody: the promise needs the rest only, and is not kept by what we gave up."""
    promises.record(
        customer=harrow,
        amount=Decimal(1200),
        currency="GBP",
        promised_on=today + DAY,
        lines=[(rows.invoices["A1"], Decimal(1200))],
        by=priya,
        at=at,
        today=today,
    )
    made = propose(A1="700.00", in_spite_of="They pay the rest")
    decisions.approve(made, by=dana, at=at + dt.timedelta(hours=1))
    endings.settle(company=harrow.company, today=today + 30 * DAY, at=at + 30 * DAY)
    promise = Promise.objects.get()

    assert (promise.state, promise.paid_amount, promise.needed_amount) == (
        "broken",
        Decimal(0),
        Decimal(500),
    )
