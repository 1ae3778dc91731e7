"""A write-off has a reason; a dispute or a promise stands in the way until somebody says why not."""

import datetime as dt
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from collections_app.activity.events import Event
from collections_app.contact import disputes, promises
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.write_offs import decisions, proposals
from collections_app.write_offs.write_off_rows import WriteOff, WriteOffLine
from tests.desk import person
from tests.ledgerrows import Rows
from tests.write_offs.conftest import Propose


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_a_proposal_puts_nothing_into_the_ledger(propose: Propose, rows: Rows, priya: User) -> None:
    made = propose(A1="1200.00", A2="30.50")

    assert (made.amount, made.currency, made.state) == (Decimal("1230.50"), "GBP", "proposed")
    assert made.reason_label == "Going to court costs more than it would bring"
    assert not Allocation.objects.exists()
    assert Invoice.objects.get(number="A1").open_amount == 1200
    event = Event.objects.get(what="write_off.proposed")
    assert (event.by, event.facts["amount"]) == (priya, "1230.50")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"A1": "1200.01"}, "open"),
        ({"A1": "0"}, "amount"),
        ({"A1": "0.005"}, "amount"),
        ({"B1": "300.00"}, "invoice"),
        ({"C1": "20.00"}, "kind"),
        ({"A1": "1.00", "reason": "NOSUCH"}, "reason"),
        ({"A1": "1.00", "words": "  "}, "words"),
        ({}, "parts"),
    ],
)
def test_it_refuses_what_is_no_write_off(propose: Propose, given: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        propose(**given)

    assert codes(refused) == [code]
    assert not WriteOff.objects.exists()


def test_amounts_of_two_currencies_are_never_one_proposal(propose: Propose, rows: Rows) -> None:
    Invoice.objects.filter(number="A2").update(currency="USD")
    with pytest.raises(Refused) as refused:
        propose(A1="1.00", A2="1.00")

    assert codes(refused) == ["currency"]


def test_an_invoice_waits_in_one_proposal_only(propose: Propose, rows: Rows) -> None:
    propose(A1="100.00")
    with pytest.raises(Refused) as refused:
        propose(A1="50.00")

    assert codes(refused) == ["waits"]
    other = propose(A3="1.00")
    with pytest.raises(IntegrityError, match="waits_once"), transaction.atomic():
        WriteOffLine.objects.create(write_off=other, invoice=rows.invoices["A1"], amount=1)


def test_the_same_form_twice_proposes_once(propose: Propose) -> None:
    key = uuid4()

    assert propose(A1="5.00", form_key=key) == propose(A1="5.00", form_key=key)
    assert WriteOff.objects.count() == 1


def test_a_dispute_stands_in_the_way_unless_somebody_says_why_not(
    propose: Propose, rows: Rows, harrow: Customer, priya: User, dana: User, at: dt.datetime
) -> None:
    disputes.lodge(
        customer=harrow, invoice=rows.invoices["A1"], amount=Decimal(40), reason="PRICE", by=priya, at=at
    )
    with pytest.raises(Refused) as refused:
        propose(A1="100.00")
    made = propose(A1="100.00", in_spite_of="The court closed the case; the dispute is moot.")
    decisions.approve(made, by=dana, at=at)

    assert codes(refused) == ["hindered"]
    assert "£40.00 of A1 is in dispute" in str(refused.value)
    assert made.hindrances == ["£40.00 of A1 is in dispute."]
    assert Invoice.objects.get(number="A1").open_amount == 1100


def test_a_promise_that_comes_after_the_proposal_is_spoken_of_by_whoever_approves(
    propose: Propose, rows: Rows, harrow: Customer, priya: User, dana: User, at: dt.datetime, today: dt.date
) -> None:
    made = propose(A1="100.00")
    promises.record(
        customer=harrow,
        amount=Decimal(1200),
        currency="GBP",
        promised_on=today + dt.timedelta(days=5),
        lines=[(rows.invoices["A1"], Decimal(1200))],
        by=priya,
        at=at,
        today=today,
    )
    with pytest.raises(Refused) as refused:
        decisions.approve(made, by=dana, at=at)
    decisions.approve(made, words="Only the interest part; the promise is for the rest.", by=dana, at=at)

    assert codes(refused) == ["hindered"]
    assert made.state == "approved"


def test_sales_propose_nothing(propose: Propose, harrow: Customer) -> None:
    sam = person(harrow.company, "sam", Role.SALES)
    with pytest.raises(Refused) as refused:
        propose(A1="1.00", by=sam)

    assert codes(refused) == ["not_allowed"]


def test_whoever_proposed_it_withdraws_it_and_may_propose_again(
    propose: Propose, priya: User, dana: User, at: dt.datetime
) -> None:
    made = propose(A1="100.00")
    with pytest.raises(Refused) as refused:
        proposals.withdraw(made, by=dana, at=at)
    proposals.withdraw(made, by=priya, at=at)
    proposals.withdraw(made, by=priya, at=at)
    again = propose(A1="90.00")
    with pytest.raises(Refused) as decided:
        decisions.approve(made, by=dana, at=at)

    assert codes(refused) == ["not_yours"]
    assert codes(decided) == ["decided"]
    assert (made.state, again.state) == ("withdrawn", "proposed")


def test_what_nobody_decides_about_ends_after_its_days(
    propose: Propose, dana: User, at: dt.datetime, today: dt.date
) -> None:
    made = propose(A1="100.00")
    last = made.waits_until
    on_its_day = decisions.expire(company=made.company, today=last, at=at)
    with pytest.raises(Refused) as refused:
        decisions.approve(made, by=dana, at=at + (last - today + dt.timedelta(days=1)))
    after = decisions.expire(company=made.company, today=last + dt.timedelta(days=1), at=at)
    made.refresh_from_db()

    assert last == made.company.calendar.add(today, 20)
    assert (on_its_day, after, made.state) == (0, 1, "expired")
    assert decisions.expire(company=made.company, today=last + dt.timedelta(days=1), at=at) == 0
    assert codes(refused) == ["expired"]
