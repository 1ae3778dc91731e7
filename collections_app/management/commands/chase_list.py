"""``manage.py chase_list --company CODE``: whom to chase, in order, and why; of today or of any day."""

import argparse
from typing import Any

from django.core.management.base import CommandParser

from collections_app.chase import entries, explanations, rehearsals
from collections_app.chase.entries import Entry
from collections_app.ledger import companies
from collections_app.lib import clock, money
from collections_app.lib.refusals import Refused
from collections_app.management import output
from collections_app.management.output import Answer, AnsweringCommand
from collections_app.people.users import User


def limit(text: str) -> int:
    """A number of entries given on the command line."""
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of entries. Write it like 50.")
    return int(text)


def collector_named(username: str) -> User:
    """The user with that name. Raises ``Refused`` when there is none."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise Refused.because("unknown_collector", f"Nobody here has the username “{username}”.")
    return user


def facts_of(entry: Entry, *, rank: int) -> dict[str, Any]:
    """One entry for machines; the points of its parts add up to its score."""
    return {
        "rank": rank,
        "customer": entry.customer.number,
        "segment": entry.segment.code if entry.segment else None,
        "currency": entry.currency,
        "overdue": money.text(entry.overdue, entry.currency),
        "to_collect": money.text(entry.to_collect, entry.currency),
        "score": entry.score,
        "parts": [
            {"rule": part.rule, "points": part.points, "why": part.why} for part in explanations.why(entry)
        ],
    }


def line_of(entry: Entry, *, rank: int) -> str:
    """One entry for people."""
    why = " · ".join(f"{part.why} {part.points:+d}" for part in explanations.why(entry))
    asked = f"{money.text(entry.to_collect, entry.currency):>14} {entry.currency}"
    return f"{rank:>5} {entry.score:>5} {asked}  {entry.customer.number} {entry.customer.name}: {why}"


class Command(AnsweringCommand):
    """The list of another day than the stored one is derived, shown and forgotten: nothing changes."""

    help = "The chase list in order, with the reasons whose points add up to each score. Changes nothing."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", metavar="CODE", help="the only one there is, when not given")
        parser.add_argument("--collector", metavar="USERNAME", help="only this collector's part of the list")
        parser.add_argument(
            "--date", type=output.day, help="any business day; the company's today when not given"
        )
        parser.add_argument("--limit", type=limit, help="only so many entries, the first ones")

    def answer(self, **options: Any) -> Answer:
        at = clock.now()
        company = companies.named_or_only(options["company"])
        collector = collector_named(options["collector"]) if options["collector"] else None
        day = options["date"] or company.today(at=at)
        with rehearsals.list_of(company=company, day=day, at=at):
            found = list(entries.listed(company, collector=collector)[: options["limit"]])
        ranked = list(enumerate(found, start=1))
        lines = [line_of(entry, rank=rank) for rank, entry in ranked]
        return Answer(
            [facts_of(entry, rank=rank) for rank, entry in ranked],
            *(lines or [f"Nobody is to be chased on {day}."]),
        )
