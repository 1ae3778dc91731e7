"""On which day a customer's orders will go on hold if nothing happens until then. Pure."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from collections_app.holds.rules.deciding import decide
from collections_app.holds.rules.facts import Broken, Facts
from collections_app.holds.rules.reasons import Decision
from collections_app.holds.rules.rule_sets import RuleSet

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The first day on which orders will be held, and why."""

    on: dt.date
    decision: Decision


@dataclass(frozen=True, slots=True)
class Ahead:
    """The rules from a day on."""

    since: dt.date
    rules: RuleSet


def first_hold(facts: Facts, ahead: Sequence[Ahead], *, within_days: int) -> Foreseen | None:
    """The first day after today, up to and with ``within_days`` later, on which the same facts hold; None
    where they hold today already, or on none of these days. Rates are taken as today's. ``ahead`` are the
    rules of today and those that follow, in order.
    """
    if decide(facts, rules_on(facts.today, ahead)).is_held:
        return None
    last = facts.today + DAY * within_days
    for day in sorted({day for day in _turns(facts, ahead) if facts.today < day <= last}):
        decision = decide(on_day(facts, day), rules_on(day, ahead))
        if decision.is_held:
            return Foreseen(day, decision)
    return None


def rules_on(day: dt.date, ahead: Sequence[Ahead]) -> RuleSet:
    """Those that hold on ``day``."""
    return [ahead[0], *(each for each in ahead[1:] if each.since <= day)][-1].rules


def on_day(facts: Facts, day: dt.date) -> Facts:
    """The same facts on another day: what was promised and is not paid by then is broken."""
    broken: dict[tuple[dt.date, int], list[int]] = {}
    for standing in facts.standings:
        for item in standing.items:
            if item.promise and item.pays_by and item.pays_by < day:
                key = (item.promise.promised_on, item.promise.promise_id)
                broken.setdefault(key, []).append(item.invoice_id)
    newly = tuple(
        Broken(promise_id, on, tuple(invoices)) for (on, promise_id), invoices in sorted(broken.items())
    )
    return replace(facts, today=day, broken=(*facts.broken, *newly))


def _turns(facts: Facts, ahead: Sequence[Ahead]) -> Iterator[dt.date]:
    """The days on which an answer can become another one just because time passes."""
    spans = {each.rules.overdue_days for each in ahead} - {None}
    for standing in facts.standings:
        for item in standing.items:
            if item.due_on:
                yield item.due_on + DAY
                yield from (item.due_on + DAY * (days + 1) for days in spans if days is not None)
            if item.pays_by:
                yield item.pays_by + DAY
    if facts.limit and facts.limit.expires_on:
        yield facts.limit.expires_on + DAY
    yield from (each.until + DAY for each in facts.exclusions)
    yield from (each.since for each in ahead)
