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
