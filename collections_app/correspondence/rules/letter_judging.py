"""Judging a template over everybody whom its letters would go to: whether each can be written, and whether
the tone guard would let it leave. Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from collections_app.correspondence.rules import letter_tone, letters
from collections_app.correspondence.rules.letter_values import LetterValues
from collections_app.correspondence.rules.letters import Compiled, Unwritten
from collections_app.correspondence.rules.tone import Hit
from collections_app.lib.refusals import Problem
from collections_app.lib.working_days import Calendar

# Whoever has seen so many customers for whom it is wrong knows what to mend.
CUSTOMERS_TOLD_MAX = 10
UNWRITTEN = "customer"


@dataclass(slots=True)
class _Found:
    """One thing that is wrong, and the numbers of the customers with whom."""

    hit: Hit
    customers: list[str] = field(default_factory=list)

    def problem(self) -> Problem:
        hit, first = self.hit, self.customers[0]
        others = len(self.customers) - 1
        who = f"customer {first}" + (f" and {others} more" if others else "")
        return Problem(hit.rule, f"{hit.sentence} {hit.suggestion} ({hit.rule}, in the letter to {who})")


def problems_over(
    template: Compiled, customers: Iterable[LetterValues], *, calendar: Calendar | None = None
) -> list[Problem]:
    """For whom of ``customers`` the letter cannot be written, or may not leave, and why: each reason once. It
    stops at the tenth customer for whom something is wrong. ``calendar`` has the days we work.
    """
    unwritten: list[Problem] = []
    blocked: dict[tuple[str, str], _Found] = {}
    wrong = 0
    for values in customers:
        try:
            letter = letters.render(template, values=values)
        except Unwritten as fault:
            unwritten.append(Problem(UNWRITTEN, f"Customer {values.customer.number}: {fault}"))
            wrong += 1
        else:
            facts = replace(letter_tone.facts_of(values), calendar=calendar or Calendar())
            blocks = letter_tone.blocks_of(
                letter, facts=facts, purpose=template.purpose, language=template.language
            )
            # That they paid something lately is no fault of the template.
            hits = [hit for hit in blocks if hit.rule not in letter_tone.OF_THE_MOMENT]
            for hit in hits:
                found = blocked.setdefault((hit.rule, hit.words.casefold()), _Found(hit))
                if values.customer.number not in found.customers:
                    found.customers.append(values.customer.number)
            wrong += bool(hits)
        if wrong == CUSTOMERS_TOLD_MAX:
            break
    return [*unwritten, *(found.problem() for found in blocked.values())]
