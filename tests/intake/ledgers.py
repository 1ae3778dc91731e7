"""The ledger of a company as plain values, so that two ledgers can be compared whole."""

from decimal import Decimal
from typing import Any

from collections_app.intake import control_totals
from collections_app.intake.batches import Batch
from collections_app.ledger import proofs
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.payments import Payment


def ledger(company: Company) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that is owed and why, without ids and moments."""
    return {
        "customers": sorted(
            Customer.objects.filter(company=company).values_list("number", "name", "currency")
        ),
        "invoices": sorted(
            Invoice.objects.filter(company=company).values_list(
                "customer__number", "kind", "number", "line", "currency", "amount", "open_amount", "issued_on"
            )
        ),
        "due": sorted(
            (n, line, str(due), str(settled))
            for n, line, due, settled in Invoice.objects.filter(company=company).values_list(
                "number", "line", "due_on", "settled_on"
            )
        ),
        "payments": sorted(
            Payment.objects.filter(company=company).values_list(
                "customer__number", "kind", "number", "currency", "amount", "unallocated_amount"
            )
        ),
        "allocations": sorted(
            tuple(map(str, row))
            for row in Allocation.objects.filter(company=company).values_list(
                "invoice__number",
                "invoice__line",
                "payment__number",
                "credit_note__number",
                "basis",
                "side",
                "amount",
                "posted_on",
            )
        ),
    }


def open_of(company: Company, number: str, line: str = "") -> Decimal:
    """What is open of one document."""
    found: Decimal = Invoice.objects.get(company=company, number=number, line=line).open_amount
    return found


def messages(batch: Batch) -> list[tuple[int, str, str]]:
    """Every problem of a batch: line, column, code."""
    return list(batch.problems.order_by("line", "pk").values_list("line", "column", "code"))


def assert_proven(company: Company) -> None:
    """Every balance follows from its rows and the last list adds up."""
    assert proofs.prove(company=company) == []
    assert control_totals.prove(company=company) == []
