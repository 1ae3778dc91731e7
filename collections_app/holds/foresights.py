"""Which customers' orders will go on hold within some days if nothing is paid until then, and on which day.
Reads only.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from collections_app.holds import facts
from collections_app.holds.checks import CUSTOMERS_AT_ONCE
from collections_app.holds.order_rows import Order
from collections_app.holds.rules import foreseeing, paying
from collections_app.holds.rules.foreseeing import Foreseen
from collections_app.holds.rules.paying import Line
from collections_app.ledger.companies import Company

DAYS_AHEAD = 14


@dataclass(frozen=True, slots=True)
class Warned:
    """One customer (id), the day and the reasons, and what would have to be paid before it (None: no payment
    does).
    """

    customer_id: int
    foreseen: Foreseen
    payment: tuple[Line, ...] | None


@transaction.atomic
def coming(
    *,
    company: Company,
    customers: Sequence[int] | None = None,
    today: dt.date,
    within_days: int = DAYS_AHEAD,
) -> list[Warned]:
    """Those of ``customers`` (ids; None for all with orders in hand) who are not held today and will be, the
    soonest first.
    """
    in_hand = Order.objects.in_hand().filter(company=company)
    ids = sorted(set(in_hand.values_list("customer", flat=True))) if customers is None else sorted(customers)
    found: list[Warned] = []
    for start in range(0, len(ids), CUSTOMERS_AT_ONCE):
        some = ids[start : start + CUSTOMERS_AT_ONCE]
        for known in facts.known_of(company=company, customers=some, today=today).values():
            about, rules = known.wished(None), known.in_force.rules
            foreseen = foreseeing.first_hold(about, rules, within_days=within_days)
            if foreseen is not None:
                payment = paying.smallest_payment(foreseeing.on_day(about, foreseen.on), rules)
                found.append(Warned(known.customer_id, foreseen, payment))
    return sorted(found, key=lambda each: (each.foreseen.on, each.customer_id))
