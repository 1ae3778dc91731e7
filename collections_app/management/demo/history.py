"""Two years of one customer: invoices, what became of each, and the receipts that paid them.

Only what happened before ``today`` is written. What will be paid later is open, so the open ledger follows
from how each customer pays, and is not drawn separately.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from random import Random

from collections_app.ledger.rules import InvoiceKind
from collections_app.management.demo.behaviours import Behaviour, pay_day
from collections_app.management.demo.books import Books, Document, Money
from collections_app.management.demo.calendars import DAY, WorkDays, due_day
from collections_app.management.demo.traits import DAYS, MINOR_UNIT, Traits, amount

CHASED_AFTER_DAYS = 8
STUCK_DAYS_MAX = 180
_KINDS = (InvoiceKind.INVOICE, InvoiceKind.DEBIT_NOTE, InvoiceKind.FINANCE_CHARGE)
_KIND_WEIGHTS = (97.5, 1.5, 1.0)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Document numbers that rise with the day: each customer has its own slots on each day."""

    prefix: str
    first_day: dt.date
    width: int

    def on(self, day: dt.date, slot: int) -> str:
        return f"{self.prefix}{100_000 + (day - self.first_day).days * self.width + slot}"


@dataclass(frozen=True, slots=True)
class Episode:
    """What was talked about: documents paid late, contested, or not paid yet when ``ended_on`` is None."""

    documents: tuple[Document, ...]
    due_on: dt.date
    ended_on: dt.date | None
    contested: int = 0

    @property
    def was_chased(self) -> bool:
        """Whether it was paid so late that somebody asked."""
        late = (self.ended_on - self.due_on).days if self.ended_on else 0
        return late > CHASED_AFTER_DAYS and bool(self.documents) and not self.contested


