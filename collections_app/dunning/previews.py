"""A preview: who would get what on a day, by the procedures in force or by one that is not live yet, and
whose message would be held back.

It changes nothing. Any day may be asked for: the ledger is read as it stood, or, for a day ahead, as it is
now with what falls due until then; who got what so far is as it is now.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from collections_app.dunning import (
    candidates,
    levels,
    preview_stops,
    procedures,
    rehearsals,
    unsent,
)
from collections_app.dunning.procedures import InForce
from collections_app.dunning.rules import ladder
from collections_app.dunning.rules.ladder import Decision, Owed, Why
from collections_app.dunning.rules.steps import Channel, Procedure
from collections_app.dunning.rules.stop_codes import Stop
from collections_app.ledger.companies import Company


@dataclass(frozen=True, slots=True)
class Line:
    """What one customer (id) would get, or why nothing; ``owed`` is what can be asked for, by currency."""

    customer: int
    segment: str
    decision: Decision
    owed: tuple[Owed, ...] = ()


@dataclass(slots=True)
class Preview:
    """Everybody about whom the ladder was asked, by customer (id), and how many would get each step. ``held``
    is what would keep the message to a customer from leaving, of those with something that does.
    """

    day: dt.date
    lines: dict[int, Line] = field(default_factory=dict)
    held: dict[int, tuple[Stop, ...]] = field(default_factory=dict)

    @property
    def reminded(self) -> list[Line]:
        """Those who would get something."""
        return [line for line in self.lines.values() if line.decision.steps]

    @property
    def by_step(self) -> Counter[tuple[int, Channel]]:
        return Counter((step.level, step.channel) for line in self.reminded for step in line.decision.steps)

    @property
    def why(self) -> Counter[Why]:
        """What the ladder says, by how many customers."""
        return Counter(line.decision.why for line in self.lines.values())


@dataclass(frozen=True, slots=True)
class Change:
    """A customer who would get something else."""

    customer: int
    before: Decision | None
    after: Decision | None


def of_day(
    *,
    company: Company,
    day: dt.date,
    instead: Procedure | None = None,
    highest_level: int | None = None,
    at: dt.datetime,
) -> Preview:
    """Who would get what on ``day``, with ``instead`` in the place of the procedure of its segment, or with
    levels up to ``highest_level``.
    """
    with _asked(company, day, at) as (found, in_force):
        preview = _preview(found, in_force, company, day, instead, highest_level)
        return _with_stops(preview, found, in_force, company, instead, at)


def beside(*, company: Company, day: dt.date, instead: Procedure, at: dt.datetime) -> tuple[Preview, Preview]:
    """``day`` by the procedures in force, and with ``instead`` in the place of one of them. What would be
    held back is told of the second.
    """
    with _asked(company, day, at) as (found, in_force):
        before = _preview(found, in_force, company, day, None, None)
        after = _preview(found, in_force, company, day, instead, None)
        return before, _with_stops(after, found, in_force, company, instead, at)


def at_levels(
    *, company: Company, day: dt.date, highest_level: int, at: dt.datetime
) -> tuple[Preview, Preview]:
    """``day`` with the levels that are on then, and with those up to ``highest_level``. What would be held
    back is told of the second.
    """
    with _asked(company, day, at) as (found, in_force):
        before = _preview(found, in_force, company, day, None, None)
        after = _preview(found, in_force, company, day, None, highest_level)
        return before, _with_stops(after, found, in_force, company, None, at)


def compare(*, company: Company, day: dt.date, instead: Procedure, at: dt.datetime) -> list[Change]:
    """The customers for whom ``instead`` would make a difference on ``day``."""
    before, after = beside(company=company, day=day, instead=instead, at=at)
    return changes(before, after)


def changes(before: Preview, after: Preview) -> list[Change]:
    """The customers who would get something else."""
    return [
        Change(customer, before.lines[customer].decision, line.decision)
        for customer, line in after.lines.items()
        if _told(before.lines[customer].decision) != _told(line.decision)
    ]


def _told(decision: Decision) -> object:
    return [(step.level, step.channel, step.template) for step in decision.steps]


@contextmanager
def _asked(
    company: Company, day: dt.date, at: dt.datetime
) -> Iterator[tuple[list[candidates.Candidate], Mapping[str, InForce]]]:
    with rehearsals.of_day(company=company, day=day, at=at):
        unsent.follow(company, today=day, at=at)
        in_force = procedures.in_force(company=company, day=day)
        yield candidates.find(company=company, procedures=in_force, today=day), in_force


def _preview(
    found: list[candidates.Candidate],
    in_force: Mapping[str, InForce],
    company: Company,
    day: dt.date,
    instead: Procedure | None,
    highest_level: int | None,
) -> Preview:
    highest = levels.highest_on(company=company, day=day) if highest_level is None else highest_level
    procedure_of = {code: each.procedure for code, each in in_force.items()}
    if instead:
        procedure_of[instead.segment] = instead
    preview = Preview(day)
    for each in found:
        decision = ladder.decide(
            procedure_of.get(each.segment_code),
            each.known,
            highest_level=highest,
            calendar=company.calendar,
            today=day,
        )
        preview.lines[each.customer_id] = Line(each.customer_id, each.segment_code, decision, each.known.owed)
    return preview


def _with_stops(
    preview: Preview,
    found: list[candidates.Candidate],
    in_force: Mapping[str, InForce],
    company: Company,
    instead: Procedure | None,
    at: dt.datetime,
) -> Preview:
    """The preview with what would be held back. Its messages are written for that, as those of the versions
    in force, and forgotten.
    """
    if not company.calendar.is_working_day(preview.day):
        return preview
    versions = dict(in_force)
    if instead:
        known = in_force.get(instead.segment) or next(iter(in_force.values()))
        versions[instead.segment] = InForce(known.version_id, instead)
    decisions = {customer: line.decision for customer, line in preview.lines.items()}
    preview.held = preview_stops.held_back(
        found, decisions, company=company, in_force=versions, day=preview.day, at=at
    )
    return preview
