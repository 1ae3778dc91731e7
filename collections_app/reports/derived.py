"""The sums that measures are made of, derived from the ledger's rows as of any day: as it is known now,
or as it was known at a moment. SQL sums, ``rules`` divide. Each is one statement, whatever the ledger holds.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any

from collections_app.ledger.ageing import LEDGER_THEN
from collections_app.ledger.companies import Company
from collections_app.lib import planning, replicas
from collections_app.lib.sql import Statement, array
from collections_app.reports.narrowing import ALL, DIMENSIONS, Narrowed
from collections_app.reports.rules import measure_parts, months
from collections_app.reports.rules.measure_parts import Cohort, Parts
from collections_app.reports.rules.measuring import COHORT_MONTHS, COHORT_STEPS
from collections_app.reports.rules.paying import Took
from collections_app.reports.rules.totals import Flow, Standing

# Every open item of a day (``item``), whose customers are looked at (``placed``), what was in dispute.
PLACED = Statement(__file__, "place_customers", after=LEDGER_THEN)
_STANDING = Statement(__file__, "age_items", "stand_in_parts", "sum_standing", after=PLACED)
_STANDING_AT_ENDS = Statement(__file__, "age_items_at_ends", "stand_in_parts", "sum_standing_at_ends")
# What was set against what is owed, and the invoices that fell due with what settled them.
SETTLED = Statement(__file__, "settle_flows", after=PLACED)
ROLLED = Statement(__file__, "roll_cohorts", after=PLACED)
FLOWED = Statement(__file__, "follow_flows", after=SETTLED)
_FLOWS = Statement(__file__, "sum_flows", after=FLOWED)
_OPEN_BY_MONTH = Statement(__file__, "sum_open_by_month", after=PLACED)
TOOK = Statement(__file__, "take_days", after=PLACED)
_DAYS = Statement(__file__, "count_days", after=TOOK)
STEPPED = Statement(__file__, "step_cohorts", after=ROLLED)
_COHORTS = Statement(__file__, "sum_cohorts", after=STEPPED)
TOUCHED = Statement(__file__, "touch_first", after=PLACED)
_MEMBERS = Statement(__file__, "find_members")
_FIRST_TOUCHES = Statement(__file__, "count_first_touches", after=TOUCHED)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the customers of a sum belong: a currency and the four dimensions."""

    currency: str
    segment: str
    collector: int | None
    salesperson: int | None
    country: str


@dataclass(frozen=True, slots=True)
class Span:
    """A month, and the moment by which customers are placed in it; None for where they belong now."""

    first: dt.date
    last: dt.date
    at: dt.datetime | None


# So many customers are looked up faster than everybody is read.
FEW_MAX = 2_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which company, as of the end of which day, known when (None: now), narrowed to whom; of a few
    ``customers`` (ids), what is theirs is looked up and not searched for. ``spans`` are the months in which
    customers are placed (``placements``); None stands for all time and where they belong now.
    """

    company: Company
    day: dt.date
    known_at: dt.datetime | None = None
    narrowed: Narrowed = ALL
    customers: tuple[int, ...] | None = None
    spans: tuple[Span, ...] | None = None
    # Whom it is narrowed to (ids), once that was asked for.
    members: list[list[int]] = field(init=False, default_factory=list, compare=False, repr=False)

    def params(self, **more: Any) -> dict[str, Any]:
        """As ``PLACED`` takes it."""
        return {
            "company": self.company.pk,
            "zone": self.company.time_zone,
            "day": self.day,
            "known_at": self.known_at,
            "customers": None if self.customers is None else array(self.customers),
            "touched_until": None,
            **self.narrowed.params,
            **self._placed(),
            **more,
        }

    def _placed(self) -> dict[str, Any]:
        spans = self.spans or ()
        now = [each.first for each in spans if each.at is None]
        kept = [each for each in spans if each.at is not None]
        return {
            "is_now": self.spans is None or bool(now),
            "now_from": min(now, default=None),
            "kept_from": [each.first for each in kept],
            "kept_until": [each.last for each in kept],
            "kept_at": [each.at for each in kept],
        }


def standings(asked: Asked) -> dict[Place, Standing]:
    """What was open at the end of the day, by place."""
    return {_place(row): Standing(**_picked(row, Standing)) for row in _rows(_STANDING, asked)}


def standings_at(ends: Sequence[dt.date], *, company: Company) -> dict[dt.date, dict[Place, Standing]]:
    """What was open at the ends of several months, by place; as known now. One statement, not one an end."""
    if not ends:
        return {}
    months = [end.year * 12 + end.month for end in ends]
    with replicas.transaction(), planning.joining_sets():
        rows = _STANDING_AT_ENDS.rows(
            {
                "company": company.pk,
                "zone": company.time_zone,
                "oldest": min(months),
                "newest": max(months),
            }
        )
    found: dict[dt.date, dict[Place, Standing]] = {end: {} for end in ends}
    for row in rows:
        if row["day"] in found:
            found[row["day"]][_place(row)] = Standing(**_picked(row, Standing))
    return found


def by_currency(found: Mapping[Place, Standing]) -> dict[str, Standing]:
    """What was open, by currency alone."""
    parts: dict[str, list[Standing]] = {}
    for place, standing in found.items():
        parts.setdefault(place.currency, []).append(standing)
    return {currency: Standing.summed(each) for currency, each in parts.items()}


def flows(asked: Asked, *, since: dt.date) -> dict[tuple[dt.date, Place], Flow]:
    """What came and went from ``since`` to the day, by the first day of its month and by place."""
    rows = _rows(_FLOWS, asked, by_many=True, since=since)
    return {(row["month"], _place(row)): Flow(**_picked(row, Flow)) for row in rows}


def open_by_month(asked: Asked) -> dict[tuple[str, dt.date], Decimal]:
    """What is open at the end of the day, by currency and the month in which it was posted."""
    return {(row["currency"], row["month"]): row["open"] for row in _rows(_OPEN_BY_MONTH, asked)}


def days_taken(asked: Asked, *, since: dt.date) -> dict[tuple[str, str], list[Took]]:
    """Days of invoices, by currency and kind: closed from ``since`` to the day (``late``, ``to_pay``),
    and overdue at its end (``open`` since the due date, ``unpaid`` since they were issued).
    """
    found: dict[tuple[str, str], list[Took]] = {}
    for row in _rows(_DAYS, asked, since=since):
        took = Took(row["days"], row["count"], row["amount"])
        found.setdefault((row["currency"], row["what"]), []).append(took)
    return found


def cohorts(asked: Asked, *, since: dt.date, until: dt.date, steps: Sequence[int]) -> dict[str, Cohort]:
    """Of what fell due from ``since`` to ``until``: what was still unpaid so many days past due, for each of
    ``steps``; by currency, and with it how much of that was ever in dispute.
    """
    rows = _rows(_COHORTS, asked, since=since, until=until, whole_until=until, steps=list(steps))
    return measure_parts.cohorts(measure_parts.of_named(rows), steps=len(steps))


def cohort_parts(asked: Asked) -> Parts:
    """What a report's cohort is made of, and those of its months."""
    return measure_parts.of_named(_rows(_COHORTS, asked, **cohort_params(asked.day)))


