"""``manage.py explain_absence --company CODE --customer NUMBER``: why somebody is not on the chase list."""

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from collections_app.chase import inspector, rehearsals
from collections_app.ledger import companies
from collections_app.lib import clock
from collections_app.management import output
from collections_app.management.output import Answer, AnsweringCommand


class Command(AnsweringCommand):
    """An answer is found for every number, known or not."""

    help = "Why a customer is not on the chase list: the first rule that left them out. Changes nothing."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", metavar="CODE", help="the only one there is, when not given")
        parser.add_argument("--customer", metavar="NUMBER", required=True)
        parser.add_argument(
            "--date", type=output.day, help="any business day; the company's today when not given"
        )

    def answer(self, **options: Any) -> Answer:
        at = clock.now()
        company = companies.named_or_only(options["company"])
        day = options["date"] or company.today(at=at)
        with rehearsals.list_of(company=company, day=day, at=at):
            absence = inspector.explain(company=company, number=options["customer"], today=day)
        return Answer(asdict(absence), absence.why)
