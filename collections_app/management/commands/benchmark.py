"""``benchmark``: import, night, reminders, orders and page, each beside what PostgreSQL alone needs."""

import argparse
import datetime as dt
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from collections_app.lib import clock
from collections_app.management.benchmarks import (
    backends,
    filling,
    imports,
    letters,
    lookups,
    machine,
    memory,
    nights,
    orders,
    pages,
    people,
    reminders,
    reports,
    scratch,
)
from collections_app.management.benchmarks.figures import Measure, table
from collections_app.management.benchmarks.filling import Filled
from collections_app.management.benchmarks.memory import Held
from collections_app.management.demo.progress import Progress
from collections_app.management.output import Answer, AnsweringCommand

PARTS = ("night", "reminders", "orders", "page", "lookups", "import", "letters")
# These want a ledger that is spread over many places and people, and take minutes: only when they are named.
REPORTS, CROWD = "reports", "crowd"
NEED_A_NIGHT = {"page", "lookups", "reminders", "letters"}


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
        rows, customers, day = options["rows"], options["customers"], at.date()
        chosen, measures, held = set(options["only"] or PARTS), list[Measure](), dict[str, Held]()
        progress.step("Scratch database and ledger")
        with scratch.database() as url:
            nights.make_bare_tables()
            imports.make_bare_table()
            # An import is into a company of its own, which has nothing yet.
            own = (rows, customers) if chosen != {"import"} else (1, 1)
            is_spread = bool({REPORTS, CROWD} & chosen)
            filled = filling.fill(rows=own[0], customers=own[1], day=day, at=at, is_spread=is_spread)
            found_on = machine.line()
            for name, (title, measure) in _parts(filled, url, options, day, at).items():
                # Pages need the list that the night derives, reminders the segments.
                is_needed = name == "night" and NEED_A_NIGHT & chosen
                if name in chosen or is_needed:
                    progress.step(title)
                    with memory.watched(backends=backends.busy_for_us) as held[title]:
                        found = measure()
                    measures += found if name in chosen else []
            progress.end()
        facts = {
            "machine": found_on,
            "date": day.isoformat(),
            "rows": rows,
            "customers": customers,
            "memory_mb": {title: asdict(each) for title, each in held.items()},
            "measures": [one.as_facts() for one in measures],
        }
        head = f"{rows:,} open invoices of {customers:,} customers, {day}, {found_on}"
        told = [f"{title}: this process {each}." for title, each in held.items()]
        return Answer(facts, head, "", *table(measures), "", *told)


def _parts(
    filled: Filled, url: str, given: Mapping[str, Any], day: dt.date, at: dt.datetime
) -> dict[str, tuple[str, Callable[[], list[Measure]]]]:
    """By name what can be measured, in the order in which each finds what it needs."""
    rows, customers, runs, requests = (given[each] for each in ("rows", "customers", "runs", "requests"))
    seconds = given["seconds"]
    when: dict[str, Any] = {"day": day, "at": at}
    return {
        "night": ("Nights", lambda: nights.measured(filled, runs=runs, **when)),
        "reminders": ("Reminders", lambda: [reminders.measured(filled, runs_count=runs, **when)]),
        "orders": ("Orders", lambda: orders.measured(filled, url, requests=requests, runs=runs, **when)),
        "page": ("Pages", lambda: pages.measured(filled, url, requests=requests, **when)),
        "lookups": ("What is looked up", lambda: lookups.measured(filled, url, requests=requests, **when)),
        "import": (
            "Imports",
            lambda: [imports.measured(rows=rows, customers=customers, runs=runs, **when)],
        ),
        "letters": ("Letters", lambda: letters.measured(filled, runs=runs, day=day)),
        REPORTS: ("Reports", lambda: reports.measured(filled, url, requests=requests, **when)),
        CROWD: ("A crowd", lambda: people.measured(filled, url, seconds=seconds, **when)),
    }
