"""Checking one order as a shop asks it, through to the answer, against the statement of its open items
alone. Of a customer at random, in a ledger with orders in hand, half of which wait; and of customers who owe
thousands of invoices, apart from the rest, whose times would hide theirs.
"""

import datetime as dt
import http.client
import itertools
import json
import random
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from collections_app.holds import checks, facts
from collections_app.holds.rules.ordering import Moment
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement, array
from collections_app.management.benchmarks import filling, web
from collections_app.management.benchmarks.figures import Measure
from collections_app.management.benchmarks.filling import Filled
from collections_app.management.benchmarks.stopwatch import times
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.systems import systems, tokens
from collections_app.systems.rules.scopes import REQUESTS_PER_MINUTE_MAX, Scope

CHECK_SECONDS_MAX = 0.025
# Of a customer with up to so many open invoices, the answer comes while somebody still types.
LARGE_SIZES = [500, 1000, 2000, 4000]
LARGE_SECONDS_MAX = 0.2
NIGHT_RATIO_MAX = 10
WARM_UP = 20
SEED = 7
ORDER_AMOUNT = Decimal("2500.00")

_FILL = Statement(__file__, "fill_orders")


def measured(
    filled: Filled, database_url: str, *, requests: int, runs: int, day: dt.date, at: dt.datetime
) -> list[Measure]:
    """``requests`` checks of orders at entry, each of another customer, by itself and asked by a machine, and
    as many of large customers; and all orders in hand in a night.
    """
    company = filled.company
    large = filling.fill_large(company, sizes=LARGE_SIZES, day=day, at=at)
    _FILL.execute({"company": company.pk, "day": day, "at": at})
    checks.recheck(company=company, moment=Moment.NIGHT, at=at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE customer, invoice, customer_order, order_hold")
    chance = random.Random(SEED)
    everybody = list(Customer.objects.filter(company=company).order_by("pk").select_related("company"))
    asked = iter([chance.choice(everybody) for _ in range(4 * requests + 2 * WARM_UP + 2)])

    def check(of: Iterator[Customer]) -> None:
        with transaction.atomic():
            checks.ask(customer=next(of), amount=ORDER_AMOUNT, today=day)

    def bare(of: Iterator[Customer]) -> None:
        facts.ITEMS.rows({"company": company.pk, "customers": array([next(of).pk]), "day": day})

    times(WARM_UP, lambda: check(asked))
    with CaptureQueriesContext(connection) as captured:
        times(1, lambda: check(asked))
    count = len(captured)
    spent = times(requests, lambda: check(asked))
    times(WARM_UP, lambda: bare(asked))
    floor = times(requests, lambda: bare(asked))
    in_turn = itertools.cycle(large)
    spent_on_large = times(requests, lambda: check(in_turn))
    floor_of_large = times(requests, lambda: bare(in_turn))
    machine = _asked_by_machine(filled, database_url, [next(asked) for _ in range(requests)], at=at)
    night = times(runs, lambda: checks.recheck(company=company, moment=Moment.NIGHT, at=at))
    return [
        Measure(
            "Check of one order",
            spent,
            floor,
            f"{count} statements, each planned anew; then deciding, and finding the smallest payment",
            most_seconds=CHECK_SECONDS_MAX,
            beside={"queries": count},
        ),
        Measure(
            "Check of one order by the API",
            machine,
            floor,
            "the server's own time: token, pace in Redis and customer first, then the check; JSON in and out",
            most_seconds=CHECK_SECONDS_MAX,
        ),
        Measure(
            "Check of one order, large customers",
            spent_on_large,
            floor_of_large,
            f"reading and netting up to {max(LARGE_SIZES):,} open invoices, and putting them in order once",
            most_seconds=LARGE_SECONDS_MAX,
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


def _asked_by_machine(
    filled: Filled, database_url: str, customers: Sequence[Customer], *, at: dt.datetime
) -> list[float]:
    """What the server says that each check took, from the first line of ours to the last."""
    token, path = _token(filled, at=at), f"/api/v1/companies/{filled.company.code}/order-checks"
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    spent = []
    with web.server(database_url) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for customer in [*customers[:WARM_UP], *customers]:
            body = json.dumps({"customer": customer.number, "amount": str(ORDER_AMOUNT)})
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            if "held" not in json.loads(answer.read()):
                raise Refused.because("no_answer", f"{path} answered {answer.status}.")
            told = answer.headers["Server-Timing"]
            spent.append(float(told.rpartition("dur=")[2]) / 1000)
        connection.close()
    return spent[WARM_UP:]


def _token(filled: Filled, *, at: dt.datetime) -> str:
    olga = User.objects.create(username="olga", full_name="Olga", role=Role.ADMINISTRATOR)
    system = systems.connect(
        name="Shop",
        scopes=[Scope.CHECK_ORDERS],
        companies=[filled.company],
        requests_per_minute=REQUESTS_PER_MINUTE_MAX,
        by=olga,
        at=at,
    )
    return tokens.make(system, by=olga, at=at).text
