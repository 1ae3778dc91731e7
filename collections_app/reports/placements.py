"""Where each customer belonged when figures were kept: segment, collector, salesperson and country, from a
moment until it changed.

A snapshot keeps figures by these four; so that a list adds up to the narrowed figure of a past month, it is
narrowed by what was true when that month was kept, and not by what is true now.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Min, Q

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.sql import Statement
from collections_app.people.users import User
from collections_app.reports.derived import Asked, Span
from collections_app.reports.narrowing import ALL, Narrowed
from collections_app.reports.rules import months
from collections_app.reports.rules.totals import Standing
from collections_app.reports.snapshot_rows import Snapshot

_CLOSE = Statement(__file__, "close_placements")
_OPEN = Statement(__file__, "open_placements")
_FIND_MOVED = Statement(__file__, "find_moved_customers")
_BROUGHT = Statement(
    __file__, "narrow_placements", "find_moved_between", "age_brought", "stand_in_parts", "sum_brought"
)
_MOVED_SALES = Statement(__file__, "narrow_placements", "sum_moved_sales")


def _somebody() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)


class Placement(models.Model):
    """Where a customer belonged from a snapshot on, until one found it elsewhere."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+", db_index=False)
    segment = models.CharField(max_length=40, blank=True)
    collector = _somebody()
    salesperson = _somebody()
    country = models.CharField(max_length=2, blank=True)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "report_placement"
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(until_at__isnull=True),
                name="customer_belongs_somewhere_once",
            )
        ]
        indexes = [models.Index(fields=["company", "since_at"], name="placement_by_moment")]


@dataclass(frozen=True, slots=True)
class Kept:
    """When the days were kept that lists can be narrowed by."""

    taken_at: dict[dt.date, dt.datetime]
    unknown: frozenset[dt.date]


@dataclass(frozen=True, slots=True)
class Moved:
    """How many customers came to or left what a report is narrowed to since the end of a day; whether that is
    known, which it is not of days that were kept before placements were.
    """

    since: dt.date
    came: int = 0
    left: int = 0
    is_known: bool = True

    @property
    def is_any(self) -> bool:
        """Whether anybody did, as far as it is known."""
        return bool(self.came or self.left) or not self.is_known

    @property
    def sentence(self) -> str:
        """As a report says it; empty when nobody moved."""
        if not self.came and not self.left:
            return ""
        told = [f"{_counted(self.came)} moved here"] if self.came else []
        told += [f"{_counted(self.left)} moved away"] if self.left else []
        return (
            f"{' and '.join(told)} since {self.since:%-d %B %Y}. Figures of the day are of those who belong "
            "here now, those of each end of a month of those who belonged here then, and so are the sales "
            "that its days of sales stand on. Effectiveness of a month is of those who belonged here at its "
            "end, also in what it begins with."
        )


def keep(company: Company, *, at: dt.datetime) -> None:
    """Keep where customers belong now. Twice has one effect. Two statements, whatever there is."""
    params = {"company": company.pk, "at": at}
    _CLOSE.execute(params)
    _OPEN.execute(params)


def kept(company: Company) -> Kept:
    """The days that stand, and those that were kept before it was known who belonged where. Two queries."""
    began = Placement.objects.filter(company=company).aggregate(at=Min("since_at"))["at"]
    days = dict(Snapshot.objects.current().filter(company=company).values_list("day", "taken_at"))
    return Kept(
        {day: at for day, at in days.items() if began and at >= began},
        frozenset(day for day, at in days.items() if not began or at < began),
    )


def moved(asked: Asked, *, since: dt.date) -> Moved:
    """Who moved since the end of a day was kept, until now. Three queries."""
    at = kept(asked.company).taken_at.get(since)
    if at is None:
        return Moved(since, is_known=False)
    found = _moved(asked, at)
    came = sum(row["is_here"] for row in found)
    return Moved(since, came, len(found) - came)


