"""What an order that is held leaves of a limit, and what came in beside a deed, is looked at without waiting
for anybody; and whoever is to be told is told, though a round fails half way.
"""

import datetime as dt

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from collections_app.holds import checks, releases
from collections_app.holds.order_rows import Order
from collections_app.holds.rules.ordering import Moment
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from tests.holds.hearing import subjects
from tests.holds.selling import DAY, Shop, held
from tests.ledgertext import load

OVER = 8  # days after which a release has ended


@pytest.fixture
def later(shop: Shop, sam: User, dana: User) -> Order:
    """One over 900 that was released for some days. One over 500 that was placed before it waits for it: 300
    of a limit of 1,000 are owed.
    """
    order = shop.order("SO-2", "900.00", customer="200").order
    asked = releases.ask(order, reason="Their plant stands still", by=sam, at=shop.at)
    releases.grant(asked, by=dana, at=shop.at)
    shop.order("SO-1", "500.00", customer="200", placed_on=shop.today - DAY)
    assert held() == ["SO-1"]
    return order


def test_what_waits_has_the_room_that_a_night_makes_by_holding_another(shop: Shop, later: Order) -> None:
    assert shop.recheck(days=OVER) == 2
    assert held() == ["SO-2"]
    assert shop.recheck(days=OVER) == 0


def test_so_it_has_when_another_is_held_before_it_is_picked(shop: Shop, later: Order) -> None:
    assert checks.check(later, moment=Moment.PICK, at=shop.at + DAY * OVER) is not None
    assert held() == ["SO-2"]


def test_an_order_that_came_in_before_a_deed_was_done_is_looked_at_after_it(
    shop: Shop, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    customer = shop.rows.customers["100"]
    with (
        django_capture_on_commit_callbacks(execute=True),
        checks.following(customer, by=None, at=shop.at + dt.timedelta(minutes=1)),
    ):
        shop.order("SO-1", "10.00")
        assert held() == ["SO-1"]
        shop.pay("480.00", invoice="A1")
    assert held() == []


@pytest.mark.django_db(transaction=True)
def test_emails_of_what_a_round_held_are_written_though_its_next_part_fails(
    shop: Shop, sam: User, addresses: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    load('customer 300 "Third Ltd"\ninvoice 300 C1 9.00 due=-60', company=shop.company, today=shop.today)
    shop.rows.customers["300"] = Customer.objects.get(number="300")
    Customer.objects.update(salesperson=sam)
    shop.order("SO-1", "1.00", customer="200")
    shop.order("SO-2", "1.00", customer="300")
    decide, parts = checks._decide_all, list[int]()

    def fails(*given: object) -> int:
        parts.append(1)
        if len(parts) == 2:
            raise OSError("No space left on device")
        return decide(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(checks, "CUSTOMERS_AT_ONCE", 1)
    monkeypatch.setattr(checks, "_decide_all", fails)
    with pytest.raises(OSError, match="No space"):
        shop.recheck(days=88)

    assert held() == ["SO-1"]
    assert subjects() == [("Sam", "Order SO-1 of Brandt GmbH is on hold")]
    shop.recheck(days=88)
    assert subjects()[1:] == [("Sam", "Order SO-2 of Third Ltd is on hold")]