@dataclass(slots=True)
class Life:
    """Writes the history of one customer into their books."""

    books: Books
    traits: Traits
    days: WorkDays
    numbers: Numbers
    slot: int
    slots: int
    today: dt.date
    rng: Random

    def live(self, *, recency: float) -> list[Episode]:
        """Everything from the customer's first day until yesterday; what of it was worth talking about."""
        runs: dict[tuple[dt.date, str], list[Document]] = defaultdict(list)
        episodes = []
        quiet_from = (
            self.today - DAY * self.rng.randint(70, 130) if self._behaviour.goes_quiet else self.today
        )
        for place, on in enumerate(self._invoice_days(recency)):
            document = self._invoice(on, self.slot + place % self.slots)
            pay_on = self._pay_day(document, age=1 - (self.today - on).days / DAYS)
            if self.rng.random() < self._behaviour.forgets:
                # It lay in a drawer until somebody asked for it, months later.
                pay_on = self.days.on_or_after(pay_on + DAY * self.rng.randint(45, 150))
            self._credit(document, before=pay_on)
            if self.rng.random() < self._behaviour.contests:
                episodes.append(self._contest(document, pay_on))
            elif pay_on < quiet_from:
                runs[pay_on, document.currency].append(document)
            elif document.due_on and document.due_on < self.today:
                episodes.append(Episode((document,), document.due_on, None))
        return episodes + [
            self._receive(on, documents)
            for (on, _), documents in sorted(runs.items(), key=lambda run: run[0])
        ]

    @property
    def _behaviour(self) -> Behaviour:
        return self.traits.behaviour

    def _invoice_days(self, recency: float) -> list[dt.date]:
        """On each day as many as there are slots, crowding towards today when ``recency`` is above 1."""
        worked = self.days.between(self.traits.starts_on, self.today - DAY)
        wanted = min(self.traits.invoices, len(worked) * self.slots)
        if self.slots > 1:
            return [worked[n * len(worked) // wanted] for n in range(wanted)]
        places = {int(len(worked) * self.rng.random() ** (1 / recency)) for _ in range(wanted)}
        return [worked[place] for place in sorted(places)]

    def _invoice(self, on: dt.date, slot: int) -> Document:
        traits, rng = self.traits, self.rng
        kind = rng.choices(_KINDS, _KIND_WEIGHTS)[0]
        currency = (
            traits.second_currency if traits.second_currency and rng.random() < 0.3 else traits.currency
        )
        typical = traits.typical_amount * (1 if kind == InvoiceKind.INVOICE else 0.05)
        return self.books.invoice(
            self.numbers.on(on, slot),
            on=on,
            due=due_day(on, traits.terms),
            amount=amount(rng, typical, currency),
            kind=kind,
            currency=currency,
            reference=f"PO {rng.randrange(10_000, 99_999)}" if rng.random() < 0.8 else "",
        )

    def _pay_day(self, document: Document, age: float) -> dt.date:
        if self._behaviour.prepays:
            return document.issued_on
        due = document.due_on or document.issued_on
        day = pay_day(
            self._behaviour, due, usual=self.traits.usual_late, age=age, days=self.days, rng=self.rng
        )
        return max(day, document.issued_on)

    def _credit(self, document: Document, *, before: dt.date) -> None:
        """A small part comes back as a credit note; now and then nobody sets it against anything."""
        if self.rng.random() > 0.025 or document.kind != InvoiceKind.INVOICE:
            return
        on = self.days.after(document.issued_on, self.rng.randint(3, 10))
        if on >= min(before, self.today):
            return
        note = self._note(document, self._part(document, 0.05, 0.25), on, "A")
        if note.amount < document.open and self.rng.random() < 0.9:
            self.books.settle(document, note, on=on)

    def _note(self, document: Document, part: int, on: dt.date, mark: str) -> Document:
        return self.books.invoice(
            f"CN-{document.number.removeprefix(self.numbers.prefix)}{mark}",
            on=on,
            due=None,
            amount=part,
            kind=InvoiceKind.CREDIT_NOTE,
            currency=document.currency,
            reference=f"for {document.number}",
        )

    def _part(self, document: Document, low: float, high: float) -> int:
        unit = MINOR_UNIT.get(document.currency, 10)
        return max(unit, int(document.amount * self.rng.uniform(low, high)) // unit * unit)

    def _contest(self, document: Document, pay_on: dt.date) -> Episode:
        """The undisputed part is paid on its day; the rest is credited or paid after some weeks of asking."""
        contested = min(self._part(document, 0.1, 0.9), document.open)
        rest = document.open - contested
        if pay_on < self.today and rest:
            money = self.books.receive(
                rest, on=pay_on, currency=document.currency, reference=f"{document.number} in part"
            )
            self.books.settle(document, money, rest, on=pay_on)
        ended_on: dt.date | None = self.days.after(pay_on, self.rng.randint(8, 35))
        is_stuck = self.rng.random() < 0.07 and (self.today - document.issued_on).days < STUCK_DAYS_MAX
        if ended_on and ended_on < self.today and not is_stuck:
            if self.rng.random() < 0.6:
                self.books.settle(document, self._note(document, contested, ended_on, "B"), on=ended_on)
            else:
                self.books.pay([document], on=ended_on, reference=document.number)
        else:
            ended_on = None
        return Episode((document,), document.due_on or document.issued_on, ended_on, contested)

    def _receive(self, on: dt.date, documents: list[Document]) -> Episode:
        """One receipt for everything in the same pay run."""
        rng, behaviour = self.rng, self._behaviour
        first_due = min(document.due_on or document.issued_on for document in documents)
        method = (
            "direct debit" if behaviour.bounces else rng.choice(("bank transfer", "bank transfer", "cheque"))
        )
        reference = ", ".join(document.number for document in documents[:4])
        if behaviour.prepays:
            money = self.books.receive(
                sum(one.open for one in documents), on=self.days.after(on, -4), currency=documents[0].currency
            )
            self._allocate(documents, money, on)
            return Episode((), first_due, on)
        if rng.random() < behaviour.unexplained and (self.today - on).days < 25:
            self.books.receive(
                sum(one.open for one in documents), on=on, currency=documents[0].currency, method=method
            )
            return Episode((), first_due, None)
        if rng.random() < behaviour.in_parts:
            return self._receive_in_parts(on, documents, first_due)
        money = self.books.pay(documents, on=on, method=method, reference=reference)
        if rng.random() < behaviour.bounces:
            return self._return(money, documents, first_due)
        return Episode(tuple(documents), first_due, on)

    def _allocate(self, documents: list[Document], money: Money, on: dt.date) -> None:
        for document in documents:
            if money.left:
                self.books.settle(document, money, on=on)

    def _receive_in_parts(self, on: dt.date, documents: list[Document], first_due: dt.date) -> Episode:
        """Half now, the other half three weeks later."""
        half = sum(one.open for one in documents) // 2_000 * 1_000
        later = self.days.on_or_after(on + 21 * DAY)
        if half:
            money = self.books.receive(half, on=on, currency=documents[0].currency, reference="part payment")
            self._allocate(documents, money, on)
        if later < self.today:
            self.books.pay([one for one in documents if one.open], on=later, reference="remaining part")
        return Episode(tuple(documents), first_due, later if later < self.today else None)

    def _return(self, money: Money, documents: list[Document], first_due: dt.date) -> Episode:
        """The bank returns it some days later; most are paid again after a call."""
        returned_on = self.days.after(money.on, 4)
        again_on = self.days.after(money.on, self.rng.randint(9, 16))
        if returned_on < self.today:
            self.books.bounce(money, on=returned_on)
            if again_on < self.today and self.rng.random() < 0.9:
                self.books.pay(documents, on=again_on, reference="paid again")
                return Episode(tuple(documents), first_due, again_on)
            return Episode(tuple(documents), first_due, None)
        return Episode(tuple(documents), first_due, money.on)
