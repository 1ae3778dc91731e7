"""The letter to a customer about their order: true when it is made ready, and when it leaves."""

import datetime as dt

import pytest
from django.test import Client

from collections_app.correspondence import outbox
from collections_app.correspondence.message_rows import Message
from collections_app.holds import checks, customer_letters, releases
from collections_app.holds.order_rows import Order
from collections_app.jobs.outbox import GATES
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.correspondence.mailing import Post, send
from tests.desk import person
from tests.holds.selling import Shop, held

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def ada(shop: Shop) -> Contact:
    return Contact.objects.create(
        customer=shop.rows.customers["100"],
        name="Ada Osei",
        email="ada@harrow.example",
        is_primary=True,
        recorded_at=shop.at,
    )


@pytest.fixture
def priya(order: Order) -> User:
    return person(order.company, "priya", Role.COLLECTOR)


def written(order: Order, contact: Contact, by: User, at: dt.datetime) -> Message:
    return customer_letters.prepare(order, contact=contact, by=by, at=at)


def state_of(message: Message) -> str:
    message.refresh_from_db()
    return message.state


def test_it_names_the_order_and_the_payment_that_frees_it(
    order: Order, ada: Contact, priya: User, shop: Shop
) -> None:
    message = written(order, ada, priya, shop.at)

    assert (message.state, message.kind, message.to_address) == ("ready", "hold", "ada@harrow.example")
    assert message.subject == "Order SO-1: a payment of £480.00 lets us deliver"
    assert "A1" in message.body


def test_asked_again_it_is_the_same_letter_to_whoever_is_chosen_now(
    order: Order, ada: Contact, priya: User, shop: Shop
) -> None:
    first = written(order, ada, priya, shop.at)
    assert written(order, ada, priya, shop.at) == first
    kim = Contact.objects.create(
        customer=ada.customer, name="Kim Hale", email="kim@harrow.example", recorded_at=shop.at
    )
    written(order, kim, priya, shop.at + HOUR)
    assert [each.to_address for each in Message.objects.standing()] == ["kim@harrow.example"]


def test_it_does_not_leave_once_the_order_goes(order: Order, ada: Contact, priya: User, shop: Shop) -> None:
    message = written(order, ada, priya, shop.at)
    outbox.release([message], by=priya, at=shop.at)
    shop.pay("480.00", invoice="A1")
    checks.free(company=shop.company, at=shop.at + HOUR)

    assert (held(), state_of(message)) == ([], "withdrawn")
    again = written(order, ada, priya, shop.at + HOUR)
    assert again.subject == "Order SO-1: released"
    assert "£" not in again.body


def test_a_release_takes_it_back_and_an_order_that_waits_again_takes_back_the_good_news(
    order: Order, ada: Contact, priya: User, dana: User, sam: User, shop: Shop
) -> None:
    message = written(order, ada, priya, shop.at)
    asked = releases.ask(order, reason="Their plant stands still", by=sam, at=shop.at)
    releases.grant(asked, by=dana, at=shop.at)
    assert state_of(message) == "withdrawn"

    good = written(order, ada, priya, shop.at)
    assert good.subject == "Order SO-1: released"
    shop.recheck(days=30)
    assert (held(), state_of(good)) == (["SO-1"], "withdrawn")


def test_it_does_not_leave_once_something_was_booked(
    order: Order, ada: Contact, priya: User, shop: Shop
) -> None:
    message = written(order, ada, priya, shop.at)
    outbox.release([message], by=priya, at=shop.at)
    shop.pay("20.00")

    send(Post(), gates=GATES, at=shop.at + 5 * HOUR)

    assert state_of(message) == "held_back"
    assert "Write it anew" in message.stops[0]["sentence"]


def test_it_leaves_when_nothing_speaks_against_it(
    order: Order, ada: Contact, priya: User, shop: Shop
) -> None:
    message = written(order, ada, priya, shop.at)
    outbox.release([message], by=priya, at=shop.at)
    send(Post(), gates=GATES, at=shop.at + HOUR)
    assert state_of(message) == "sent"


def test_it_refuses_when_the_order_waits_for_something_else(
    order: Order, ada: Contact, priya: User, shop: Shop
) -> None:
    shop.pay("480.00", invoice="A1")
    checks.free(company=shop.company, at=shop.at)
    Customer.objects.update(credit_limit=100)
    other = shop.order("SO-2", "900.00").order
    with pytest.raises(Refused, match="waits for something else"):
        written(other, ada, priya, shop.at)


def test_it_refuses_an_order_that_never_waited_and_whoever_may_not_write(
    order: Order, ada: Contact, priya: User, sam: User, shop: Shop
) -> None:
    with pytest.raises(Refused, match="role"):
        written(order, ada, sam, shop.at)
    with pytest.raises(Refused, match="email address"):
        customer_letters.prepare(order, contact=None, by=priya, at=shop.at)
    goes = shop.order("SO-3", "10.00", customer="200").order
    with pytest.raises(Refused, match="nothing to write"):
        written(goes, ada, priya, shop.at)


def test_the_page_of_the_order_offers_it_and_leads_to_what_was_written(
    order: Order, ada: Contact, dana: User, client: Client
) -> None:
    client.force_login(dana)
    address = f"/{order.company.code}/holds/orders/{order.pk}/"
    assert "Write to the customer: deliveries on hold" in client.get(address).content.decode()

    answer = client.post(f"{address}letter/", {"contact": ada.pk})

    message = Message.objects.get(kind="hold")
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"/{order.company.code}/outbox/{message.pk}/",
    )
    page = client.get(address).content.decode()
    assert "To Ada Osei, ada@harrow.example" in page
    assert "Write it anew" in page


def test_whoever_only_sells_is_not_offered_it(order: Order, ada: Contact, sam: User, client: Client) -> None:
    client.force_login(sam)
    page = client.get(f"/{order.company.code}/holds/orders/{order.pk}/").content.decode()
    assert "Write to the customer" not in page
