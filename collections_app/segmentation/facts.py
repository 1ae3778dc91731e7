"""The facts of ``rules.facts`` as SQL: one expression a fact, over customers joined to their positions and
pay habit.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import (
    Case,
    DecimalField,
    DurationField,
    ExpressionWrapper,
    F,
    Max,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, ExtractDay, Lower, NullIf

from collections_app.ledger import exchange_rates
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.segmentation.rules.facts import FACTS, Kind, Known

_AMOUNT = DecimalField(max_digits=40, decimal_places=11)
_ZERO = Value(Decimal(0), output_field=_AMOUNT)
_HUNDRED = Value(Decimal(100), output_field=_AMOUNT)

# How a fact's annotation is called, so that none hides a column of the customer.
PREFIX = "fact_"


@dataclass(frozen=True, slots=True)
class Basis:
    """What facts are told by: the day, and what each currency is worth in the company's."""

    today: dt.date
    rates: Mapping[str, Decimal]


# An expression of Django has no common type that annotate() takes, hence Any.
Telling = Callable[[Basis], Any]


def basis(*, company: Company, today: dt.date) -> Basis:
    """The basis for a company on a day. One query."""
    return Basis(today=today, rates=exchange_rates.rates_on(company=company, day=today))


def _priced(currency: str, amount: str, rates: Mapping[str, Decimal]) -> Case:
    """``amount`` in the company's currency; NULL where there is no rate."""
    known = [When(**{currency: code}, then=F(amount) * Value(rate)) for code, rate in rates.items()]
    return Case(*known, default=None, output_field=_AMOUNT)


def _largest(amount: str) -> Telling:
    """The largest among the currencies a customer owes in; not known when one that counts has no rate."""
    field = f"positions__{amount}"

    def telling(basis: Basis) -> Any:
        owed = Q(**{f"{field}__lt": 0}) | Q(**{f"{field}__gt": 0})
        unpriced = BoolOr(owed & ~Q(positions__currency__in=list(basis.rates)))
        largest = Max(_priced("positions__currency", field, basis.rates))
        return Case(When(unpriced, then=None), default=Coalesce(largest, _ZERO), output_field=_AMOUNT)

    return telling


def _limit_used(basis: Basis) -> Any:
    own = Case(
        When(positions__currency=F("currency"), then=F("positions__exposure")),
        default=_ZERO,
        output_field=_AMOUNT,
    )
    return _percent(Coalesce(Max(own), _ZERO), NullIf(F("credit_limit"), _ZERO))(basis)


def _percent(part: Any, whole: Any = 1) -> Telling:
    return lambda basis: ExpressionWrapper(_HUNDRED * part / whole, output_field=_AMOUNT)


def _days_since(day: str) -> Telling:
    return lambda basis: ExtractDay(
        ExpressionWrapper(Value(basis.today) - F(day), output_field=DurationField())
    )


def _plain(expression: Any) -> Telling:
    return lambda basis: expression


def _count(expression: Any) -> Telling:
    return lambda basis: Coalesce(expression, 0)


def _yes(condition: Q) -> Telling:
    return lambda basis: Case(When(condition, then=Value(True)), default=Value(False))


_TELLINGS: dict[str, Telling] = {
    **{amount: _largest(amount) for amount in ("to_collect", "overdue", "exposure", "disputed", "promised")},
    "oldest_days": _count(Max("positions__oldest_days")),
    "open_count": _count(Sum("positions__open_count")),
    "overdue_count": _count(Sum("positions__overdue_count")),
    "credit_limit": lambda basis: _priced("currency", "credit_limit", basis.rates),
    "limit_used": _limit_used,
    # Not known without an insurer, and none of the insurer's business while nothing is overdue.
    "insurer_days_left": _plain(F("insurer_report_days") - NullIf(Max("positions__oldest_days"), 0)),
    "median_days_late": _plain(F("habit__median_days_late")),
    "p90_days_late": _plain(F("habit__p90_days_late")),
    "delay_spread": _plain(F("habit__p90_days_late") - F("habit__median_days_late")),
    "share_paid_late": _percent(F("habit__share_paid_late")),
    "trend_days": _plain(F("habit__trend_days")),
    "settled_count": _count(F("habit__settled_count")),
    "invoices_ever": _count(F("habit__invoices_ever")),
    "first_invoice_days": _days_since("habit__first_invoice_on"),
    "last_paid_days": _days_since("habit__last_paid_on"),
    "promises_kept_share": _percent(
        # Whole numbers would be divided without a remainder.
        Cast("habit__promises_kept", _AMOUNT),
        NullIf(F("habit__promises_due"), 0),
    ),
    "promises_broken_lately": _count(F("habit__promises_broken_lately")),
    **{code: _plain(Lower(code)) for code, fact in FACTS.items() if fact.kind == Kind.TEXT},
    "has_parent": _yes(Q(parent__isnull=False)),
    "is_insured": _yes(Q(insurer_report_days__isnull=False)),
    "is_active": _yes(Q(is_active=True)),
}


def with_facts(customers: QuerySet[Customer], codes: Iterable[str], *, basis: Basis) -> QuerySet[Customer]:
    """``customers`` annotated with the facts that are asked for, and no more joins than those need."""
    return customers.annotate(**{PREFIX + code: _TELLINGS[code](basis) for code in sorted(codes)})


def known_of(customer: Customer, *, basis: Basis) -> dict[str, Known]:
    """Every fact of one customer, for the reader who asks why a rule takes them."""
    row = with_facts(Customer.objects.filter(pk=customer.pk), FACTS, basis=basis).values(
        *(PREFIX + code for code in FACTS)
    )
    return {name.removeprefix(PREFIX): _as_known(value) for name, value in row.get().items()}


def _as_known(value: Any) -> Known:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
