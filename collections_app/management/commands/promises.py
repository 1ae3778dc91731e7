"""``manage.py promises --company CODE``: the promises to pay as of a day, and how many are kept."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.management.base import CommandParser

from collections_app.contact import promise_lists, promise_rates
from collections_app.contact.promised import Promise
from collections_app.contact.rules import PromiseState
from collections_app.contact.rules.promise_rates import Fallen, overall
from collections_app.ledger import companies, customers
from collections_app.lib import clock, money
from collections_app.management import output
from collections_app.management.output import Answer, AnsweringCommand


def share(rate: Decimal | None) -> str | None:
    """A rate as a share with four decimals; null while nothing fell due."""
    return None if rate is None else f"{rate:.4f}"


def facts_of(promise: Promise, *, state: str) -> dict[str, Any]:
    """One promise for machines; ``promised_on`` is the day of the instalment it stands at."""
    parts = sorted(promise.instalments.all(), key=lambda part: part.number)
    current = next((part for part in parts if part.promised_on == promise.promised_on), parts[0])
    lines = sorted(promise.lines.all(), key=lambda line: line.pk)

    def text(amount: Decimal) -> str:
        return money.text(amount, promise.currency)

    return {
        "id": promise.pk,
        "customer": promise.customer.number,
        "currency": promise.currency,
        "amount": text(promise.amount),
        "paid": text(promise.paid_amount),
        "promised_on": promise.promised_on.isoformat(),
        "due_on": current.due_on.isoformat(),
        "grace_ends_on": current.grace_ends_on.isoformat(),
        "state": state,
        "settled_on": promise.settled_on.isoformat()
        if promise.settled_on and state == promise.state
        else None,
        "level": promise.level,
        "broken_before": promise.broken_before,
        "said_by": promise.said_by,
        "said_by_role": promise.said_by_role,
        "how": promise.how or None,
        "confidence": promise.confidence or None,
        "because": promise.because,
        "invoices": [{"number": line.invoice.number, "amount": text(line.amount)} for line in lines],
        "instalments": [
            {
                "number": part.number,
                "promised_on": part.promised_on.isoformat(),
                "amount": text(part.amount),
                "state": part.state,
                "paid": text(part.paid_amount),
            }
            for part in parts
        ],
    }


def facts_of_rate(fallen: Fallen) -> dict[str, Any]:
    """One currency for machines, with what the rates are made of."""
    return {
        "fallen_due": fallen.count,
        "kept": fallen.kept,
        "count_rate": share(fallen.count_rate),
        "promised": money.text(fallen.promised, fallen.currency),
        "received": money.text(fallen.received, fallen.currency),
        "value_rate": share(fallen.value_rate),
    }


class Command(AnsweringCommand):
    """Promises and their rates; changes nothing."""

    help = (
        "The promises to pay as of a day, and the promise-kept rates: by count (kept within the grace ÷ "
        "fallen due) and by value (received within the grace ÷ promised) for each currency. Fallen due are "
        "promises whose day and grace have passed; one replaced after its day counts as broken. Amounts are "
        "strings with two decimals, dates ISO, shares strings with four decimals, null while none fell due."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", metavar="CODE", help="the only one there is, when not given")
        parser.add_argument(
            "--date", type=output.day, help="any business day; the company's today when not given"
        )
        parser.add_argument("--customer", metavar="NUMBER", help="only this customer's promises and rates")
        parser.add_argument("--state", choices=[state.value for state in PromiseState])

    def answer(self, **options: Any) -> Answer:
        company = companies.named_or_only(options["company"])
        number = options["customer"]
        customer = customers.by_number(company=company, number=number) if number is not None else None
        day: dt.date = options["date"] or company.today(at=clock.now())
        found = promise_lists.as_of(company, day=day, customer=customer)
        if options["state"]:
            found = found.filter(state_then=options["state"])
        listed = found.select_related("customer").prefetch_related("instalments", "lines__invoice")
        fallen = promise_rates.fallen_due(
            company=company, customers=None if customer is None else [customer.pk], day=day
        )
        facts = {
            "as_of": day.isoformat(),
            "promises": [facts_of(each, state=each.state_then) for each in listed],
            "count_rate": share(overall(fallen)),
            "rates": {each.currency: facts_of_rate(each) for each in fallen},
        }
        return Answer(facts, *_lines(facts))


def _lines(facts: dict[str, Any]) -> list[str]:
    lines = [
        f"{each['promised_on']} {each['amount']:>14} {each['currency']}  {each['state']:<12} "
        f"{each['customer']}"
        for each in facts["promises"]
    ]
    lines = lines or [f"No promises as of {facts['as_of']}."]
    for currency, rate in facts["rates"].items():
        lines.append(
            f"{currency}: kept {rate['kept']} of {rate['fallen_due']} fallen due ({rate['count_rate']}), "
            f"received {rate['received']} of {rate['promised']} ({rate['value_rate']})"
        )
    return lines
