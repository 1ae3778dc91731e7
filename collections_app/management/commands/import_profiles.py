"""``manage.py import_profiles``: the ways in which files can be read."""

from typing import Any

from django.core.management.base import CommandParser

from collections_app.intake import profiles
from collections_app.ledger import companies
from collections_app.management.output import Answer, AnsweringCommand


class Command(AnsweringCommand):
    """Those made for a company come first, when one is named."""

    help = "List the import profiles: the name for --profile, what it reads, and what it expects."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", metavar="CODE", help="with the profiles made for this company")

    def answer(self, **options: Any) -> Answer:
        company = companies.by_code(options["company"]) if options["company"] else None
        found = profiles.available(company)
        facts = [
            {
                "name": p.name,
                "kind": p.mapping.kind,
                "title": p.title,
                "about": p.about,
                "builtin": p.is_builtin,
            }
            for p in found
        ]
        lines = [f"{p.name:<22} {p.mapping.kind:<13} {p.title}\n{'':<37}{p.about}" for p in found]
        return Answer({"profiles": facts}, *lines)
