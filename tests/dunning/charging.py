"""An invoice that is forty days late, and what is done about its interest, in few words."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from collections_app.dunning import interest_charges, interest_terms
from collections_app.dunning.interest_rows import InterestCharge
from collections_app.ledger import balances
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.payments import Payment
from collections_app.ledger.postings import Posting
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.ledgerrows import Rows, moment
from tests.ledgertext import load

LEDGER = 'customer 100 "Harrow Tools"\ninvoice 100 A1 1000.00 due=2026-01-30'


def late(company: Company, *, today: dt.date, by: User) -> Rows:
    """A company that charges interest, and one invoice that bears it: 12.88 and a fixed sum of 70."""
    interest_terms.switch(company=company, on=True, by=by, at=moment(today))
    return load(LEDGER, company=company, today=today)


def propose(invoice: Invoice, by: User, at: dt.datetime, **facts: Any) -> InterestCharge:
    return interest_charges.propose(invoice, **{"reason": "Third time late", **facts}, by=by, at=at)


def charges() -> list[Invoice]:
    return list(Invoice.objects.filter(kind="finance_charge"))


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def pay(rows: Rows, amount: str, on: dt.date, *, number: str = "P1") -> Payment:
    """A payment set against the invoice, as an import writes it."""
    shared: dict[str, Any] = {
        "company": rows.company,
        "posting": Posting.objects.create(company=rows.company, recorded_at=moment(on), source="bank"),
        "currency": "GBP",
        "amount": Decimal(amount),
        "posted_on": on,
        "recorded_at": moment(on),
    }
    payment = Payment.objects.create(
        **shared,
        customer=rows.customers["100"],
        kind="receipt",
        number=number,
        unallocated_amount=Decimal(amount),
    )
    Allocation.objects.create(**shared, payment=payment, invoice=rows.invoices["A1"], basis="payment")
    balances.refresh(posting=shared["posting"])
    return payment
