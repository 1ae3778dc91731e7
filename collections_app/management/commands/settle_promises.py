"""``manage.py settle_promises --company CODE``: end promises whose money came or whose days have passed."""

from typing import Any

from django.core.management.base import CommandParser

from collections_app.contact import endings
from collections_app.contact.rules import PROMISE_STATE_LABELS, PromiseState
from collections_app.ledger import companies
from collections_app.lib import clock
from collections_app.management import output
from collections_app.management.output import Answer, AnsweringCommand

# A promise becomes each of these by what was paid; replaced ones are replaced by people.
STATES = tuple(state for state in PromiseState if state != PromiseState.REPLACED)


class Command(AnsweringCommand):
    """What the first stage of the night does; running it twice changes nothing twice."""

    help = (
        "End promises to pay: kept, kept late, partly kept or broken, from allocations only, and judge those "
        "again whose payment was returned. Answers how many changed ('settled') and what they are now "
        "('states': a number for each state; 'running' went on to its next instalment, or runs again)."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", metavar="CODE", required=True)
        parser.add_argument(
            "--date", type=output.day, help="as of this business day; the company's today when not given"
        )

    def answer(self, **options: Any) -> Answer:
        at = clock.now()
        company = companies.by_code(options["company"])
        day = options["date"] or company.today(at=at)
        found = endings.settle_by_state(company=company, today=day, at=at)
        told = ", ".join(f"{count} {PROMISE_STATE_LABELS[state].lower()}" for state, count in found.items())
        return Answer(
            {
                "date": day.isoformat(),
                "settled": found.total(),
                "states": {state.value: found[state] for state in STATES},
            },
            f"{found.total()} promises changed as of {day}{f': {told}' if told else ''}.",
        )
