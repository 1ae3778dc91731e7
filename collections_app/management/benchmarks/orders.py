"""Checking one order as a shop asks it, through to the answer, against the statement of its open items
alone. Of a customer at random, in a ledger with orders in hand, half of which wait.
"""

import datetime as dt
import random
from decimal import Decimal

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from collections_app.holds import checks, facts
from collections_app.holds.rules.ordering import Moment
from collections_app.ledger.customers import Customer
from collections_app.lib.sql import Statement, array
from collections_app.management.benchmarks.figures import Measure
from collections_app.management.benchmarks.filling import Filled
from collections_app.management.benchmarks.stopwatch import times

CHECK_SECONDS_MAX = 0.025
NIGHT_RATIO_MAX = 10
WARM_UP = 20
SEED = 7
ORDER_AMOUNT = Decimal("2500.00")

_FILL = Statement(__file__, "fill_orders")


def measured(filled: Filled, *, requests: int, runs: int, day: dt.date, at: dt.datetime) -> list[Measure]:
    """``requests`` checks of orders at entry, each of another customer, and all orders in hand in a night."""
    company = filled.company
    _FILL.execute({"company": company.pk, "day": day, "at": at})
    checks.recheck(company=company, moment=Moment.NIGHT, at=at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE customer_order, order_hold")
    chance = random.Random(SEED)
    everybody = list(Customer.objects.filter(company=company).order_by("pk").select_related("company"))
    asked = iter([chance.choice(everybody) for _ in range(2 * requests + 2 * WARM_UP + 2)])

    def check() -> None:
        with transaction.atomic():
            checks.ask(customer=next(asked), amount=ORDER_AMOUNT, today=day)

    def bare() -> None:
        ids = array([next(asked).pk])
        facts.ITEMS.rows({"company": company.pk, "customers": ids, "day": day})

    times(WARM_UP, check)
    with CaptureQueriesContext(connection) as captured:
        times(1, check)
    count = len(captured)
    spent = times(requests, check)
    times(WARM_UP, bare)
    night = times(runs, lambda: checks.recheck(company=company, moment=Moment.NIGHT, at=at))
    return [
        Measure(
            "Check of one order",
            spent,
            times(requests, bare),
            f"{count} statements, each planned anew; then deciding, and finding the smallest payment",
            most_seconds=CHECK_SECONDS_MAX,
            beside={"queries": count},
        ),
        Measure(
            "Check of all orders in hand",
            night,
            times(runs, lambda: _all_items(filled, day)),
            "Python decides on each order; the statements are the same few for some hundred customers",
            most_ratio=NIGHT_RATIO_MAX,
        ),
    ]


def _all_items(filled: Filled, day: dt.date) -> None:
    """What a night reads of the ledger, in one statement."""
    ids = array(list(Customer.objects.filter(company=filled.company).values_list("pk", flat=True)))
    facts.ITEMS.rows({"company": filled.company.pk, "customers": ids, "day": day})
