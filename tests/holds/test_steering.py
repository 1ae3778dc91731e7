"""What a manager decides about all orders of a customer."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.holds import checks, releases, steering
from collections_app.holds.customer_terms import ForcedHold, HoldExclusion
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.ledger.customers import Customer
from collections_app.ledger.exchange_rates import ExchangeRate
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.holds.selling import DAY, Shop, codes, happened, held


def test_a_hold_of_a_person_stops_every_order_at_once_and_no_payment_frees_it(shop: Shop, dana: User) -> None:
    order = shop.order("SO-1", "10", customer="200").order
    forced = steering.force(shop.rows.customers["200"], reason="Cheque came back", by=dana, at=shop.at)

    assert held() == ["SO-1"]
    assert Hold.objects.get().moment == "person"
    assert checks.explain(order, today=shop.today).payment is None
    shop.pay("300", invoice="B1", customer="200")
    shop.recheck()
    assert codes(Hold.objects.standing().get()) == ["forced"]

    steering.lift(forced, because="Paid by transfer", by=dana, at=shop.at)
    assert held() == []
    assert happened() == ["order.received", "hold.forced", "order.held", "hold.lifted", "order.freed"]


def test_one_stands_at_a_time_and_lifting_twice_has_one_effect(shop: Shop, dana: User) -> None:
    brandt = shop.rows.customers["200"]
    first = steering.force(brandt, reason="Cheque came back", by=dana, at=shop.at)
    assert steering.force(brandt, reason="Again", by=dana, at=shop.at) == first
    steering.lift(first, because="Paid", by=dana, at=shop.at)
    steering.lift(first, because="Paid", by=dana, at=shop.at)

    assert happened() == ["hold.forced", "hold.lifted"]
    assert ForcedHold.objects.count() == 1


def test_only_a_manager_who_does_not_sell_to_them_holds_and_frees_by_hand(
    shop: Shop, dana: User, sam: User
) -> None:
    brandt = shop.rows.customers["200"]
    with pytest.raises(Refused, match="Your role does not hold or free"):
        steering.force(brandt, reason="No", by=sam, at=shop.at)
    with pytest.raises(Refused, match="Say why"):
        steering.force(brandt, reason=" ", by=dana, at=shop.at)
    forced = steering.force(brandt, reason="No", by=dana, at=shop.at)
    Customer.objects.filter(pk=brandt.pk).update(salesperson=dana)
    with pytest.raises(Refused, match="You sell to this customer"):
        steering.lift(ForcedHold.objects.get(pk=forced.pk), because="Yes", by=dana, at=shop.at)


def test_a_hold_is_not_lifted_by_whoever_may_not_release_what_waits_for_nothing_else(
    shop: Shop, dana: User
) -> None:
    brandt = shop.rows.customers["200"]
    Customer.objects.filter(pk=brandt.pk).update(credit_limit=50_000)
    forced = steering.force(brandt, reason="Cheque came back", by=dana, at=shop.at)
    shop.order("SO-1", "25000.00", customer="200")
    shop.order("SO-2", "25000.01", customer="200")
    with pytest.raises(Refused, match=r"Order SO-2 waits for nothing else, and orders above £25,000\.00"):
        steering.lift(forced, because="Paid", by=dana, at=shop.at)
    assert held() == ["SO-1", "SO-2"]

    # What an old invoice holds still goes through a release of its own.
    Invoice.objects.filter(number="B1").update(due_on=shop.today - DAY * 100)
    steering.lift(forced, because="Paid", by=dana, at=shop.at)
    assert [codes(hold) for hold in Hold.objects.standing()] == [["overdue_days"]] * 2


def test_the_finance_director_lifts_a_hold_whatever_waits_for_it(shop: Shop, dana: User) -> None:
    brandt = shop.rows.customers["200"]
    Customer.objects.filter(pk=brandt.pk).update(credit_limit=50_000)
    forced = steering.force(brandt, reason="Cheque came back", by=dana, at=shop.at)
    shop.order("SO-1", "25000.01", customer="200")
    dana.desk = "finance_director"
    dana.save()
    steering.lift(forced, because="Paid", by=dana, at=shop.at)
    assert held() == []


def test_a_rule_that_is_set_aside_holds_nothing_until_its_day_is_over(shop: Shop, dana: User) -> None:
    shop.order("SO-1", "10")
    harrow = shop.rows.customers["100"]
    made = steering.exclude(
        harrow, code="overdue_days", until=shop.today + DAY * 3, reason="Plan", by=dana, at=shop.at
    )
    assert held() == []

    shop.recheck(days=3)
    assert held() == []
    shop.recheck(days=4)
    assert held() == ["SO-1"]
    steering.end_exclusion(made, by=dana, at=shop.at)
    steering.end_exclusion(made, by=dana, at=shop.at)
    assert happened().count("hold_exclusion.ended") == 1


@pytest.mark.parametrize(
    ("code", "days", "problem"), [("forced", 3, "code"), ("", -1, "until"), ("", 400, "until")]
)
def test_it_refuses_to_set_aside_for_ever_or_what_a_person_said(
    shop: Shop, dana: User, code: str, days: int, problem: str
) -> None:
    with pytest.raises(Refused) as refused:
        steering.exclude(
            shop.rows.customers["100"],
            code=code,
            until=shop.today + DAY * days,
            reason="Plan",
            by=dana,
            at=shop.at,
        )
    assert [each.code for each in refused.value.problems] == [problem]


def test_a_limit_that_has_expired_holds_what_is_on_credit(shop: Shop, dana: User) -> None:
    shop.order("SO-1", "10", customer="200")
    brandt = shop.rows.customers["200"]
    steering.set_expiry(brandt, on=shop.today, by=dana, at=shop.at)
    assert held() == []
    shop.recheck(days=1)
    assert codes(Hold.objects.get()) == ["limit_expired"]

    steering.set_expiry(brandt, on=shop.today + dt.timedelta(days=300), by=dana, at=shop.at + DAY)
    assert held() == []


def test_a_rule_is_set_aside_only_for_orders_that_whoever_says_so_releases_alone(
    shop: Shop, dana: User
) -> None:
    shop.order("SO-1", "100")
    shop.order("SO-2", "25000.01")
    harrow = shop.rows.customers["100"]

    def exclude(by: User) -> HoldExclusion:
        day = shop.today + DAY * 3
        return steering.exclude(harrow, code="", until=day, reason="Plan", by=by, at=shop.at)

    made = exclude(dana)
    assert (made.amount_max, made.currency) == (Decimal(25_000), "GBP")
    assert held() == ["SO-2"]
    shop.order("SO-3", "25000.00")
    shop.order("SO-4", "25000.01")
    assert held() == ["SO-2", "SO-4"]
    aside = checks.explain(Order.objects.get(number="SO-1"), today=shop.today).decision.set_aside[0]
    assert aside.because == "Set aside by Dana until 14 March 2026 for orders up to £25,000.00: Plan."

    dana.desk = "finance_director"
    dana.save()
    assert exclude(dana).amount_max is None
    assert held() == []


def test_an_order_in_another_currency_is_measured_by_the_rate_and_waits_without_one(
    shop: Shop, dana: User
) -> None:
    shop.order("SO-1", "9000", currency="USD")
    harrow = shop.rows.customers["100"]
    steering.exclude(harrow, code="overdue_days", until=shop.today, reason="Plan", by=dana, at=shop.at)
    assert "overdue_days" in codes(Hold.objects.standing().get())
    rate = ExchangeRate.objects.create(
        company=shop.company, currency="USD", valid_from=shop.today, rate=Decimal("2.80")
    )
    shop.recheck()
    assert "overdue_days" in codes(Hold.objects.standing().get())
    rate.rate = Decimal("2.70")
    rate.save()
    shop.recheck()
    # It is beyond the limit still, which was not set aside.
    assert codes(Hold.objects.standing().get()) == ["limit_used"]


def test_whoever_asked_for_a_release_or_took_an_order_frees_nothing_by_hand(shop: Shop, dana: User) -> None:
    order = shop.order("SO-1", "100").order
    harrow = shop.rows.customers["100"]
    steering.set_expiry(harrow, on=shop.today - DAY, by=dana, at=shop.at)

    def refused() -> set[str]:
        found = set()
        for deed in (
            lambda: steering.exclude(
                harrow, code="overdue_days", until=shop.today, reason="Plan", by=dana, at=shop.at
            ),
            lambda: steering.set_expiry(harrow, on=None, by=dana, at=shop.at),
        ):
            with pytest.raises(Refused) as refusal:
                deed()
            found |= {each.code for each in refusal.value.problems}
        return found

    request = releases.ask(order, reason="Urgent", by=dana, at=shop.at)
    assert refused() == {"own"}
    releases.withdraw(request, by=dana, at=shop.at)
    Order.objects.update(salesperson=dana)
    assert refused() == {"salesperson"}
    assert held() == ["SO-1"]
    # What holds more is anybody's to say.
    assert steering.set_expiry(harrow, on=shop.today - DAY * 2, by=dana, at=shop.at).limit_expires_on


def test_a_limit_is_not_made_to_last_longer_by_whoever_may_not_release_what_waits_for_it(
    shop: Shop, dana: User
) -> None:
    brandt = shop.rows.customers["200"]
    Customer.objects.filter(pk=brandt.pk).update(credit_limit=50_000)
    steering.set_expiry(brandt, on=shop.today - DAY, by=dana, at=shop.at)
    shop.order("SO-1", "25000.01", customer="200")
    for day in (shop.today, None):
        with pytest.raises(Refused, match=r"Order SO-1 waits, and orders above £25,000\.00"):
            steering.set_expiry(brandt, on=day, by=dana, at=shop.at)
    assert held() == ["SO-1"]

    dana.desk = "finance_director"
    dana.save()
    steering.set_expiry(brandt, on=None, by=dana, at=shop.at)
    assert held() == []
