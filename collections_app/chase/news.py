"""What changed since somebody was last here, and how their day stands. Bad news first; every figure opens its
list.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, Count, Max, Q, QuerySet, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from collections_app.activity.events import Event
from collections_app.behaviour.positions import Position
from collections_app.chase.entries import Entry
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.disputes import Dispute
from collections_app.contact.promises import Promise
from collections_app.contact.request_rows import ColleagueRequest
from collections_app.contact.rules import PromiseState
from collections_app.contact.rules.asking import STATE_LABELS, RequestState
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.payments import Payment
from collections_app.ledger.rules import PaymentKind
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.segmentation.portfolios import Portfolio

ROWS_MAX = 200
CALLS_SHOWN = 5
FIRST_SHOWN = 8
# Money that we learn of is seldom dated longer ago than this; the day is what the index of payments knows.
CASH_DATED_DAYS = 31
BROKEN = (PromiseState.BROKEN, PromiseState.PARTLY_KEPT)
KEPT = (PromiseState.KEPT, PromiseState.KEPT_LATE)
# News of what the reader asked, said or answers for, whoever looks after the customer.
OWN = ("overdue-disputes", "commitments", "answers")


def _state(row: Any) -> str:
    return str(row.state).replace("_", " ")


def _dispute(row: Dispute) -> str:
    return f"{row.invoice.number}, with {row.holder}"


def _commitment(row: Commitment) -> str:
    return f"{row}, {row.owner}"


def _answer(row: ColleagueRequest) -> str:
    return f"{row}: {STATE_LABELS[RequestState(row.state)].lower()} by {row.ended_name}"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of news: its name, whether it is bad or good, the column of its day, and what tells a row.
    What is due has the first day first, what happened the last. ``beside`` is fetched with the rows.
    """

    label: str
    tone: str
    day: str
    words: Callable[[Any], str]
    beside: tuple[str, ...] = ()
    is_due: bool = False
    has_amount: bool = True


KINDS: dict[str, Kind] = {
    "broken": Kind("Broken promises", "bad", "settled_on", _state),
    "reversed": Kind("Payments reversed", "bad", "posted_on", lambda payment: payment.reference),
    "overdue-disputes": Kind(
        "Disputes past their day, with you",
        "bad",
        "resolve_due_on",
        _dispute,
        ("invoice", "owner"),
        is_due=True,
    ),
    "commitments": Kind(
        "Our commitments due", "warn", "due_on", _commitment, ("owner",), is_due=True, has_amount=False
    ),
    "disputes": Kind("Disputes closed", "warn", "closed_at", _state),
    "answers": Kind(
        "Colleagues answered", "good", "ended_at", _answer, ("to_user", "ended_by"), has_amount=False
    ),
    "kept": Kind("Promises kept", "good", "settled_on", _state),
    "cash": Kind("Cash received", "good", "posted_on", lambda payment: payment.reference),
}


