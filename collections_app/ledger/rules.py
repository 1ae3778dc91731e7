"""The ledger's words and the ageing rule. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

DEFAULT_BUCKETS = (30, 60, 90)


class InvoiceKind(StrEnum):
    """Documents that are owed, or lessen what is owed."""

    INVOICE = "invoice"
    DEBIT_NOTE = "debit_note"
    CREDIT_NOTE = "credit_note"
    FINANCE_CHARGE = "finance_charge"


class PaymentKind(StrEnum):
    """Money: in, the undoing of money in, and out."""

    RECEIPT = "receipt"
    REVERSAL = "reversal"
    REFUND = "refund"


class Side(StrEnum):
    """Whether an allocation lowers what is open or restores it."""

    SETTLES = "settles"
    RESTORES = "restores"


class Basis(StrEnum):
    """Why we hold an amount to be settled."""

    PAYMENT = "payment"  # a payment in the ledger was set against it
    CREDIT_NOTE = "credit_note"  # a credit note in the ledger was set against it
    STATED = "stated"  # the file states the day on which it was cleared
    IMPLIED = "implied"  # it was missing from, or smaller in, a later list of open items
    OPENING = "opening"  # settled before the first list of open items that showed it
    WRITE_OFF = "write_off"  # given up by us: nothing came in for it


class AgeBy(StrEnum):
    """The date from which an item is aged."""

    DUE = "due"
    INVOICE = "invoice"


@dataclass(frozen=True, slots=True)
class Bucket:
    """A closed interval of days overdue; ``last`` is None for the open-ended one."""

    first: int
    last: int | None

    @property
    def label(self) -> str:
        return f"{self.first}+ days" if self.last is None else f"{self.first}–{self.last} days"


def buckets(edges: Sequence[int]) -> tuple[Bucket, ...]:
    """Edges 30, 60, 90 make 1–30, 31–60, 61–90 and 91+: no gap, no overlap. Raises ValueError for edges that
    do not rise."""
    if not edges or any(later <= earlier for earlier, later in zip((0, *edges), edges, strict=False)):
        raise ValueError("Ageing buckets must be whole days that rise, like 30,60,90.")
    firsts = [1, *(edge + 1 for edge in edges)]
    return tuple(Bucket(first, last) for first, last in zip(firsts, [*edges, None], strict=True))


def days_overdue(due_on: dt.date | None, today: dt.date) -> int:
    """Days after the due date; due today is 0 and not overdue; without a due date nothing is ever overdue."""
    return max(0, (today - due_on).days) if due_on else 0
