"""``manage.py check_ledger``: proves that the ledger's figures follow from its rows. Exit code 1 when they do
not.
"""

from typing import Any

from django.core.management.base import CommandParser

from collections_app.intake import control_totals
from collections_app.ledger import companies, proofs
from collections_app.management.output import Answer, AnsweringCommand


class Command(AnsweringCommand):
    """Reads only; what is wrong is named, never mended."""

    help = "Prove that every balance follows from its rows; name what does not."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", default=None, help="its code; all companies if not given")

    def answer(self, **options: Any) -> Answer:
        company = companies.by_code(options["company"]) if options["company"] is not None else None
        problems = [*proofs.prove(company=company), *control_totals.prove(company=company)]
        facts = {
            "ok": not problems,
            "problems": [{"code": problem.code, "message": problem.message} for problem in problems],
        }
        all_well = "Every balance follows from its rows, and the control totals agree."
        lines = [problem.message for problem in problems] or [all_well]
        return Answer(facts, *lines, ok=not problems)
