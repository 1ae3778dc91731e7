"""What other hold rules would hold now, counted before they are published. Reads only."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from collections_app.holds import facts, rule_versions
from collections_app.holds.checks import CUSTOMERS_AT_ONCE
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.rule_rows import HoldRuleVersion
from collections_app.holds.rules.deciding import decide
from collections_app.holds.rules.rule_sets import RuleSet
from collections_app.ledger.customers import Customer

# A count while one types looks at so many customers with orders in hand, and says so when there are more.
CUSTOMERS_MAX = 1500


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the orders in hand would wait, of how many customers, and how many wait now."""

    orders: int
    held: int
    customers_held: int
    held_now: int
    is_whole: bool


def customers_of(version: HoldRuleVersion, *, today: dt.date) -> "QuerySet[Customer]":
    """Whom the rules of a version's scope hold for: those that no nearer rules stand for."""
    customers = Customer.objects.filter(company=version.company_id)
    if version.customer_id:
        return customers.filter(pk=version.customer_id)
    scopes = rule_versions.in_force(company=version.company, day=today)
    rest = customers.exclude(pk__in=scopes.customers)
    if version.segment_code:
        return rest.filter(assignment__segment__code=version.segment_code)
    return rest.exclude(assignment__segment__code__in=scopes.segments)


@transaction.atomic
def count(version: HoldRuleVersion, rules: RuleSet, *, today: dt.date) -> Count:
    """What ``rules`` would hold in the scope of ``version``. Each order counts by itself as it stands."""
    company = version.company
    scope = customers_of(version, today=today)
    in_hand = Order.objects.in_hand().filter(company=company, customer__in=scope.values("pk"))
    ids = list(
        in_hand.order_by("customer").values_list("customer", flat=True).distinct()[: CUSTOMERS_MAX + 1]
    )
    orders, held, holding = 0, 0, set()
    for start in range(0, min(len(ids), CUSTOMERS_MAX), CUSTOMERS_AT_ONCE):
        some = ids[start : min(start + CUSTOMERS_AT_ONCE, CUSTOMERS_MAX)]
        known = facts.known_of(company=company, customers=some, today=today)
        for order in in_hand.filter(customer__in=some):
            orders += 1
            if decide(known[order.customer_id].about(order), rules).is_held:
                held += 1
                holding.add(order.customer_id)
    standing = Hold.objects.standing().filter(order__in=in_hand.filter(customer__in=ids[:CUSTOMERS_MAX]))
    return Count(orders, held, len(holding), standing.count(), len(ids) <= CUSTOMERS_MAX)
