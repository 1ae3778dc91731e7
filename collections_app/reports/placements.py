"""Where each customer belonged when figures were kept: segment, collector, salesperson and country, from a
moment until it changed.

A snapshot keeps figures by these four; so that a list adds up to the narrowed figure of a past month, it is
narrowed by what was true when that month was kept, and not by what is true now.
"""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.db.models import Min, Q

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.sql import Statement
from collections_app.people.users import User
from collections_app.reports.derived import Asked, Span
from collections_app.reports.narrowing import ALL
from collections_app.reports.rules import months
from collections_app.reports.snapshot_rows import Snapshot

_CLOSE = Statement(__file__, "close_placements")
_OPEN = Statement(__file__, "open_placements")
_FIND_MOVED = Statement(__file__, "find_moved_customers")


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
            "here now, those of each end of a month of those who belonged here then: for three months after "
            "a move, days of sales and effectiveness of those ends mix both."
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


def _moved(asked: Asked, at: dt.datetime) -> list[dict[str, Any]]:
    return _FIND_MOVED.rows({"company": asked.company.pk, "at": at, **asked.narrowed.params})


def _counted(number: int) -> str:
    return f"{number:,} customer{'' if number == 1 else 's'}"


def as_kept(asked: Asked, *, before: dt.date, number: int = 1) -> Asked:
    """The same, narrowed for each of the ``number`` months until its day by where customers belonged when it
    was kept, for months that ended ``before`` a day; later ones are told by where they belong now. A month
    that was not kept has nobody.
    """
    if asked.narrowed == ALL:
        return asked
    taken_at = kept(asked.company).taken_at
    spans = []
    for back in range(number - 1, -1, -1):
        first = months.first_of(asked.day, back=back)
        last = min(months.first_of(first, back=-1) - months.DAY, asked.day)
        if last >= before:
            spans.append(Span(first, last, None))
        elif last in taken_at:
            spans.append(Span(first, last, taken_at[last]))
    return replace(asked, spans=tuple(spans))
