"""Which rule takes whom: customers and the number of the first rule that matches each, as one query that
statements count and write from, whatever the number of customers.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from collections_app.ledger.companies import Company
from collections_app.ledger.customer_ranges import CustomerRange
from collections_app.ledger.customers import Customer
from collections_app.segmentation import facts, matching
from collections_app.segmentation.rules.conditions import Rule


@dataclass(frozen=True, slots=True)
class Branch:
    """A rule, the number that stands for it, and whom it may be asked about at all."""

    rule: Rule
    number: int
    among: Q = field(default_factory=Q)


def customers_of(
    company: Company, ids: Sequence[int] | None = None, within: CustomerRange | None = None
) -> QuerySet[Customer]:
    """All customers of ``company``, or those among ``ids`` or in a range."""
    everybody = Customer.objects.filter(company=company)
    if within is not None:
        everybody = everybody.filter(**within.lookups("pk"))
    return everybody if ids is None else everybody.filter(pk__in=ids)


def placed(
    customers: QuerySet[Customer],
    *orders: Iterable[Branch],
    company: Company,
    today: dt.date,
    also: Sequence[str] = (),
) -> "QuerySet[Customer, tuple[Any, ...]]":
    """(customer, number of the first match in each order, what is ``also`` asked for) for every customer,
    NULL where nothing matches; not asked yet, for a statement to read. One query, for the rates.
    """
    lists = [list(order) for order in orders]
    asked = {code for order in lists for branch in order for code in branch.rule.asks_for}
    known = facts.with_facts(customers, asked, basis=facts.basis(company=company, today=today))
    firsts = {
        f"place_{place}": matching.first_match(
            (branch.among & matching.meets(branch.rule), branch.number) for branch in order
        )
        for place, order in enumerate(lists)
    }
    return known.annotate(**firsts).order_by().values_list("pk", *firsts, *also)
