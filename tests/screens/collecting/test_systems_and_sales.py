"""What leaves the house about a customer's orders is searched for what is not for whoever sells to them: each
answer to a system that may not read credit positions, whatever a system is told by itself, and what is
written to the salesperson.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from collections_app.correspondence.message_rows import Message
from collections_app.holds import checks, releases, steering
from collections_app.holds.customer_terms import ForcedHold
from collections_app.holds.notice_rows import HoldNotice
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.holds.rules.ordering import Moment
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.systems import deliveries, endpoints, systems, tokens
from collections_app.systems.delivery_rows import Delivery
from collections_app.systems.rules.scopes import Scope
from collections_app.systems.system_rows import System
from tests.api.asking import Machine
from tests.desk import person
from tests.screens.collecting.conftest import Office
from tests.screens.collecting.planting import forbidden, plant


@pytest.fixture
def planted(office: Office) -> Office:
    return plant(office)


@pytest.fixture
def olga(office: Office) -> User:
    return person(office.company, "olga", Role.ADMINISTRATOR)


@pytest.fixture
def shop(office: Office, olga: User) -> System:
    """A system that may do everything but read credit positions; it is told of holds, from the first on."""
    scopes = [scope for scope in Scope if scope != Scope.READ_CREDIT]
    made = systems.connect(name="Shop", scopes=scopes, companies=[office.company], by=olga, at=office.at)
    address = "http://localhost:1/holds"
    endpoints.make(made, address=address, allows_loopback=True, by=olga, at=office.at)
    return made


@pytest.fixture
def machine(shop: System, planted: Office, olga: User) -> Machine:
    cache.clear()
    return Machine(tokens.make(shop, by=olga, at=planted.at).text, planted.company.code)


def asked(document: dict[str, Any], order: Order) -> Iterator[str]:
    """Every GET that the document tells of, about Harrow and its order."""
    told = {"company": order.company.code, "order_id": str(order.pk)}
    for path, methods in document["paths"].items():
        if "get" in methods:
            for name, value in told.items():
                path = path.replace(f"{{{name}}}", value)
            yield path


def lifted(planted: Office) -> None:
    """What Dana put on hold by her own word is left to the rules."""
    for each in ForcedHold.objects.standing().select_related("customer__company"):
        steering.lift(each, because="planted-note: they are fine", by=planted.dana, at=planted.at)


def leaks(text: str) -> list[str]:
    return [words for words in forbidden() if words in text]


def test_no_answer_to_a_question_of_a_system_holds_what_is_not_for_sales(machine: Machine) -> None:
    order = Order.objects.select_related("company").get(number="SO-1")
    document = Client().get("/api/v1/openapi.json").json()
    paths = list(asked(document, order))
    assert len(paths) == 6
    reached, found = 0, []
    for path in paths:
        for query in ({"customer": "100"}, {"customer": "100", "on_hold": "true"}, {"customer": "nobody"}):
            answer = machine.get(path, **query)
            reached += answer.status_code == 200
            found += [(path, words) for words in leaks(answer.content.decode())]
    assert found == []
    assert reached == 15  # five addresses, three ways; all but the credit position
    assert machine.get("credit-position", customer="100").status_code == 403


def test_no_answer_to_a_deed_of_a_system_holds_what_is_not_for_sales(
    machine: Machine, planted: Office
) -> None:
    order = Order.objects.get(number="SO-1")
    release = Release.objects.get(order=order, state="asked")
    rita = User.objects.get(username="rita")
    releases.decline(release, words="Not today", by=rita, at=planted.at)
    day = planted.today.isoformat()
    deeds: list[tuple[str, dict[str, Any]]] = [
        ("order-checks", {"customer": "100", "amount": "90000.00"}),
        ("orders", {"number": "SO-2", "customer": "100", "amount": "70.00", "salesperson": "sam"}),
        ("orders", {"number": "SO-1", "customer": "100", "amount": "9500.00"}),
        (f"orders/{order.pk}/checks", {}),
        (f"orders/{order.pk}/releases", {"asked_by": "sam", "reason": "They wait"}),
        ("customers", {"rows": [{"customer": "100", "name": "Harrow Tools", "remarks": "prefers email"}]}),
        ("invoices", {"rows": [{"customer": "100", "number": "A9", "amount": "5.00", "issued_on": day,
                                "due_on": day}]}),
        ("payments", {"rows": [{"customer": "100", "number": "P9", "amount": "1.00", "posted_on": day}]}),
    ]  # fmt: skip
    found = []
    for path, body in deeds:
        answer = machine.post(path, body)
        assert answer.status_code in (200, 201), (path, answer.content)
        found += [(path, words) for words in leaks(answer.content.decode())]
        # The same once more, and wrong: what is refused tells no more.
        for refused in (machine.post(path, {**body, "nothing": 1}), machine.post(path, body)):
            found += [(path, words) for words in leaks(refused.content.decode())]
    assert found == []


def test_a_system_that_may_read_credit_positions_does_read_it(machine: Machine, shop: System) -> None:
    """So that what is searched for above would be found where it stands."""
    System.objects.filter(pk=shop.pk).update(scopes=list(Scope))
    order = Order.objects.get(number="SO-1")
    text = machine.get(f"orders/{order.pk}/explanation").content.decode()
    for words in ("planted-insurer", "planted-exclusion", "Planted Sister", "77,7"):
        assert words in text, words


def test_no_body_that_a_system_is_told_holds_what_is_not_for_sales(
    machine: Machine, planted: Office, shop: System
) -> None:
    """Whatever its scopes are."""
    System.objects.filter(pk=shop.pk).update(scopes=list(Scope))
    order = Order.objects.get(number="SO-1")
    rita = User.objects.get(username="rita")
    lifted(planted)
    asked_for = Release.objects.get(order=order, state="asked")
    releases.grant(asked_for, conditions="Cash on delivery", by=rita, at=planted.at)
    deliveries.gather(at=planted.at)

    bodies = Delivery.objects.filter(order__customer__number="100").values_list("kind", "body")
    assert {kind for kind, _ in bodies} == {"order.held", "order.freed"}
    assert [leaks(body) for _, body in bodies if leaks(body)] == []
    assert all(
        reason["figures"] is None for _, body in bodies for reason in json.loads(body)["hold"]["reasons"]
    )


def test_nothing_that_is_written_to_sales_holds_what_is_not_for_them(office: Office) -> None:
    """By email, and on their home page: held, declined, released, and waiting again."""
    User.objects.filter(pk=office.sam.pk).update(email="sam@harrow-sales.example")
    office.sam.refresh_from_db()
    planted = plant(office)
    order = Order.objects.get(number="SO-1")
    rita = User.objects.get(username="rita")
    lifted(planted)
    asked_for = Release.objects.get(order=order, state="asked")
    releases.grant(asked_for, words="Go", conditions="Cash on delivery", by=rita, at=planted.at)
    Customer.objects.filter(number="100").update(credit_limit=1)
    checks.recheck(company=planted.company, moment=Moment.NIGHT, at=planted.at)
    address = planted.sam.email

    written = Message.objects.filter(to_address=address).values_list("subject", "body", "body_html")
    noticed = HoldNotice.objects.filter(reader=planted.sam).values_list("kind", "sentence")
    texts = [part for each in written for part in each] + [sentence for _, sentence in noticed]
    assert [(text, leaks(text)) for text in texts if leaks(text)] == []
    assert len(written) > 2
    assert {"held", "decided"} <= {kind for kind, _ in noticed}
