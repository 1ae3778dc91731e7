"""``manage.py erase_contact``: erases a customer's contact and keeps the ledger."""

from typing import Any

from django.core.management.base import CommandParser

from collections_app.ledger import companies
from collections_app.lib import clock
from collections_app.management.output import Answer, AnsweringCommand
from collections_app.privacy import erasures, people


class Command(AnsweringCommand):
    """Replaces a person's name, address, telephone and words wherever they stand."""

    help = "Erase a contact; figures, promises and invoices stay. There is no way back."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", required=True, help="its code")
        parser.add_argument(
            "--contact", required=True, metavar="WHO", help="name, address, telephone or number"
        )
        parser.add_argument("--reason", required=True, help="who asked for it, and when; it is kept")

    def answer(self, **options: Any) -> Answer:
        contact = people.one(options["contact"], companies.by_code(options["company"]))
        done = erasures.erase(contact, reason=options["reason"], by=None, at=clock.now())
        facts = {"contact": contact.pk, "rows": done.counts, "reason": done.reason}
        told = [f"{table}: {count:,}" for table, count in sorted(done.counts.items())]
        return Answer(facts, f"Contact no. {contact.pk} is erased. Rows that named them:", *told)
