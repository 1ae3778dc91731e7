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
from collections_app.ledger.rules import InvoiceKind, buckets
from tests import ledgertext
from tests.ledgermodel import Ledger
from tests.ledgerrows import company_of, moment, write

TODAY = dt.date(2026, 3, 11)
DAYS = 12  # how far back the random ledgers go
EDGES = (2, 4)

Sums = dict[tuple[str, str], Decimal]

_pence = st.integers(1, 5_000).map(lambda pence: Decimal(pence) / 100)
_ago = st.integers(0, DAYS)


def _setting(draw: st.DrawFn, source: str, target: str, ledger: Ledger) -> str | None:
    """A part of what is left on both sides, or nothing when nothing is."""
    sides = [
        ledger.open_on(n) if n in ledger.invoices else ledger.unallocated_on(n)
        for n in (source, target)
        if n != "-"
    ]
    if (pence := int(min(sides) * 100)) <= 0:
        return None
    amount = Decimal(draw(st.integers(1, pence))) / 100
    return f"allocation {source} {target} {amount} on={-draw(_ago)} known={-draw(_ago)}"


def _next_line(draw: st.DrawFn, ledger: Ledger, place: int) -> str | None:
    customer, currency = draw(st.sampled_from("AB")), draw(st.sampled_from(["GBP", "EUR"]))
    on = f"on={-draw(_ago)} known={-draw(_ago)}"
    head = f"{customer} N{place} {draw(_pence)} currency={currency} {on}"
    debts = [i.number for i in ledger.invoices.values() if i.kind is not InvoiceKind.CREDIT_NOTE]
    credits_ = [i.number for i in ledger.invoices.values() if i.kind is InvoiceKind.CREDIT_NOTE]
    receipts = [p.number for p in ledger.payments.values() if p.kind == "receipt"]
    undone = {a.undoes for a in ledger.allocations.values()}
    standing = [a.name for a in ledger.allocations.values() if not a.undoes and a.name not in undone]
    kind = draw(
        st.sampled_from(
            ["invoice", "invoice", "credit_note", "receipt", "refund", "set", "set", "set", "one", "undo"]
        )
    )
    if kind in ("invoice", "credit_note"):
        due = draw(st.sampled_from(["never", *map(str, range(-8, 4))]))
        return f"{kind} {head} issued={-draw(_ago)} due={due}"
    if kind in ("receipt", "refund"):
        return f"{kind} {head}"
    if kind == "set" and debts and credits_ + receipts:
        return _setting(
            draw, draw(st.sampled_from(credits_ + receipts)), draw(st.sampled_from(debts)), ledger
        )
    if kind == "one" and debts + receipts:
        number = draw(st.sampled_from(debts + receipts))
        return _setting(draw, *(("-", number) if number in debts else (number, "-")), ledger)
    if kind == "undo" and standing:
        return f"undo {draw(st.sampled_from(standing))} {on}"
    return None


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Any order of events that the rules allow, dated and recorded on any days, in two currencies."""
    lines = ["customer A", "customer B"]
    ledger = ledgertext.parse("\n".join(lines), today=TODAY)
    for place in range(draw(st.integers(0, 14))):
        if line := _next_line(draw, ledger, place):
            lines.append(line)
            ledger = ledgertext.parse("\n".join(lines), today=TODAY)
    for number in (
        draw(st.sets(st.sampled_from(sorted(ledger.invoices)), max_size=2)) if ledger.invoices else ()
    ):
        more = ledger.invoices[number].amount + draw(_pence)
        lines.append(f"correction {number} amount={more} due={-draw(_ago)} known={-draw(_ago)}")
    for receipt in list(ledger.payments.values()):
        if (
            receipt.kind == "receipt"
            and ledger.unallocated_on(receipt.number) == receipt.amount
            and draw(st.booleans())
        ):
            lines.append(
                f"reversal {receipt.customer} R{receipt.number} of={receipt.number} on={-draw(_ago)}"
            )
    return ledgertext.parse("\n".join(lines), today=TODAY)


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
@given(ledger=ledgers(), by=st.sampled_from(["due", "invoice"]), known_ago=st.none() | _ago)
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
