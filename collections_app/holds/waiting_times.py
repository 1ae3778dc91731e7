"""How long sales wait for us: from a request to its decision, and from a hold to the first look of somebody
who may release. Reads only.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Aggregate, Avg, Count, ExpressionWrapper, F, Min, Q
from django.db.models.fields import DurationField

from collections_app.holds.hold_rows import Hold
from collections_app.holds.release_rows import Release
from collections_app.ledger.companies import Company


class _Median(Aggregate):
    """As many lie below as above."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


# Of which customers (ids); of all when it is None.
Customers = Collection[int] | None


@dataclass(frozen=True, slots=True)
class Waited:
    """How many there were, and the average time; None when there were none."""

    number: int
    average: dt.timedelta | None
    median: dt.timedelta | None = None

    @property
    def hours(self) -> float | None:
        """The average in hours, to a tenth."""
        return None if self.average is None else round(self.average.total_seconds() / 3600, 1)

    @property
    def median_hours(self) -> float | None:
        """The median in hours, to a tenth."""
        return None if self.median is None else round(self.median.total_seconds() / 3600, 1)


@dataclass(frozen=True, slots=True)
class FirstLooks(Waited):
    """Beside those that were looked at: how many wait that nobody has looked at, and since when the oldest of
    them waits (None when there is none).
    """

    unseen: int = 0
    unseen_since: dt.datetime | None = None


def until_decided(
    *, company: Company, customers: Customers = None, since: dt.datetime, until: dt.datetime | None = None
) -> Waited:
    """Of requests that were decided since a moment, and before another: from asking to the decision. One
    query.
    """
    spent = ExpressionWrapper(F("decided_at") - F("asked_at"), output_field=DurationField())
    decided = Release.objects.filter(_of(customers), company=company, decided_at__gte=since)
    if until:
        decided = decided.filter(decided_at__lte=until)
    found = decided.aggregate(number=Count("pk"), average=Avg(spent), median=_Median(spent))
    return Waited(**found)


def until_looked_at(
    *, company: Company, customers: Customers = None, since: dt.datetime, until: dt.datetime
) -> FirstLooks:
    """Of holds that were looked at for the first time between two moments, whatever came of them: from the
    hold to that look; and those that waited unseen at the end of it. One query.
    """
    spent = ExpressionWrapper(F("first_looked_at") - F("held_at"), output_field=DurationField())
    seen = Q(first_looked_at__range=(since, until))
    unlooked = Q(first_looked_at__isnull=True) | Q(first_looked_at__gt=until)
    waits = Q(held_at__lte=until) & (Q(ended_at__isnull=True) | Q(ended_at__gt=until))
    found = Hold.objects.filter(seen | unlooked & waits, _of(customers), company=company).aggregate(
        number=Count("pk", filter=seen),
        average=Avg(spent, filter=seen),
        unseen=Count("pk", filter=unlooked & waits),
        unseen_since=Min("held_at", filter=unlooked & waits),
    )
    return FirstLooks(**found)


def _of(customers: Customers) -> Q:
    return Q() if customers is None else Q(customer__in=customers)
