"""Who learns that an order waits, and by how many emails."""

import pytest

from collections_app.correspondence.carriers.smtp import EmailBackend
from collections_app.correspondence.message_rows import Message
from collections_app.holds import checks, order_files
from collections_app.holds.notice_rows import HoldNotice
from collections_app.holds.order_rows import Order
from collections_app.intake import batches
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.people.users import User
from tests.correspondence.mailserver import Sink
from tests.dunning.test_over_the_wire import read
from tests.holds.hearing import sent, subjects, told
from tests.holds.selling import DAY, Shop
from tests.ledgertext import load

pytestmark = pytest.mark.usefixtures("addresses")


def test_whoever_sells_learns_at_once_that_an_order_waits_and_why(
    shop: Shop, sam: User, sink: Sink, carrier: EmailBackend
) -> None:
    Customer.objects.update(salesperson=sam)
    shop.order("SO-1", "100.00")
    shop.order("SO-1", "100.01")
    shop.recheck()
    assert told(sam, shop) == [
        "Order SO-1 of Harrow Tools over £100.00 is on hold. A1 is 100 days overdue with £480.00; after 90 "
        "days nothing more is delivered on credit."
    ]
    assert sent(carrier, shop.at) == 1
    assert read(sink)["Subject"] == "Order SO-1 of Harrow Tools is on hold"

    shop.pay("480.00", invoice="A1")
    shop.recheck()
    assert told(sam, shop) == []


def test_whoever_took_an_order_learns_that_it_waits_though_others_sell_to_the_customer(
    shop: Shop, sam: User
) -> None:
    shop.order("SO-1", "100.00", salesperson_code="sam")
    shop.order("SO-2", "100.00")
    assert [sentence[:10] for sentence in told(sam, shop)] == ["Order SO-1"]


def test_a_night_that_holds_many_orders_writes_one_email_to_each(shop: Shop, sam: User) -> None:
    Customer.objects.update(salesperson=sam)
    for number in range(25):
        shop.order(f"SO-{number:02}", "1.00", customer="200")
    shop.recheck(days=88)
    assert subjects() == [("Sam", "25 orders are on hold")]
    body = Message.objects.get().body
    assert "SO-19" in body
    assert "SO-20" not in body
    assert "And 5 more, which you find in the workbench." in body


def test_a_night_of_many_customers_taken_some_at_a_time_still_writes_one_email_to_each(
    shop: Shop, sam: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Customer.objects.update(salesperson=sam)
    monkeypatch.setattr(checks, "CUSTOMERS_AT_ONCE", 1)
    load('customer 300 "Third Ltd"\ninvoice 300 C1 9.00 due=-60', company=shop.company, today=shop.today)
    third = Customer.objects.get(number="300")
    Customer.objects.filter(pk=third.pk).update(salesperson=sam)
    shop.rows.customers["300"] = third
    shop.order("SO-1", "1.00", customer="200")
    shop.order("SO-2", "1.00", customer="300")
    assert shop.recheck(days=88) == 2
    assert len(told(sam, shop, days=88)) == 2
    assert subjects() == [("Sam", "2 orders are on hold")]


def test_a_file_that_is_checked_some_at_a_time_writes_one_email_to_each(
    shop: Shop, sam: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Customer.objects.update(salesperson=sam)
    monkeypatch.setattr(order_files, "ORDERS_AT_ONCE", 1)
    Invoice.objects.update(due_on=shop.today - DAY * 100)
    text = b"number,customer,amount\nSO-1,100,5\nSO-2,200,5\n"
    batch = batches.receive(
        company=shop.company, file_name="orders.csv", content=[text], profile_name="own", kind="orders",
        by=None, at=shop.at,
    )  # fmt: skip
    assert batches.apply(batch, by=None, at=shop.at, sides=order_files.SIDES).state == "applied"
    assert len(told(sam, shop)) == 2
    assert subjects() == [("Sam", "2 orders are on hold")]


def test_an_order_that_was_delivered_is_not_told_of_as_waiting(order: Order, sam: User, shop: Shop) -> None:
    HoldNotice.objects.update(seen_at=None)
    assert len(told(sam, shop)) == 1
    shop.order("SO-1", "100.00", state="delivered")
    assert told(sam, shop) == []
