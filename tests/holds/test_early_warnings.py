"""Before orders go on hold, or again: whom it is told, on which day, and what prevents it."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.contact import promises
from collections_app.contact.promised import Promise, PromisedInvoice
from collections_app.correspondence.carriers.smtp import EmailBackend
from collections_app.holds import (
    foresights,
    releases,
    rule_versions,
)
from collections_app.holds.notice_rows import HoldNotice
from collections_app.holds.order_rows import Order
from collections_app.holds.rules.rule_sets import RuleSet
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.correspondence.mailserver import Sink
from tests.desk import person
from tests.dunning.test_over_the_wire import read, words
from tests.holds.hearing import sent, subjects, told, warned
from tests.holds.selling import DAY, Shop

pytestmark = pytest.mark.usefixtures("addresses")


@pytest.fixture
def soon(shop: Shop, sam: User) -> Order:
    """Brandt's invoice is too old in a few days; Sam sells to them."""
    Customer.objects.filter(number__in=("100", "200")).update(salesperson=sam)
    Invoice.objects.filter(number="B1").update(due_on=shop.today - DAY * 87)
    return shop.order("SO-7", "50.00", customer="200").order


def test_salespeople_learn_on_which_day_orders_would_go_on_hold_and_what_prevents_it(
    soon: Order, sam: User, dana: User, shop: Shop, sink: Sink, carrier: EmailBackend
) -> None:
    assert [warned(shop), warned(shop), warned(shop, days=1)] == [1, 0, 0]
    (sentence,) = told(sam, shop)
    assert sentence.startswith("Orders of Brandt GmbH will go on hold on Sunday 15 March 2026")
    assert sentence.endswith("A payment of £300.00 before that day keeps them free.")
    assert told(dana, shop) == []
    assert told(sam, shop, days=5) == []

    assert sent(carrier, shop.at) == 1
    assert read(sink)["Subject"] == "Orders of Brandt GmbH may go on hold on 15 March"
    assert "£300.00" in words(read(sink), "plain")


def test_a_warning_goes_when_it_is_not_true_any_more_and_a_day_that_moves_stands_once(
    soon: Order, sam: User, shop: Shop
) -> None:
    warned(shop)
    Invoice.objects.filter(number="B1").update(due_on=shop.today - DAY * 85)
    assert warned(shop) == 1
    (sentence,) = told(sam, shop)
    assert sentence.startswith("Orders of Brandt GmbH will go on hold on Tuesday 17 March 2026")

    shop.pay("300.00", invoice="B1", customer="200")
    assert (warned(shop), told(sam, shop)) == (0, [])


def test_what_becomes_true_again_is_told_again_and_what_was_put_away_is_not(
    soon: Order, sam: User, shop: Shop
) -> None:
    warned(shop)
    Invoice.objects.filter(number="B1").update(due_on=shop.today)
    assert (warned(shop), told(sam, shop)) == (0, [])
    Invoice.objects.filter(number="B1").update(due_on=shop.today - DAY * 87)
    assert (warned(shop), len(told(sam, shop)), len(subjects())) == (1, 1, 1)

    HoldNotice.objects.update(seen_at=shop.at)
    assert (warned(shop), told(sam, shop)) == (0, [])


def test_one_email_tells_of_all_customers_of_a_day(soon: Order, sam: User, shop: Shop) -> None:
    Invoice.objects.filter(number="A1").update(due_on=shop.today - DAY * 85)
    shop.order("SO-8", "50.00")
    assert warned(shop) == 2
    assert len(told(sam, shop)) == 2
    assert subjects() == [("Sam", "Orders of 2 of your customers may go on hold soon")]


def test_whoever_sells_is_warned_of_customers_who_may_order_and_nobody_of_those_whom_nobody_sells_to(
    soon: Order, sam: User, shop: Shop
) -> None:
    shop.order("SO-7", "50.00", customer="200", state="delivered")
    Customer.objects.filter(number="200").update(salesperson=None)
    assert warned(shop) == 0
    Customer.objects.filter(number="200").update(salesperson=sam)
    assert warned(shop) == 1


def test_whoever_left_the_company_is_not_warned_of_its_customers(
    soon: Order, sam: User, dana: User, shop: Shop
) -> None:
    """They stay named as who sells to the customer."""
    sam.companies.clear()
    assert warned(shop) == 0
    assert (HoldNotice.objects.count(), subjects()) == (0, [])

    Customer.objects.filter(number="200").update(salesperson=dana)
    assert warned(shop) == 1
    assert len(told(dana, shop)) == 1


