"""``manage.py interest --company CODE --invoice NUMBER``: what being late costs on an invoice, and by which
law.
"""

from typing import Any

from django.core.management.base import CommandParser

from collections_app.dunning import interest, interest_charges
from collections_app.dunning.interest import Accrued
from collections_app.ledger import companies
from collections_app.lib import clock, money
from collections_app.management import output
from collections_app.management.output import Answer, AnsweringCommand


class Command(AnsweringCommand):
    """Reads only."""

    help = (
        "Tell what an invoice costs for being late: the law, the principal that bears interest, the working "
        "line by line, interest, fixed sum, total and what another day costs. Where no law applies it says "
        "why ('no_law'), and where no rate is known from which day on ('not_known')."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", metavar="CODE", help="the only one there is, when not given")
        parser.add_argument("--invoice", metavar="NUMBER", required=True)
        parser.add_argument("--customer", metavar="NUMBER", default="", help="where several have it")
        parser.add_argument("--line", default="", help="of an invoice that is due in instalments")
        parser.add_argument(
            "--as-of", type=output.day, help="the last day that counts; the company's today when not given"
        )

    def answer(self, **options: Any) -> Answer:
        company = companies.named_or_only(options["company"])
        day = options["as_of"] or company.today(at=clock.now())
        invoice = interest.invoice_of(
            company=company, number=options["invoice"], line=options["line"], customer=options["customer"]
        )
        found = interest.accrued_on(invoice, as_of=day)
        facts = {
            "company": company.code,
            "customer": invoice.customer.number,
            "invoice": invoice.number,
            "as_of": day.isoformat(),
            "due_on": invoice.due_on.isoformat() if invoice.due_on else None,
            "currency": invoice.currency,
            "taken_until": found.taken_until.isoformat() if found.taken_until else None,
            **_facts(found),
        }
        return Answer(facts, *_lines(found, facts))


def _facts(found: Accrued) -> dict[str, Any]:
    whole = found.whole
    if whole is None:
        return {"law": None, "no_law": found.no_law, "lines": []}

    def text(amount: Any) -> str:
        return money.text(amount, whole.currency)

    return {
        "law": {"code": whole.law.code, "name": whole.law.name, "source": whole.law.source},
        "no_law": "",
        "not_known": whole.not_known,
        "begins_on": whole.begins_on.isoformat(),
        "days": whole.days,
        "principal": text(whole.principal),
        "lines": interest_charges.lines_of(whole),
        "interest": text(whole.interest),
        "fixed_sum": money.text(whole.fixed_sum, whole.law.currency),
        "fixed_sum_currency": whole.law.currency,
        "total": text(whole.total),
        "per_day": text(whole.per_day),
    }


def _lines(found: Accrued, facts: dict[str, Any]) -> list[str]:
    if found.whole is None:
        return [found.no_law]
    whole = found.whole
    working = [
        f"  {line['from']} to {line['until']}: {line['days']} days at {line['rate']} % "
        f"on {line['principal']} = {line['amount']}"
        for line in facts["lines"]
    ]
    apart = " (in another currency, and not added)" if whole.fixed_sum != whole.fixed_sum_here else ""
    return [
        f"{facts['invoice']}, {whole.law.name}, as of {facts['as_of']}:",
        *(working or ["  Nothing has run yet."]),
        f"Interest {money.shown(whole.interest, whole.currency)}, fixed sum "
        f"{money.shown(whole.fixed_sum, whole.law.currency)}{apart}, together "
        f"{money.shown(whole.total, whole.currency)}; another day costs "
        f"{money.shown(whole.per_day, whole.currency)}.",
        *([whole.not_known] if whole.not_known else []),
    ]
