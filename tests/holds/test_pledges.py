"""Releases that rest on a promise to pay: where the rules say so, and on one that frees the order."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.contact import promises
from collections_app.contact.promised import Promise
from collections_app.holds import releases
from collections_app.holds.order_rows import Order
from collections_app.holds.rules.rule_sets import RuleSet
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.holds.selling import DAY, Shop, held, rules


@pytest.fixture
def order(shop: Shop) -> Order:
    """One that waits for an old invoice."""
    return shop.order("SO-1", "100.00").order


def promise(shop: Shop, by: User, amount: str = "480", invoice: str = "A1") -> Promise:
    return promises.record(
        customer=shop.rows.customers["100"], amount=Decimal(amount), currency="GBP",
        lines=[(shop.rows.invoices[invoice], Decimal(amount))], promised_on=shop.today + DAY,
        by=by, at=shop.at, today=shop.today,
    )  # fmt: skip


def test_a_promise_lifts_a_hold_only_where_the_rules_say_so_and_no_longer_than_it_is_kept(
    order: Order, dana: User, sam: User, shop: Shop
) -> None:
    given = promise(shop, dana)
    request = releases.ask(order, reason="They promised", promise=given, by=sam, at=shop.at)
    with pytest.raises(Refused, match="let no order go on a promise alone"):
        releases.grant(request, by=dana, at=shop.at)

    rules(shop, RuleSet(promises_lift=True), dana)
    with pytest.raises(Refused, match="The promise is kept until 16 March 2026"):
        releases.grant(request, until=dt.date(2026, 3, 17), by=dana, at=shop.at)
    assert releases.grant(request, by=dana, at=shop.at).until == dt.date(2026, 3, 16)

    promises.withdraw(given, because="Mistake", by=dana, at=shop.at, today=shop.today)
    shop.recheck()
    assert held() == ["SO-1"]
    request.refresh_from_db()
    assert request.because == "The promise that it was released on does not stand any more."


@pytest.mark.parametrize(("amount", "invoice"), [("479.99", "A1"), ("1200.00", "A2")])
def test_it_refuses_a_promise_that_leaves_the_order_waiting_and_says_which_one_frees_it(
    order: Order, dana: User, sam: User, shop: Shop, amount: str, invoice: str
) -> None:
    rules(shop, RuleSet(promises_lift=True), dana)
    given = promise(shop, dana, amount, invoice)
    request = releases.ask(order, reason="They promised", promise=given, by=sam, at=shop.at)
    with pytest.raises(Refused, match="Were this promise kept, the order would wait still: A1 is") as refused:
        releases.grant(request, by=dana, at=shop.at)
    assert str(refused.value).endswith("It takes a promise of £480.00 for A1.")
    assert held() == ["SO-1"]


def test_a_promise_counts_with_what_has_arrived_of_it_already(
    order: Order, dana: User, sam: User, shop: Shop
) -> None:
    rules(shop, RuleSet(promises_lift=True), dana)
    request = releases.ask(order, reason="They promised", promise=promise(shop, dana), by=sam, at=shop.at)
    shop.pay("100.00", invoice="A1")
    assert releases.grant(request, by=dana, at=shop.at).state == "granted"


def test_after_two_broken_promises_a_promise_lifts_nothing(
    order: Order, dana: User, sam: User, shop: Shop
) -> None:
    rules(shop, RuleSet(promises_lift=True), dana)
    given = promise(shop, dana)
    for days in (20, 50):
        Promise.objects.create(
            company=shop.company, customer=shop.rows.customers["100"], currency="GBP", amount=9,
            state="broken", promised_on=shop.today - DAY * days, settled_on=shop.today - DAY * days,
            recorded_by=dana, recorded_at=shop.at,
        )  # fmt: skip
    request = releases.ask(order, reason="They promised", promise=given, by=sam, at=shop.at)

    with pytest.raises(Refused, match="2 promises were broken within a year"):
        releases.grant(request, by=dana, at=shop.at)
