"""A back-test: what a changed procedure would have done on the days behind us, beside the one in force.

The ledger is read as it stood on each day, with the disputes and promises of that day; who is in the segment
and how late they usually pay is as of today. Both procedures begin with nobody on a ladder, and every step
counts as approved on its day, so that only the procedure makes a difference. What stopped messages then stops
them here, as far as it is still known (``past_stops``).
"""

import bisect
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction

from collections_app.behaviour import positions
from collections_app.behaviour.habits import PayHabit
from collections_app.behaviour.rules import HABIT_COUNT_MIN
from collections_app.contact.contact_logs import ContactLog
from collections_app.dunning import past_stops
from collections_app.dunning.candidates import REST_DAYS_MAX, SILENT, worth
from collections_app.dunning.rules.ladder import Falling, Owed
from collections_app.dunning.rules.simulation import Memory, Standing, Stopped, advance
from collections_app.dunning.rules.steps import Channel, Procedure, Step
from collections_app.ledger import exchange_rates
from collections_app.ledger.companies import Company
from collections_app.lib import planning
from collections_app.lib.sql import Statement
from collections_app.segmentation.assignments import Assignment

DAYS = 90
_READ = Statement(__file__, "read_standing_of_day", after=positions.PARTS)

Done = list[tuple[dt.date, Step]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One customer for whom the two would have done something else."""

    customer: int
    before: Done
    after: Done

    @property
    def more_messages(self) -> int:
        """How many more messages they would have had; fewer below zero."""
        return _messages(self.after) - _messages(self.before)


@dataclass(slots=True)
class BackTest:
    """Steps by level and channel under each procedure, and the customers whose steps differ, those with the
    largest difference first.
    """

    first: dt.date
    last: dt.date
    customers: int = 0
    before: Counter[tuple[int, Channel]] = field(default_factory=Counter)
    after: Counter[tuple[int, Channel]] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)


@transaction.atomic
def of(
    *, company: Company, before: Procedure, after: Procedure, days: int = DAYS, today: dt.date
) -> BackTest:
    """What ``after`` would have done instead of ``before`` in the ``days`` until yesterday, to the customers
    who are in its segment today. Two queries for a day that is worked, and a few.
    """
    found = BackTest(today - dt.timedelta(days), today - dt.timedelta(1))
    ids = list(
        Assignment.objects.filter(company=company, segment__code=after.segment)
        .order_by("customer")
        .values_list("customer", flat=True)
    )
    found.customers = len(ids)
    if not ids:
        return found
    usual, contacts = _usual_delays(ids), _contacts(company, ids, until=today)
    stopped = _stopped(company, ids)
    memories = tuple({pk: Memory(usual_days=usual.get(pk)) for pk in ids} for _ in range(2))
    for day in _worked(company, found.first, found.last):
        standings = _standings(company, ids, (before, after), day)
        # Who has nothing open any more leaves the ladder too.
        for memory_of, procedure in zip(memories, (before, after), strict=True):
            for pk, memory in memory_of.items():
                standing = standings.get(pk)
                if standing is None and memory.taken is None:
                    continue
                advance(
                    memory,
                    procedure,
                    standing or Standing(),
                    contact_on=_last(contacts.get(pk, ()), day),
                    stopped=stopped[pk],
                    calendar=company.calendar,
                    today=day,
                )
    _compare(found, *memories)
    return found


def _compare(found: BackTest, old: Mapping[int, Memory], new: Mapping[int, Memory]) -> None:
    for memories, counts in ((old, found.before), (new, found.after)):
        for memory in memories.values():
            counts.update((step.level, step.channel) for _, step in memory.steps)
    differing = [
        Difference(pk, memory.steps, new[pk].steps)
        for pk, memory in old.items()
        if _told(memory.steps) != _told(new[pk].steps)
    ]
    found.differences = sorted(differing, key=lambda each: (-abs(each.more_messages), each.customer))


def _told(steps: Done) -> list[tuple[dt.date, int, Channel]]:
    return [(day, step.level, step.channel) for day, step in steps]


def _messages(steps: Done) -> int:
    return sum(step.channel.is_message for _, step in steps)


def _worked(company: Company, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    calendar = company.calendar
    for n in range((last - first).days + 1):
        if calendar.is_working_day(day := first + dt.timedelta(n)):
            yield day


def _standings(
    company: Company, customers: Sequence[int], procedures: Sequence[Procedure], day: dt.date
) -> dict[int, Standing]:
    rungs = [rung for procedure in procedures for rung in procedure.before_due]
    reach = max((-rung.nominal_days + REST_DAYS_MAX for rung in rungs), default=-1)
    rates = exchange_rates.rates_on(company=company, day=day)
    asked = positions.params(company=company, day=day, customers=customers)
    with planning.joining_sets():
        rows = _READ.rows({**asked, "before_days": reach})
    return {row["customer_id"]: _standing(row, rates) for row in rows}


def _standing(row: Mapping[str, Any], rates: Mapping[str, Decimal]) -> Standing:
    owed = zip(row["currencies"] or (), row["oldest"] or (), row["amounts"] or (), strict=True)
    names = ("invoices", "due", "falling_currencies", "falling_amounts")
    falling = zip(*(row[name] or () for name in names), strict=True)
    return Standing(
        tuple(Owed(code, oldest, amount, worth(amount, code, rates)) for code, oldest, amount in owed),
        tuple(Falling(pk, due_on, worth(amount, code, rates)) for pk, due_on, code, amount in falling),
        row["oldest_open_on"],
    )


def _usual_delays(customers: Sequence[int]) -> dict[int, Decimal | None]:
    known = PayHabit.objects.filter(customer__in=customers, settled_count__gte=HABIT_COUNT_MIN)
    return dict(known.values_list("customer", "median_days_late"))


def _contacts(company: Company, customers: Sequence[int], *, until: dt.date) -> dict[int, list[dt.date]]:
    """The days on which we were in contact, by customer, rising. One query."""
    logs = ContactLog.objects.valid().filter(customer__in=customers).exclude(outcome__in=SILENT)
    found: dict[int, list[dt.date]] = defaultdict(list)
    for customer, at in logs.order_by("at").values_list("customer", "at"):
        found[customer].append(company.today(at=at))
    return found


def _stopped(company: Company, customers: Sequence[int]) -> dict[int, Stopped]:
    closed = past_stops.closed_to(company, customers)
    touches = past_stops.touches_of(company, customers)
    most, days = company.touches_max, company.touch_days
    return {pk: Stopped(closed.get(pk, ()), touches.get(pk, ()), most, days) for pk in customers}


def _last(days: Sequence[dt.date], day: dt.date) -> dt.date | None:
    place = bisect.bisect_left(days, day)
    return days[place - 1] if place else None
