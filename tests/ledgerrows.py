"""Writes a ledger in memory as rows. Figures that are derived come from its own plain arithmetic."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from collections_app.ledger.allocations import Allocation
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Correction, Invoice
from collections_app.ledger.payments import Payment
from collections_app.ledger.postings import Posting
from collections_app.ledger.rules import Side
from collections_app.lib.search_keys import search_key
from tests.ledgermodel import Customer as CustomerLine
from tests.ledgermodel import Ledger

Made = TypeVar("Made", Payment, Allocation)

_PLAIN = ("classification", "terms", "country", "language", "time_zone", "collector_code", "salesperson_code")


@dataclass(frozen=True, slots=True)
class Rows:
    """What was written, by number (allocations by name)."""

    company: Company
    posting: Posting
    customers: dict[str, Customer]
    invoices: dict[str, Invoice]
    payments: dict[str, Payment]
    allocations: dict[str, Allocation]


def moment(day: dt.date) -> dt.datetime:
    """When something of that day was recorded: noon, UTC."""
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def company_of(code: str = "NG", *, currency: str = "GBP", time_zone: str = "UTC", **facts: Any) -> Company:
    """A company to write a ledger into."""
    created_at = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    return Company.objects.create(
        code=code,
        name=f"Company {code}",
        currency=currency,
        time_zone=time_zone,
        created_at=created_at,
        **facts,
    )


def _customer(line: CustomerLine, company: Company, today: dt.date) -> Customer:
    facts: dict[str, Any] = {name: line.facts[name] for name in _PLAIN if name in line.facts}
    insured = line.facts.get("insurer_report_days")
    return Customer(
        company=company,
        number=line.number,
        name=line.name,
        search_key=search_key(line.number, line.name),
        currency=line.currency,
        credit_limit=Decimal(line.facts["limit"]) if "limit" in line.facts else None,
        insurer_report_days=int(insured) if insured else None,
        is_active=line.facts.get("active", "yes") == "yes",
        recorded_at=moment(today),
        **facts,
    )


def _customers(ledger: Ledger, company: Company) -> dict[str, Customer]:
    made = [_customer(line, company, ledger.today) for line in ledger.customers.values()]
    Customer.objects.bulk_create(made, ignore_conflicts=True)
    written = {customer.number: customer for customer in Customer.objects.filter(company=company)}
    for line in ledger.customers.values():
        if "parent" in line.facts:
            written[line.number].parent = written[line.facts["parent"]]
            written[line.number].save(update_fields=["parent"])
    return written


def _keep(kind: type[Made], made: Collection[Made]) -> None:
    """In one go; or one by one where one reverses another, which has to be there by then."""
    if any(each.reverses for each in made):
        for each in made:
            each.save(force_insert=True)
    else:
        kind._default_manager.bulk_create(made)


def write(ledger: Ledger, *, company: Company) -> Rows:
    """Write every line; the company may hold other customers already."""
    posting = Posting.objects.create(
        company=company, recorded_at=moment(ledger.today), source="ledger as text"
    )
    shared: dict[str, Any] = {"company": company, "posting": posting}
    customers = _customers(ledger, company)
    invoices = {
        line.number: Invoice(
            **shared,
            customer=customers[line.customer],
            kind=line.kind,
            number=line.number,
            line=line.line,
            currency=line.currency,
            amount=line.amount,
            issued_on=line.issued_on,
            due_on=line.due_on,
            posted_on=line.posted_on,
            recorded_at=moment(line.known_on),
            open_amount=ledger.open_on(line.number),
            settled_on=ledger.settled_on(line.number),
        )
        for line in ledger.invoices.values()
    }
    Invoice.objects.bulk_create(invoices.values())
    payments: dict[str, Payment] = {}
    for receipt in ledger.payments.values():
        payments[receipt.number] = Payment(
            **shared,
            customer=customers[receipt.customer],
            kind=receipt.kind,
            number=receipt.number,
            currency=receipt.currency,
            amount=receipt.amount,
            reverses=payments.get(receipt.reverses),
            posted_on=receipt.posted_on,
            recorded_at=moment(receipt.known_on),
            unallocated_amount=ledger.unallocated_on(receipt.number),
        )
    _keep(Payment, payments.values())
    allocations: dict[str, Allocation] = {}
    for part in ledger.allocations.values():
        named = ledger.invoices.get(part.target) or ledger.invoices.get(part.source)
        allocations[part.name] = Allocation(
            **shared,
            invoice=invoices.get(part.target),
            payment=payments.get(part.source),
            credit_note=invoices.get(part.source),
            currency=named.currency if named else payments[part.source].currency,
            amount=part.amount,
            side=Side.RESTORES if part.undoes else Side.SETTLES,
            basis=part.basis,
            reverses=allocations.get(part.undoes),
            posted_on=part.posted_on,
            recorded_at=moment(part.known_on),
        )
    _keep(Allocation, allocations.values())
    Correction.objects.bulk_create(
        Correction(
            invoice=invoices[line.invoice],
            amount_from=line.amount_from,
            amount_to=line.amount_to,
            due_from=line.due_from,
            due_to=line.due_to,
            recorded_at=moment(line.known_on),
            posting=posting,
        )
        for line in ledger.corrections
    )
    return Rows(company, posting, customers, invoices, payments, allocations)
