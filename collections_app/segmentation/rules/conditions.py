"""Conditions over facts, and whether they hold for one customer. ``matching`` says the same in SQL; a twin
test holds them equal.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from collections_app.lib import money
from collections_app.lib.refusals import Problem
from collections_app.segmentation.rules.facts import FACTS, NUMERIC, Fact, Kind, Known

CONDITIONS_MAX = 20
TEXT_LENGTH_MAX = 200
LIST_LENGTH_MAX = 200
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Operator:
    """How a fact is compared. ``values`` is how many it takes; None for a list of any length."""

    code: str
    label: str
    values: int | None
    holds: Callable[[Any, Sequence[Any]], bool]


_ONE = 1
_NUMERIC = (
    Operator("at_least", "is at least", _ONE, lambda fact, given: fact >= given[0]),
    Operator("more_than", "is more than", _ONE, lambda fact, given: fact > given[0]),
    Operator("at_most", "is at most", _ONE, lambda fact, given: fact <= given[0]),
    Operator("less_than", "is less than", _ONE, lambda fact, given: fact < given[0]),
    Operator("equals", "is exactly", _ONE, lambda fact, given: fact == given[0]),
    Operator("between", "is between", 2, lambda fact, given: given[0] <= fact <= given[1]),
)
_TEXT = (
    Operator("is", "is", _ONE, lambda fact, given: fact == given[0]),
    Operator("is_not", "is not", _ONE, lambda fact, given: fact != given[0]),
    Operator("one_of", "is one of", None, lambda fact, given: fact in given),
    Operator("none_of", "is none of", None, lambda fact, given: fact not in given),
    Operator("starts_with", "starts with", _ONE, lambda fact, given: fact.startswith(given[0])),
    Operator("contains", "contains", _ONE, lambda fact, given: given[0] in fact),
    Operator("empty", "is empty", 0, lambda fact, given: fact == ""),
    Operator("filled", "is filled in", 0, lambda fact, given: fact != ""),
)
_YES_NO = (Operator("is", "is", _ONE, lambda fact, given: fact == given[0]),)
# These two are answered before the others, which an unknown fact never meets.
_UNKNOWN = (
    Operator("known", "is known", 0, lambda fact, given: True),
    Operator("unknown", "is not known", 0, lambda fact, given: False),
)


def operators(fact: Fact) -> dict[str, Operator]:
    """How ``fact`` may be compared, in the order in which the form offers it."""
    chosen = _NUMERIC if fact.kind in NUMERIC else _TEXT if fact.kind == Kind.TEXT else _YES_NO
    return {operator.code: operator for operator in (*chosen, *(_UNKNOWN if fact.may_be_unknown else ()))}


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison. ``values`` are as written: decimals as digits, yes or no, text."""

    fact: str
    op: str
    values: tuple[str, ...] = ()

    def exact(self) -> tuple[Decimal | str | bool, ...]:
        """The values as they are compared: text without regard to case. Only for a condition without
        problems.
        """
        kind = FACTS[self.fact].kind
        if kind in NUMERIC:
            return tuple(money.parse(value) for value in self.values)
        if kind == Kind.YES_NO:
            return tuple(value == YES for value in self.values)
        return tuple(value.strip().lower() for value in self.values)


@dataclass(frozen=True, slots=True)
class Rule:
    """Conditions of which all, or any, must hold. Without conditions it takes everybody."""

    conditions: tuple[Condition, ...] = ()
    match: str = "all"

    @property
    def takes_everybody(self) -> bool:
        return not self.conditions

    @property
    def asks_for(self) -> frozenset[str]:
        """The codes of the facts it needs."""
        return frozenset(condition.fact for condition in self.conditions)


def read(stored: Mapping[str, Any]) -> Rule:
    """The rule that was stored as JSON by ``written``."""
    conditions = tuple(
        Condition(fact=str(line["fact"]), op=str(line["op"]), values=_listed(line.get("value")))
        for line in stored.get("conditions", ())
    )
    return Rule(conditions=conditions, match=str(stored.get("match", "all")))


