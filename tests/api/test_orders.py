"""A shop asks by machine whether an order goes, states it, and learns why it waits."""

import json
from decimal import Decimal
from typing import Any

import pytest

from collections_app.holds import steering
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.systems.system_rows import System
from tests.api.asking import Machine, codes
from tests.desk import person
from tests.holds.selling import Shop, happened, held
from tests.ledgertext import load


def test_an_order_that_would_wait_is_told_with_its_reasons_and_the_way_out(
    machine: Machine, shop: Shop
) -> None:
    answer = machine.post("order-checks", {"customer": "100", "amount": "50.00"})

    assert answer.status_code == 200
    found = answer.json()
    assert (found["held"], [reason["code"] for reason in found["reasons"]]) == (True, ["overdue_days"])
    assert found["reasons"][0]["invoices"] == [
        {"invoice": "A1", "currency": "GBP", "amount": "480.00", "days_overdue": 100}
    ]
    assert found["smallest_payment"]["totals"] == {"GBP": "480.00"}
    assert not Order.objects.exists()


def test_an_order_that_nothing_holds_goes(machine: Machine, shop: Shop) -> None:
    found = machine.post("order-checks", {"customer": "200", "amount": 700}).json()

    assert (found["held"], found["reasons"], found["smallest_payment"]) == (
        False,
        [],
        {"totals": {}, "lines": []},
    )
    assert machine.post("order-checks", {"customer": "200", "amount": 700.01}).json()["held"] is True


def test_an_order_is_stated_checked_and_explained(machine: Machine, shop: Shop, company: Company) -> None:
    stated = {
        "number": "SO/7",
        "customer": "100",
        "amount": "50.00",
        "wanted_on": "2026-03-20",
        "salesperson": "sam",
    }

    placed = machine.post("orders", stated)

    assert placed.status_code == 201
    order = placed.json()
    assert (order["number"], order["source"], order["on_hold"], order["currency"]) == (
        "SO/7",
        "Webshop",
        True,
        "GBP",
    )
    assert machine.post("orders", stated).status_code == 200
    assert happened()[-1] == "order.held"
    assert machine.get("orders", number="SO/7").json()["orders"] == [order]
    assert machine.get("orders", on_hold=True).json()["orders"] == [order]
    why = machine.get(f"orders/{order['id']}/explanation").json()
    assert (why["standing"], why["decision"]["held"], why["order"]) == ("held", True, order)
    assert why["decision"]["smallest_payment"]["lines"] == [
        {"invoice": "A1", "currency": "GBP", "amount": "480.00"}
    ]


def test_a_payment_frees_the_order_when_it_is_to_be_picked(machine: Machine, shop: Shop) -> None:
    order = machine.post("orders", {"number": "SO-1", "customer": "100", "amount": "50"}).json()
    assert machine.post(f"orders/{order['id']}/checks").json()["on_hold"] is True
    shop.pay("480.00", invoice="A1")

    assert machine.post(f"orders/{order['id']}/checks").json()["on_hold"] is False
    assert held() == []


def test_what_was_delivered_waits_no_more_and_a_known_order_keeps_its_day(
    machine: Machine, shop: Shop
) -> None:
    machine.post("orders", {"number": "SO-1", "customer": "100", "amount": "50", "placed_on": "2026-03-02"})
    ended = machine.post(
        "orders", {"number": "SO-1", "customer": "100", "amount": "50", "state": "delivered"}
    )

    assert (ended.json()["state"], ended.json()["on_hold"]) == ("delivered", False)
    assert ended.json()["placed_on"] == "2026-03-02"
    assert Hold.objects.get().ending == "order_ended"


