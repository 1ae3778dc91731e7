"""The pages of managers, through real HTTP, each against the statement that reads its figures by hand.

The ledger is spread over countries, currencies, salespeople and some hundred collectors, with two years of
ends of months and forty nights kept; so a report has as many places to add up as in a large company.
"""

import datetime as dt
import statistics
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import connection
from django.urls import reverse

from collections_app.forecasting import forecasts
from collections_app.ledger import exchange_rates
from collections_app.ledger.companies import Membership
from collections_app.lib import clock
from collections_app.lib.sql import Statement
from collections_app.management.benchmarks import days, filling, web
from collections_app.management.benchmarks.figures import Measure, percentile
from collections_app.management.benchmarks.filling import PASSWORD, Filled
from collections_app.management.benchmarks.requests import asked
from collections_app.management.benchmarks.stopwatch import times
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.reports import ahead, snapshots
from collections_app.reports.rules import months

PAGE_ROWS = 50
WARM_UP = 3
FLOOR_RUNS = 5
SECONDS_MAX = 0.150
NIGHTS_KEPT = 39
KEPT_MONTHS = snapshots.MONTHS_KEPT
_FILL = tuple(
    Statement(__file__, name)
    for name in ("fill_postings", "fill_disputes", "fill_promises", "fill_messages", "fill_write_offs")
)
_KEEP_DAYS = Statement(__file__, "fill_kept_days")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a manager: the name of its address, what stands behind the ?, and its floor."""

    name: str
    url: str
    query: str
    floor: str


PAGES = (
    Page("Reports", "reports", "", "floor_dashboard"),
    Page("Reports of one collector", "reports", "collector={collector}", "floor_dashboard"),
    Page("Reports of one country", "reports", "country=DE&currency=EUR", "floor_dashboard"),
    Page("Reports of all currencies", "reports", "into=GBP", "floor_dashboard"),
    Page("What moved DSO", "report_bridge", "", "floor_dashboard"),
    Page("All measures", "report_measures", "", "floor_measures"),
    Page("All measures of one collector", "report_measures", "collector={collector}", "floor_measures"),
    Page("Who owes it", "report_customers", "part=owed", "floor_owing_customers"),
    Page("Who owes what is over 90 days", "report_customers", "part=over_90", "floor_owing_customers"),
    Page("Which documents", "report_documents", "part=owed", "floor_open_documents"),
    Page("A figure of all currencies, opened", "report_customers", "part=owed&into=GBP", "floor_measures"),
    Page("Expected to come", "forecast", "", "floor_forecast"),
    Page("What is expected in a week", "forecast_invoices", "currency=GBP&week=1", "floor_forecast"),
    Page("Respect", "respect", "", "floor_respect"),
    Page("Exceptions", "exceptions", "", "floor_write_offs"),
    Page("Approvals", "approvals", "", "floor_write_offs"),
    Page("Write-offs", "write_offs", "", "floor_write_offs"),
)
# What somebody may look at just after a file: the day is told without what was kept of those it is about.
AFTER_A_FILE = ("Reports", "Reports of one collector", "All measures", "Who owes it", "Which documents")
AHEAD_SECONDS_MAX = 60.0
FLOORS = {name: Statement(__file__, name) for name in {page.floor for page in PAGES}}


def measured(
    filled: Filled, database_url: str, *, requests: int, day: dt.date, at: dt.datetime
) -> list[Measure]:
    """Every page ``requests`` times in turn by one manager; the server's own time, beside what was waited."""
    manager = prepare(filled, day=day, at=at)
    with web.server(database_url) as port:
        client = web.Client(port)
        client.sign_in(manager.username, PASSWORD)
        found = [_page(page, filled, port, client.cookies, requests, day) for page in PAGES]
        found.append(_file(filled, day=day, at=at))
        again = [
            replace(page, name=f"{page.name}, after a file") for page in PAGES if page.name in AFTER_A_FILE
        ]
        return found + [_page(page, filled, port, client.cookies, requests, day) for page in again]


def _file(filled: Filled, *, day: dt.date, at: dt.datetime) -> Measure:
    """A day's receipts and invoices, about four customers in a hundred: how long it takes until managers'
    pages have read them ahead.
    """
    days.work(filled.company, day=day, at=at)
    spent = times(1, lambda: ahead.read(company=filled.company, day=day, at=at))
    floor = times(1, lambda: FLOORS["floor_measures"].rows(params(filled, day=day)))
    told = "beside what follows a file; whoever looks meanwhile reads those it is about from rows"
    return Measure("Read ahead after a file", spent, floor, told, most_seconds=AHEAD_SECONDS_MAX)


def prepare(filled: Filled, *, day: dt.date, at: dt.datetime) -> User:
    """Two years of what happened, the figures of its nights, and a manager who reads them."""
    company = filled.company
    manager = User.objects.create_user("manager", PASSWORD, full_name="A manager", role=Role.MANAGER)
    Membership.objects.create(company=company, user=manager)
    proposer = User.objects.filter(role=Role.COLLECTOR).exclude(pk=filled.collector.pk).earliest("pk")
    people = {"closer": filled.collector.pk, "proposer": proposer.pk}
    for statement in _FILL:
        statement.execute({"company": company.pk, "day": day, "at": at, **people})
    for currency, rate in (("EUR", "0.85"), ("USD", "0.75")):
        exchange_rates.record(company=company, currency=currency, rate=Decimal(rate), valid_from=day, by=None)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    night(filled, day=day, at=at)
    _KEEP_DAYS.execute({"company": company.pk, "day": day, "days": NIGHTS_KEPT})
    ahead.read(company=company, day=day, at=at)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return manager


def night(filled: Filled, *, day: dt.date, at: dt.datetime) -> None:
    """What a night derives for reports, without what it does for reminders."""
    filling.derive(filled, day=day, at=at)
    forecasts.make(company=filled.company, today=day, at=at)
    snapshots.refresh(company=filled.company, today=day, at=at)


def params(filled: Filled, *, day: dt.date) -> dict[str, Any]:
    """Of every floor."""
    return {
        "company": filled.company.pk,
        "currency": filled.company.currency,
        "day": day,
        "days": [*months.ends_before(day, KEPT_MONTHS), day],
        "since": months.first_of(day, back=5),
        "rows": PAGE_ROWS,
    }


def address(page: Page, filled: Filled) -> str:
    """Where the page is."""
    query = page.query.format(collector=filled.collector.pk)
    return reverse(page.url, kwargs={"company": filled.company.code}) + (f"?{query}" if query else "")


def _page(page: Page, filled: Filled, port: int, cookies: str, requests: int, day: dt.date) -> Measure:
    path, given = address(page, filled), params(filled, day=day)
    floor = times(FLOOR_RUNS, lambda: FLOORS[page.floor].rows(given))
    began = clock.now()
    asked(port, [cookies], path, times=1)
    first = (clock.now() - began).total_seconds()
    asked(port, [cookies], path, times=WARM_UP)
    spent = asked(port, [cookies], path, times=requests)
    whole = [each.whole for each in spent]
    median, p95 = statistics.median(whole), percentile(whole, 0.95)
    told = f"the first time {first:.2f} s; the client waits {median * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms"
    beside = {"first": first, "client_median": median, "client_p95": p95}
    server = [each.server for each in spent]
    return Measure(page.name, server, floor, told, most_seconds=SECONDS_MAX, beside=beside)
