"""Rules as SQL: each condition a ``Q`` over annotated facts, the rules in order one ``CASE``. Twin of
``rules.conditions``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When

from collections_app.segmentation.facts import PREFIX
from collections_app.segmentation.rules.conditions import Condition, Rule

# By code of the operator; an unknown fact is NULL, for which none of these but ``unknown`` is true.
_MEETS: Mapping[str, Callable[[str, Sequence[Any]], Q]] = {
    "at_least": lambda fact, given: Q(**{f"{fact}__gte": given[0]}),
    "more_than": lambda fact, given: Q(**{f"{fact}__gt": given[0]}),
    "at_most": lambda fact, given: Q(**{f"{fact}__lte": given[0]}),
    "less_than": lambda fact, given: Q(**{f"{fact}__lt": given[0]}),
    "equals": lambda fact, given: Q(**{fact: given[0]}),
    "between": lambda fact, given: Q(**{f"{fact}__gte": given[0], f"{fact}__lte": given[1]}),
    "is": lambda fact, given: Q(**{fact: given[0]}),
    "is_not": lambda fact, given: ~Q(**{fact: given[0]}),
    "one_of": lambda fact, given: Q(**{f"{fact}__in": list(given)}),
    "none_of": lambda fact, given: ~Q(**{f"{fact}__in": list(given)}),
    "starts_with": lambda fact, given: Q(**{f"{fact}__startswith": given[0]}),
    "contains": lambda fact, given: Q(**{f"{fact}__contains": given[0]}),
    "empty": lambda fact, given: Q(**{fact: ""}),
    "filled": lambda fact, given: ~Q(**{fact: ""}),
    "known": lambda fact, given: Q(**{f"{fact}__isnull": False}),
    "unknown": lambda fact, given: Q(**{f"{fact}__isnull": True}),
}


def meets(rule: Rule) -> Q:
    """Customers, annotated with the facts that ``rule`` asks for, whom it takes."""
    together = Q.OR if rule.match == "any" else Q.AND
    taken = Q()
    for condition in rule.conditions:
        taken.add(_meets_one(condition), together)
    return taken


def _meets_one(condition: Condition) -> Q:
    return _MEETS[condition.op](PREFIX + condition.fact, condition.exact())


def first_match(branches: Iterable[tuple[Q, int]]) -> Case:
    """The number beside the first condition that holds; NULL when none does. An empty ``Q`` takes everybody
    left.
    """
    whens: list[When] = []
    for condition, number in branches:
        if not condition:
            return Case(*whens, default=Value(number), output_field=IntegerField())
        whens.append(When(condition, then=Value(number)))
    return Case(*whens, default=None, output_field=IntegerField())
