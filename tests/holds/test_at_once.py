"""Two at a time: orders that use the same limit, and one decision made twice."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.activity.events import Event
from collections_app.holds import checks, orders, releases, rule_versions
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.rules.ordering import Moment, Stated
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.holds.selling import LEDGER, Shop, held
from tests.ledgerrows import company_of
from tests.ledgertext import load
from tests.together import interleaved

pytestmark = pytest.mark.django_db(transaction=True)
AT = dt.datetime(2026, 3, 11, 9, 15, tzinfo=dt.UTC)


def shop_of(text: str = LEDGER) -> Shop:
    """The rules stand already: writing down the first ones lets only one in at a time."""
    company = company_of()
    rule_versions.ensure_default(company=company, by=None, at=AT)
    return Shop(load(text, company=company, today=AT.date()), AT)


def test_two_orders_that_come_in_at_once_do_not_both_take_the_same_limit() -> None:
    """700 are left; each wants 400."""
    shop = shop_of()

    def take_in(number: str) -> None:
        customer = Customer.objects.select_related("company").get(number="200")
        stated = Stated(number, Decimal(400), "GBP", shop.today)
        orders.take_in(customer=customer, stated=stated, by=None, at=AT)

    interleaved(lambda: take_in("SO-1"), lambda: take_in("SO-2"))
    assert Order.objects.count() == 2
    assert len(held()) == 1


def test_two_of_a_group_do_not_both_take_the_limit_of_the_group() -> None:
    shop = shop_of('customer 1 "Top" limit=500\ncustomer 2 "Left" parent=1\ncustomer 3 "Right" parent=1')

    def take_in(number: str, customer: str) -> None:
        found = Customer.objects.select_related("company").get(number=customer)
        orders.take_in(customer=found, stated=Stated(number, Decimal(400), "GBP", shop.today), by=None, at=AT)

    interleaved(lambda: take_in("SO-1", "2"), lambda: take_in("SO-2", "3"))
    assert len(held()) == 1


def test_the_same_order_twice_at_once_is_one_order_with_one_hold() -> None:
    shop = shop_of()

    def take_in() -> None:
        customer = Customer.objects.select_related("company").get(number="100")
        orders.take_in(
            customer=customer, stated=Stated("SO-1", Decimal(9), "GBP", shop.today), by=None, at=AT
        )

    interleaved(take_in, take_in)
    assert (Order.objects.count(), Hold.objects.count()) == (1, 1)
    assert Event.objects.count() == 1


def test_a_decision_made_twice_at_once_while_the_night_runs_has_one_effect() -> None:
    shop = shop_of()
    sam, dana = person(shop.company, "sam", Role.SALES), person(shop.company, "dana", Role.MANAGER)
    order = shop.order("SO-1", "10").order
    asked = releases.ask(order, reason="Urgent", by=sam, at=AT)

    def grant() -> None:
        mine = type(asked).objects.select_related("company", "customer", "order").get(pk=asked.pk)
        releases.grant(mine, by=User.objects.get(pk=dana.pk), at=AT)

    def night() -> None:
        checks.recheck(company=shop.company, moment=Moment.NIGHT, at=AT)

    interleaved(grant, grant)
    interleaved(night, grant)
    assert held() == []
    assert Event.objects.filter(what="release.granted").count() == 1
