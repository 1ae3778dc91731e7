"""The figures about disputes of a company over a period. SQL counts and sums, ``rules.dispute_rates``
divides.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Min, Q

from collections_app.contact.dispute_rows import Dispute
from collections_app.contact.rules import dispute_rates
from collections_app.contact.rules.dispute_rates import Aged, ReasonAges
from collections_app.ledger.companies import Company
from collections_app.lib.sql import Statement, array

SUMS = Statement(__file__, "sum_disputes")
# Which disputes are looked at, and the working days between; ``OPEN`` are the pieces of what is open.
AGED = Statement(__file__, "age_disputes")
DAYS = Statement(__file__, "count_dispute_days", after=AGED)
OPEN = Statement(__file__, "pieces_disputes_open", after=AGED)
PERIOD_DAYS = 365


@dataclass(frozen=True, slots=True)
class Sums:
    """Counts and values of one currency; ``currency`` is empty where counts of several are added, and then
    there are no values.
    """

    currency: str
    raised_count: int
    raised_amount: Decimal
    invoiced_count: int
    invoiced_amount: Decimal
    resolved_count: int
    resolved_amount: Decimal
    credited_count: int
    credited_amount: Decimal
    open_count: int
    open_amount: Decimal

    @property
    def dispute_rate(self) -> Decimal | None:
        """Invoices disputed / invoices raised, by count."""
        return dispute_rates.share(self.raised_count, self.invoiced_count)

    @property
    def dispute_rate_by_value(self) -> Decimal | None:
        return dispute_rates.share(self.raised_amount, self.invoiced_amount)

    @property
    def valid_rate(self) -> Decimal | None:
        """Credited / resolved, by count."""
        return dispute_rates.share(self.credited_count, self.resolved_count)

    @property
    def valid_rate_by_value(self) -> Decimal | None:
        return dispute_rates.share(self.credited_amount, self.resolved_amount)


@dataclass(frozen=True, slots=True)
class Figures:
    """All of them, with the period that they are of."""

    since: dt.date
    until: dt.date
    sums: list[Sums]
    cycle_days: dict[int, int]
    open_days: dict[int, int]
    aged: list[Aged]

    @property
    def all(self) -> Sums:
        """Counts over all currencies."""
        zero = Decimal(0)
        return Sums(
            "",
            sum(each.raised_count for each in self.sums),
            zero,
            sum(each.invoiced_count for each in self.sums),
            zero,
            sum(each.resolved_count for each in self.sums),
            zero,
            sum(each.credited_count for each in self.sums),
            zero,
            sum(each.open_count for each in self.sums),
            zero,
        )

    @property
    def cycle_median(self) -> Decimal | None:
        return dispute_rates.median(self.cycle_days)

    @property
    def cycle_p90(self) -> Decimal | None:
        return dispute_rates.p90(self.cycle_days)

    @property
    def open_by_age(self) -> list[tuple[int, int | None, int]]:
        return dispute_rates.by_age(self.open_days)

    @property
    def open_by_reason(self) -> list[ReasonAges]:
        return dispute_rates.by_reason_and_age(self.aged)

    @property
    def oldest_open(self) -> int | None:
        return max(self.open_days, default=None)


def figures(
    *,
    company: Company,
    customers: Collection[int] | None = None,
    until: dt.date,
    since: dt.date | None = None,
    invoiced: Mapping[str, tuple[int, Decimal]] | None = None,
) -> Figures:
    """The figures of the days from ``since``, a year before when not given, to ``until``, of all customers or
    of some; what is open is as of the end of ``until``, by the reason that it has now. The invoices of the
    period may be given by currency: how many, and what they come to. Three queries.
    """
    since = since or until - dt.timedelta(days=PERIOD_DAYS - 1)
    params = params_of(company, customers, since=since, until=until)
    sums = [Sums(**row) for row in SUMS.rows({**params, **_known(invoiced)})]
    rows = DAYS.rows(params)
    days: dict[str, Counter[int]] = {"resolved": Counter(), "open": Counter()}
    for row in rows:
        days[row["what"]][int(row["took"])] += row["disputes"]
    aged = _open(rows)
    return Figures(since, until, sums, days["resolved"], days["open"], aged)


def _known(invoiced: Mapping[str, tuple[int, Decimal]] | None) -> dict[str, list[Any] | None]:
    if invoiced is None:
        return {"currencies": None, "counts": None, "amounts": None}
    return {
        "currencies": list(invoiced),
        "counts": [count for count, _ in invoiced.values()],
        "amounts": [amount for _, amount in invoiced.values()],
    }


def open_aged(*, company: Company, customers: Collection[int] | None = None, day: dt.date) -> list[Aged]:
    """What is open at the end of a day by reason, currency and age. Two queries."""
    return _open(DAYS.rows(params_of(company, customers, since=day, until=day)))


def _open(rows: list[dict[str, Any]]) -> list[Aged]:
    return [
        Aged(row["reason"], row["currency"], int(row["took"]), row["disputes"], row["amount"])
        for row in rows
        if row["what"] == "open"
    ]


def params_of(
    company: Company, customers: Collection[int] | None, *, since: dt.date, until: dt.date
) -> dict[str, Any]:
    """What the statements take. One query."""
    first_day = min(_oldest_day(company, since), until)
    return {
        "company": company.pk,
        "zone": company.time_zone,
        "since": since,
        "until": until,
        "customers": None if customers is None else array(list(customers)),
        "first_day": first_day,
        "working_days": _worked(company, first_day, until),
    }


def _oldest_day(company: Company, since: dt.date) -> dt.date:
    """The day of the oldest lodging that the figures look at, or a day before it."""
    before = dt.datetime.combine(since - dt.timedelta(days=2), dt.time(), dt.UTC)
    asked = Dispute.objects.filter(Q(closed_at__isnull=True) | Q(closed_at__gte=before), company=company)
    oldest: dt.datetime | None = asked.aggregate(oldest=Min("lodged_at"))["oldest"]
    return company.today(at=oldest) if oldest else since


def _worked(company: Company, first: dt.date, last: dt.date) -> list[dt.date]:
    calendar, span = company.calendar, (last - first).days
    days = (first + dt.timedelta(days=number) for number in range(span + 1))
    return [day for day in days if calendar.is_working_day(day)]
