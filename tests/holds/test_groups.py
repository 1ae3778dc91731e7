"""Customers under the limit of the one at the top: what one has, orders or pays counts for all."""

import datetime as dt

import pytest

from collections_app.holds import checks, steering
from collections_app.holds.hold_rows import Hold
from collections_app.jobs import nights
from collections_app.ledger.companies import Company
from collections_app.people.users import User
from tests.holds.selling import Shop, codes, held
from tests.ledgertext import load


def test_a_group_of_customers_shares_the_limit_of_the_one_at_the_top(
    company: Company, today: dt.date
) -> None:
    text = """
    customer 1 "Harrow Holdings" limit=1000
    customer 2 "Harrow Tools" parent=1
    customer 3 "Harrow North" parent=2
    invoice 3 N1 600.00 due=+9
    """
    at = dt.datetime.combine(today, dt.time(9), dt.UTC)
    shop = Shop(load(text, company=company, today=today), at)
    nights.run(company=company, day=today, at=at, stages=["measure_positions"])

    assert shop.order("SO-1", "300", customer="2").hold is None
    wide = shop.order("SO-2", "101", customer="3")
    assert codes(wide.hold) == ["group_limit_used"]
    shop.pay("1", invoice="N1", customer="3")
    assert shop.recheck() == 1


def test_what_a_sister_pays_frees_an_order_at_once_and_not_after_the_night(
    company: Company, today: dt.date
) -> None:
    text = """
    customer 1 "Harrow Holdings" limit=1000
    customer 2 "Harrow Tools" parent=1
    customer 3 "Harrow North" parent=1
    invoice 3 N1 600.00 due=+9
    invoice 3 N2 300.00 due=+9
    credit_note 3 C1 40.00 on=-1
    """
    at = dt.datetime.combine(today, dt.time(9), dt.UTC)
    shop = Shop(load(text, company=company, today=today), at)
    nights.run(company=company, day=today, at=at, stages=["measure_positions"])

    assert codes(shop.order("SO-1", "500", customer="2").hold) == ["group_limit_used"]
    figures = Hold.objects.get().decision["reasons"][0]["figures"]
    assert (figures["own"], figures["others"]) == ({"GBP": "500.00"}, {"GBP": "860.00"})
    shop.pay("359.99", invoice="N1", customer="3")
    assert checks.free(company=company, at=at) == 0
    # A penny on account does as well as one that is set against an invoice.
    shop.pay("0.01", customer="3", number="P2")
    assert checks.free(company=company, at=at) == 1


GROUP = """
customer 1 "Harrow Holdings" limit=1000
customer 2 "Harrow Tools" parent=1
customer 3 "Harrow North" parent=1
customer 4 "Brandt" limit=1000
"""


@pytest.fixture
def group(company: Company, today: dt.date) -> Shop:
    at = dt.datetime.combine(today, dt.time(9), dt.UTC)
    shop = Shop(load(GROUP, company=company, today=today), at)
    shop.order("SO-1", "700", customer="2")
    shop.order("SO-2", "400", customer="3")
    assert held() == ["SO-2"]
    return shop


@pytest.mark.parametrize("change", [{"state": "delivered"}, {"state": "cancelled"}, {"amount": "600"}])
def test_an_order_that_ends_or_shrinks_leaves_room_for_a_sister_at_once(
    group: Shop, change: dict[str, str]
) -> None:
    group.order("SO-1", change.pop("amount", "700"), customer="2", **change)
    assert held() == []


def test_an_order_that_ends_leaves_room_for_the_next_of_the_same_customer(group: Shop) -> None:
    group.order("SO-3", "700", customer="4")
    group.order("SO-4", "400", customer="4")
    assert held() == ["SO-2", "SO-4"]
    group.order("SO-3", "700", customer="4", state="delivered")
    assert held() == ["SO-2"]


def test_a_hold_of_a_person_leaves_room_for_a_sister_at_once(group: Shop, dana: User) -> None:
    steering.force(group.rows.customers["2"], reason="Cheque came back", by=dana, at=group.at)
    assert held() == ["SO-1"]