def written(rule: Rule) -> dict[str, Any]:
    """The rule as JSON: ``{"match", "conditions": [{"fact", "op", "value"}]}``."""
    lines = [{"fact": each.fact, "op": each.op, "value": list(each.values)} for each in rule.conditions]
    return {"match": rule.match, "conditions": lines}


def _listed(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(each) for each in value) if isinstance(value, list | tuple) else (str(value),)


def holds(condition: Condition, known: Mapping[str, Known]) -> bool:
    """Whether one condition holds for a customer with these facts; text facts in any case."""
    value = known[condition.fact]
    if condition.op == "unknown":
        return value is None
    if value is None:
        return False
    operator = operators(FACTS[condition.fact])[condition.op]
    return operator.holds(value.lower() if isinstance(value, str) else value, condition.exact())


def matches(rule: Rule, known: Mapping[str, Known]) -> bool:
    """Whether ``rule`` takes a customer with these facts."""
    together = any if rule.match == "any" and rule.conditions else all
    return together(holds(condition, known) for condition in rule.conditions)


def problems(rule: Rule) -> list[Problem]:
    """Everything that is wrong with a rule, as sentences; empty when it may be used."""
    found = []
    if rule.match not in ("all", "any"):
        found.append(Problem("match", "Say whether all or any of the conditions must hold."))
    if len(rule.conditions) > CONDITIONS_MAX:
        found.append(Problem("too_many", f"A rule may have at most {CONDITIONS_MAX} conditions."))
    for place, condition in enumerate(rule.conditions, start=1):
        found += [Problem(code, f"Condition {place}: {text}") for code, text in _wrong_with(condition)]
    return found


def _wrong_with(condition: Condition) -> list[tuple[str, str]]:
    fact = FACTS.get(condition.fact)
    if fact is None:
        return [("fact", "choose what it asks about.")]
    operator = operators(fact).get(condition.op)
    if operator is None:
        return [("op", f"choose how “{fact.label}” is compared.")]
    if operator.values is None:
        return _wrong_list(fact, condition.values)
    if len(condition.values) != operator.values or not all(value.strip() for value in condition.values):
        needed = {0: "no value", 1: "one value", 2: "two values"}[operator.values]
        return [("value", f"“{fact.label} {operator.label}” needs {needed}.")]
    return _wrong_values(fact, condition)


def _wrong_list(fact: Fact, values: Sequence[str]) -> list[tuple[str, str]]:
    if not values or not all(value.strip() for value in values):
        return [("value", f"list at least one value for “{fact.label}”, with commas between them.")]
    if len(values) > LIST_LENGTH_MAX:
        return [("value", f"list at most {LIST_LENGTH_MAX} values for “{fact.label}”.")]
    return _wrong_texts(fact, values)


def _wrong_texts(fact: Fact, values: Sequence[str]) -> list[tuple[str, str]]:
    if any(len(value) > TEXT_LENGTH_MAX or "\0" in value for value in values):
        return [("value", f"a value for “{fact.label}” may have at most {TEXT_LENGTH_MAX} characters.")]
    return []


def _wrong_values(fact: Fact, condition: Condition) -> list[tuple[str, str]]:
    if fact.kind == Kind.TEXT:
        return _wrong_texts(fact, condition.values)
    if fact.kind == Kind.YES_NO:
        return [] if set(condition.values) <= {YES, NO} else [("value", f"“{fact.label}” is yes or no.")]
    try:
        exact = [money.parse(value) for value in condition.values]
    except ValueError as problem:
        return [("value", f"for “{fact.label}”, {problem}")]
    if any(abs(number).adjusted() >= money.MAX_DIGITS for number in exact):
        return [("value", f"a figure for “{fact.label}” is too large.")]
    if condition.op == "between" and exact[0] > exact[1]:
        return [
            (
                "value",
                f"“{fact.label}” is between a smaller and a larger figure; these are the wrong way round.",
            )
        ]
    return []
