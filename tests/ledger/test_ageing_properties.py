"""Random ledgers, day by day: the database says what plain arithmetic says, and nothing is lost or counted
twice.
"""

import datetime as dt
from collections import defaultdict
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collections_app.ledger import ageing, balances, proofs
from collections_app.ledger.rules import buckets
from tests.ledgerdraws import AGO, DAYS, TODAY, ledgers
from tests.ledgermodel import Ledger
from tests.ledgerrows import company_of, moment, write

EDGES = (2, 4)

Sums = dict[tuple[str, str], Decimal]


def expected(ledger: Ledger, day: dt.date, by: str, known_on: dt.date | None) -> Sums:
    """The same ageing by plain arithmetic: every item looked at by itself."""
    sums: Sums = defaultdict(Decimal)
    for invoice in ledger.invoices.values():
        left = ledger.open_on(invoice.number, day=day, known_on=known_on)
        _, due_on = ledger.invoice_as_known(invoice.number, known_on=known_on)
        aged_from = due_on if by == "due" else invoice.issued_on
        age = (day - aged_from).days if aged_from else 0
        inside = [b.first for b in buckets(EDGES) if b.first <= age and (b.last is None or age <= b.last)]
        assert len(inside) == (1 if age > 0 else 0)  # each open item is in exactly one place
        place = "credits" if invoice.sign < 0 else str(inside[0]) if inside else "not due"
        sums[invoice.currency, place] += invoice.sign * left
    for payment in ledger.payments.values():
        left = ledger.unallocated_on(payment.number, day=day, known_on=known_on)
        sums[payment.currency, "unallocated"] += payment.sign * left
    return {place: amount for place, amount in sums.items() if amount}


def found(answer: ageing.Ageing) -> Sums:
    """What the database says, in the same shape."""
    sums: Sums = {}
    for currency, part in answer.currencies.items():
        named = {"not due": part.not_due, "credits": part.credits, "unallocated": part.unallocated}
        named |= {str(bucket.first): aged for bucket, aged in zip(part.buckets, part.aged, strict=True)}
        sums |= {(currency, name): each.amount for name, each in named.items() if each.amount}
        assert part.total == sum(each.amount for each in named.values())
    return sums


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(ledger=ledgers(), by=st.sampled_from(["due", "invoice"]), known_ago=st.none() | AGO)
def test_every_day_equals_plain_arithmetic(ledger: Ledger, by: str, known_ago: int | None) -> None:
    known_on = None if known_ago is None else TODAY - dt.timedelta(known_ago)
    with transaction.atomic():
        company = company_of()
        write(ledger, company=company)

        assert balances.refresh(company=company) == 0
        assert [p for p in proofs.prove(company=company) if p.code not in _ALLOWED_HERE] == []
        for ago in range(DAYS + 2):
            day = TODAY - dt.timedelta(ago)
            answer = ageing.as_of(
                company=company, day=day, by=by, edges=EDGES, known_at=moment(known_on) if known_on else None
            )
            assert found(answer) == expected(ledger, day, by, known_on), f"{ago} days ago"
        transaction.set_rollback(True)


# The random ledgers set any money against any invoice.
_ALLOWED_HERE = frozenset({"allocation_customer", "allocation_currency"})
