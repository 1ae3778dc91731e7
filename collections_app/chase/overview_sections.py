"""The parts of an overview of some customers: rows of one kind, how many there are, and their money by
currency. Each part is two queries, disputes one more.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from collections_app.chase.rules.covering import BROKEN_DAYS
from collections_app.contact import dispute_lists
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.disputes import Dispute
from collections_app.contact.promised import Promise, PromiseInstalment
from collections_app.contact.request_rows import ColleagueRequest
from collections_app.contact.rules import PROMISE_STATE_LABELS, NextStep, PromiseState
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer

ROWS_MAX = 50
BROKEN = (PromiseState.BROKEN, PromiseState.PARTLY_KEPT)

Total = tuple[Decimal, str]


@dataclass(frozen=True, slots=True)
class Whose:
    """Some customers of one company: a query, not asked yet; and how many rows of a kind are shown."""

    company: Company
    customers: QuerySet[Customer]
    rows_max: int = ROWS_MAX

    @property
    def q(self) -> Q:
        """Rows of these customers."""
        return Q(customer__in=self.customers.order_by().values("pk"))


@dataclass(frozen=True, slots=True)
class Row:
    """One promise, commitment, dispute, request or call."""

    customer: Customer
    words: str
    on: dt.date | None = None
    time: dt.time | None = None
    amount: Decimal | None = None
    currency: str = ""
    who: str = ""
    note: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one kind, at most those that are shown; ``number`` and ``totals`` are of all of them."""

    code: str
    rows: list[Row]
    number: int
    totals: list[Total] = field(default_factory=list)


def of(whose: Whose, *, today: dt.date) -> list[Section]:
    """All of them, in the order in which whoever takes over reads them."""
    return [
        _promises(whose, today),
        _broken(whose, today),
        _ours(whose, today),
        _disputes(whose, today),
        _requests(whose, today),
        _calls(whose, today),
    ]


def _section(
    whose: Whose, code: str, rows: QuerySet[Any], row_of: Callable[[Any], Row], *, is_money: bool = True
) -> Section:
    shown = [row_of(each) for each in rows.select_related("customer")[: whose.rows_max]]
    if not is_money:
        return Section(code, shown, rows.count())
    summed = list(
        rows.order_by("currency").values("currency").annotate(number=Count("pk"), total=Sum("amount"))
    )
    totals = [(row["total"], row["currency"]) for row in summed]
    return Section(code, shown, sum(row["number"] for row in summed), totals)


def _promises(whose: Whose, today: dt.date) -> Section:
    current = PromiseInstalment.objects.filter(promise=OuterRef("pk"), promised_on=OuterRef("promised_on"))
    running = Promise.objects.filter(whose.q, company=whose.company, state=PromiseState.RUNNING).order_by(
        "promised_on", "pk"
    )
    rows = running.annotate(
        due_on=Subquery(current.values("due_on")[:1]),
        grace_ends_on=Subquery(current.values("grace_ends_on")[:1]),
    )

    def row_of(promise: Any) -> Row:
        is_late = promise.due_on is not None and promise.due_on < today
        return Row(
            promise.customer,
            f"Promised by {promise.said_by}" if promise.said_by else "Promised",
            on=promise.promised_on,
            amount=promise.amount,
            currency=promise.currency,
            note=f"late; breaks after {promise.grace_ends_on:%-d %B}" if is_late else "",
            is_late=is_late,
        )

    return _section(whose, "promises", rows, row_of)


def _broken(whose: Whose, today: dt.date) -> Section:
    rows = Promise.objects.filter(
        whose.q,
        company=whose.company,
        state__in=BROKEN,
        settled_on__gt=today - dt.timedelta(days=BROKEN_DAYS),
    ).order_by("-settled_on", "-pk")
    return _section(
        whose,
        "broken",
        rows,
        lambda promise: Row(
            promise.customer,
            PROMISE_STATE_LABELS[PromiseState(promise.state)],
            on=promise.promised_on,
            amount=promise.amount,
            currency=promise.currency,
        ),
    )


def _ours(whose: Whose, today: dt.date) -> Section:
    rows = Commitment.objects.open().filter(whose.q).in_order()
    return _section(
        whose,
        "ours",
        rows.select_related("owner"),
        lambda commitment: Row(
            commitment.customer,
            str(commitment),
            on=commitment.due_on,
            time=commitment.due_at,
            who=str(commitment.owner),
            is_late=commitment.is_late(today),
        ),
        is_money=False,
    )


def _disputes(whose: Whose, today: dt.date) -> Section:
    contested = Dispute.objects.open().filter(whose.q, company=whose.company)
    company = whose.company

    def row_of(dispute: Dispute) -> Row:
        standing = dispute_lists.standing_of(dispute, company=company, day=today)
        awaits_answer = dispute.answered_at is None and dispute.told_at is None
        return Row(
            dispute.customer,
            f"{dispute.invoice.number}{f': {dispute.said}' if dispute.said else ''}",
            on=min(dispute.answer_due_on, dispute.resolve_due_on)
            if awaits_answer
            else dispute.resolve_due_on,
            amount=dispute.amount,
            currency=dispute.currency,
            who=dispute.holder,
            note=standing.words,
            is_late=standing.clock.is_overdue,
        )

    return _section(
        whose, "disputes", dispute_lists.with_names(contested).order_by("resolve_due_on", "pk"), row_of
    )


def _requests(whose: Whose, today: dt.date) -> Section:
    rows = ColleagueRequest.objects.open().filter(whose.q).in_order()
    return _section(
        whose,
        "requests",
        rows.select_related("to_user"),
        lambda asked: Row(
            asked.customer,
            f"{asked}: {asked.reason}",
            on=asked.due_on,
            time=asked.due_at,
            who=asked.asked_of,
            is_late=asked.is_overdue(today),
        ),
        is_money=False,
    )


def _calls(whose: Whose, today: dt.date) -> Section:
    """Calls that were agreed in the newest conversation; a later one says what is next instead."""
    later = ContactLog.objects.valid().filter(customer=OuterRef("customer"), at__gt=OuterRef("at"))
    agreed = ContactLog.objects.valid().filter(
        whose.q,
        company=whose.company,
        next_step=NextStep.CALL_BACK,
        next_on__gte=today - dt.timedelta(days=BROKEN_DAYS),
    )
    rows = agreed.exclude(Exists(later)).select_related("contact", "by").order_by("next_on", "next_at", "pk")
    return _section(
        whose,
        "calls",
        rows,
        lambda log: Row(
            log.customer,
            f"Call {log.contact.name if log.contact else log.spoke_with or 'them'} back",
            on=log.next_on,
            time=log.next_at,
            who=str(log.by),
            note=log.said,
            is_late=log.next_on < today,
        ),
        is_money=False,
    )
