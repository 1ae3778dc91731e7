"""``manage.py check_activity``: proves that no activity event was changed or removed since it was sealed.
Exit code 1 when one was.
"""

import re
from typing import Any

from django.core.management.base import CommandError, CommandParser

from collections_app.activity import seals
from collections_app.activity.seals import Head
from collections_app.ledger import companies
from collections_app.ledger.companies import Company
from collections_app.management.output import Answer, AnsweringCommand

_HEAD = re.compile(r"([1-9][0-9]{0,17}):([0-9a-fA-F]{64})")


class Command(AnsweringCommand):
    """Seals what waits, then reads only; what is wrong is named, never mended."""

    help = "Prove that no activity event was changed since it was sealed; tell the heads of the chains."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", default=None, help="its code; all chains if not given")
        parser.add_argument(
            "--noted",
            action="append",
            default=[],
            metavar="PLACE:SEAL",
            help="a head that was told before and kept elsewhere; with --company, may be repeated",
        )

    def answer(self, **options: Any) -> Answer:
        if options["noted"] and options["company"] is None:
            raise CommandError("A head that was noted belongs to one chain: say which --company it is of.")
        noted = [_head(text) for text in options["noted"]]
        chains: list[Company | None]
        if options["company"] is not None:
            chains = [companies.by_code(options["company"])]
        else:
            chains = [*Company.objects.order_by("code"), None]
        seals.seal()
        heads = {company.code if company else "": seals.head(company) for company in chains}
        problems = [
            (company.code if company else "", problem)
            for company in chains
            for problem in seals.prove(company, noted=noted)
        ]
        facts = {
            "ok": not problems,
            "heads": {code: str(head) for code, head in heads.items()},
            "problems": [
                {"company": code, "code": problem.code, "message": problem.message}
                for code, problem in problems
            ],
        }
        lines = [f"{code or 'Of no company'}: {problem.message}" for code, problem in problems]
        told = [
            f"{code or 'Of no company'}: {head.place} events, head {head}" for code, head in heads.items()
        ]
        return Answer(facts, *(lines or ["Every event stands as it was sealed."]), *told, ok=not problems)


def _head(text: str) -> Head:
    found = _HEAD.fullmatch(text.strip())
    if not found:
        raise CommandError(f"{text} is no head: write place and seal as they were told, PLACE:SEAL.")
    return Head(int(found[1]), found[2])
