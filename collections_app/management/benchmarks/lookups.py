"""What is looked up all day, by one client: the page of a customer who owes thousands of invoices, an
ordinary one, and searches by name and by number; each the server's own time beside its statement by hand.
"""

import datetime as dt
import statistics
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection
from django.urls import reverse
from django.utils.http import urlencode

from collections_app.behaviour import positions
from collections_app.chase import entries
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement
from collections_app.management.benchmarks import filling, web
from collections_app.management.benchmarks.figures import Measure, percentile
from collections_app.management.benchmarks.filling import PASSWORD, Filled
from collections_app.management.benchmarks.requests import asked
from collections_app.management.benchmarks.stopwatch import times

SECONDS_MAX = 0.060
LARGE_SIZE = 5000
WARM_UP = 20
_CUSTOMER, _SEARCH = Statement(__file__, "floor_customer"), Statement(__file__, "floor_search")


@dataclass(frozen=True, slots=True)
class Lookup:
    """A page, its statement by hand, and what must stand in it: one that found nothing is quick."""

    name: str
    path: str
    floor: Statement
    params: Mapping[str, object]
    shows: str


def measured(
    filled: Filled, database_url: str, *, requests: int, day: dt.date, at: dt.datetime
) -> list[Measure]:
    """Each ``requests`` times."""
    [large] = filling.fill_large(filled.company, sizes=[LARGE_SIZE], day=day, at=at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE customer, invoice")
    positions.measure(company=filled.company, today=day)
    entries.refresh(company=filled.company, today=day, at=at)
    with web.server(database_url) as port:
        client = web.Client(port)
        client.sign_in(filled.collector.username, PASSWORD)
        return [_measure(each, client, port, requests) for each in lookups(filled, large)]


def lookups(filled: Filled, large: Customer) -> list[Lookup]:
    """Of ``large`` and of somebody on the list."""
    company = filled.company
    usual = Customer.objects.filter(company=company, collector=filled.collector).earliest("pk")
    find, given = reverse("search", args=[company.code]), {"company": company.pk}
    by_name = {**given, "words": "%cust%", "beginning": "cust%"}
    by_number = {**given, "words": f"%{large.number.lower()}%", "beginning": f"{large.number}-4%"}

    def page(customer: Customer) -> tuple[str, Statement, dict[str, object]]:
        return reverse("customer", args=[company.code, customer.pk]), _CUSTOMER, {"customer": customer.pk}

    return [
        Lookup(f"Customer with {LARGE_SIZE:,} open invoices", *page(large), large.name),
        Lookup("Customer", *page(usual), usual.name),
        Lookup("Search by a name", f"{find}?{urlencode({'q': 'cust 1'})}", _SEARCH, by_name, "/customers/"),
        Lookup(
            "Search by a number",
            f"{find}?{urlencode({'q': f'{large.number}-4321'})}",
            *(_SEARCH, by_number, f"{large.number}-4321"),
        ),
    ]


def _measure(lookup: Lookup, client: web.Client, port: int, requests: int) -> Measure:
    if lookup.shows not in client.get(lookup.path):
        raise Refused.because("empty_page", f"{lookup.name}: the page does not show “{lookup.shows}”.")
    floor = times(requests, lambda: lookup.floor.rows(lookup.params))
    asked(port, [client.cookies], lookup.path, times=WARM_UP)
    spent = asked(port, [client.cookies], lookup.path, times=requests)
    whole = [each.whole for each in spent]
    median, p95 = statistics.median(whole), percentile(whole, 0.95)
    told = f"the server's own time; the client waits {median * 1000:.1f} ms, p95 {p95 * 1000:.1f} ms"
    beside = {"client_median": median, "client_p95": p95}
    server = [each.server for each in spent]
    return Measure(lookup.name, server, floor, told, most_seconds=SECONDS_MAX, beside=beside)
