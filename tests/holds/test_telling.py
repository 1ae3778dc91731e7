"""Who is told what of requests and decisions: each thing once, at home and through a real mail server."""

import pytest

from collections_app.correspondence.carriers.smtp import EmailBackend
from collections_app.correspondence.message_rows import Message
from collections_app.holds import (
    notices,
    releases,
    steering,
    watches,
)
from collections_app.holds.notice_rows import HoldNotice, HoldWatch
from collections_app.holds.order_rows import Order
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.correspondence.mailserver import Sink
from tests.desk import person
from tests.dunning.test_over_the_wire import read, words
from tests.holds.hearing import sent, subjects, told
from tests.holds.selling import Shop

pytestmark = pytest.mark.usefixtures("addresses")


def test_deciders_learn_of_a_request_and_the_asker_of_the_decision(
    order: Order, sam: User, dana: User, shop: Shop, sink: Sink, carrier: EmailBackend
) -> None:
    asked = releases.ask(order, reason="Their plant stands still", by=sam, at=shop.at)
    (sentence,) = told(dana, shop)
    assert sentence == (
        "Sam asks for the release of order SO-1 of Harrow Tools over £100.00, please by 12 March 2026: "
        "Their plant stands still"
    )
    assert told(sam, shop) == []

    assert sent(carrier, shop.at) == 1
    mail = read(sink)
    assert (mail["To"], mail["Reply-To"]) == ("Dana <dana@northgate.example>", "sam@northgate.example")
    assert "Their plant stands still" in words(mail, "plain")

    releases.grant(asked, conditions="Paid by Friday", by=dana, at=shop.at)
    assert told(dana, shop) == []
    (sentence,) = told(sam, shop)
    assert sentence == (
        "Dana released order SO-1 of Harrow Tools over £100.00 until 18 March 2026. "
        "Condition: Paid by Friday."
    )
    assert sent(carrier, shop.at) == 1
    assert read(sink)["Subject"] == "Order SO-1 of Harrow Tools is released"


def test_a_decision_against_is_told_with_its_reason_and_with_thanks(
    order: Order, sam: User, dana: User, shop: Shop
) -> None:
    asked = releases.ask(order, reason="Their plant stands still", by=sam, at=shop.at)
    releases.decline(asked, words="We wait for the March payment", by=dana, at=shop.at)
    releases.decline(asked, words="We wait for the March payment", by=dana, at=shop.at)
    assert told(sam, shop) == [
        "Dana looked at order SO-1 of Harrow Tools over £100.00 and leaves it on hold for now: "
        "We wait for the March payment. Thank you for asking."
    ]
    assert len(subjects()) == 2


def test_whoever_sells_learns_of_a_decision_that_a_colleague_asked_for(
    order: Order, sam: User, dana: User, shop: Shop
) -> None:
    Customer.objects.filter(number="100").update(salesperson=sam)
    order.customer.refresh_from_db()
    tom = person(shop.company, "tom")
    asked = releases.ask(order, reason="It is paid by cheque", by=tom, at=shop.at)
    releases.grant(asked, by=dana, at=shop.at)
    assert [len(told(user, shop)) for user in (sam, tom)] == [1, 1]
    # Tom has no address, so he reads it in the product.
    assert [name for name, _ in subjects()] == ["Dana", "Sam"]


def test_whoever_wants_to_know_is_told_once_when_the_order_is_free(
    order: Order, sam: User, shop: Shop
) -> None:
    watches.begin(order, by=sam, at=shop.at)
    watches.begin(order, by=sam, at=shop.at)
    assert HoldWatch.objects.count() == 1

    shop.pay("480.00", invoice="A1")
    assert shop.recheck() == 1
    assert shop.recheck() == 0
    assert told(sam, shop) == ["Order SO-1 of Harrow Tools over £100.00 is free: nothing holds it any more."]
    assert subjects() == [("Sam", "Order SO-1 of Harrow Tools is free")]
    assert not watches.is_watched(order, by=sam)


def test_whoever_sells_to_them_no_more_is_not_told(order: Order, sam: User, shop: Shop) -> None:
    watches.begin(order, by=sam, at=shop.at)
    Customer.objects.update(salesperson=None)

    shop.pay("480.00", invoice="A1")

    assert shop.recheck() == 1
    assert (told(sam, shop), subjects()) == ([], [])


def test_a_wish_that_was_taken_back_tells_nobody(order: Order, sam: User, shop: Shop) -> None:
    watches.begin(order, by=sam, at=shop.at)
    watches.end(order, by=sam)
    watches.end(order, by=sam)
    shop.pay("480.00", invoice="A1")
    assert shop.recheck() == 1
    assert told(sam, shop) == []


def test_nobody_waits_for_an_order_that_goes(shop: Shop, sam: User) -> None:
    free = shop.order("SO-2", "10.00", customer="200").order
    with pytest.raises(Refused, match="not on hold any more"):
        watches.begin(free, by=sam, at=shop.at)


def test_whoever_asked_learns_that_facts_were_faster(order: Order, sam: User, dana: User, shop: Shop) -> None:
    releases.ask(order, reason="Their plant stands still", by=sam, at=shop.at)
    shop.pay("480.00", invoice="A1")
    assert shop.recheck() == 1
    assert told(sam, shop)[0].endswith("is free: nothing holds it any more.")
    assert told(dana, shop) == []


def test_an_order_that_was_cancelled_is_waited_for_no_more(order: Order, sam: User, shop: Shop) -> None:
    watches.begin(order, by=sam, at=shop.at)
    shop.order("SO-1", "100.00", state="cancelled")
    assert "was cancelled" in told(sam, shop)[0]
    assert not watches.is_watched(order, by=sam)


def test_a_release_is_told_once_to_whoever_both_asked_and_waits(
    order: Order, sam: User, dana: User, shop: Shop
) -> None:
    watches.begin(order, by=sam, at=shop.at)
    releases.grant(releases.ask(order, reason="Stock", by=sam, at=shop.at), by=dana, at=shop.at)
    assert len(told(sam, shop)) == 1


def test_what_was_read_is_put_away_and_what_came_later_stays(
    order: Order, sam: User, dana: User, shop: Shop
) -> None:
    releases.ask(order, reason="Their plant stands still", by=sam, at=shop.at)
    seen = HoldNotice.objects.get(reader=dana).pk
    other = shop.order("SO-3", "30.00").order
    releases.ask(other, reason="So does this one", by=sam, at=shop.at)
    assert notices.put_away(dana, company=shop.company, up_to=seen, at=shop.at) == 1
    assert notices.put_away(dana, company=shop.company, up_to=seen, at=shop.at) == 0
    assert ["So does this one" in each for each in told(dana, shop)] == [True]


def test_what_a_colleague_wrote_about_a_customer_is_in_no_email(shop: Shop, sam: User, dana: User) -> None:
    Customer.objects.filter(number="100").update(salesperson=sam)
    steering.force(shop.rows.customers["100"], reason="planted words", by=dana, at=shop.at)
    order = shop.order("SO-9", "5.00").order
    watches.begin(order, by=sam, at=shop.at)
    ruth = person(shop.company, "ruth", Role.MANAGER)
    releases.decline(
        releases.ask(order, reason="Stock", by=sam, at=shop.at), words="Not today", by=ruth, at=shop.at
    )
    assert not any("planted" in body for body in Message.objects.values_list("body", flat=True))
    assert not any("planted" in text for text in told(sam, shop))
