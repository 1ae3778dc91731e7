"""The rows of a batch for the ledger: the fields of our own file format, a row each."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from collections_app.api.schemas import ONE_LINE, AnyAmount, Asked, Currency, Day, Number

ROWS_MAX = 10_000


def _one_line(value: Any) -> Any:
    return ", ".join(part.strip() for part in value.splitlines()) if isinstance(value, str) else value


Address = Annotated[str, BeforeValidator(_one_line), Field(max_length=500)]
Text20 = Annotated[str, Field(max_length=20, pattern=ONE_LINE)]
Text40 = Annotated[str, Field(max_length=40, pattern=ONE_LINE)]
Text60 = Annotated[str, Field(max_length=60, pattern=ONE_LINE)]
Text100 = Annotated[str, Field(max_length=100, pattern=ONE_LINE)]
Text150 = Annotated[str, Field(max_length=150, pattern=ONE_LINE)]
Text200 = Annotated[str, Field(max_length=200, pattern=ONE_LINE)]
Text254 = Annotated[str, Field(max_length=254, pattern=ONE_LINE)]
Text300 = Annotated[str, Field(max_length=300, pattern=ONE_LINE)]


class CustomerRow(Asked):
    """A customer, or a contact of one. What is left out stays as it is."""

    type: Literal["customer", "contact"] = "customer"
    customer: Number
    name: Text200 | None = None
    parent: Number | None = None
    currency: Currency | None = None
    terms: Text40 | None = None
    credit_limit: AnyAmount | None = None
    language: Text20 | None = None
    country: Text20 | None = None
    time_zone: Text60 | None = None
    address: Address | None = None
    classification: Text40 | None = None
    collector: Text150 | None = None
    salesperson: Text150 | None = None
    insurer_report_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    tax_number: Text40 | None = None
    is_active: bool | None = None
    contact_name: Text150 | None = None
    contact_role: Text100 | None = None
    email: Text254 | None = None
    phone: Text40 | None = None
    hours: Text100 | None = None
    remarks: Text300 | None = None
    is_primary: bool | None = None


class InvoiceRow(Asked):
    """A document that is owed."""

    type: Literal["invoice", "debit_note", "credit_note", "finance_charge"] = "invoice"
    customer: Number
    customer_name: Text200 | None = None
    number: Number
    instalment: Text20 | None = None
    reference: Text100 | None = None
    currency: Currency | None = None
    amount: AnyAmount
    issued_on: Day
    due_on: Day | None = None
    posted_on: Day | None = None
    settled_on: Day | None = None
    terms: Text40 | None = None


class PaymentRow(Asked):
    """Money that came or went, and what is set against what."""

    type: Literal["receipt", "refund", "reversal", "allocation", "deallocation"] = "receipt"
    customer: Number
    customer_name: Text200 | None = None
    number: Number | None = None
    instalment: Text20 | None = None
    reference: Text100 | None = None
    currency: Currency | None = None
    amount: AnyAmount | None = None
    posted_on: Day
    method: Text40 | None = None
    source_type: Literal["receipt", "refund", "credit_note"] | None = None
    source: Number | None = None
    allocation: Number | None = None
    reverses: Number | None = None


Accepted = Annotated[list[Text60], Field(max_length=50)]


class CustomersIn(Asked):
    """Up to 10,000 customers and contacts, all of them or none."""

    rows: Annotated[list[CustomerRow], Field(min_length=1, max_length=ROWS_MAX)]
    accepted: Accepted = []


class InvoicesIn(Asked):
    """Up to 10,000 documents, all of them or none."""

    rows: Annotated[list[InvoiceRow], Field(min_length=1, max_length=ROWS_MAX)]
    accepted: Accepted = []


class PaymentsIn(Asked):
    """Up to 10,000 payments and allocations, all of them or none."""

    rows: Annotated[list[PaymentRow], Field(min_length=1, max_length=ROWS_MAX)]
    accepted: Accepted = []
