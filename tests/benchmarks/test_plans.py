"""On a ledger that is large enough to tell, no page reads a large table from end to end."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from collections_app.holds import checks
from collections_app.ledger.customers import Customer
from collections_app.lib import clock, walls
from collections_app.management.benchmarks import filling, orders, people

pytestmark = pytest.mark.django_db(transaction=True)

# So many rows are worth an index.
ROWS_MIN = 3000


class Plans:
    """Looks at the plan of every statement before it runs."""

    def __init__(self, large: set[str]) -> None:
        self.large = large
        self.whole: set[str] = set()
        self.looked_at = 0
        self._is_looking = False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found = execute(sql, params, many, context)
        if not self._is_looking and sql.lstrip().startswith(("SELECT", "WITH", "EXECUTE", "--")):
            self._is_looking = True
            try:
                with connection.cursor() as cursor:
                    cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
                    (plan,) = cursor.fetchone()
            finally:
                self._is_looking = False
            self.looked_at += 1
            told = json.loads(plan) if isinstance(plan, str) else plan
            self.whole |= {
                f"{name}: {' '.join(sql.split())[:120]}" for name in self.large & {*_scanned(told[0]["Plan"])}
            }
        return found


def _scanned(node: dict[str, Any]) -> Iterator[str]:
    """The tables that a plan reads from end to end."""
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"]
    for each in node.get("Plans", []):
        yield from _scanned(each)


def _large() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= %s", [ROWS_MIN])
        return {name for (name,) in cursor.fetchall()}


def test_no_page_reads_a_large_table_from_end_to_end(client: Client) -> None:
    at = clock.now()
    filled = filling.fill(rows=8000, customers=4000, day=at.date(), at=at, is_spread=True)
    people.list_customers(filled, day=at.date(), at=at)
    client.force_login(filled.collector)
    company = filled.company
    usual = Customer.objects.filter(company=company, collector=filled.collector).earliest("pk")
    of_company, of_customer = [company.code], [company.code, usual.pk]
    paths = [
        reverse("chase_list", args=of_company),
        reverse("customer", args=of_customer),
        f"{reverse('search', args=of_company)}?q={usual.number}",
        f"{reverse('search', args=of_company)}?q=N123",
        f"{reverse('search', args=of_company)}?q=cust",
        reverse("home", args=of_company),
    ]
    for path in paths:
        assert client.get(path).status_code == 200
    found = Plans(_large())
    for path in paths:
        with connection.execute_wrapper(found):
            assert client.get(path).status_code == 200
    with walls.around([company.pk]), connection.execute_wrapper(found):
        checks.ask(customer=usual, amount=orders.ORDER_AMOUNT, today=at.date())
    assert {"customer", "invoice", "payment", "allocation", "contact_log", "chase_entry"} <= found.large
    assert found.looked_at > 60
    assert sorted(found.whole) == []
