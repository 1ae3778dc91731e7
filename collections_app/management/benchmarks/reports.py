"""The pages of managers, through real HTTP, each against the statement that reads its figures by hand.

The ledger is spread over countries, currencies, salespeople and some hundred collectors, with two years of
ends of months and forty nights kept; so a report has as many places to add up as in a large company. In each
month two customers in a hundred moved to another collector and segment.
"""

import datetime as dt
import statistics
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

from django.db import connection, transaction
from django.urls import reverse

from collections_app.forecasting import forecasts
from collections_app.forecasting.forecasts import Forecast
from collections_app.ledger import exchange_rates
from collections_app.ledger.companies import Membership
from collections_app.lib import clock, planning
from collections_app.lib.sql import Statement
from collections_app.management.benchmarks import days, filling, web
from collections_app.management.benchmarks.figures import Measure, percentile
from collections_app.management.benchmarks.filling import PASSWORD, Filled
from collections_app.management.benchmarks.report_pages import PAGES, Page
from collections_app.management.benchmarks.requests import asked
from collections_app.management.benchmarks.stopwatch import times
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.reports import ahead, long_readings, snapshots
from collections_app.reports.derived import Asked
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
_MOVED = Statement(__file__, "fill_moved")


# What somebody may look at just after a file: the day is told without what was kept of those it is about.
AFTER_A_FILE = (
    "Reports",
    "Reports of one collector",
    "All measures",
    "Who owes it",
    "Which documents",
    "Workload",
)
AHEAD_SECONDS_MAX = 60.0
PAST_DAY_SECONDS_MAX = 60.0
FLOORS = {name: Statement(__file__, name) for name in {page.floor for page in PAGES}}


def measured(
    filled: Filled, database_url: str, *, requests: int, day: dt.date, at: dt.datetime
) -> list[Measure]:
    """Every page ``requests`` times in turn by one manager; the server's own time, beside what was waited."""
    manager = prepare(filled, day=day, at=at)
    with web.server(database_url) as port:
        client = web.Client(port)
        client.sign_in(manager.username, PASSWORD)
        found = [_past_day(filled, day=day)]
        found += [_page(page, filled, port, client.cookies, requests, day) for page in PAGES]
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


def _past_day(filled: Filled, *, day: dt.date) -> Measure:
    """What a worker reads while somebody waits for a day that no night kept."""
    asked = Asked(filled.company, past_day(day))

    def read() -> None:
        for what in (long_readings.DASHBOARD, long_readings.MEASURES):
            long_readings.read(asked, what=what, into="")

    floor = times(FLOOR_RUNS, lambda: FLOORS["floor_past_day"].rows(params(filled, day=day)))
    told = "dashboard and all measures of a day that no night kept; meanwhile a page says so"
    return Measure("Read a past day", times(1, read), floor, told, most_seconds=PAST_DAY_SECONDS_MAX)


def past_day(day: dt.date) -> dt.date:
    """In the middle of a month that is over, and older than the nights that are kept."""
    return months.first_of(day, back=2) + dt.timedelta(14)


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
    with transaction.atomic(), planning.joining_sets():
        _MOVED.execute({"company": company.pk, "day": day})
    ahead.read(company=company, day=day, at=at)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return manager


def night(filled: Filled, *, day: dt.date, at: dt.datetime) -> None:
    """What a night derives for reports, without what it does for reminders."""
    filling.derive(filled, day=day, at=at)
    forecasts.make(company=filled.company, today=day, at=at)
    snapshots.refresh(company=filled.company, today=day, at=at)


def params(filled: Filled, *, day: dt.date, page: Page | None = None) -> dict[str, Any]:
    """Of every floor; of a page that is narrowed, as the page is."""
    narrowed = dict(parse_qsl(_query(page, filled, day))) if page else {}
    collector = narrowed.get("collector")
    return {
        "company": filled.company.pk,
        "currency": narrowed.get("currency", filled.company.currency),
        "collector": int(collector.replace("none", "0")) if collector else None,
        "country": narrowed.get("country"),
        "day": day,
        "days": [*months.ends_before(day, KEPT_MONTHS), day],
        "past_day": past_day(day),
        "ends": months.ends_before(day, 2),
        "since": months.first_of(day, back=5),
        "rows": PAGE_ROWS,
    }


def address(page: Page, filled: Filled, *, day: dt.date) -> str:
    """Where the page is."""
    query = _query(page, filled, day)
    given = {"company": filled.company.code, **page.named}
    return reverse(page.url, kwargs=given) + (f"?{query}" if query else "")


def _query(page: Page, filled: Filled, day: dt.date) -> str:
    frozen = Forecast.objects.frozen().filter(company=filled.company).latest("monday")
    ended_on = months.first_of(day) - months.DAY
    given = {"monday": frozen.monday, "month_end": ended_on, "past_day": past_day(day)}
    return page.query.format(collector=filled.collector.pk, **given)


def _page(page: Page, filled: Filled, port: int, cookies: str, requests: int, day: dt.date) -> Measure:
    path, given = address(page, filled, day=day), params(filled, day=day, page=page)
    floor = times(FLOOR_RUNS, lambda: FLOORS[page.floor].rows(given))
    began = clock.now()
    asked(port, [cookies], path, times=1)
    first = (clock.now() - began).total_seconds()
    asked(port, [cookies], path, times=WARM_UP)
    spent = asked(port, [cookies], path, times=requests)
    whole = [each.whole for each in spent]
    median, p95 = statistics.median(whole), percentile(whole, 0.95)
    told = f"the first time {first:.2f} s; the client waits {median * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms"
    told += f"; the floor tells {page.told}" if page.told else ""
    beside = {"first": first, "client_median": median, "client_p95": p95}
    server = [each.server for each in spent]
    return Measure(page.name, server, floor, told, most_seconds=SECONDS_MAX, beside=beside)
