"""``benchmark``: import, night, reminders, orders and page, each beside what PostgreSQL alone needs."""

import argparse
import sys
from typing import Any

from django.core.management.base import CommandParser

from collections_app.lib import clock
from collections_app.management.benchmarks import (
    filling,
    imports,
    letters,
    lookups,
    machine,
    nights,
    orders,
    pages,
    people,
    reminders,
    reports,
    scratch,
)
from collections_app.management.benchmarks.figures import Measure, table
from collections_app.management.demo.progress import Progress
from collections_app.management.output import Answer, AnsweringCommand

PARTS = ("night", "reminders", "orders", "page", "lookups", "import", "letters")
# These want a ledger that is spread over many places and people, and take minutes: only when they are named.
REPORTS, CROWD = "reports", "crowd"


def _count(text: str) -> int:
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}” is not a number of them. Write a whole number above zero.")


class Command(AnsweringCommand):
    """Measures in a scratch database that is dropped afterwards. Run it alone on the machine."""

    help = "Measure import, night, reminders, orders, chase list and reports, each against its floor."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--rows", type=_count, default=100_000, help="open invoices, and rows of the file"
        )
        parser.add_argument("--customers", type=_count, default=10_000, help="customers who owe them")
        parser.add_argument("--runs", type=_count, default=5, help="runs of each; the median is told")
        parser.add_argument("--requests", type=_count, default=400, help="requests for a page")
        parser.add_argument("--seconds", type=_count, default=60, help="how long the crowd works")
        parser.add_argument(
            "--only",
            choices=(*PARTS, REPORTS, CROWD),
            action="append",
            help="only this; may be repeated",
        )

    def answer(self, **options: Any) -> Answer:
        at, progress = clock.now(), Progress(sys.stderr)
        rows, customers, runs = options["rows"], options["customers"], options["runs"]
        chosen, measures, day = options["only"] or PARTS, list[Measure](), at.date()
        progress.step("Scratch database and ledger")
        with scratch.database() as url:
            nights.make_bare_tables()
            imports.make_bare_table()
            is_spread = bool({REPORTS, CROWD} & set(chosen))
            # An import is into a company of its own, which has nothing yet.
            own = (rows, customers) if set(chosen) != {"import"} else (1, 1)
            filled = filling.fill(rows=own[0], customers=own[1], day=day, at=at, is_spread=is_spread)
            found_on = machine.line()
            if {"night", "page", "lookups", "reminders", "letters"} & set(chosen):
                # Pages need the list that the night derives, reminders the segments.
                progress.step("Nights")
                night = nights.measured(filled, runs=runs, day=day, at=at)
                measures += night if "night" in chosen else []
            if "reminders" in chosen:
                progress.step("Reminders")
                measures.append(reminders.measured(filled, runs_count=runs, day=day, at=at))
            if "orders" in chosen:
                progress.step("Orders")
                count = options["requests"]
                measures += orders.measured(filled, url, requests=count, runs=runs, day=day, at=at)
            if "page" in chosen:
                progress.step("Pages")
                measures += pages.measured(filled, url, requests=options["requests"], day=day, at=at)
            if "lookups" in chosen:
                progress.step("What is looked up")
                measures += lookups.measured(filled, url, requests=options["requests"], day=day, at=at)
            if "import" in chosen:
                progress.step("Imports")
                measures.append(imports.measured(rows=rows, customers=customers, runs=runs, day=day, at=at))
            if "letters" in chosen:
                progress.step("Letters")
                measures += letters.measured(filled, runs=runs, day=day)
            if REPORTS in chosen:
                progress.step("Reports")
                measures += reports.measured(filled, url, requests=options["requests"], day=day, at=at)
            if CROWD in chosen:
                progress.step("A crowd")
                measures += people.measured(filled, url, seconds=options["seconds"], day=day, at=at)
            progress.end()
        facts = {
            "machine": found_on,
            "date": day.isoformat(),
            "rows": rows,
            "customers": customers,
            "peak_memory_mb": machine.peak_memory(),
            "measures": [one.as_facts() for one in measures],
        }
        head = f"{rows:,} open invoices of {customers:,} customers, {day}, {found_on}"
        held = f"This process held {facts['peak_memory_mb']:,} MB at most."
        return Answer(facts, head, "", *table(measures), held)