@pytest.mark.parametrize(
    ("field", "was", "none"),
    [
        ("currency", "EUR", None),
        ("placed_on", "2026-03-02", None),
        ("wanted_on", "2026-03-20", None),
        ("exemption_class", "spare", ""),
        ("salesperson", "sam", ""),
    ],
)
def test_what_is_left_out_of_a_known_order_stays_and_what_is_said_to_be_empty_is_emptied(
    machine: Machine, shop: Shop, sam: User, field: str, was: str, none: str | None
) -> None:
    facts = {"number": "SO-1", "customer": "200", "amount": "50"}
    machine.post("orders", {**facts, field: was})
    events = happened()

    restated = machine.post("orders", facts)
    assert (restated.status_code, restated.json()[field]) == (200, was)
    assert happened() == events

    emptied = machine.post("orders", {**facts, field: none}).json()[field]
    assert emptied == (was if field in ("currency", "placed_on") else None)


def test_a_restated_amount_is_in_the_currency_of_the_order_and_keeps_who_took_it(
    machine: Machine, shop: Shop, sam: User
) -> None:
    facts = {"number": "SO-1", "customer": "200"}
    machine.post("orders", {**facts, "amount": "250", "currency": "EUR", "salesperson": "sam"})
    machine.post("orders", {**facts, "amount": "260"})

    order = Order.objects.get()
    assert (order.currency, order.amount, order.salesperson) == ("EUR", Decimal(260), sam)


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({"customer": "100"}, "missing", "#/amount"),
        ({"customer": "100", "amount": "0"}, "greater_than", "#/amount"),
        ({"customer": "100", "amount": True}, "value_error", "#/amount"),
        ({"customer": "100", "amount": "1", "curency": "GBP"}, "extra_forbidden", "#/curency"),
        ({"customer": "1\u0000", "amount": "1"}, "string_pattern_mismatch", "#/customer"),
        ({"customer": "100", "amount": "1.005"}, "amount", None),
        ({"customer": "100", "amount": "1", "currency": "XYZ"}, "currency", None),
    ],
)
def test_bad_input_is_told_with_its_place(
    machine: Machine, shop: Shop, body: dict[str, object], code: str, pointer: str | None
) -> None:
    answer = machine.post("order-checks", body)

    assert answer.status_code == 422
    assert codes(answer) == [code]
    assert answer.json()["problems"][0]["pointer"] == pointer
    assert answer.json()["detail"]


@pytest.mark.parametrize("body", ["{", "[NaN]", '{"amount": NaN}', b"\xff", "[" * 5000])
def test_what_is_no_json_is_told_so(machine: Machine, shop: Shop, body: str | bytes) -> None:
    answer = machine.post("order-checks", body)

    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"


def test_a_customer_or_order_that_is_not_there_is_not_found(machine: Machine, shop: Shop) -> None:
    assert machine.post("order-checks", {"customer": "nobody", "amount": "1"}).status_code == 404
    assert machine.get("orders/4711").status_code == 404
    assert machine.get("/api/v1/nothing/here").status_code == 404
    assert machine.get("/api/v1/nothing/here")["Content-Type"] == "application/problem+json"
    wrong = machine.client.delete("/api/v1/companies", headers={"Authorization": f"Bearer {machine.token}"})
    assert (wrong.status_code, wrong["Content-Type"], wrong["Allow"]) == (
        405,
        "application/problem+json",
        "GET",
    )


def test_a_release_is_asked_for_a_person_and_decided_by_people_only(
    machine: Machine, shop: Shop, sam: User, company: Company
) -> None:
    Customer.objects.filter(number="100").update(salesperson=sam)
    order = machine.post("orders", {"number": "SO-1", "customer": "100", "amount": "50"}).json()
    asked = {"asked_by": "sam", "reason": "They collect it today", "needed_on": "2026-03-12"}

    made = machine.post(f"orders/{order['id']}/releases", asked, key="r-1")

    assert made.status_code == 201
    assert (made.json()["state"], made.json()["asked_by"]) == ("asked", "sam")
    again = machine.post(f"orders/{order['id']}/releases", asked, key="r-1")
    assert (again.json(), again["Idempotency-Replayed"]) == (made.json(), "true")
    assert codes(machine.post(f"orders/{order['id']}/releases", asked)) == ["waits"]
    assert machine.get(f"orders/{order['id']}/releases").json()["releases"] == [made.json()]
    document = machine.client.get("/api/v1/openapi.json").json()
    assert not [path for path in document["paths"] if "grant" in path or "decision" in path]


