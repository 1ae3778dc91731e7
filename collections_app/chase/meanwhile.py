"""What happened with the customers of a portfolio while its collector was away, by customer: conversations,
promises, disputes, commitments, notes, requests and money. Read from events and rows; nothing of it is kept.

Which customers joined or left it meanwhile is not told: an assignment remembers only since when it stands.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet, Sum

from collections_app.activity.events import Event
from collections_app.chase.rules import covering
from collections_app.chase.rules.covering import KIND_OF_EVENT, KINDS, Kind
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.rules import CHANNEL_LABELS, OUTCOME_LABELS, Channel, Outcome
from collections_app.ledger.customers import Customer
from collections_app.ledger.payments import Payment
from collections_app.ledger.rules import PaymentKind
from collections_app.segmentation.covers import Cover
from collections_app.segmentation.portfolio_rows import Portfolio

# The newest of each source; the counts are of all, and the timeline of a customer has the rest.
SHOWN_MAX = 300
# Money that we learn of is seldom dated longer ago than this; the day is what the index of payments knows.
DATED_DAYS = 31
PAID = {PaymentKind.RECEIPT: "paid", PaymentKind.REVERSAL: "reversed"}


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened. ``quote`` is in somebody's own words; ``who`` is empty for the clock."""

    customer_id: int
    code: str
    at: dt.datetime
    words: str
    who: str = ""
    quote: str = ""
    amount: Decimal | None = None
    currency: str = ""

    @property
    def kind(self) -> Kind:
        return KINDS[self.code]


@dataclass(frozen=True, slots=True)
class Number:
    """How often one kind of thing happened, with the money by currency where there is any."""

    code: str
    kind: Kind
    number: int
    totals: list[tuple[Decimal, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One customer, and what happened in its order."""

    customer: Customer
    happenings: list[Happening]


@dataclass(frozen=True, slots=True)
class Differences:
    """All of it: how much of each kind, then customer by customer, the worst first."""

    numbers: list[Number]
    chapters: list[Chapter]
    is_cut: bool


def during(cover: Cover, *, at: dt.datetime) -> Differences:
    """What happened from the first day of ``cover`` to its end, or until now."""
    zone = ZoneInfo(cover.company.time_zone)
    since = dt.datetime.combine(cover.first_on, dt.time(), zone)
    ends_at = dt.datetime.combine(cover.last_on + dt.timedelta(days=1), dt.time(), zone)
    return differences(cover.portfolio, since=since, until=min(at, cover.ended_at or ends_at))


def differences(portfolio: Portfolio, *, since: dt.datetime, until: dt.datetime) -> Differences:
    """What happened with the customers that are in ``portfolio`` now, from ``since`` to before ``until``.
    Seven queries however much it was.
    """
    told = _events(portfolio, since, until)
    logs = _logs(portfolio, since, until)
    paid = _paid(portfolio, since, until)
    happenings = [*_of_events(told), *_of_logs(logs), *_of_payments(paid)]
    customers = Customer.objects.in_bulk({each.customer_id for each in happenings})
    chapters = [Chapter(customers[pk], lines) for pk, lines in covering.chapters(happenings)]
    numbers = _numbers(told, logs, paid)
    return Differences(numbers, chapters, is_cut=sum(each.number for each in numbers) > len(happenings))


def _events(portfolio: Portfolio, since: dt.datetime, until: dt.datetime) -> QuerySet[Event]:
    return Event.objects.filter(
        company=portfolio.company_id,
        what__in=KIND_OF_EVENT,
        at__gte=since,
        at__lt=until,
        customer__assignment__portfolio=portfolio,
    )


def _logs(portfolio: Portfolio, since: dt.datetime, until: dt.datetime) -> QuerySet[ContactLog]:
    theirs = ContactLog.objects.valid().filter(customer__assignment__portfolio=portfolio)
    return theirs.filter(at__gte=since, at__lt=until)


def _paid(portfolio: Portfolio, since: dt.datetime, until: dt.datetime) -> QuerySet[Payment]:
    dated_since = portfolio.company.today(at=since) - dt.timedelta(days=DATED_DAYS)
    return Payment.objects.filter(
        company=portfolio.company_id,
        customer__assignment__portfolio=portfolio,
        posted_on__gte=dated_since,
        recorded_at__gte=since,
        recorded_at__lt=until,
        kind__in=PAID,
    )


def _of_events(told: QuerySet[Event]) -> Iterable[Happening]:
    for event in told.select_related("by").order_by("-at", "-pk")[:SHOWN_MAX]:
        assert event.customer_id is not None  # an inner join asked for one
        yield Happening(
            event.customer_id,
            KIND_OF_EVENT[event.what],
            event.at,
            event.summary,
            who=str(event.by) if event.by else "",
        )


def _of_logs(logs: QuerySet[ContactLog]) -> Iterable[Happening]:
    for log in logs.select_related("by", "contact").order_by("-at", "-pk")[:SHOWN_MAX]:
        name = log.contact.name if log.contact else log.spoke_with
        about = f"{CHANNEL_LABELS[Channel(log.channel)]}{f' with {name}' if name else ''}"
        yield Happening(
            log.customer_id,
            "contacts",
            log.at,
            f"{about}: {OUTCOME_LABELS[Outcome(log.outcome)]}",
            who=str(log.by),
            quote=log.said,
        )


def _of_payments(paid: QuerySet[Payment]) -> Iterable[Happening]:
    for payment in paid.order_by("-recorded_at", "-pk")[:SHOWN_MAX]:
        code = PAID[PaymentKind(payment.kind)]
        yield Happening(
            payment.customer_id,
            code,
            payment.recorded_at,
            f"Payment {'received' if code == 'paid' else 'reversed'}"
            + (f" ({payment.reference})" if payment.reference else ""),
            amount=payment.amount,
            currency=payment.currency,
        )


def _numbers(told: QuerySet[Event], logs: QuerySet[ContactLog], paid: QuerySet[Payment]) -> list[Number]:
    counted: Counter[str] = Counter(contacts=logs.count())
    for row in told.order_by().values("what").annotate(number=Count("pk")):
        counted[KIND_OF_EVENT[row["what"]]] += row["number"]
    totals: dict[str, list[tuple[Decimal, str]]] = {}
    summed = paid.order_by("currency").values("kind", "currency")
    for money in summed.annotate(number=Count("pk"), total=Sum("amount")):
        code = PAID[PaymentKind(money["kind"])]
        counted[code] += money["number"]
        totals.setdefault(code, []).append((money["total"], money["currency"]))
    return [
        Number(code, kind, counted[code], totals.get(code, []))
        for code, kind in KINDS.items()
        if counted[code]
    ]
