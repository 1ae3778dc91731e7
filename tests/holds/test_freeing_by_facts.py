"""Holds that end by themselves when what is known changes, and those that do not."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.activity.events import Event
from collections_app.contact import disputes
from collections_app.contact.promised import Promise, PromisedInvoice
from collections_app.holds import checks, facts
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.rules import paying
from collections_app.holds.rules.ordering import Moment
from collections_app.jobs import nights
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from tests.holds.selling import DAY, Shop, codes, happened, held, said
from tests.ledgertext import load


def test_an_order_is_freed_at_once_when_what_holds_it_is_paid_and_not_by_a_penny_less(shop: Shop) -> None:
    order = shop.order("SO-1", "100").order
    (line,) = checks.explain(order, today=shop.today).payment or ()
    assert (line.number, line.amount) == ("A1", Decimal("480.000"))

    shop.pay("479.99", invoice="A1")
    assert checks.free(company=shop.company, at=shop.at) == 0
    shop.pay("0.01", invoice="A1", number="P2")
    assert checks.free(company=shop.company, at=shop.at) == 1

    assert held() == []
    assert (Hold.objects.get().ending, Hold.objects.get().ended_at) == ("facts", shop.at)
    assert said() == "Order SO-1 over £100.00 is free after the ledger changed: nothing holds it any more"


def test_what_freed_an_order_keeps_the_figures_and_the_rules_of_that_moment(shop: Shop) -> None:
    shop.order("SO-1", "100")
    shop.pay("500", invoice="")
    checks.free(company=shop.company, at=shop.at)

    hold, event = Hold.objects.get(), Event.objects.filter(what="order.freed").get()
    assert event.facts["cleared"] == ["overdue_days"]
    assert (event.facts["rules"], event.facts["rules"]) == (hold.ended_rules_id, hold.rules_id)
    assert event.facts["figures"] == hold.ended_figures
    assert event.facts["figures"] == {
        "day": shop.today.isoformat(),
        "open": {"GBP": "1680.00"},
        "overdue": {"GBP": "1680.00"},
        "oldest_days_overdue": 100,
        "disputed": {},
        "promised": {},
        "cover": {"GBP": "500.00"},
        "orders": {},
        "order": {"GBP": "100.00"},
        "limit": {"GBP": "5000.00"},
        "limit_expires_on": None,
        "group_limit": {},
        "group_others": {},
        "broken_promises": 0,
    }
    shop.pay("1180", invoice="A2", number="P2")
    assert Hold.objects.get().ended_figures == event.facts["figures"]


def test_money_that_nobody_has_set_against_anything_frees_it_too(shop: Shop) -> None:
    shop.order("SO-1", "100")
    shop.pay("480.00")

    assert checks.free(company=shop.company, at=shop.at) == 1


def test_the_smallest_payment_of_an_order_beyond_the_limit_frees_it_in_the_ledger(shop: Shop) -> None:
    order = shop.order("SO-1", "900", customer="200").order
    (line,) = checks.explain(order, today=shop.today).payment or ()
    assert (line.number, line.amount) == ("B1", Decimal("200"))

    shop.pay("199.99", invoice="B1", customer="200")
    assert shop.recheck() == 0
    shop.pay("0.01", customer="200", number="P2")
    assert shop.recheck() == 1


def test_a_second_round_changes_and_tells_nothing(shop: Shop) -> None:
    shop.order("SO-1", "100")
    shop.order("SO-2", "100", customer="200")
    shop.recheck()
    before = (happened(), list(Hold.objects.values()))

    assert shop.recheck() == 0
    assert (happened(), list(Hold.objects.values())) == before


def test_the_night_holds_what_has_become_too_old_and_keeps_the_figures_of_the_first_moment(
    shop: Shop,
) -> None:
    shop.order("SO-1", "100", customer="200")
    assert shop.recheck(days=87) == 0
    assert shop.recheck(days=88) == 1

    hold = Hold.objects.get()
    assert (hold.moment, codes(hold)) == ("night", ["overdue_days"])
    shop.recheck(days=90)
    hold.refresh_from_db()
    assert hold.decision["reasons"][0]["figures"]["days_overdue"] == 91
    assert hold.newest_decision["reasons"][0]["figures"]["days_overdue"] == 93
    assert happened() == ["order.received", "order.held"]


def test_what_another_customer_owes_orders_or_pays_changes_nothing(shop: Shop) -> None:
    order = shop.order("SO-1", "4000").order
    before = checks.explain(order, today=shop.today).decision
    load('customer 300 "Other"\ninvoice 300 C1 9000.00 due=-300', company=shop.company, today=shop.today)
    shop.pay("300", invoice="B1", customer="200")
    shop.order("SO-9", "5", customer="200")

    assert checks.explain(order, today=shop.today).decision == before


def test_what_is_contested_holds_nothing_while_the_dispute_is_open(shop: Shop, dana: User) -> None:
    shop.order("SO-1", "100")
    disputes.lodge(
        customer=shop.rows.customers["100"],
        invoice=shop.rows.invoices["A1"],
        amount=Decimal("480.00"),
        reason="PRICE",
        said="Wrong price",
        by=dana,
        at=shop.at,
    )

    assert checks.free(company=shop.company, at=shop.at) == 1


def test_broken_promises_of_a_year_hold_while_they_are_unpaid(shop: Shop, dana: User) -> None:
    Customer.objects.filter(number="200").update(credit_limit=None)
    for days in (30, 60, 366):
        promise = Promise.objects.create(
            company=shop.company, customer=shop.rows.customers["200"], currency="GBP", amount=100,
            promised_on=shop.today - DAY * (days + 3), state="broken", recorded_by=dana, recorded_at=shop.at,
            settled_on=shop.today - DAY * days,
        )  # fmt: skip
        PromisedInvoice.objects.create(
            promise=promise, invoice=shop.rows.invoices["B1"], amount=100, is_running=False
        )
    assert shop.order("SO-1", "10", customer="200").hold is None
    Promise.objects.filter(settled_on=shop.today - DAY * 366).update(settled_on=shop.today - DAY * 364)

    shop.recheck()
    assert codes(Hold.objects.get()) == ["broken_promises"]


def test_facts_are_read_in_a_fixed_number_of_statements(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    lines = [f'customer {n} "Customer {n}" limit=100\ninvoice {n} I{n} 50.00 due=-100' for n in range(1, 41)]
    shop = Shop(load("\n".join(lines), company=company, today=today), at)

    def asked(customers: int) -> int:
        ids = [shop.rows.customers[str(n)].pk for n in range(1, customers + 1)]
        with CaptureQueriesContext(connection) as captured:
            facts.known_of(company=company, customers=ids, today=today)
        return len(captured)

    assert asked(1) == asked(40) <= 10


def test_a_whole_round_needs_no_more_statements_for_more_orders(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    lines = [f'customer {n} "Customer {n}"\ninvoice {n} I{n} 50.00 due=-80' for n in range(1, 31)]
    shop = Shop(load("\n".join(lines), company=company, today=today), at)
    for n in range(1, 31):
        shop.order(f"SO-{n}", "10", customer=str(n))

    with CaptureQueriesContext(connection) as few:
        shop.recheck(days=30, customers=[shop.rows.customers["1"].pk])
    with CaptureQueriesContext(connection) as many:
        assert shop.recheck(days=30) == 29
    assert len(many) <= len(few) + 1
    assert Event.objects.filter(what="order.held").count() == 30


def test_the_night_frees_and_holds_and_so_does_every_import(shop: Shop) -> None:
    shop.order("SO-1", "100")
    Order.objects.create(
        company=shop.company, customer=shop.rows.customers["100"], number="SO-2", currency="GBP", amount=9,
        placed_on=shop.today, state="in_hand", received_at=shop.at, changed_at=shop.at,
    )  # fmt: skip
    runs = nights.run(company=shop.company, day=shop.today, at=shop.at)
    assert {run.stage: run.state for run in runs}["check_orders"] == "done"
    assert held() == ["SO-1", "SO-2"]

    shop.pay("480", invoice="A1")
    nights.run(company=shop.company, day=shop.today, at=shop.at)
    assert held() == []
    assert {hold.ending for hold in Hold.objects.all()} == {"facts"}


@pytest.mark.parametrize("moment", [Moment.PICK, Moment.ENTRY])
def test_one_order_is_checked_when_it_is_picked(shop: Shop, moment: Moment) -> None:
    order = shop.order("SO-1", "100", customer="200").order
    later = shop.at + DAY * 100

    hold = checks.check(order, moment=moment, at=later)
    assert hold is not None
    assert (hold.moment, hold.held_at) == (moment, later)
    assert checks.check(order, moment=moment, at=later) == hold


def test_what_if_they_pay_is_the_same_decision_about_other_facts(shop: Shop) -> None:
    answer = shop.ask("4000")

    paid = paying.what_if(answer.facts, answer.rules, {"GBP": Decimal("680")})
    assert answer.decision.is_held
    assert not paid.decision.is_held
    assert paying.what_if(answer.facts, answer.rules, {"GBP": Decimal("679.99")}).decision.is_held
