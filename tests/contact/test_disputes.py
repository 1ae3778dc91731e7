"""Disputes: a contested amount of one invoice, closed once."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from collections_app.activity.events import Event
from collections_app.contact import disputes
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


@pytest.mark.parametrize(
    ("close", "state"),
    [(disputes.accept, "accepted"), (disputes.reject, "rejected"), (disputes.withdraw, "withdrawn")],
)
def test_it_is_closed_once_by_somebody(
    lodge: Lodge, dana: User, at: dt.datetime, close: Callable[..., Dispute], state: str
) -> None:
    dispute = lodge()
    close(dispute, by=dana, at=at)
    close(dispute, by=dana, at=at)

    assert (dispute.state, dispute.closed_by) == (state, dana)
    assert Event.objects.filter(what=f"dispute.{state}").count() == 1


def test_it_stays_as_it_was_closed(lodge: Lodge, dana: User, at: dt.datetime) -> None:
    dispute = disputes.accept(lodge(), by=dana, at=at)
    with pytest.raises(Refused, match="accepted before"):
        disputes.reject(dispute, by=dana, at=at)


def test_it_may_flare_up_again(lodge: Lodge, dana: User, at: dt.datetime) -> None:
    disputes.reject(lodge(), by=dana, at=at)
    assert lodge().state == "lodged"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [({"amount": 0}, "dispute_amount_is_positive"), ({"state": "accepted"}, "dispute_is_closed_by_somebody")],
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
