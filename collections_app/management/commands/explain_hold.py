"""``manage.py explain_hold --company CODE --order NUMBER``: why an order waits, what frees it, who
decides.
"""

from collections.abc import Sequence
from typing import Any

from django.core.management.base import CommandParser

from collections_app.holds import explanations, orders
from collections_app.holds.explanations import Coming, Explanation
from collections_app.holds.rules import paying
from collections_app.holds.rules.paying import WhatIf
from collections_app.ledger import companies
from collections_app.lib import clock, money
from collections_app.management import output
from collections_app.management.commands import check_order
from collections_app.management.output import Answer, AnsweringCommand


class Command(AnsweringCommand):
    """Reads only."""

    help = (
        "Why an order is on hold as things are now, and as they were when it was held; the smallest payment "
        "that frees it; what counts already and what is promised; who may release it. With --pay: what would "
        "be decided after such a payment. Changes nothing."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", metavar="CODE", help="the only one there is, when not given")
        parser.add_argument("--order", metavar="NUMBER", required=True)
        parser.add_argument("--pay", type=output.amount, help="what if they pay so much")
        parser.add_argument("--pay-currency", default="", help="of --pay; the order's when not given")

    def answer(self, **options: Any) -> Answer:
        company = companies.named_or_only(options["company"])
        order = orders.by_number(company=company, number=options["order"])
        found = explanations.of(order, today=company.today(at=clock.now()))
        facts, lines = _facts(found), _lines(found)
        if options["pay"] is not None:
            currency = options["pay_currency"].upper() or order.currency
            after = paying.what_if(found.answer.facts, found.answer.rules, {currency: options["pay"]})
            facts["what_if"] = _after_facts(after)
            would = "it would still wait" if after.decision.is_held else "it would go"
            lines.append(f"If they pay {money.shown(options['pay'], currency)}, {would}.")
            lines += [f"  {reason.sentence}" for reason in after.decision.reasons]
        return Answer(facts, *lines)


def _facts(found: Explanation) -> dict[str, Any]:
    order, hold, release = found.order, found.hold, found.release
    return {
        "order": order.number,
        "customer": order.customer.number,
        "amount": money.text(order.amount, order.currency),
        "currency": order.currency,
        "placed_on": order.placed_on.isoformat(),
        "state": found.state,
        "as_of": found.answer.facts.today.isoformat(),
        **check_order.facts_of(found.answer),
        "held_at": hold.held_at.isoformat() if hold else None,
        "at_that_moment": {**hold.decision, "rules": hold.rules_id} if hold else None,
        "counted": _coming(found.counted),
        "promised": _coming(found.promised),
        "deciders": [user.username for user in found.deciders],
        "release": {
            "state": release.state,
            "asked_by": release.asked_by.username,
            "reason": release.reason,
            "decided_by": release.decided_by.username if release.decided_by else None,
            "until": release.until.isoformat() if release.until else None,
            "to_be_decided_by": found.decided_by.isoformat() if found.decided_by else None,
        }
        if release
        else None,
    }


def _coming(found: Sequence[Coming]) -> list[dict[str, Any]]:
    return [
        {
            "currency": each.currency,
            "amount": money.text(each.amount, each.currency),
            "invoice": each.number or None,
            "by": each.by.isoformat() if each.by else None,
        }
        for each in found
    ]


def _after_facts(after: WhatIf) -> dict[str, Any]:
    return {**after.decision.as_facts(), "lines": [line.as_facts() for line in after.lines]}


def _lines(found: Explanation) -> list[str]:
    order = found.order
    says = {
        "held": "is on hold",
        "goes": "goes",
        "released": "was released, and goes",
        "delivered": "was delivered",
        "cancelled": "was cancelled",
    }
    amount = money.shown(order.amount, order.currency)
    lines = [f"Order {order.number} of {order.customer} over {amount} {says[found.state]}."]
    if found.state not in ("held", "released"):
        return lines
    lines += check_order.lines_of(found.answer)
    lines += [
        f"  {money.shown(each.amount, each.currency)} is promised for {each.number}"
        + (f" until {each.by:%-d %B %Y}." if each.by else ".")
        for each in found.promised
    ]
    names = ", ".join(str(user) for user in found.deciders)
    return [*lines, f"May release it: {names or 'nobody here'}."]