def test_a_system_asks_for_nobody_who_could_not_ask(
    machine: Machine, shop: Shop, sam: User, company: Company
) -> None:
    order = machine.post("orders", {"number": "SO-1", "customer": "100", "amount": "50"}).json()
    path = f"orders/{order['id']}/releases"

    assert codes(machine.post(path, {"asked_by": "nobody", "reason": "Please"})) == ["asked_by"]
    # Sam sells to somebody else.
    assert codes(machine.post(path, {"asked_by": "sam", "reason": "Please"})) == ["asked_by"]
    assert codes(machine.post(path, {"asked_by": "olga", "reason": "Please"})) == ["not_allowed"]


def test_whoever_took_the_order_asks_though_others_sell_to_the_customer(
    machine: Machine, shop: Shop, sam: User
) -> None:
    facts = {"customer": "100", "amount": "50"}
    theirs = machine.post("orders", {**facts, "number": "SO-1", "salesperson": "sam"}).json()
    other = machine.post("orders", {**facts, "number": "SO-2", "salesperson": "lena"}).json()
    asked = {"asked_by": "sam", "reason": "They collect it today"}

    assert machine.post(f"orders/{theirs['id']}/releases", asked).status_code == 201
    assert codes(machine.post(f"orders/{other['id']}/releases", asked)) == ["asked_by"]


def test_without_credit_a_system_reads_nothing_of_groups_nor_of_what_colleagues_wrote(
    machine: Machine, shop: Shop, webshop: System, company: Company
) -> None:
    dana = person(company, "dana", Role.MANAGER)
    steering.force(shop.rows.customers["100"], reason="Insolvency rumour", by=dana, at=shop.at)
    Customer.objects.filter(number="200").update(parent=shop.rows.customers["100"])
    group = {"customer": "200", "amount": "4800"}
    with_credit = machine.post("order-checks", group).json()
    forced = machine.post("order-checks", {"customer": "100", "amount": "1"})
    assert "Insolvency rumour" in forced.content.decode()
    assert "group_limit_used" in [reason["code"] for reason in with_credit["reasons"]]

    System.objects.filter(pk=webshop.pk).update(scopes=["orders:check", "orders:read", "orders:write"])

    forced = machine.post("order-checks", {"customer": "100", "amount": "1"})
    assert "rumour" not in forced.content.decode()
    assert "Please ask Dana" in forced.content.decode()
    without = machine.post("order-checks", group).content.decode()
    assert "group_limit_used" in without
    assert "Harrow" not in without
    assert "5,000" not in without
    assert all(reason["figures"] is None for reason in json.loads(without)["reasons"])


def test_the_credit_position_says_what_is_owed_and_what_is_left(machine: Machine, shop: Shop) -> None:
    shop.order("SO-1", "600", customer="200")
    found = machine.get("credit-position", customer="200").json()

    assert found["standings"] == [
        {
            "currency": "GBP",
            "open": "300.00",
            "overdue": "300.00",
            "unallocated": "0.00",
            "orders_in_hand": "600.00",
        }
    ]
    assert found["limit"] == {"amount": "1000.00", "currency": "GBP", "expires_on": None}
    assert (found["orders_on_hold"], found["would_hold"], found["group"]) == (0, False, None)


def test_a_shop_that_waits_costs_eight_statements_however_much_is_owed(
    machine: Machine, shop: Shop, django_assert_num_queries: Any
) -> None:
    asked = {"customer": "100", "amount": "50.00"}
    machine.post("order-checks", asked)  # that the token was used is written once a minute
    with django_assert_num_queries(8):
        machine.post("order-checks", asked)

    more = "\n".join(f"invoice 100 M{n} 10.00 due=-{n}" for n in range(1, 60))
    load(f"customer 100\n{more}", company=shop.company, today=shop.today)
    with django_assert_num_queries(8):
        found = machine.post("order-checks", asked).json()
    assert found["held"] is True
