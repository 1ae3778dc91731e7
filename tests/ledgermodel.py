"""A ledger in memory, with plain arithmetic to compare the database with. ``tests.ledgertext`` reads one."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from collections_app.ledger.rules import Basis, InvoiceKind, PaymentKind


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer line; ``facts`` holds every other word of it."""

    number: str
    name: str
    currency: str
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Invoice:
    """A document as last corrected."""

    customer: str
    kind: InvoiceKind
    number: str
    amount: Decimal
    currency: str
    issued_on: dt.date
    due_on: dt.date | None
    posted_on: dt.date
    known_on: dt.date
    line: str = ""

    @property
    def sign(self) -> int:
        """-1 for what lessens the balance."""
        return -1 if self.kind is InvoiceKind.CREDIT_NOTE else 1


@dataclass(frozen=True, slots=True)
class Payment:
    """Money in, out, or back."""

    customer: str
    kind: PaymentKind
    number: str
    amount: Decimal
    currency: str
    posted_on: dt.date
    known_on: dt.date
    reverses: str = ""

    @property
    def sign(self) -> int:
        """-1 for money in, which lessens the balance."""
        return -1 if self.kind is PaymentKind.RECEIPT else 1


@dataclass(frozen=True, slots=True)
class Allocation:
    """``source`` (a payment or credit note, or nothing) set against ``target`` (an invoice, or nothing)."""

    name: str
    source: str
    target: str
    amount: Decimal
    basis: Basis
    posted_on: dt.date
    known_on: dt.date
    undoes: str = ""

    @property
    def effect(self) -> Decimal:
        """What it takes off both sides; negative when it undoes."""
        return -self.amount if self.undoes else self.amount


@dataclass(frozen=True, slots=True)
class Correction:
    """That an invoice was first known with other figures."""

    invoice: str
    amount_from: Decimal
    amount_to: Decimal
    due_from: dt.date | None
    due_to: dt.date | None
    known_on: dt.date


@dataclass(slots=True)
class Ledger:
    """A whole ledger in memory, with the plain arithmetic that the database's is compared with."""

    today: dt.date
    customers: dict[str, Customer] = field(default_factory=dict)
    invoices: dict[str, Invoice] = field(default_factory=dict)
    payments: dict[str, Payment] = field(default_factory=dict)
    allocations: dict[str, Allocation] = field(default_factory=dict)
    corrections: list[Correction] = field(default_factory=list)

    def counts_from(self, allocation: Allocation) -> tuple[dt.date, dt.date]:
        """The days from which it is in force, and known: once everything that it names is there."""
        named = (self.invoices.get(n) or self.payments.get(n) for n in (allocation.source, allocation.target))
        there = [allocation, *(document for document in named if document)]
        return max(each.posted_on for each in there), max(each.known_on for each in there)

    def allocations_of(
        self, number: str, *, day: dt.date | None = None, known_on: dt.date | None = None
    ) -> Iterator[Allocation]:
        """Those that touch a document, on either side, in force on ``day`` as known on ``known_on``."""
        for allocation in self.allocations.values():
            in_force_on, first_known_on = self.counts_from(allocation)
            if number in (allocation.source, allocation.target) and (
                (day is None or in_force_on <= day) and (known_on is None or first_known_on <= known_on)
            ):
                yield allocation

    def invoice_as_known(
        self, number: str, *, known_on: dt.date | None = None
    ) -> tuple[Decimal, dt.date | None]:
        """Its amount and due date, as last corrected or as they were known on a day."""
        invoice = self.invoices[number]
        for correction in self.corrections:
            if correction.invoice == number and known_on is not None and correction.known_on > known_on:
                return correction.amount_from, correction.due_from
        return invoice.amount, invoice.due_on

    def open_on(self, number: str, *, day: dt.date | None = None, known_on: dt.date | None = None) -> Decimal:
        """What is open of an invoice, without sign; now when no day is given. Zero before it was posted."""
        invoice = self.invoices[number]
        if (day and invoice.posted_on > day) or (known_on and invoice.known_on > known_on):
            return Decimal(0)
        amount, _ = self.invoice_as_known(number, known_on=known_on)
        return amount - sum(
            (a.effect for a in self.allocations_of(number, day=day, known_on=known_on)), Decimal(0)
        )

    def unallocated_on(
        self, number: str, *, day: dt.date | None = None, known_on: dt.date | None = None
    ) -> Decimal:
        """What is left of a receipt or refund, without sign. A reversal takes it from its receipt."""
        payment = self.payments[number]
        if (
            payment.reverses
            or (day and payment.posted_on > day)
            or (known_on and payment.known_on > known_on)
        ):
            return Decimal(0)
        for other in self.payments.values():
            if other.reverses == number and not (
                (day and other.posted_on > day) or (known_on and other.known_on > known_on)
            ):
                return -sum(
                    (a.effect for a in self.allocations_of(number, day=day, known_on=known_on)), Decimal(0)
                )
        return payment.amount - sum(
            (a.effect for a in self.allocations_of(number, day=day, known_on=known_on)), Decimal(0)
        )

    def settled_on(self, number: str) -> dt.date | None:
        """The day of the last settlement that stands, once nothing is open."""
        if self.open_on(number):
            return None
        undone = {allocation.undoes for allocation in self.allocations.values()}
        days = [a.posted_on for a in self.allocations_of(number) if not a.undoes and a.name not in undone]
        return max(days, default=self.invoices[number].posted_on)