@dataclass(frozen=True, slots=True)
class Total:
    """Money of one currency."""

    currency: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Headline:
    """How much of one kind of news there is."""

    code: str
    kind: Kind
    number: int
    totals: list[Total]


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of news."""

    customer: Customer
    day: dt.date
    words: str
    total: Total | None


@dataclass(frozen=True, slots=True)
class Day:
    """How the reader's day stands: customers to work and worked, what was promised, the first of the list.

    Who has no customers of their own but sees the whole company reads the first of everybody's list.
    """

    to_work: int
    nobodys: int
    calls: int
    done: int
    promised: list[Total]
    next_calls: list[Entry]
    first: list[Entry]


@dataclass(frozen=True, slots=True)
class Window:
    """Whose news, and since when."""

    user: User
    company: Company
    since: dt.datetime
    today: dt.date

    def customers(self) -> QuerySet[Customer]:
        """Those the reader looks after, today's absences of others included; for managers all of the
        company's.
        """
        ours = Customer.objects.filter(company=self.company)
        if self.user.may(Deed.SEE_WHOLE_COMPANY):
            return ours
        covered = Portfolio.objects.covered_by(self.user, today=self.today)
        return ours.filter(
            Q(assignment__collector=self.user) | Q(assignment__portfolio__in=covered.values("pk"))
        )

    def rows(self, code: str) -> QuerySet[Any]:
        """The rows of one kind of news. Raises ``KeyError`` for an unknown one."""
        since_day = self.company.today(at=self.since)
        ended = Promise.objects.filter(pk__in=self._promises_ended())
        cash_since = since_day - dt.timedelta(days=CASH_DATED_DAYS)
        cash = Payment.objects.filter(posted_on__gte=cash_since, recorded_at__gt=self.since)
        rows: QuerySet[Any] = {
            "broken": ended.filter(state__in=BROKEN),
            "reversed": cash.filter(kind=PaymentKind.REVERSAL),
            "overdue-disputes": Dispute.objects.with_somebody(self.user).overdue(self.today),
            "commitments": Commitment.objects.due(self.today).filter(self._to_be_done()),
            "disputes": Dispute.objects.filter(closed_at__gt=self.since),
            "answers": ColleagueRequest.objects.asked_by(self.user).answered_since(self.since),
            "kept": ended.filter(state__in=KEPT),
            "cash": cash.filter(kind=PaymentKind.RECEIPT),
        }[code]
        rows = rows.filter(company=self.company)
        if code in OWN or self.user.may(Deed.SEE_WHOLE_COMPANY):
            return rows
        return rows.filter(customer__in=self.customers().values("pk"))

    def _to_be_done(self) -> Q:
        """What the reader said they would do, and what an absent colleague did whose customers they look
        after.
        """
        covered = Portfolio.objects.covered_by(self.user, today=self.today)
        theirs = Q(
            owner__in=covered.values("collector"), customer__assignment__portfolio__in=covered.values("pk")
        )
        return Q(owner=self.user) | theirs

    def _promises_ended(self) -> QuerySet[Any]:
        """Promises that ended since then, to the minute: a promise has the day, its event the moment."""
        ends = [f"promise.{state}" for state in (*BROKEN, *KEPT)]
        told = Event.objects.filter(company=self.company, what__in=ends, at__gt=self.since)
        number = Cast(KeyTextTransform("promise", "facts"), BigIntegerField())
        # Each once, so the numbers are read before promises are looked up by them: behind the wall around
        # companies PostgreSQL does not take what it reads from JSON straight to an index.
        return told.annotate(promise=number).values("promise").distinct()


def headlines(window: Window) -> list[Headline]:
    """What is new, by kind; a kind without news says so with a zero. One query a kind."""
    return [_headline(code, kind, window.rows(code)) for code, kind in KINDS.items()]


def lines(window: Window, code: str) -> list[Line]:
    """The newest pieces of one kind of news. Raises ``KeyError`` for an unknown one."""
    kind = KINDS[code]
    order = (kind.day, "pk") if kind.is_due else (f"-{kind.day}", "-pk")
    rows = window.rows(code).select_related("customer", *kind.beside).order_by(*order)
    zone = ZoneInfo(window.company.time_zone)
    return [_line(row, kind, zone) for row in rows[:ROWS_MAX]]


def closed_customers(company: Company) -> QuerySet[Customer]:
    """Those who are no customers any more and still have something overdue: no list has them."""
    overdue = Position.objects.filter(company=company, overdue__gt=0).values("customer")
    return Customer.objects.filter(company=company, is_active=False, pk__in=overdue)


def left_at(user: User) -> dt.datetime | None:
    """When ``user`` was last seen: signing in, or by the last thing that they did. None for somebody new."""
    did = Event.objects.filter(by=user).aggregate(at=Max("at"))["at"]
    moments = [moment for moment in (user.last_login, did) if moment is not None]
    return max(moments, default=None)


def day_of(user: User, *, company: Company, today: dt.date, at: dt.datetime) -> Day:
    """The reader's day, in seven queries."""
    zone = ZoneInfo(company.time_zone)
    begins_at = dt.datetime.combine(today, dt.time(), zone)
    mine = Entry.objects.listed(company).filter(collector=user)
    calls = mine.filter(call_back_at__isnull=False).select_related("customer").order_by("call_back_at")
    counted = mine.order_by().aggregate(
        all=Count("pk"), calls=Count("pk", filter=Q(call_back_at__isnull=False))
    )
    logs = ContactLog.objects.valid().filter(by=user, company=company, at__gte=begins_at, at__lte=at)
    promised = Promise.objects.filter(company=company, recorded_by=user, recorded_at__gte=begins_at)
    whole = user.may(Deed.SEE_WHOLE_COMPANY) and not counted["all"]
    shown = Entry.objects.listed(company) if whole else mine
    return Day(
        to_work=counted["all"],
        nobodys=Entry.objects.listed(company).filter(collector__isnull=True).order_by().count(),
        calls=counted["calls"],
        done=logs.aggregate(done=Count("customer", distinct=True))["done"],
        promised=_totals(promised.exclude(state=PromiseState.WITHDRAWN)),
        next_calls=list(calls[:CALLS_SHOWN]),
        first=list(shown.select_related("customer", "segment")[:FIRST_SHOWN]),
    )


def _headline(code: str, kind: Kind, rows: QuerySet[Any]) -> Headline:
    if not kind.has_amount:
        return Headline(code, kind, rows.count(), [])
    found = list(rows.order_by().values("currency").annotate(number=Count("pk"), total=Sum("amount")))
    ordered = sorted(found, key=lambda row: (-row["number"], row["currency"]))
    totals = [Total(row["currency"], row["total"]) for row in ordered]
    return Headline(code, kind, sum(row["number"] for row in found), totals)


def _totals(rows: QuerySet[Any]) -> list[Total]:
    found = rows.order_by("currency").values("currency").annotate(total=Sum("amount"))
    return [Total(row["currency"], row["total"]) for row in found]


def _line(row: Any, kind: Kind, zone: ZoneInfo) -> Line:
    when = getattr(row, kind.day)
    day = when.astimezone(zone).date() if isinstance(when, dt.datetime) else when
    total = Total(row.currency, row.amount) if kind.has_amount else None
    return Line(row.customer, day, kind.words(row), total)
