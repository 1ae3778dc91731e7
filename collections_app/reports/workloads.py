"""How the work is spread: what each collector looks after, has before them today and was last able to do.

It is there to balance work. Nobody is ranked: people stand in the order of their names, beside the median of
them all. A dozen queries, however many people and customers.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet, Value

from collections_app.chase.entries import Entry
from collections_app.contact import promise_lists
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.disputes import Dispute
from collections_app.contact.rules import dispute_rates
from collections_app.ledger.companies import Company, collectors_of
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.reports import workload_sums
from collections_app.reports.piece_params import CONTACT_WORKING_DAYS
from collections_app.reports.rules.paying import Spread, spread
from collections_app.reports.workload_sums import Touches
from collections_app.segmentation import portfolios
from collections_app.segmentation.covers import Cover
from collections_app.segmentation.portfolios import Portfolio

# An absence is told so long before it begins.
AWAY_SOON_DAYS = 14

Counts = dict[int | None, int]


@dataclass(frozen=True, slots=True)
class Load:
    """The work of one collector. Money is by currency and never added up; ``listed`` and ``call_backs`` are
    what they work today, absent colleagues' included. ``first_touch`` is of the contacts until
    ``touched_until``, where it was kept.
    """

    collector: User
    customers: int
    listed: int
    call_backs: int
    promises_today: int
    promises_late: int
    late_ours: int
    disputes: int
    contacts: int
    first_touch: Spread
    touched_until: dt.datetime | None = None
    overdue: list[tuple[Decimal, str]] = field(default_factory=list)
    portfolios: list[Portfolio] = field(default_factory=list)
    away: list[Cover] = field(default_factory=list)
    stands_in: list[Cover] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Medians:
    """The middle of what everybody has; None of nobody."""

    customers: Decimal | None
    listed: Decimal | None
    contacts: Decimal | None
    first_touch: Decimal | None


def loads(company: Company, *, today: dt.date, only: User | None = None) -> list[Load]:
    """Everybody who collects for ``company`` by name, or one of them alone."""
    counted = _Counted.of(company, today)
    people = [
        user
        for user in collectors_of(company).order_by("full_name", "username")
        if user.role == Role.COLLECTOR or counted.customers.get(user.pk) or user.pk in counted.portfolios
    ]
    return [counted.of_one(user) for user in people if only is None or user == only]


def medians(found: Sequence[Load]) -> Medians:
    """Beside what one person's figures stand."""

    def middle(values: Sequence[int]) -> Decimal | None:
        return dispute_rates.median(Counter(values))

    touches = sorted(each.first_touch.median for each in found if each.first_touch.median is not None)
    half = len(touches) // 2
    return Medians(
        customers=middle([each.customers for each in found]),
        listed=middle([each.listed for each in found]),
        contacts=middle([each.contacts for each in found]),
        first_touch=(touches[half] + touches[-half - 1]) / 2 if touches else None,
    )


@dataclass(slots=True)
class _Counted:
    """Everything by the id of whose it is."""

    customers: Counts
    listed: Counts
    call_backs: Counts
    promises: dict[str, Counts]
    late_ours: Counts
    disputes: Counts
    contacts: Counts
    touches: Touches
    overdue: dict[int | None, list[tuple[Decimal, str]]]
    portfolios: dict[int, list[Portfolio]]
    covers: list[Cover]

    @classmethod
    def of(cls, company: Company, today: dt.date) -> "_Counted":
        listed = Entry.objects.filter(company=company, left_out="").order_by()
        due = promise_lists.to_look_for(company, collector=None, today=today).order_by()
        of_promise = "promise__customer__assignment__collector"
        whose = workload_sums.looked_after(company)
        since = dt.datetime.combine(
            company.calendar.add(today, -CONTACT_WORKING_DAYS), dt.time(), ZoneInfo(company.time_zone)
        )
        of_company = Q(company=company)
        soon = Cover.objects.unfinished(today).filter(
            of_company, first_on__lte=today + dt.timedelta(days=AWAY_SOON_DAYS)
        )
        theirs: dict[int, list[Portfolio]] = defaultdict(list)
        for portfolio in portfolios.of(company):
            theirs[portfolio.collector_id].append(portfolio)
        return cls(
            customers=dict(whose.customers),
            listed=_by(listed, "collector"),
            call_backs=_by(listed.filter(is_call_back=True), "collector"),
            promises={
                "today": _by(due.filter(due_on=today), of_promise),
                "late": _by(due.filter(due_on__lt=today), of_promise),
            },
            late_ours=_by(Commitment.objects.late(today).filter(of_company), "owner"),
            disputes=_by(Dispute.objects.open().filter(of_company), "owner"),
            contacts=_by(ContactLog.objects.valid().filter(of_company, at__gte=since), "by"),
            touches=workload_sums.touches(company, whose, today=today),
            overdue=workload_sums.overdue(company, whose, today=today),
            portfolios=theirs,
            covers=list(soon.select_related("collector", "stand_in", "portfolio").order_by("first_on", "pk")),
        )

    def of_one(self, user: User) -> Load:
        """What stands at one person."""
        pk = user.pk
        return Load(
            collector=user,
            customers=self.customers.get(pk, 0),
            listed=self.listed.get(pk, 0),
            call_backs=self.call_backs.get(pk, 0),
            promises_today=self.promises["today"].get(pk, 0),
            promises_late=self.promises["late"].get(pk, 0),
            late_ours=self.late_ours.get(pk, 0),
            disputes=self.disputes.get(pk, 0),
            contacts=self.contacts.get(pk, 0),
            first_touch=self.touches.spreads.get(pk) or spread([]),
            touched_until=self.touches.until,
            overdue=self.overdue.get(pk, []),
            portfolios=self.portfolios.get(pk, []),
            away=_once(each for each in self.covers if each.collector_id == pk),
            stands_in=_once(each for each in self.covers if each.stand_in_id == pk),
        )


def _once(found: Iterable[Cover]) -> list[Cover]:
    """An absence in several portfolios is told once."""
    whole = {(each.collector_id, each.stand_in_id, each.first_on, each.last_on): each for each in found}
    return list(whole.values())


def _by(rows: QuerySet[Any], whose: str) -> Counts:
    return dict(rows.order_by().values_list(whose).annotate(number=Count(Value(1))))
