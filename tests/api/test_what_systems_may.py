"""Every operation of the API beside every scope: with the one that it takes a system is let in, with all
others it is not; an operation without a line fails.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from collections_app.jobs import ledger_followers
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from collections_app.systems import systems, tokens
from collections_app.systems.rules.scopes import Scope
from collections_app.systems.system_rows import System
from tests.api.asking import Machine
from tests.api.test_ledger import INVOICE, PAID
from tests.holds.selling import Shop
from tests.ledgerrows import company_of

# The name, method and path of each.
Operations = list[tuple[str, str, str]]
# What each operation takes; None where every system may.
TAKES = {
    "list_companies": None,
    "read_credit_position": Scope.READ_CREDIT,
    "check_order": Scope.CHECK_ORDERS,
    "place_order": Scope.WRITE_ORDERS,
    "list_orders": Scope.READ_ORDERS,
    "read_order": Scope.READ_ORDERS,
    "check_before_picking": Scope.WRITE_ORDERS,
    "explain_order": Scope.READ_ORDERS,
    "list_releases": Scope.READ_ORDERS,
    "ask_for_release": Scope.ASK_RELEASES,
    "bring_in_customers": Scope.WRITE_LEDGER,
    "bring_in_invoices": Scope.WRITE_LEDGER,
    "bring_in_payments": Scope.WRITE_LEDGER,
}
# What is sent with each that takes something, such as a system sends it: nothing is refused for its form.
SENT: dict[str, dict[str, Any]] = {
    "read_credit_position": {"customer": "100"},
    "check_order": {"customer": "100", "amount": "50.00"},
    "place_order": {"number": "SO-9", "customer": "100", "amount": "50.00"},
    "ask_for_release": {"asked_by": "sam", "reason": "They collect it today"},
    "bring_in_customers": {"rows": [{"customer": "100", "credit_limit": "7500.00"}]},
    "bring_in_invoices": {"rows": [INVOICE]},
    "bring_in_payments": {"rows": PAID, "accepted": ["total_moves_GBP"]},
}


@pytest.fixture(autouse=True)
def nobody_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker is told of what is brought in."""
    monkeypatch.setattr(ledger_followers, "start", lambda batch: None)


@pytest.fixture
def operations(machine: Machine, shop: Shop, sam: User) -> Operations:
    """As the document tells them."""
    Customer.objects.filter(number="100").update(salesperson=sam)
    order = shop.order("SO-1", "50.00").order
    paths = machine.client.get("/api/v1/openapi.json").json()["paths"]
    return [
        (
            re.sub(r"^collections_app_api_[a-z]+_", "", facts["operationId"]),
            method,
            path.replace("{order_id}", str(order.pk)),
        )
        for path, methods in paths.items()
        for method, facts in methods.items()
    ]


def asked(machine: Machine, operations: Operations, company: str) -> Iterator[tuple[str, int]]:
    for name, method, path in operations:
        place = path.replace("{company}", company)
        given = SENT.get(name, {})
        answer = machine.get(place, **given) if method == "get" else machine.post(place, given)
        yield name, answer.status_code


@pytest.mark.parametrize("scope", Scope)
def test_a_scope_lets_in_where_it_counts_and_nowhere_else(
    machine: Machine, webshop: System, operations: Operations, scope: Scope
) -> None:
    System.objects.filter(pk=webshop.pk).update(scopes=[scope])
    found = dict(asked(machine, operations, machine.company))
    assert set(found.values()) <= {200, 201, 403}, found
    assert {name: status != 403 for name, status in found.items()} == {
        name: takes in (scope, None) for name, takes in TAKES.items()
    }


def test_all_scopes_of_one_company_open_no_other(machine: Machine, operations: Operations) -> None:
    company_of(code="OTHER", country="GB")
    found = {name: status for name, status in asked(machine, operations, "OTHER") if name != "list_companies"}
    assert found == dict.fromkeys(TAKES.keys() - {"list_companies"}, 404)


def test_an_order_of_ours_is_nothing_at_the_address_of_another_company(
    machine: Machine, operations: Operations, olga: User, company: Company, shop: Shop
) -> None:
    other = company_of(code="OTHER", country="GB")
    system = systems.connect(name="Theirs", scopes=list(Scope), companies=[other], by=olga, at=shop.at)
    theirs = Machine(tokens.make(system, by=olga, at=shop.at).text, other.code)
    about_orders = [each for each in operations if "/orders/" in each[2]]
    assert len(about_orders) == 5
    for code in (other.code, company.code):
        assert {status for _, status in asked(theirs, about_orders, code)} == {404}


def test_whoever_shows_no_token_is_let_in_nowhere(machine: Machine, operations: Operations) -> None:
    nobody = Machine("", machine.company)
    assert {status for _, status in asked(nobody, operations, machine.company)} == {401}
