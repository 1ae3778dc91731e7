"""How long sales wait for us: from a request to its decision, and from a hold to the first look of somebody
who may release. Reads only.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Avg, Count, ExpressionWrapper, F, Q
from django.db.models.fields import DurationField

from collections_app.holds.hold_rows import Hold
from collections_app.holds.release_rows import Release
from collections_app.ledger.companies import Company


@dataclass(frozen=True, slots=True)
class Waited:
    """How many there were, and the average time; None when there were none."""

    number: int
    average: dt.timedelta | None

    @property
    def hours(self) -> float | None:
        """The average in hours, to a tenth."""
        return None if self.average is None else round(self.average.total_seconds() / 3600, 1)


def until_decided(*, company: Company, since: dt.datetime) -> Waited:
    """Of requests that were decided since a moment: from asking to the decision. One query."""
    spent = ExpressionWrapper(F("decided_at") - F("asked_at"), output_field=DurationField())
    decided = Release.objects.filter(company=company, decided_at__gte=since)
    found = decided.aggregate(number=Count("pk"), average=Avg(spent))
    return Waited(found["number"], found["average"])


def until_looked_at(*, company: Company, since: dt.datetime) -> Waited:
    """Of orders that were released since a moment: from the hold to the first look at it. One query."""
    spent = ExpressionWrapper(F("first_looked_at") - F("held_at"), output_field=DurationField())
    released = Hold.objects.filter(company=company, ending="release", ended_at__gte=since)
    seen = Q(first_looked_at__isnull=False)
    found = released.aggregate(number=Count("pk", filter=seen), average=Avg(spent, filter=seen))
    return Waited(found["number"], found["average"])
