"""Why a customer is in the segment they are in: every rule that was asked, condition by condition, until one
took them.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from collections_app.ledger.customers import Customer
from collections_app.segmentation import facts
from collections_app.segmentation.rules import conditions, sentences
from collections_app.segmentation.rules.conditions import Rule
from collections_app.segmentation.rules.facts import FACTS


@dataclass(frozen=True, slots=True)
class Answer:
    """One condition in words, whether it holds, and what the customer's fact is."""

    text: str
    holds: bool
    fact: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One rule and its answer for the customer."""

    name: str
    match: str
    answers: tuple[Answer, ...]
    takes: bool


def why(customer: Customer, named: Sequence[tuple[str, Rule]], *, today: dt.date) -> list[Asked]:
    """The rules of ``named``, in order, up to and including the one that takes ``customer``. Two queries."""
    currency = customer.company.currency
    known = facts.known_of(customer, basis=facts.basis(company=customer.company, today=today))
    asked: list[Asked] = []
    for name, rule in named:
        answers = tuple(
            Answer(
                text=sentences.of_condition(condition, currency),
                holds=conditions.holds(condition, known),
                fact=sentences.of_known(FACTS[condition.fact], known[condition.fact], currency),
            )
            for condition in rule.conditions
        )
        asked.append(Asked(name, rule.match, answers, takes=conditions.matches(rule, known)))
        if asked[-1].takes:
            break
    return asked
