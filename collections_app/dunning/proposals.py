"""Whom to remind on a day: SQL narrows in sets, the ladder decides about each, SQL writes drafts in bulk.

Open drafts are looked at again: one that still stands stays as it is, one that has no reason any more ends.
So proposing twice on the same day changes nothing, a day that was missed is made up for by the next, and it
may come late, alone, or from two workers at once.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from collections_app.behaviour import positions
from collections_app.behaviour.positions import Position
from collections_app.dunning import (
    announced_deeds,
    candidates,
    levels,
    plans,
    procedures,
    run_writing,
    unsent,
)
from collections_app.dunning.candidates import Candidate
from collections_app.dunning.plans import Plan
from collections_app.dunning.procedures import InForce
from collections_app.dunning.rules import ladder
from collections_app.dunning.rules.ladder import Why
from collections_app.dunning.run_writing import Lines
from collections_app.ledger.companies import Company
from collections_app.lib import turns

# So many customers are decided about and written at once: a batch is a few megabytes.
DECIDED_AT_ONCE = 2_000


@dataclass(slots=True)
class Counts:
    """What was proposed: customers looked at; drafts that are new, that still stand, that have no reason
    any more; and what the ladder said, by how many customers.
    """

    looked_at: int = 0
    drafted: int = 0
    kept: int = 0
    ended: int = 0
    by_step: Counter[tuple[int, str]] = field(default_factory=Counter)
    why: Counter[Why] = field(default_factory=Counter)

    @property
    def changed(self) -> int:
        """Rows that were written; none the second time."""
        return self.drafted + self.ended


@transaction.atomic
def propose(
    *, company: Company, today: dt.date, at: dt.datetime, customers: Sequence[int] | None = None
) -> Counts:
    """Draft the reminders of ``today`` for customers of ``company`` (ids; None for all).

    1. One at a time for a company.
    2. Where everybody stands is measured, unless it was for this day.
    3. What left is remembered; what did not leave after all is no step.
    4. Whom the ladder is asked about; what it says is written in batches.
    5. What reminders announced for this day is given to a person to do.
    """
    turns.take("reminders", company.pk)
    counts = Counts()
    if not company.calendar.is_working_day(today):
        counts.why[Why.REST_DAY] += 1
        return counts
    procedures.ensure_default(company=company, by=None, at=at)
    _measure_unless_of(company, today)
    counts.ended += unsent.follow(company, today=today, at=at)
    counts.ended += run_writing.end_of_inactive(company, at=at)
    in_force = procedures.in_force(company=company, day=today)
    found = candidates.find(company=company, procedures=in_force, today=today, customers=customers)
    highest = levels.highest_on(company=company, day=today)
    to_line, lines = run_writing.to_line(company=company, today=today, at=at), Lines()
    for first in range(0, len(found), DECIDED_AT_ONCE):
        batch = found[first : first + DECIDED_AT_ONCE]
        plan = _planned(batch, in_force, company=company, highest=highest, today=today, counts=counts)
        made, theirs = run_writing.write(
            plan, company=company, in_force=in_force, to_line=to_line, today=today, at=at
        )
        lines.on_ladder += theirs.on_ladder
        lines.falling += theirs.falling
        counts.drafted += len(made)
        counts.by_step.update((draft.level, draft.channel) for draft in made)
        counts.kept += len(plan.kept)
        counts.ended += len(plan.ended)
    run_writing.write_lines(lines, company=company, today=today)
    counts.looked_at = len(found)
    _follow(company, counts, today=today, at=at, customers=customers)
    counts.ended += run_writing.end_open_deeds(company, today=today, at=at)
    return counts


def _planned(
    batch: Sequence[Candidate],
    in_force: Mapping[str, InForce],
    *,
    company: Company,
    highest: int,
    today: dt.date,
    counts: Counts,
) -> Plan:
    calendar, plan = company.calendar, Plan()
    for candidate in batch:
        version = in_force.get(candidate.segment_code)
        decision = ladder.decide(
            version.procedure if version else None,
            candidate.known,
            highest_level=highest,
            calendar=calendar,
            today=today,
        )
        counts.why[decision.why] += 1
        plans.add(plan, candidate, decision)
    return plan


def _follow(
    company: Company,
    counts: Counts,
    *,
    today: dt.date,
    at: dt.datetime,
    customers: Sequence[int] | None,
) -> None:
    followed = announced_deeds.follow(company=company, today=today, at=at, customers=customers)
    counts.drafted += len(followed.deeds)
    counts.by_step.update((draft.level, draft.channel) for draft in followed.deeds)
    counts.ended += followed.ended


def _measure_unless_of(company: Company, today: dt.date) -> None:
    days = Position.objects.filter(company=company).values_list("day", flat=True).distinct()[:2]
    if list(days) != [today]:
        positions.measure(company=company, today=today)
