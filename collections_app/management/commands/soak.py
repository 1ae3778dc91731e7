"""``manage.py soak``: people at work while workers are killed, Redis is stopped and emptied, and PostgreSQL
is restarted and its connections are dropped. Exit code 1 when anything was lost, doubled or done by halves.
"""

import argparse
import sys
from typing import Any

from django.core.management.base import CommandParser

from collections_app.management.demo.progress import Progress
from collections_app.management.output import Answer, AnsweringCommand
from collections_app.management.soaking import days, people, strikes, tally


def _people(text: str) -> int:
    if text.isdecimal() and int(text) >= people.PEOPLE_MIN:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}” are too few. Let at least {people.PEOPLE_MIN} people work.")


def _kinds(text: str) -> tuple[str, ...]:
    chosen = tuple(word.strip() for word in text.split(","))
    if unknown := [word for word in chosen if word not in strikes.KINDS]:
        known = ", ".join(strikes.KINDS)
        raise argparse.ArgumentTypeError(f"“{unknown[0]}” is no kind of strike. There are {known}.")
    return chosen


class Command(AnsweringCommand):
    """In a throw-away workbench with servers of its own; those of the environment are not touched."""

    help = "Have people work while workers, Redis and PostgreSQL are struck; prove that nothing is lost."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--minutes", type=float, default=5.0, help="how long; every strike comes once")
        parser.add_argument("--people", type=_people, default=12, help="how many work")
        parser.add_argument("--seed", type=int, default=1, help="the same seed strikes in the same order")
        parser.add_argument(
            "--only", type=_kinds, default=strikes.KINDS, help=f"of {','.join(strikes.KINDS)}; all without it"
        )

    def answer(self, **options: Any) -> Answer:
        progress = Progress(sys.stderr)
        progress.step("Servers and tables")
        told = days.soak(
            minutes=options["minutes"],
            count=options["people"],
            seed=options["seed"],
            only=options["only"],
            say=progress.step,
        )
        progress.end()
        return Answer(told, *tally.lines(told), *told["breaches"][:50], ok=told["ok"])
