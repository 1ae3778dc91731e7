"""A ledger as text: ``parse`` makes it in memory (``tests.ledgermodel``), ``load`` as rows in PostgreSQL.

    customer 100 "Harrow Tools" currency=GBP limit=5000 classification=key
    invoice 100 A1 120.00 due=-41 issued=-71
    debit_note 100 D1 5.00 due=+3
    credit_note 100 C1 20.00 on=-5
    receipt 100 P1 80.00 on=-10
    refund 100 F1 10.00 on=-2
    allocation P1 A1 80.00 on=-10 name=first
    allocation C1 A1 20.00 on=-5
    allocation - A1 20.00 on=-3 basis=stated
    allocation P1 - 5.00 on=-3 basis=implied
    undo first on=-2
    reversal 100 R1 of=P1 on=-2
    correction A1 amount=110.00 due=-40 known=-1

A day is an ISO date or a number of days from ``today`` (-41 is 41 days ago). ``on`` is the accounting date;
``known`` the day on which it was recorded, the same when not given. Numbers of documents are unique in one
text. An invoice that is not told its due date is due 30 days after its issue; ``due=never`` has no due date.
Amounts, once corrected, are corrected from the beginning; ``known_on`` asks for them as they were then known.
"""

import datetime as dt
import shlex
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from collections_app.ledger.companies import Company
from collections_app.ledger.rules import Basis, InvoiceKind, PaymentKind
from tests.ledgermodel import Allocation, Correction, Customer, Invoice, Ledger, Payment
from tests.ledgerrows import Rows, write

TERMS_DAYS = 30

Words = dict[str, str]


class _Reader:
    """Reads line after line into a ledger."""

    def __init__(self, today: dt.date, currency: str) -> None:
        self.ledger = Ledger(today)
        self.currency = currency

    def day(self, text: str) -> dt.date:
        return (
            self.ledger.today + dt.timedelta(int(text))
            if text.lstrip("+-").isdigit()
            else dt.date.fromisoformat(text)
        )

    def days(self, words: Words, *, default: str = "0") -> tuple[dt.date, dt.date]:
        on = self.day(words.get("on", words.get("issued", default)))
        return on, self.day(words["known"]) if "known" in words else on

    def customer(self, given: list[str], words: Words) -> None:
        number, name = given[0], given[1] if len(given) > 1 else f"Customer {given[0]}"
        self.ledger.customers[number] = Customer(number, name, words.pop("currency", self.currency), words)

    def invoice(self, kind: str, given: list[str], words: Words) -> None:
        customer, number, amount = given
        posted_on, known_on = self.days(words)
        due = words.get("due", "")
        if "issued" not in words and "on" not in words and due and due != "never":
            posted_on = known_on = min(self.ledger.today, self.day(due) - dt.timedelta(TERMS_DAYS))
        issued_on = self.day(words["issued"]) if "issued" in words else posted_on
        due_on = None if due == "never" else self.day(due) if due else issued_on + dt.timedelta(TERMS_DAYS)
        currency = words.get("currency", self.ledger.customers[customer].currency)
        self.ledger.invoices[number] = Invoice(
            customer=customer,
            kind=InvoiceKind(kind),
            number=number,
            line=words.get("line", ""),
            amount=Decimal(amount),
            currency=currency,
            issued_on=issued_on,
            due_on=due_on,
            posted_on=posted_on,
            known_on=known_on,
        )

    def payment(self, kind: str, given: list[str], words: Words) -> None:
        customer, number, *amount = given
        on, known_on = self.days(words)
        reversed_ = self.ledger.payments[words["of"]] if kind == "reversal" else None
        self.ledger.payments[number] = Payment(
            customer,
            PaymentKind(kind),
            number,
            reversed_.amount if reversed_ else Decimal(amount[0]),
            words.get("currency", (reversed_ or self.ledger.customers[customer]).currency),
            on,
            known_on,
            words.get("of", ""),
        )

    def allocation(self, given: list[str], words: Words) -> None:
        source, target, amount = ("" if word == "-" else word for word in given)
        on, known_on = self.days(words)
        guess = (
            Basis.PAYMENT if source in self.ledger.payments else Basis.CREDIT_NOTE if source else Basis.STATED
        )
        basis = Basis(words.get("basis", guess))
        name = words.get("name", f"part{len(self.ledger.allocations) + 1}")
        self.ledger.allocations[name] = Allocation(name, source, target, Decimal(amount), basis, on, known_on)

    def undo(self, given: list[str], words: Words) -> None:
        undone = self.ledger.allocations[given[0]]
        on, known_on = self.days(words)
        name = words.get("name", f"undo {undone.name}")
        self.ledger.allocations[name] = Allocation(
            name, undone.source, undone.target, undone.amount, undone.basis, on, known_on, undone.name
        )

    def correction(self, given: list[str], words: Words) -> None:
        old = self.ledger.invoices[given[0]]
        amount = Decimal(words.get("amount", old.amount))
        due_on = self.day(words["due"]) if "due" in words else old.due_on
        known_on = self.day(words.get("known", "0"))
        self.ledger.corrections.append(
            Correction(old.number, old.amount, amount, old.due_on, due_on, known_on)
        )
        self.ledger.invoices[old.number] = replace(old, amount=amount, due_on=due_on)

    def read(self, line: str) -> None:
        verb, *rest = shlex.split(line)
        given = [word for word in rest if "=" not in word]
        words = dict(word.split("=", 1) for word in rest if "=" in word)
        if verb in tuple(InvoiceKind):
            self.invoice(verb, given, words)
        elif verb in tuple(PaymentKind):
            self.payment(verb, given, words)
        else:
            named: dict[str, Callable[[list[str], Words], None]] = {
                "customer": self.customer,
                "allocation": self.allocation,
                "undo": self.undo,
                "correction": self.correction,
            }
            named[verb](given, words)


def parse(text: str, *, today: dt.date, currency: str = "GBP") -> Ledger:
    """Read a ledger; raises ``ValueError`` naming the line that cannot be read."""
    reader = _Reader(today, currency)
    for place, line in enumerate(text.splitlines(), start=1):
        if line.split("#")[0].strip():
            try:
                reader.read(line.split(" #")[0])
            except (KeyError, ValueError, IndexError) as error:
                raise ValueError(
                    f"Line {place} of the ledger cannot be read: {line.strip()} ({error!r})"
                ) from error
    return reader.ledger


def load(text: str, *, company: Company, today: dt.date) -> Rows:
    """Read a ledger and write it; the rows by number. Customers are in the company's currency unless told."""
    return write(parse(text, today=today, currency=company.currency), company=company)
