"""What a procedure would have done over many days: the ladder again, with a memory of its own. Pure.

Every step counts as approved on its day, unless its message is stopped: then the step is taken on the first
day on which nothing stops it. A ladder ends when nothing is left overdue that was due by the day
of its last step; so no invoice needs to be remembered by itself.
"""

import bisect
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from collections_app.dunning.rules import answering, ladder
from collections_app.dunning.rules.ladder import Falling, Known, Owed, Taken, Why
from collections_app.dunning.rules.steps import LEVEL_MAX, Procedure, Step
from collections_app.lib.working_days import Calendar


@dataclass(frozen=True, slots=True)
class Standing:
    """A customer as the ledger stood on a day. ``oldest_open_on`` is the due date of their oldest overdue
    invoice, disputed, promised and covered ones as well.
    """

    owed: tuple[Owed, ...] = ()
    falling: tuple[Falling, ...] = ()
    oldest_open_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """Days, both included, on which no message of at least ``from_level`` leaves for a customer."""

    first: dt.date
    last: dt.date
    from_level: int = 0


@dataclass(frozen=True, slots=True)
class Stopped:
    """What stops messages to one customer over the days: spans, and the days on which they heard from us by
    other ways, rising; at most ``touches_max`` in ``touch_days``.
    """

    closed: Sequence[Closed] = ()
    touches: Sequence[dt.date] = ()
    touches_max: int = 1_000
    touch_days: int = 1

    def stops(self, memory: "Memory", level: int, today: dt.date) -> bool:
        """Whether a message of ``level`` does not leave today."""
        if any(each.first <= today <= each.last and level >= each.from_level for each in self.closed):
            return True
        since = today - dt.timedelta(self.touch_days)
        heard = bisect.bisect_right(self.touches, today) - bisect.bisect_right(self.touches, since)
        heard += sum(day > since and step.channel.is_message for day, step in memory.steps)
        return heard >= self.touches_max


NOTHING_STOPS = Stopped()


@dataclass(slots=True)
class Memory:
    """What one customer got so far, by one procedure. ``contact_on`` are the days of contacts, rising."""

    usual_days: Decimal | None = None
    taken: Taken | None = None
    taken_on: dt.date | None = None
    asked: dict[int, set[str]] = field(default_factory=dict)
    steps: list[tuple[dt.date, Step]] = field(default_factory=list)
    announced_on: dt.date | None = None


def advance(
    memory: Memory,
    procedure: Procedure,
    standing: Standing,
    *,
    contact_on: dt.date | None,
    stopped: Stopped = NOTHING_STOPS,
    highest_level: int = LEVEL_MAX,
    calendar: Calendar,
    today: dt.date,
) -> tuple[Step, ...]:
    """One day of one customer: what is done, and remembered. ``contact_on`` is that of the last contact."""
    if memory.taken_on is not None and not _goes_on(standing, memory.taken_on):
        memory.taken = memory.taken_on = memory.announced_on = None
    written_on = max((day for day, step in memory.steps[-3:] if step.channel.is_message), default=None)
    known = Known(
        owed=standing.owed,
        falling=tuple(_remembered(standing, memory)),
        is_climbing=memory.taken is not None,
        taken=memory.taken,
        last_contact_on=max((day for day in (contact_on, written_on) if day), default=None),
        usual_days=memory.usual_days,
        announced_on=memory.announced_on,
    )
    made = ladder.decide(procedure, known, highest_level=highest_level, calendar=calendar, today=today)
    if made.why != Why.TAKE:
        return ()
    messages = [step for step in made.steps if step.channel.is_message]
    if messages and stopped.stops(memory, max(step.level for step in messages), today):
        return ()
    for step in made.steps:
        memory.steps.append((today, step))
        for invoice in made.invoices:
            memory.asked.setdefault(invoice, set()).add(step.code)
    if not made.steps[-1].is_before_due:
        memory.taken, memory.taken_on = Taken.of(made.steps[-1], made.counts_on or today), today
    for step in messages:
        if step.announces:
            by = answering.answer_by(step.level, today=today, ours=calendar, theirs=calendar)
            memory.announced_on = answering.carried_out_on(
                by, step.announced_days, ours=calendar, theirs=calendar
            )
    return made.steps


def _goes_on(standing: Standing, taken_on: dt.date) -> bool:
    return standing.oldest_open_on is not None and standing.oldest_open_on <= taken_on


def _remembered(standing: Standing, memory: Memory) -> Iterator[Falling]:
    for each in standing.falling:
        asked = memory.asked.get(each.invoice)
        yield Falling(each.invoice, each.due_on, each.worth, frozenset(asked)) if asked else each
