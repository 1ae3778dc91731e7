"""Rules in words: what the list of segments, the history and the events say about a rule."""

from decimal import ROUND_HALF_UP, Decimal

from collections_app.lib import money
from collections_app.segmentation.rules.conditions import Condition, Rule, operators
from collections_app.segmentation.rules.facts import FACTS, Fact, Kind, Known

_CENT = Decimal("0.01")


def of_rule(rule: Rule, currency: str) -> str:
    """“total owed is more than 0 GBP and total owed is less than 250 GBP”; “everybody else” without
    conditions.
    """
    if rule.takes_everybody:
        return "everybody else"
    return (" or " if rule.match == "any" else " and ").join(
        of_condition(each, currency) for each in rule.conditions
    )


def of_condition(condition: Condition, currency: str) -> str:
    """One condition without problems, amounts in ``currency`` of the company."""
    fact = FACTS[condition.fact]
    if fact.kind == Kind.YES_NO:
        return fact.label if condition.values == ("yes",) else f"not: {fact.label}"
    label = operators(fact)[condition.op].label
    values = [_value(fact, value, currency) for value in condition.values]
    joined = " and ".join(values) if condition.op == "between" else ", ".join(values)
    return f"{fact.label} {label} {joined}".rstrip()


def of_known(fact: Fact, known: Known, currency: str) -> str:
    """What a customer's fact is: “4,120 GBP”, “yes”, “not known”. Shares to two decimals, half-up."""
    if known is None:
        return "not known"
    if isinstance(known, bool):
        return "yes" if known else "no"
    if isinstance(known, str):
        return f"“{known}”" if known else "empty"
    return _number(fact, known.quantize(_CENT, rounding=ROUND_HALF_UP), currency)


def _value(fact: Fact, value: str, currency: str) -> str:
    return f"“{value}”" if fact.kind == Kind.TEXT else _number(fact, money.parse(value), currency)


def _number(fact: Fact, number: Decimal, currency: str) -> str:
    if fact.kind == Kind.MONEY:
        return f"{_digits(number)} {currency}"
    if fact.kind == Kind.DAYS:
        return f"{_digits(number)} {'day' if number == 1 else 'days'}"
    return f"{_digits(number)} %" if fact.kind == Kind.PERCENT else _digits(number)


def _digits(number: Decimal) -> str:
    exact = f"{number:,f}"
    return exact.rstrip("0").rstrip(".") if "." in exact else exact
