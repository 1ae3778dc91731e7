"""``manage.py create_company CODE --name NAME --currency USD``: sets up a legal entity of ours."""

from typing import Any

from django.core.management.base import CommandParser

from collections_app.chase import beginnings
from collections_app.lib import clock
from collections_app.management.output import Answer, AnsweringCommand


class Command(AnsweringCommand):
    """An existing company is left as it is."""

    help = "Set up a company (a legal entity of ours). An existing one is left as it is."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="short and lasting, like NORTH or 0100")
        parser.add_argument("--name", required=True)
        parser.add_argument("--currency", required=True, help="three capitals, like USD")
        parser.add_argument(
            "--time-zone", default="UTC", help="like Europe/Berlin; its days begin and end there"
        )
        parser.add_argument(
            "--country", default="", help="two capitals, like DE; its public holidays are not worked"
        )

    def answer(self, **options: Any) -> Answer:
        at = clock.now()
        company, is_new = beginnings.set_up(
            code=options["code"],
            name=options["name"],
            currency=options["currency"],
            time_zone=options["time_zone"],
            country=options["country"],
            by=None,
            at=at,
        )
        facts = {
            "code": company.code,
            "name": company.name,
            "currency": company.currency,
            "time_zone": company.time_zone,
            "country": company.country,
            "created": is_new,
        }
        done = "was set up" if is_new else "is there already and was left as it is"
        return Answer(
            facts, f"{company.name} ({company.code}, {company.currency}, {company.time_zone}) {done}."
        )
