"""Disputes: a contested amount of one invoice, closed once."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from collections_app.activity.events import Event
from collections_app.contact import disputes, promises
from collections_app.contact.disputes import Dispute
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.ledgerrows import Rows

Lodge = Callable[..., Dispute]


@pytest.fixture
def lodge(rows: Rows, harrow: Customer, priya: User, at: dt.datetime) -> Lodge:
    def lodge(number: str = "A1", amount: str = "200", reason: str = "PRICE") -> Dispute:
        invoice = rows.invoices[number]
        return disputes.lodge(
            customer=harrow, invoice=invoice, amount=Decimal(amount), reason=reason, by=priya, at=at
        )

    return lodge


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_it_contests_a_part_of_an_invoice(lodge: Lodge) -> None:
    dispute = lodge()

    assert (dispute.state, dispute.amount, dispute.currency) == ("lodged", Decimal(200), "GBP")
    assert Event.objects.get().summary == "Disputes £200.00 of A1: Price or discount"


def test_it_refuses_with_every_reason_at_once(lodge: Lodge) -> None:
    lodge()
    with pytest.raises(Refused) as refused:
        lodge(amount="1200.001", reason="WHIM")
    assert codes(refused) == ["unknown_reason", "too_exact", "beyond_the_open_amount", "already_disputed"]

    with pytest.raises(Refused) as refused:
        lodge("B1", amount="0")
    assert codes(refused) == ["strange_invoices", "nothing_disputed"]

    with pytest.raises(Refused) as refused:
        lodge("C1", amount="10")
    assert codes(refused) == ["not_owed"]


def test_who_cannot_pay_contests_nothing(lodge: Lodge) -> None:
    with pytest.raises(Refused) as refused:
        lodge(reason="CASH")
    assert codes(refused) == ["unknown_reason"]


def test_one_that_was_lodged_by_mistake_is_taken_back_once(lodge: Lodge, dana: User, at: dt.datetime) -> None:
    dispute = lodge()
    disputes.withdraw(dispute, by=dana, at=at)
    disputes.withdraw(dispute, by=dana, at=at)

    assert (dispute.state, dispute.cause, dispute.closed_by) == ("withdrawn", "by_mistake", dana)
    assert Event.objects.filter(what="dispute.withdrawn").count() == 1
    assert lodge().state == "lodged"


def test_it_goes_to_the_desk_of_its_reason_when_somebody_sits_there(
    lodge: Lodge, priya: User, sam: User
) -> None:
    kept = lodge("A2")
    User.objects.filter(pk=sam.pk).update(desk="warehouse")
    given = lodge("A1", reason="QTY")

    assert (kept.owner, kept.desk, kept.holder) == (priya, "sales", "Priya")
    assert (given.owner, given.desk, given.holder) == (None, "warehouse", "warehouse")
    assert given.is_theirs(User.objects.get(pk=sam.pk))
    assert not given.is_theirs(priya)


def test_its_days_count_from_its_lodging_in_working_days(lodge: Lodge) -> None:
    dispute = lodge(reason="QTY")  # a Wednesday: one day to the answer, five to the end

    assert (dispute.answer_due_on, dispute.resolve_due_on) == (dt.date(2026, 3, 12), dt.date(2026, 3, 18))
    assert dispute.rises_on == dt.date(2026, 3, 19)
    assert dispute.asked_for == "the delivery note and their count"


def test_it_knows_that_it_was_raised_after_a_promise(
    rows: Rows, harrow: Customer, lodge: Lodge, priya: User, at: dt.datetime
) -> None:
    earlier, invoice = at - dt.timedelta(days=2), rows.invoices["A1"]
    promises.record(
        customer=harrow,
        amount=Decimal(100),
        currency="GBP",
        promised_on=at.date(),
        lines=[(invoice, Decimal(100))],
        by=priya,
        at=earlier,
        today=earlier.date(),
    )
    assert lodge("A1").late_raised == "promise"
    assert lodge("A2").late_raised == ""


def test_the_same_form_lodges_once(rows: Rows, harrow: Customer, priya: User, at: dt.datetime) -> None:
    key = uuid4()
    facts: dict[str, Any] = {
        "customer": harrow,
        "invoice": rows.invoices["A1"],
        "amount": Decimal(200),
        "reason": "PRICE",
    }
    first = disputes.lodge(**facts, form_key=key, by=priya, at=at)
    again = disputes.lodge(**facts, form_key=key, by=priya, at=at)

    assert first == again
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"amount": 0}, "dispute_amount_is_positive"),
        ({"state": "accepted"}, "dispute_is_closed_by_somebody"),
        ({"state": "waiting"}, "dispute_stops_its_clock_while_waiting"),
        ({"owner": None, "desk": ""}, "dispute_has_an_owner_or_a_desk"),
        ({"credited": 201}, "dispute_credit_is_within_what_is_disputed"),
    ],
)
def test_the_database_guards_a_dispute(lodge: Lodge, change: dict[str, object], constraint: str) -> None:
    dispute = lodge()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Dispute.objects.filter(pk=dispute.pk).update(**change)


def test_the_database_knows_one_open_dispute_of_an_invoice(
    rows: Rows, lodge: Lodge, priya: User, at: dt.datetime
) -> None:
    first = lodge()
    first.pk = None
    with pytest.raises(IntegrityError, match="invoice_has_one_open_dispute"), transaction.atomic():
        first.save(force_insert=True)
