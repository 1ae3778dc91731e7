"""``manage.py explain_reminder --company CODE --customer NUMBER``: why this reminder, or why none."""

from typing import Any

from django.core.management.base import CommandParser

from collections_app.dunning import explanations, rehearsals
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.explanations import Explanation
from collections_app.dunning.rules.procedures import named
from collections_app.ledger import companies, customers
from collections_app.lib import clock, money
from collections_app.management import output
from collections_app.management.output import Answer, AnsweringCommand


class Command(AnsweringCommand):
    """An answer is found for every customer, reminded or not."""

    help = (
        "Why a customer is reminded at this level today, or why not, and what holds it back. Changes nothing."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", metavar="CODE", help="the only one there is, when not given")
        parser.add_argument("--customer", metavar="NUMBER", required=True)
        parser.add_argument(
            "--date", type=output.day, help="any business day; the company's today when not given"
        )

    def answer(self, **options: Any) -> Answer:
        at = clock.now()
        company = companies.named_or_only(options["company"])
        customer = customers.by_number(company=company, number=options["customer"])
        day = options["date"] or company.today(at=at)
        with rehearsals.of_day(company=company, day=day, at=at):
            found = explanations.explain(customer=customer, today=day)
        return Answer(_facts(found), *_lines(found))


def _facts(found: Explanation) -> dict[str, object]:
    decision, waiting = found.decision, found.waiting
    return {
        "customer": found.customer.number,
        "date": found.day.isoformat(),
        "segment": found.segment_code,
        "level": found.level,
        "highest_level_on": found.highest_level,
        "why": decision.why.value,
        "said": found.said,
        "steps": [step.code for step in decision.steps],
        "next": named(decision.next.first) if decision.next else None,
        "next_on": decision.day.isoformat() if decision.day else None,
        "oldest_due_on": decision.oldest_due_on.isoformat() if decision.oldest_due_on else None,
        "to_collect": [
            {"currency": owed.currency, "amount": money.text(owed.amount, owed.currency)}
            for owed in found.known.owed
        ],
        "taken": [_draft(draft) for draft in found.drafts],
        "waiting": _draft(waiting) if waiting else None,
        "stops": waiting.stops if waiting else [],
    }


def _draft(draft: ReminderDraft) -> dict[str, object]:
    return {
        "step": draft.step_code,
        "level": draft.level,
        "channel": draft.channel,
        "run_on": draft.run_on.isoformat(),
        "state": draft.state,
        "because": draft.because,
    }


def _lines(found: Explanation) -> list[str]:
    lines = [found.said]
    lines += [
        f"  {draft.run_on}: {draft.step_code}, {draft.state.replace('_', ' ')}"
        f"{f' ({draft.because})' if draft.because else ''}"
        for draft in found.drafts
    ]
    if found.waiting:
        lines += [f"  Held back: {stop['sentence']}" for stop in found.waiting.stops]
    return lines
