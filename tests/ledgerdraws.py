"""Random ledgers: any order of events that the rules allow, dated and recorded on any days, in two
currencies.
"""

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from collections_app.ledger.rules import InvoiceKind
from tests import ledgertext
from tests.ledgermodel import Ledger

TODAY = dt.date(2026, 3, 11)
DAYS = 12  # how far back they go

_pence = st.integers(1, 5_000).map(lambda pence: Decimal(pence) / 100)
AGO = st.integers(0, DAYS)


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
    return f"allocation {source} {target} {amount} on={-draw(AGO)} known={-draw(AGO)}"


def _next_line(draw: st.DrawFn, ledger: Ledger, place: int) -> str | None:
    customer, currency = draw(st.sampled_from("AB")), draw(st.sampled_from(["GBP", "EUR"]))
    on = f"on={-draw(AGO)} known={-draw(AGO)}"
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
        return f"{kind} {head} issued={-draw(AGO)} due={due}"
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
        lines.append(f"correction {number} amount={more} due={-draw(AGO)} known={-draw(AGO)}")
    for receipt in list(ledger.payments.values()):
        if (
            receipt.kind == "receipt"
            and ledger.unallocated_on(receipt.number) == receipt.amount
            and draw(st.booleans())
        ):
            lines.append(f"reversal {receipt.customer} R{receipt.number} of={receipt.number} on={-draw(AGO)}")
    return ledgertext.parse("\n".join(lines), today=TODAY)
