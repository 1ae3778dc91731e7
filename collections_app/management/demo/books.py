"""One customer's books while they are being written: documents, money, and what is set against what.

Amounts are whole thousandths of the currency (``1_000`` is one pound), so that nothing is ever rounded twice.
What is open is kept up while writing, by the rules of ``ledger.balances``; ``check_ledger`` proves it
afterwards.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count

from collections_app.ledger.rules import Basis, InvoiceKind, PaymentKind, Side


@dataclass(slots=True)
class Document:
    """An invoice, debit note, credit note or finance charge."""

    id: int
    kind: str
    number: str
    line: str
    reference: str
    currency: str
    amount: int
    issued_on: dt.date
    due_on: dt.date | None
    terms: str
    open: int
    settled_on: dt.date | None = None


@dataclass(slots=True)
class Money:
    """A receipt, reversal or refund. ``left`` is what of it is not set against anything."""

    id: int
    kind: str
    number: str
    reference: str
    method: str
    currency: str
    amount: int
    on: dt.date
    left: int
    reverses: int | None = None


@dataclass(slots=True)
class Setting:
    """An allocation: an amount of a source set against a document, or the undoing of one."""

    id: int
    document: Document
    money: Money | None
    credit_note: Document | None
    amount: int
    side: str
    basis: str
    on: dt.date
    reverses: int | None = None


@dataclass(slots=True)
class Ids:
    """The next free id of each table."""

    document: "count[int]"
    money: "count[int]"
    setting: "count[int]"


@dataclass(slots=True)
class Books:
    """The ledger of one customer, written act by act in the order of time."""

    currency: str
    terms: str
    ids: Ids
    documents: list[Document] = field(default_factory=list)
    moneys: list[Money] = field(default_factory=list)
    settings: list[Setting] = field(default_factory=list)

    def invoice(
        self,
        number: str,
        *,
        on: dt.date,
        due: dt.date | None,
        amount: int,
        kind: str = InvoiceKind.INVOICE,
        currency: str = "",
        reference: str = "",
        line: str = "",
    ) -> Document:
        """Write a document down as wholly open."""
        document = Document(
            next(self.ids.document),
            kind,
            number,
            line,
            reference,
            currency or self.currency,
            amount,
            on,
            due,
            self.terms,
            amount,
        )
        self.documents.append(document)
        return document

    def receive(
        self,
        amount: int,
        *,
        on: dt.date,
        currency: str = "",
        method: str = "bank transfer",
        reference: str = "",
        kind: str = PaymentKind.RECEIPT,
    ) -> Money:
        """Write down money received, or returned with ``kind`` refund; not yet set against anything."""
        number = f"BR{on:%y%m%d}-{len(self.moneys) + 1:03d}"
        money = Money(
            next(self.ids.money),
            kind,
            number,
            reference,
            method,
            currency or self.currency,
            amount,
            on,
            amount,
        )
        self.moneys.append(money)
        return money

    def settle(
        self, document: Document, source: Money | Document, amount: int | None = None, *, on: dt.date
    ) -> Setting:
        """Set a payment or credit note against a document, as far as both go when no amount is given."""
        is_money = isinstance(source, Money)
        left = source.left if isinstance(source, Money) else source.open
        part = min(document.open, left) if amount is None else amount
        setting = Setting(
            next(self.ids.setting),
            document,
            source if isinstance(source, Money) else None,
            source if isinstance(source, Document) else None,
            part,
            Side.SETTLES,
            Basis.PAYMENT if is_money else Basis.CREDIT_NOTE,
            on,
        )
        self.settings.append(setting)
        _use(document, part, on)
        if isinstance(source, Money):
            source.left -= part
        else:
            _use(source, part, on)
        return setting

    def pay(
        self,
        documents: Iterable[Document],
        *,
        on: dt.date,
        method: str = "bank transfer",
        reference: str = "",
    ) -> Money:
        """One receipt for all that is open on ``documents``, set against each."""
        owed = list(documents)
        money = self.receive(
            sum(one.open for one in owed),
            on=on,
            currency=owed[0].currency,
            method=method,
            reference=reference,
        )
        for document in owed:
            self.settle(document, money, on=on)
        return money

    def bounce(self, money: Money, *, on: dt.date) -> Money:
        """The bank takes a receipt back: a reversal in full, and every allocation of it is restored."""
        for setting in [one for one in self.settings if one.money is money]:
            self._restore(setting, on=on)
        money.left = 0
        reversal = Money(
            next(self.ids.money), PaymentKind.REVERSAL, money.number, "returned by the bank", money.method,
            money.currency, money.amount, on, 0, money.id,
        )  # fmt: skip
        self.moneys.append(reversal)
        return reversal

    def _restore(self, setting: Setting, *, on: dt.date) -> None:
        undoing = Setting(
            next(self.ids.setting), setting.document, setting.money, setting.credit_note, setting.amount,
            Side.RESTORES, setting.basis, on, setting.id,
        )  # fmt: skip
        self.settings.append(undoing)
        setting.document.open += setting.amount
        setting.document.settled_on = None


def _use(document: Document, amount: int, on: dt.date) -> None:
    document.open -= amount
    if document.open == 0:
        document.settled_on = on
