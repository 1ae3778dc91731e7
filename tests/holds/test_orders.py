"""Orders come in, are checked, change and end."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from collections_app.activity.events import Event
from collections_app.holds import checks, orders
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.rule_rows import HoldRuleVersion
from collections_app.holds.rules.ordering import Moment, Stated
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.holds.selling import DAY, Shop, again, codes, happened, held, said


def test_an_order_that_nothing_holds_goes_and_its_timeline_says_so(shop: Shop) -> None:
    taken = shop.order("SO-1", "200.00", customer="200")

    assert (taken.is_new, taken.hold) == (True, None)
    assert taken.order.checked_at == shop.at
    assert happened() == ["order.received"]
    assert said() == "Order SO-1 over £200.00 came in: it goes"


def test_an_order_that_goes_keeps_the_figures_and_the_version_of_the_rules(shop: Shop) -> None:
    shop.order("SO-1", "200.00", customer="200")
    shop.order("SO-2", "50.00", customer="200")

    first, second = Event.objects.filter(what="order.received").order_by("pk")
    assert (first.facts["rules"], first.facts["moment"]) == (HoldRuleVersion.objects.get().pk, "entry")
    figures = first.facts["figures"]
    assert (figures["open"], figures["order"]) == ({"GBP": "300.00"}, {"GBP": "200.00"})
    assert (figures["limit"], figures["orders"]) == ({"GBP": "1000.00"}, {})
    assert second.facts["figures"]["orders"] == {"GBP": "200.00"}


def test_what_goes_when_it_is_to_be_picked_is_told_with_its_figures_and_once_while_they_stand(
    shop: Shop,
) -> None:
    order = shop.order("SO-1", "200.00", customer="200").order
    for hours in (1, 2):
        checks.check(again(order), moment=Moment.PICK, at=shop.at + dt.timedelta(hours=hours))

    assert happened() == ["order.received", "order.let_go"]
    assert said() == "Order SO-1 over £200.00 was to be picked: it goes"
    event = Event.objects.get(what="order.let_go")
    assert (event.facts["rules"], event.facts["moment"]) == (HoldRuleVersion.objects.get().pk, "pick")
    assert event.facts["figures"]["open"] == {"GBP": "300.00"}

    shop.pay("100", invoice="B1", customer="200")
    checks.check(again(order), moment=Moment.PICK, at=shop.at + dt.timedelta(hours=3))
    newest = Event.objects.filter(what="order.let_go").latest("pk")
    assert (Event.objects.count(), newest.facts["figures"]["open"]) == (3, {"GBP": "200.00"})


def test_an_order_waits_with_every_reason_its_figures_and_the_version_of_the_rules(shop: Shop) -> None:
    hold = shop.order("SO-1", "4000.00").hold

    assert hold is not None
    assert codes(hold) == ["overdue_days", "limit_used"]
    assert (hold.moment, hold.rules, hold.held_at) == ("entry", HoldRuleVersion.objects.get(), shop.at)
    late, used = hold.decision["reasons"]
    assert late["invoices"] == [{"invoice": "A1", "currency": "GBP", "amount": "480.00", "days_overdue": 100}]
    assert (used["figures"]["used"], used["figures"]["limit"]) == ("5680.00", "5000.00")
    assert happened() == ["order.held"]
    assert said().startswith(
        "Order SO-1 over £4,000.00 came in: it waits. A1 is 100 days overdue with £480.00"
    )


def test_the_same_order_again_changes_nothing(shop: Shop) -> None:
    shop.order("SO-1", "4000.00")
    second = shop.order("SO-1", "4000.00", at=shop.at + DAY)

    assert (second.is_new, second.is_changed) == (False, False)
    assert second.hold is not None
    assert happened() == ["order.held"]


def test_an_order_that_grows_is_checked_again(shop: Shop) -> None:
    shop.order("SO-1", "700.00", customer="200")
    grown = shop.order("SO-1", "700.01", customer="200")

    assert codes(grown.hold) == ["limit_used"]
    assert said().startswith("Order SO-1 over £700.01 came in changed (before £700.00): it waits.")
    shrunk = shop.order("SO-1", "10", customer="200")
    assert shrunk.hold is None
    assert happened() == ["order.received", "order.held", "order.freed"]


def test_orders_that_go_take_of_the_limit_and_those_that_wait_do_not(shop: Shop) -> None:
    """300 are open of 1,000."""
    assert shop.order("SO-1", "900", customer="200").hold is not None
    assert shop.order("SO-2", "600", customer="200").hold is None
    assert shop.order("SO-3", "101", customer="200").hold is not None
    assert shop.order("SO-4", "100", customer="200").hold is None

    shop.recheck()
    assert held() == ["SO-1", "SO-3"]


def test_a_later_order_never_stops_one_that_goes(shop: Shop) -> None:
    shop.order("SO-1", "600", customer="200", placed_on=shop.today)
    shop.order("SO-2", "100", customer="200", placed_on=shop.today - DAY)

    shop.recheck()
    assert held() == []


def test_what_is_delivered_or_cancelled_waits_for_nothing_any_more(shop: Shop) -> None:
    shop.order("SO-1", "4000.00")
    ended = shop.order("SO-1", "4000.00", state="cancelled")

    assert ended.hold is None
    assert Hold.objects.get().ending == "order_ended"
    assert happened()[-1] == "order.cancelled"
    with pytest.raises(Refused, match="A new order needs a new number"):
        shop.order("SO-1", "4000.00")


def test_the_salesperson_is_the_named_one_else_the_customers(shop: Shop, sam: User) -> None:
    Customer.objects.filter(number="200").update(salesperson=sam)
    shop.rows.customers["200"].refresh_from_db()

    assert shop.order("SO-1", "1", salesperson_code="SAM").order.salesperson == sam
    assert shop.order("SO-2", "1", customer="200").order.salesperson == sam
    assert shop.order("SO-3", "1", customer="200", salesperson_code="lena").order.salesperson is None


def test_a_username_of_another_company_names_nobody(shop: Shop, sam: User) -> None:
    sam.companies.clear()
    order = shop.order("SO-1", "1", salesperson_code="sam").order
    assert (order.salesperson, order.salesperson_code) == (None, "sam")


def test_it_refuses_with_everything_that_is_wrong(shop: Shop) -> None:
    with pytest.raises(Refused) as refused:
        shop.order(" ", "1.005", currency="GBP", state="lost")
    assert [problem.code for problem in refused.value.problems] == ["number", "state", "amount"]

    with pytest.raises(Refused, match="above zero"):
        shop.order("SO-1", "NaN")
    shop.order("SO-1", "1")
    with pytest.raises(Refused, match="is known as one of Harrow Tools"):
        shop.order("SO-1", "1", customer="200")


def test_only_who_brings_in_the_ledger_brings_in_orders(shop: Shop, sam: User) -> None:
    stated = Stated("SO-1", Decimal(1), "GBP", shop.today)

    with pytest.raises(Refused, match="Your role does not include this"):
        orders.take_in(customer=shop.rows.customers["100"], stated=stated, by=sam, at=shop.at)


def test_the_database_refuses_a_number_twice_and_an_amount_of_nothing(shop: Shop) -> None:
    order = shop.order("SO-1", "1").order
    for wrong in ({"number": "SO-1", "amount": 1}, {"number": "SO-2", "amount": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Order.objects.create(
                company=order.company, customer=order.customer, currency="GBP", state="in_hand",
                placed_on=dt.date(2026, 1, 1), received_at=shop.at, changed_at=shop.at, **wrong,
            )  # fmt: skip
