"""``manage.py set_exchange_rate --company CODE EUR 0.86``: what a currency is worth in the company's own."""

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from collections_app.activity import events
from collections_app.holds import taking_effect
from collections_app.ledger import companies, exchange_rates
from collections_app.lib import clock
from collections_app.management import output
from collections_app.management.output import Answer, AnsweringCommand


class Command(AnsweringCommand):
    """A rate compares amounts of different currencies; they are never added."""

    help = "Say what one unit of a currency is worth in the company's currency, from a day on."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", required=True, help="its code")
        parser.add_argument("currency", help="three capitals, like EUR")
        parser.add_argument("rate", type=output.amount, help="units of the company's currency, like 0.86215")
        parser.add_argument(
            "--from", dest="valid_from", type=output.day, help="the company's today if not given"
        )

    def answer(self, **options: Any) -> Answer:
        at = clock.now()
        company = companies.by_code(options["company"])
        with transaction.atomic():
            rate, is_changed = exchange_rates.record(
                company=company,
                currency=options["currency"].upper(),
                rate=options["rate"],
                valid_from=options["valid_from"] or company.today(at=at),
                by=None,
            )
            value = f"{rate.rate.normalize():f}"
            said = f"1 {rate.currency} is worth {value} {company.currency} from {rate.valid_from} on."
            if is_changed:
                events.record("exchange_rate.recorded", said, company=company, by=None, at=at)
        taking_effect.look_again(company=company, since=rate.valid_from, at=at)
        facts = {
            "company": company.code,
            "currency": rate.currency,
            "rate": value,
            "valid_from": rate.valid_from.isoformat(),
            "changed": is_changed,
        }
        return Answer(facts, said)
