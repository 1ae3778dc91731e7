"""``manage.py personal_data``: everything that is held about a customer's contact, or a colleague."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from collections_app.ledger import companies
from collections_app.lib import clock
from collections_app.lib.refusals import Refused
from collections_app.management.output import Answer, AnsweringCommand
from collections_app.people.users import User
from collections_app.privacy import exports, people


class Command(AnsweringCommand):
    """Reads only."""

    help = "Tell everything that is held about a person, to be handed to them."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", default=None, help="its code, for a contact")
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--contact", metavar="WHO", help="name, address, telephone or number of a contact")
        who.add_argument("--colleague", metavar="USER", help="user name of somebody who works here, or did")

    def answer(self, **options: Any) -> Answer:
        if options["colleague"]:
            user = User.objects.filter(username__iexact=options["colleague"]).first()
            if user is None:
                raise Refused.because("nobody", f"Nobody signs in as {options['colleague']}.")
            pack = exports.of_colleague(user)
        elif options["company"]:
            company = companies.by_code(options["company"])
            pack = exports.of_contact(people.one(options["contact"], company))
        else:
            raise CommandError("A contact belongs to a company: say which --company.")
        at = clock.now()
        return Answer(exports.as_facts(pack, at=at), exports.as_text(pack, at=at))
