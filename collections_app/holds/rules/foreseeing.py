"""On which day a customer's orders will go on hold if nothing happens until then. Pure."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from collections_app.holds.rules.deciding import decide
from collections_app.holds.rules.facts import Facts
from collections_app.holds.rules.reasons import Decision
from collections_app.holds.rules.rule_sets import RuleSet

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The first day on which orders will be held, and why."""

    on: dt.date
    decision: Decision


def first_hold(facts: Facts, rules: RuleSet, *, within_days: int) -> Foreseen | None:
    """The first day after today, up to and with ``within_days`` later, on which the same facts hold; None
    where they hold today already, or on none of these days. Rates are taken as today's.
    """
    if decide(facts, rules).is_held:
        return None
    last = facts.today + DAY * within_days
    for day in sorted({day for day in _turns(facts, rules) if facts.today < day <= last}):
        decision = decide(on_day(facts, day), rules)
        if decision.is_held:
            return Foreseen(day, decision)
    return None


def _turns(facts: Facts, rules: RuleSet) -> Iterator[dt.date]:
    """The days on which an answer can become another one just because time passes."""
    for standing in facts.standings:
        for item in standing.items:
            if item.due_on:
                yield item.due_on + DAY
                if rules.overdue_days:
                    yield item.due_on + DAY * (rules.overdue_days + 1)
    if facts.limit and facts.limit.expires_on:
        yield facts.limit.expires_on + DAY
    yield from (each.until + DAY for each in facts.exclusions)


def on_day(facts: Facts, day: dt.date) -> Facts:
    """The same facts on another day."""
    return replace(facts, today=day)