def movers(asked: Asked, *, since: dt.date) -> tuple[list[int], list[int]] | None:
    """Who (ids) belongs there now and did not when the end of a day was kept, and the other way round; None
    where that is not known. Three queries.
    """
    at = kept(asked.company).taken_at.get(since)
    if at is None:
        return None
    found = [row for row in _moved(asked, at) if row["is_since_first"]]
    came = [row["customer_id"] for row in found if row["is_here"]]
    return came, [row["customer_id"] for row in found if not row["is_here"]]


def moved_sales(
    company: Company, narrowed: Narrowed, *, taken_at: Mapping[dt.date, dt.datetime]
) -> dict[str, dict[tuple[dt.date, dt.date], Decimal]]:
    """By currency, of the ends of months that were ``taken_at`` these moments and the first days of months
    before them: what those invoiced in the month who belong there at the end and did not when the month was
    kept, less those of whom it is the other way round; as it was known when the month was kept. One query.
    """
    days = sorted(taken_at)
    if not days:
        return {}
    span = {"since": months.first_of(days[0]), "until": days[-1]}
    given = {"days": days, "moments": [taken_at[day] for day in days], **span, **narrowed.params}
    found: dict[str, dict[tuple[dt.date, dt.date], Decimal]] = {}
    for row in _MOVED_SALES.rows({"company": company.pk, **given}):
        found.setdefault(row["currency"], {})[row["end_on"], row["first"]] = row["amount"]
    return found


def brought(
    company: Company, narrowed: Narrowed, *, ends: Sequence[dt.date], taken_at: Mapping[dt.date, dt.datetime]
) -> dict[str, dict[dt.date, Standing]]:
    """By currency, of the ``ends`` of months that were ``taken_at`` these moments: what those had open at the
    end of the month before who came in the month, less what those had who left; as it was known when the
    month before was kept. One query.
    """
    days = [day for day in ends if {day, _end_before(day)} <= {*taken_at}]
    if not days:
        return {}
    given = {
        "days": days,
        "moments": [taken_at[day] for day in days],
        "befores": [taken_at[_end_before(day)] for day in days],
        "zone": company.time_zone,
    }
    found: dict[str, dict[dt.date, Standing]] = {}
    for row in _BROUGHT.rows({"company": company.pk, **given, **narrowed.params}):
        standing = Standing(**{name: row[name] for name in Standing.__dataclass_fields__})
        of = found.setdefault(row["currency"], {})
        before = of.get(row["day"], Standing())
        of[row["day"]] = Standing.summed([before, standing]) if row["is_here"] else before.less(standing)
    return found


def _end_before(day: dt.date) -> dt.date:
    return months.first_of(day) - months.DAY


def _moved(asked: Asked, at: dt.datetime) -> list[dict[str, Any]]:
    return _FIND_MOVED.rows({"company": asked.company.pk, "at": at, **asked.narrowed.params})


def _counted(number: int) -> str:
    return f"{number:,} customer{'' if number == 1 else 's'}"


def as_kept(asked: Asked, *, before: dt.date, number: int = 1, at: dt.date | None = None) -> Asked:
    """The same, narrowed for the ``number`` months until its day by where customers belonged when the day was
    kept (or ``at`` another), where it lies ``before`` another; else by where they belong now. A day that was
    not kept has nobody.
    """
    if asked.narrowed == ALL:
        return asked
    spans = _span(asked, months.first_of(asked.day, back=number - 1), asked.day, before, at)
    return replace(asked, spans=tuple(spans))


def as_kept_at_each(asked: Asked, *, before: dt.date) -> Asked:
    """The same of the end of the month before and of the day, each by where customers belonged at it."""
    if asked.narrowed == ALL:
        return asked
    first = months.first_of(asked.day)
    earlier = _span(asked, months.first_of(asked.day, back=1), first - months.DAY, before)
    return replace(asked, spans=(*earlier, *_span(asked, first, asked.day, before)))


def _span(
    asked: Asked, first: dt.date, last: dt.date, before: dt.date, at: dt.date | None = None
) -> list[Span]:
    placed = at or last
    if placed >= before:
        return [Span(first, last, None)]
    taken_at = kept(asked.company).taken_at
    return [Span(first, last, taken_at[placed])] if placed in taken_at else []