def cohort_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """Between which days the invoices of a report's cohort fell due."""
    until = day - dt.timedelta(COHORT_STEPS[-1])
    return months.first_of(until, back=COHORT_MONTHS - 1), until


def cohort_params(day: dt.date) -> dict[str, Any]:
    """What ``STEPPED`` takes: the cohort of a report, with what fell due since."""
    since, until = cohort_of(day)
    return {"since": since, "until": day, "whole_until": until, "steps": list(COHORT_STEPS)}


def first_touches(asked: Asked, *, since: dt.date, until: dt.datetime) -> dict[str, list[Took]]:
    """Days past due at the first touch of what became overdue from ``since`` to the day (``touched``),
    and of what is still open without one (``untouched``); of the touches written down until a moment.
    """
    found: dict[str, list[Took]] = {"touched": [], "untouched": []}
    for row in _rows(_FIRST_TOUCHES, asked, since=since, touched_until=until):
        found[row["what"]].append(Took(row["days"], row["count"]))
    return found


def first_touches_by_collector(
    asked: Asked, *, since: dt.date, until: dt.datetime | None = None
) -> dict[int | None, list[Took]]:
    """Of what was touched, the days past due at the first touch, by who looks after the customer now (an id;
    None for nobody); of the touches written down until a moment, or of all.
    """
    found: dict[int | None, list[Took]] = {}
    for row in _rows(_FIRST_TOUCHES, asked, since=since, touched_until=until):
        if row["what"] == "touched":
            found.setdefault(row["collector"], []).append(Took(row["days"], row["count"]))
    return found


def customers_of(asked: Asked) -> list[int] | None:
    """The customers that a report is narrowed to (ids); None for all."""
    if asked.customers is not None:
        return list(asked.customers)
    if asked.narrowed == ALL:
        return None
    if not asked.members:
        found = _MEMBERS.row({"company": asked.company.pk, **asked.narrowed.params})
        asked.members.append(found["members"])
    return asked.members[0]


def of_few(asked: Asked) -> Asked:
    """The same with the customers named to whom it is narrowed, where they are few: what is theirs is looked
    up. Of months in which customers are placed otherwise than now, as it is.
    """
    members = None if asked.spans is not None else customers_of(asked)
    return asked if members is None or len(members) > FEW_MAX else replace(asked, customers=tuple(members))


def _rows(statement: Statement, asked: Asked, *, by_many: bool = False, **more: Any) -> list[dict[str, Any]]:
    whole = asked.customers is None
    adding_up = planning.adding_up() if by_many and whole else nullcontext()
    with replicas.transaction(), planning.joining_sets(whole=whole), adding_up:
        return statement.rows(asked.params(**more))


def _place(row: dict[str, Any]) -> Place:
    return Place(row["currency"], *(row[name] for name in DIMENSIONS))


def _picked(row: dict[str, Any], kind: type[Standing] | type[Flow]) -> dict[str, Any]:
    return {field.name: row[field.name] for field in fields(kind)}