def test_whoever_took_an_order_is_warned_beside_whoever_sells_to_the_customer(
    soon: Order, sam: User, shop: Shop
) -> None:
    nora = person(shop.company, "nora", Role.SALES)
    shop.order("SO-8", "50.00", customer="200", salesperson_code="nora")
    assert warned(shop) == 2
    assert told(nora, shop) == told(sam, shop)


def test_a_customer_whose_promise_would_be_the_third_that_breaks_is_warned_of(
    shop: Shop, sam: User, dana: User
) -> None:
    Customer.objects.filter(number="200").update(salesperson=sam)
    brandt, lines = shop.rows.customers["200"], [(shop.rows.invoices["B1"], Decimal(300))]
    for days in (20, 50):
        broken = Promise.objects.create(
            company=shop.company, customer=brandt, currency="GBP", amount=9, state="broken",
            promised_on=shop.today - DAY * days, settled_on=shop.today - DAY * days,
            recorded_by=dana, recorded_at=shop.at,
        )  # fmt: skip
        PromisedInvoice.objects.create(promise=broken, invoice=lines[0][0], amount=9, is_running=False)
    assert warned(shop) == 0
    promises.record(
        customer=brandt, amount=Decimal(300), currency="GBP", lines=lines,
        promised_on=shop.today + DAY, by=dana, at=shop.at, today=shop.today,
    )  # fmt: skip
    assert warned(shop) == 1
    (sentence,) = told(sam, shop)
    assert sentence.startswith("Orders of Brandt GmbH will go on hold on Tuesday 17 March 2026")
    assert "3 promises to pay were broken within a year, the last for 12 March 2026" in sentence

    shop.pay("20", invoice="B1", customer="200")
    assert [each.foreseen.on for each in foresights.coming(company=shop.company, today=shop.today)] == []


def test_rules_that_are_in_force_from_a_day_to_come_warn_of_that_day(
    shop: Shop, sam: User, dana: User
) -> None:
    Customer.objects.filter(number="200").update(salesperson=sam)
    rule_versions.ensure_default(company=shop.company, by=None, at=shop.at)
    draft = rule_versions.begin(company=shop.company, by=dana, at=shop.at)
    stricter = RuleSet(overdue_days=2, release_amount_max=Decimal(1))
    draft = rule_versions.edit(version=draft, rules=stricter, revision=0, by=dana, at=shop.at)
    rule_versions.publish(version=draft, revision=1, in_force_from=shop.today + DAY * 4, by=dana, at=shop.at)
    assert warned(shop) == 1
    assert told(sam, shop)[0].startswith("Orders of Brandt GmbH will go on hold on Sunday 15 March 2026")


def test_asker_and_decider_learn_the_working_day_before_that_a_release_ends_and_then_that_it_waits_again(
    order: Order, sam: User, dana: User, shop: Shop
) -> None:
    tom = person(shop.company, "tom")
    asked = releases.ask(order, reason="Stock", by=tom, at=shop.at)
    # The 15th is a Sunday, so Friday the 13th is the day to act.
    releases.grant(asked, until=dt.date(2026, 3, 15), by=dana, at=shop.at)
    HoldNotice.objects.update(seen_at=shop.at)
    assert [warned(shop, days=days) for days in (0, 1)] == [0, 0]
    assert [warned(shop, days=2), warned(shop, days=2), warned(shop, days=3)] == [3, 0, 0]
    for reader in (sam, tom, dana):
        (sentence,) = told(reader, shop, days=2)
        assert sentence.startswith(
            "The release of order SO-1 of Harrow Tools over £100.00 ends on Sunday 15 March 2026; after it "
            "the order waits again. A1 is 105 days overdue"
        )
        assert sentence.endswith("A payment of £480.00 frees it.")
    assert told(dana, shop, days=6) == []

    assert shop.recheck(days=5) == 1
    for reader in (sam, tom, dana):
        assert told(reader, shop, days=6)[0].startswith(
            "Order SO-1 of Harrow Tools over £100.00 is on hold again. Its release ended on 15 March 2026."
        )


def test_nobody_is_warned_of_the_end_of_a_release_that_is_not_needed_any_more(
    order: Order, sam: User, dana: User, shop: Shop
) -> None:
    releases.grant(releases.ask(order, reason="Stock", by=sam, at=shop.at), by=dana, at=shop.at)
    assert [each.foreseen.on for each in foresights.coming(company=shop.company, today=shop.today)] == [
        dt.date(2026, 3, 19)
    ]
    shop.pay("480.00", invoice="A1")
    assert foresights.coming(company=shop.company, today=shop.today) == []
    assert warned(shop, days=6) == 0
