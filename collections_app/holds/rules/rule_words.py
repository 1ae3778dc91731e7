"""A set of hold rules in sentences, as they stand on screen. Pure."""

from collections_app.holds.rules.rule_sets import RuleSet
from collections_app.lib import money


def sentences_of(rules: RuleSet, *, currency: str) -> list[str]:
    """What holds an order, then how one is released; a rule that is switched off is not told."""
    return [*_holding(rules, currency), *_releasing(rules, currency)]


def _holding(rules: RuleSet, currency: str) -> list[str]:
    found = []
    if rules.overdue_days is not None:
        found.append(f"An invoice is more than {_counted(rules.overdue_days, 'day')} overdue.")
    if rules.overdue_amount is not None:
        found.append(f"More than {money.shown(rules.overdue_amount, currency)} is overdue.")
    if rules.limit_percent is not None:
        found.append(f"More than {rules.limit_percent} % of the credit limit is used.")
    if rules.group_percent is not None:
        found.append(f"More than {rules.group_percent} % of the limit of their group is used.")
    if rules.broken_promises is not None:
        number = _counted(rules.broken_promises, "promise")
        found.append(f"{number} or more broken within a year, and something of it is unpaid.")
    if rules.holds_expired_limit:
        found.append("The credit limit has expired, and anything is on credit.")
    if rules.holds_first_order:
        found.append("It is the first order of a new customer, and anything is on credit.")
    if not found:
        found.append("Nothing but a person holds an order.")
    if rules.exemptions:
        names = "; ".join(f"{each.code} ({each.owner} answers for it)" for each in rules.exemptions)
        found.append(f"Never held: {names}.")
    return found


def _releasing(rules: RuleSet, currency: str) -> list[str]:
    found = [
        f"A release lasts {_counted(rules.release_working_days, 'working day')} when nothing else is said."
    ]
    if rules.release_amount_max is not None:
        most = money.shown(rules.release_amount_max, currency)
        found.append(f"Orders above {most} are released by the finance director.")
    if rules.promises_lift:
        found.append("An order may be released on a promise to pay.")
    return found


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
