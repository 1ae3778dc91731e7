"""``manage.py check_order --company CODE --customer NUMBER --amount 1200.00``: would an order go, and if not,
what frees it.
"""

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from collections_app.holds import checks
from collections_app.holds.checks import Answer as Checked
from collections_app.holds.rules import paying
from collections_app.ledger import companies, customers
from collections_app.lib import clock, money
from collections_app.management import output
from collections_app.management.output import Answer, AnsweringCommand


def facts_of(found: Checked) -> dict[str, Any]:
    """The decision for machines. ``smallest_payment`` is null where no payment frees the order."""
    payment = None
    if found.payment is not None:
        totals = paying.totals(found.payment)
        payment = {
            "totals": {currency: money.text(amount, currency) for currency, amount in totals.items()},
            "lines": [line.as_facts() for line in found.payment],
        }
    return {**found.decision.as_facts(), "smallest_payment": payment, "rules": found.rules_id}


def lines_of(found: Checked) -> list[str]:
    """The reasons and the way out, for people."""
    said = [f"  {reason.sentence}" for reason in found.decision.reasons]
    said += [f"  {each.reason.sentence} {each.because}" for each in found.decision.set_aside]
    if found.payment is None:
        said.append("No payment frees it; a person has to lift the hold.")
    elif found.payment:
        totals = paying.totals(found.payment)
        whole = " and ".join(money.shown(amount, currency) for currency, amount in totals.items())
        parts = ", ".join(
            f"{money.shown(line.amount, line.currency)} {line.number or 'in advance'}"
            for line in found.payment
        )
        said.append(f"The smallest payment that frees it is {whole}: {parts}.")
    return said


class Command(AnsweringCommand):
    """Reads only: nothing is held by asking."""

    help = (
        "Whether an order of a customer would go if it came in now: every reason against it with its "
        "figures, and the smallest payment that frees it. Changes nothing."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", metavar="CODE", help="the only one there is, when not given")
        parser.add_argument("--customer", metavar="NUMBER", required=True)
        parser.add_argument("--amount", type=output.amount, required=True)
        parser.add_argument("--currency", default="", help="the customer's own when not given")
        parser.add_argument("--class", dest="exemption_class", default="", help="such as medical")

    def answer(self, **options: Any) -> Answer:
        company = companies.named_or_only(options["company"])
        customer = customers.by_number(company=company, number=options["customer"])
        currency = options["currency"].upper() or customer.currency
        today = company.today(at=clock.now())
        with transaction.atomic():
            found = checks.ask(
                customer=customer,
                amount=options["amount"],
                currency=currency,
                exemption_class=options["exemption_class"],
                today=today,
            )
        facts = {
            "company": company.code,
            "customer": customer.number,
            "amount": money.text(options["amount"], currency),
            "currency": currency,
            "as_of": today.isoformat(),
            **facts_of(found),
        }
        amount = money.shown(options["amount"], currency)
        head = "would wait" if found.decision.is_held else "would go"
        return Answer(facts, f"An order of {customer} over {amount} {head}.", *lines_of(found))
