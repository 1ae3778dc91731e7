"""``manage.py fuzz``: damaged files, mails and words by the thousand, for a bounded number or time. Exit
code 1 when one of them was neither taken wholly nor refused in a sentence.
"""

import itertools
import random
import time
from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.management.fuzzing import imports, words
from collections_app.management.fuzzing.tally import Outcome, Tally
from collections_app.management.output import Answer, AnsweringCommand

WHAT = ("files", "mails", "words")
CODE = "FUZZ"


class Command(AnsweringCommand):
    """Nothing of it stays: each file is tried in a transaction that is undone."""

    help = "Try damaged files on the importer, damaged mails on the reader, and any words on the tone guard."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", choices=WHAT, action="append", help="may be repeated; all without it")
        parser.add_argument("--trials", type=int, default=5000, help="of each; 5000 by default")
        parser.add_argument("--seconds", type=float, default=600.0, help="at most, of each; 600 by default")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same damage")

    def answer(self, **options: Any) -> Answer:
        tally = Tally()
        with transaction.atomic():
            for name in options["only"] or WHAT:
                began = time.monotonic()
                for outcome in itertools.islice(_trials(name, options["seed"]), options["trials"]):
                    tally.add(outcome)
                    if time.monotonic() - began > options["seconds"]:
                        break
            transaction.set_rollback(True)
        facts = {
            "ok": not tally.wrong,
            "trials": tally.trials,
            "counts": [
                {"what": what, "ended": ended, "count": count}
                for (what, ended), count in sorted(tally.counts.items())
            ],
            "wrong": tally.wrong,
        }
        verdict = f"{tally.trials:,} trials, {len(tally.wrong):,} of them wrong."
        return Answer(facts, *tally.lines(), *tally.wrong[:50], verdict, ok=not tally.wrong)


def _trials(name: str, seed: int) -> Iterator[Outcome]:
    at, chance = clock.now(), random.Random(f"{name} {seed}")
    if name == "mails":
        return words.mail_trials(chance, at=at)
    if name == "words":
        return words.word_trials(chance)
    company = Company.objects.create(
        code=CODE, name="Fuzz Ltd", currency="EUR", time_zone="Europe/London", country="GB", created_at=at
    )
    return imports.trials(company, chance, today=company.today(at=at), at=at)
