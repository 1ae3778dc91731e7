"""What caused the disputes of a period, in money: for whoever can see to it that it does not come again."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Count, Sum

from collections_app.contact.dispute_rows import Dispute
from collections_app.contact.rules.dispute_endings import CAUSE_LABELS, RootCause
from collections_app.ledger.companies import Company
from collections_app.lib.money import ZERO

# What was lodged by mistake counts nowhere.
COUNTED = frozenset(RootCause) - {RootCause.BY_MISTAKE}


@dataclass(frozen=True, slots=True)
class Reasoned:
    """What of a cause was lodged for one reason (its code)."""

    reason: str
    number: int
    amount: Decimal
    credited: Decimal


@dataclass(frozen=True, slots=True)
class Caused:
    """What one cause came to in one currency; by reason, the largest credit first."""

    cause: RootCause
    currency: str
    reasons: list[Reasoned]

    @property
    def label(self) -> str:
        return CAUSE_LABELS[self.cause]

    @property
    def number(self) -> int:
        return sum(each.number for each in self.reasons)

    @property
    def amount(self) -> Decimal:
        """What was contested."""
        return sum((each.amount for each in self.reasons), ZERO)

    @property
    def credited(self) -> Decimal:
        """What the customer was right about."""
        return sum((each.credited for each in self.reasons), ZERO)


def closed(
    company: Company, *, customers: Collection[int] | None = None, since: dt.date, until: dt.date
) -> list[Caused]:
    """The causes of what was closed on the days from ``since`` to ``until``, of all customers or of some
    (ids), currency by currency, the most costly first. What was lodged by mistake counts nowhere. One query.
    """
    zone, day = ZoneInfo(company.time_zone), dt.timedelta(days=1)
    begins_at = dt.datetime.combine(since, dt.time(), zone)
    ends_at = dt.datetime.combine(until + day, dt.time(), zone)
    ended = Dispute.objects.filter(company=company, closed_at__gte=begins_at, closed_at__lt=ends_at)
    if customers is not None:
        ended = ended.filter(customer__any=customers)
    sums = (
        ended.filter(cause__in=COUNTED)
        .values_list("cause", "currency", "reason")
        .annotate(number=Count("pk"), whole=Sum("amount"), back=Sum("credited"))
        .order_by("-back", "-whole", "reason")
    )
    found: dict[tuple[str, str], list[Reasoned]] = {}
    for cause, currency, reason, number, amount, credited in sums:
        found.setdefault((currency, cause), []).append(Reasoned(reason, number, amount, credited))
    causes = [Caused(RootCause(cause), currency, reasons) for (currency, cause), reasons in found.items()]
    return sorted(causes, key=lambda each: (each.currency, -each.credited, -each.amount, each.cause))
