"""What a letter may speak of: plain values that whoever writes to a customer gathers. Pure.

Amounts are Decimals with their currency beside them, days are days. ``letter_texts`` writes them out in the
reader's language before a template sees them, so that no template computes money or formats a date. The page
of the documentation, and what stands beside the editor, are made from ``letter_documents``.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Self

from collections_app.ledger.rules import InvoiceKind
from collections_app.lib import money


@dataclass(frozen=True, slots=True)
class CompanyValues:
    """Who writes: ours. ``address`` and ``bank_details`` have a line each per line."""

    name: str
    address: str = ""
    reply_to: str = ""
    phone: str = ""
    hours: str = ""
    bank_details: str = ""


@dataclass(frozen=True, slots=True)
class CustomerValues:
    """Whom it is about."""

    number: str
    name: str
    address: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class ContactValues:
    """Who reads it; all empty when nobody is on file."""

    name: str = ""
    first_name: str = ""
    last_name: str = ""
    email: str = ""

    @classmethod
    def named(cls, name: str, email: str = "") -> Self:
        """A contact whose name is one text: the first word, and the rest."""
        first, _, last = " ".join(name.split()).partition(" ")
        return cls(name=" ".join(name.split()), first_name=first, last_name=last, email=email)


@dataclass(frozen=True, slots=True)
class CollectorValues:
    """The person of ours who signs."""

    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One document that is open. Credit notes have ``amount`` and ``open`` below zero.

    ``disputed`` and ``promised`` are parts of ``open``, at or above zero, and do not overlap.
    """

    number: str
    kind: InvoiceKind
    reference: str
    invoiced_on: dt.date
    due_on: dt.date | None
    days_overdue: int
    amount: Decimal
    open: Decimal
    disputed: Decimal = money.ZERO
    promised: Decimal = money.ZERO

    @property
    def is_owed(self) -> bool:
        """Whether it is owed, and does not lessen what is."""
        return self.kind != InvoiceKind.CREDIT_NOTE

    @property
    def asked(self) -> Decimal:
        """What may be asked for: open, less what is disputed or promised."""
        return self.open - self.disputed - self.promised


@dataclass(frozen=True, slots=True)
class CurrencyTable:
    """What is open in one currency. Sums never cross currencies.

    ``total`` is all that is open, less credits; ``overdue`` the part of it past its due date. ``asked`` is
    what the letter asks for: what is overdue (before the due date: what falls due), less what is disputed,
    promised or covered by credits and ``unallocated`` cash, and never below zero; ``set_aside`` what is
    disputed or promised.
    """

    currency: str
    rows: tuple[Row, ...]
    overdue: Decimal
    total: Decimal
    asked: Decimal
    set_aside: Decimal = money.ZERO
    unallocated: Decimal = money.ZERO

    @classmethod
    def of(cls, currency: str, rows: Sequence[Row], *, unallocated: Decimal = money.ZERO) -> Self:
        """The table of ``rows`` with its sums, the oldest due date first. ``unallocated`` is cash that is set
        against nothing yet: with the credits it covers a part of what would be asked.
        """
        ordered = tuple(sorted(rows, key=lambda row: (row.due_on or dt.date.max, row.number)))
        owed = [row for row in ordered if row.is_owed]
        late = [row for row in owed if row.days_overdue > 0]
        credits = -sum((row.open for row in ordered if not row.is_owed), money.ZERO)
        cover = max(money.ZERO, credits + unallocated)
        asked = sum((row.asked for row in late or owed), money.ZERO) - cover
        return cls(
            currency=currency,
            rows=ordered,
            overdue=sum((row.open for row in late), money.ZERO),
            total=sum((row.open for row in ordered), money.ZERO),
            asked=max(asked, money.ZERO),
            set_aside=sum((row.disputed + row.promised for row in owed), money.ZERO),
            unallocated=unallocated,
        )

    def about(self, numbers: Collection[str]) -> Self:
        """The same, about these documents alone; credits and unallocated cash still lessen what is asked."""
        rows = [row for row in self.rows if row.number in numbers or not row.is_owed]
        return self.of(self.currency, rows, unallocated=self.unallocated)


class Action(StrEnum):
    """What we carry out when nothing is heard. Only what is planned for a day may be announced."""

    HOLD = "hold"
    AGENCY = "agency"
    COURT = "court"


@dataclass(frozen=True, slots=True)
class Consequence:
    """What happens on which day if nothing is heard."""

    action: Action
    on: dt.date


@dataclass(frozen=True, slots=True)
class Protocol:
    """The rules of conduct that a letter before action follows: how many days they have to answer, and the
    names of the papers that go with it to a person or sole trader; none for a company.
    """

    days: int
    enclosed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InterestRow:
    """Interest and fixed sum for one invoice, as information. ``rate`` is a percentage a year."""

    number: str
    currency: str
    days: int
    rate: Decimal
    interest: Decimal
    fixed_sum: Decimal = money.ZERO


@dataclass(frozen=True, slots=True)
class AgreedValues:
    """What was agreed in a call: lines that are written out already, in the reader's language."""

    on: dt.date
    theirs: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    looking_into: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HoldValues:
    """Orders that wait, and the least that frees them."""

    orders: tuple[str, ...]
    currency: str
    frees: Decimal


@dataclass(frozen=True, slots=True)
class LetterValues:
    """Everything a letter to one customer may speak of.

    ``language`` is the reader's (an IETF tag); ``answer_by`` the day by which we ask to hear from them;
    ``written_on`` the days on which we wrote about this before, the earliest first; ``attached`` the names of
    the files that leave with it.
    """

    company: CompanyValues
    customer: CustomerValues
    contact: ContactValues
    collector: CollectorValues
    language: str
    today: dt.date
    answer_by: dt.date
    tables: tuple[CurrencyTable, ...] = ()
    level: int | None = None
    written_on: tuple[dt.date, ...] = ()
    attached: tuple[str, ...] = ()
    consequence: Consequence | None = None
    protocol: Protocol | None = None
    interest: tuple[InterestRow, ...] = ()
    agreed: AgreedValues | None = None
    hold: HoldValues | None = None

    def about(self, numbers: Collection[str]) -> "LetterValues":
        """The same, about these documents alone: other invoices are not named; credits and unallocated cash
        still lessen what is asked for.
        """
        narrowed = (table.about(numbers) for table in self.tables)
        tables = tuple(table for table in narrowed if any(row.is_owed for row in table.rows))
        return replace(self, tables=tables)

    @property
    def count(self) -> int:
        """How many documents something is asked for: those past their due date, or else all."""
        asked = [row for table in self.tables for row in table.rows if row.is_owed and row.asked > 0]
        return len([row for row in asked if row.days_overdue > 0] or asked)

    @property
    def oldest(self) -> Row | None:
        """The document with the earliest due date that is asked for; None when nothing is."""
        owed = [row for table in self.tables for row in table.rows if row.is_owed]
        asked = [row for row in owed if row.asked > 0] or owed
        return min(asked, key=lambda row: (row.due_on or dt.date.max, row.number), default=None)
