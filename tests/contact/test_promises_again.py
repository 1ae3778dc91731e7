"""Promises that come back: replaced ones when the later is taken back, kept ones when the money is returned;
and a night of a past day.
"""

import datetime as dt
from decimal import Decimal

import pytest
from django.db.models import F

from collections_app.activity.events import Event
from collections_app.contact import disputes, promises
from collections_app.contact.promises import Promise, PromisedInvoice
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.rules import Basis, Side
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.contact.test_promises import Desk
from tests.ledgerrows import Rows
from tests.together import interleaved

DAY = dt.timedelta(days=1)


@pytest.fixture
def desk(rows: Rows, harrow: Customer, priya: User, at: dt.datetime) -> Desk:
    return Desk(rows, harrow, priya, at)


def returned(desk: Desk, number: str, *, days: int) -> None:
    """The only payment of an invoice goes back, some days from today."""
    paid = Allocation.objects.get(invoice__number=number)
    on = desk.today + days * DAY
    Allocation.objects.create(
        company=paid.company,
        invoice=paid.invoice,
        currency=paid.currency,
        amount=paid.amount,
        side=Side.RESTORES,
        basis=paid.basis,
        reverses=paid,
        posted_on=on,
        recorded_at=dt.datetime.combine(on, dt.time(12), dt.UTC),
        posting=paid.posting,
    )
    Invoice.objects.filter(number=number).update(open_amount=F("open_amount") + paid.amount, settled_on=None)


def state_of(promise: Promise) -> str:
    promise.refresh_from_db()
    return promise.state


def test_taking_back_the_later_promise_leaves_alone_what_is_promised_anew(desk: Desk) -> None:
    first = desk.promise("A1", "A2", amount="2000")
    second = desk.promise("A2", amount="800", days=7, replaces=True)
    third = desk.promise("A1", amount="1200", days=5)
    promises.withdraw(second, by=desk.by, at=desk.at, today=desk.today)

    assert [state_of(each) for each in (first, second, third)] == ["replaced", "withdrawn", "running"]
    assert PromisedInvoice.objects.get(is_running=True).promise == third


@pytest.mark.parametrize(("days", "state"), [(10, "broken"), (4, "running")])
def test_a_kept_promise_is_judged_again_when_its_payment_is_returned(
    desk: Desk, days: int, state: str
) -> None:
    promise = desk.promise("A1", amount="1200")
    desk.paid("A1", "1200", days=1)
    assert (desk.settle(days=1), state_of(promise)) == (1, "kept")

    returned(desk, "A1", days=days)
    assert [desk.settle(days=days), desk.settle(days=days)] == [1, 0]

    assert (state_of(promise), promise.paid_amount) == (state, Decimal(0))
    assert PromisedInvoice.objects.get().is_running == (state == "running")
    event = Event.objects.latest("pk")
    assert event.what == {"broken": "promise.broken", "running": "promise.reopened"}[state]
    assert "since its payment was returned" in event.summary


def test_a_returned_payment_opens_no_promise_beside_a_newer_one(desk: Desk) -> None:
    first = desk.promise("A1", amount="600")
    desk.paid("A1", "600", days=1)
    desk.settle(days=1)
    second = desk.promise("A1", amount="600", days=6, at=desk.at + 2 * DAY)
    returned(desk, "A1", days=3)

    assert desk.settle(days=3) == 0
    assert [state_of(first), state_of(second)] == ["kept", "running"]
    desk.settle(days=7)
    assert state_of(first) == "broken"


def test_a_night_of_a_past_day_does_not_know_what_came_later(desk: Desk) -> None:
    early = desk.promise("A1", amount="1200")
    late = desk.promise("A2", amount="800", days=9, at=desk.at + 5 * DAY)
    desk.paid("A1", "1200", days=2)
    desk.paid("A2", "800", days=6)

    assert desk.settle(days=1) == 0
    assert desk.settle(days=2) == 1
    assert [state_of(early), state_of(late)] == ["kept", "running"]
    assert desk.settle(days=6) == 1
    assert state_of(late) == "kept"


def test_what_was_paid_since_the_page_was_opened_is_neither_promised_nor_disputed(desk: Desk) -> None:
    stale = desk.rows.invoices["A1"]
    Invoice.objects.filter(pk=stale.pk).update(open_amount=100)

    with pytest.raises(Refused, match=r"100.00 of A1 is open"):
        desk.promise("A1", amount="1200")
    with pytest.raises(Refused, match=r"100.00 of A1 is open"):
        disputes.lodge(
            customer=desk.customer,
            invoice=stale,
            amount=Decimal(1200),
            reason="PRICE",
            by=desk.by,
            at=desk.at,
        )


def test_who_does_not_work_customers_agrees_nothing_for_them(desk: Desk, sam: User) -> None:
    promise = desk.promise("A1", amount="1200")
    dispute = disputes.lodge(
        customer=desk.customer,
        invoice=desk.rows.invoices["A2"],
        amount=Decimal(10),
        reason="PRICE",
        by=desk.by,
        at=desk.at,
    )
    desk.by = sam
    with pytest.raises(Refused, match="Your role does not log contacts"):
        desk.promise("A3", amount="500")
    with pytest.raises(Refused, match="Your role does not log contacts"):
        promises.withdraw(promise, by=sam, at=desk.at, today=desk.today)
    with pytest.raises(Refused, match="Your role does not log contacts"):
        disputes.lodge(
            customer=desk.customer,
            invoice=desk.rows.invoices["A3"],
            amount=Decimal(10),
            reason="PRICE",
            by=sam,
            at=desk.at,
        )
    with pytest.raises(Refused, match="Your role does not log contacts"):
        disputes.withdraw(dispute, by=sam, at=desk.at)


def test_a_credited_promise_stays_credited(desk: Desk) -> None:
    promise = desk.promise("A1", amount="1200")
    desk.paid("A1", "1200", days=1, basis=Basis.CREDIT_NOTE)
    assert (desk.settle(days=1), state_of(promise)) == (1, "withdrawn")


@pytest.mark.django_db(transaction=True)
def test_taking_a_promise_over_and_settling_it_at_once_do_not_block_each_other(desk: Desk) -> None:
    first, second = desk.promise("A1", amount="1200"), desk.promise("A2", amount="800")
    desk.paid("A1", "1200", days=1)
    desk.paid("A2", "100", days=1)

    def replace() -> None:
        desk.promise("A2", amount="700", days=9, replaces=True)

    interleaved(replace, lambda: desk.settle(days=9))

    assert (state_of(first), state_of(second)) == ("kept", "replaced")
