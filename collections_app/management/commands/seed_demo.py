"""``seed_demo``: invented customers with two years of history, the same for the same seed and day."""

import argparse
import datetime as dt
import sys
from typing import Any

from django.core.management.base import CommandParser

from collections_app.lib import clock
from collections_app.management import demo
from collections_app.management.demo import seeding
from collections_app.management.demo.progress import Progress
from collections_app.management.demo.sizes import SIZES
from collections_app.management.output import Answer, AnsweringCommand, day

SEEDS_MAX = 2**32


def _seed(text: str) -> int:
    if text.isdecimal() and int(text) < SEEDS_MAX:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}” is not a seed. Give a whole number below {SEEDS_MAX:,}.")


class Command(AnsweringCommand):
    """Seeds the demo into an empty workbench."""

    help = "Make a demo: invented companies, people, customers and two years of history."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--size", choices=SIZES, default="small", help="how many customers (default: small)"
        )
        parser.add_argument(
            "--seed", type=_seed, default=1, help="another number makes another ledger (default: 1)"
        )
        parser.add_argument("--date", type=day, help="the demo's today (default: today)")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there is a company already"
        )
        parser.add_argument(
            "--without-sign-ins", action="store_true", help="do not print them, as when somebody else will"
        )

    def answer(self, **options: Any) -> Answer:
        size, seed, at = options["size"], options["seed"], clock.now()
        today: dt.date = options["date"] or at.date()
        facts: dict[str, Any] = {
            "seeded": False,
            "size": size,
            "seed": seed,
            "date": today.isoformat(),
            "rows": {},
        }
        if options["if_empty"] and seeding.problems_of_seeding():
            return Answer(facts, "There is a ledger already, so nothing was seeded.")
        progress = Progress(sys.stderr)
        made = seeding.seed(
            size=SIZES[size], seed=seed, today=today, progress=progress, at=at, night_on=options["date"]
        )
        progress.end()
        facts |= {"seeded": True, "rows": made.rows, "sign_ins": [_as_facts(one) for one in demo.sign_ins()]}
        return Answer(facts, _counted(made.rows), *([] if options["without_sign_ins"] else _people()))


def _as_facts(sign_in: tuple[str, str, str, str]) -> dict[str, str]:
    return dict(zip(("username", "password", "role", "name"), sign_in, strict=True))


def _counted(rows: dict[str, int]) -> str:
    counted = f"{rows['customer']:,} customers, {rows['invoice']:,} invoices, {rows['payment']:,} payments"
    return f"The demo is ready: {counted}."


def _people() -> list[str]:
    people = [
        f"  {name:<8} {password}  {role}, {full_name}" for name, password, role, full_name in demo.sign_ins()
    ]
    return ["Sign in as:", *people]
