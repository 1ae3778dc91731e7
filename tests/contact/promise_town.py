"""Many small customers at once, each with two invoices: every deed is done to the tables and to the plain
model, and what they say is compared.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from collections_app.contact import disputes, endings, promise_rates, promises
from collections_app.contact.disputes import Dispute
from collections_app.contact.promised import still_promised
from collections_app.contact.promises import Promise, PromisedInvoice, PromiseInstalment
from collections_app.contact.rules.promising import Instalment
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.postings import Posting
from collections_app.ledger.rules import Basis, Side
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.contact import promise_model

START = dt.date(2026, 3, 30)  # a Monday, with Good Friday and Easter Monday ahead
OWED = (1000, 400)
Deed = tuple[Any, ...]


def date(day: int) -> dt.date:
    return START + dt.timedelta(days=day)


@dataclass
class Household:
    """One customer: its rows, and the same in the model."""

    customer: Customer
    invoices: list[Invoice]
    model: promise_model.Customer
    allocations: list[tuple[Allocation, promise_model.Money]]
    disputed: list[tuple[Dispute, promise_model.Dispute]]
    promised: list[tuple[Promise, promise_model.Promise]]


class Town:
    """A company with ``count`` customers, and a clock that goes on with every deed."""

    def __init__(self, company: Company, by: User, count: int) -> None:
        self.company, self.by, self.day, self.minute = company, by, 0, 0
        self.posting = Posting.objects.create(company=company, recorded_at=self.at, source="model")
        customers = Customer.objects.bulk_create(
            Customer(
                company=company, number=f"T{n}", name=f"T{n}", search_key=f"t{n}", currency="GBP",
                recorded_at=self.at,
            )
            for n in range(count)
        )  # fmt: skip
        invoices = Invoice.objects.bulk_create(
            Invoice(
                company=company, customer=customer, kind="invoice", number=f"{customer.number}-{place}",
                currency="GBP", amount=amount, open_amount=amount, issued_on=date(-40),
                due_on=date(-10 + place), posted_on=date(-40), recorded_at=self.at, posting=self.posting,
            )
            for customer in customers
            for place, amount in enumerate(OWED)
        )  # fmt: skip
        self.households = [
            Household(customer, invoices[2 * n : 2 * n + 2], promise_model.Customer(OWED), [], [], [])
            for n, customer in enumerate(customers)
        ]

    @property
    def at(self) -> dt.datetime:
        """Ten o'clock and so many minutes: no two deeds at once."""
        return dt.datetime.combine(date(self.day), dt.time(10), dt.UTC) + dt.timedelta(minutes=self.minute)

    def live(self, deeds: Sequence[Sequence[Deed]], *, days: int) -> None:
        """All households live through the days; each night settles all of them at once."""
        for self.day in range(days):
            self.minute = 0
            self._first_promises(deeds)
            for household, plan in zip(self.households, deeds, strict=True):
                for deed in plan:
                    if deed[0] == self.day and deed[1] != "first_promise":
                        self.minute += 1
                        getattr(self, deed[1])(household, *deed[2:])
            ran = {row.pk for home in self.households for row, known in home.promised if known.runs}
            endings.settle(company=self.company, today=date(self.day), at=self.at)
            for household in self.households:
                household.model.settle(self.day)
            self.compare(ran)

    def _first_promises(self, deeds: Sequence[Sequence[Deed]]) -> None:
        """The day begins with those who promise for the first time, all of them written at once."""
        made: list[tuple[Household, promise_model.Promise]] = []
        for home, plan in zip(self.households, deeds, strict=True):
            for day, what, *how in plan:
                if (day, what) != (self.day, "first_promise"):
                    continue
                if home.promised:
                    self.minute += 1
                    self.promise(home, how[0], how[1], False)
                else:
                    lines, instalments = self._offer(*how)
                    if known := home.model.promise(lines, instalments, day=day, replaces=False):
                        made.append((home, known))
        rows = Promise.objects.bulk_create(
            Promise(
                company=self.company, customer=home.customer, currency="GBP",
                amount=sum(known.lines.values()), promised_on=date(known.stands_at), state="running",
                recorded_by=self.by, recorded_at=self.at,
            )
            for home, known in made
        )  # fmt: skip
        for row, (home, known) in zip(rows, made, strict=True):
            home.promised.append((row, known))
        PromisedInvoice.objects.bulk_create(
            PromisedInvoice(promise=row, invoice=home.invoices[place], amount=amount)
            for row, (home, known) in zip(rows, made, strict=True)
            for place, amount in known.lines.items()
        )
        PromiseInstalment.objects.bulk_create(
            PromiseInstalment(
                promise=row, number=number, amount=amount, promised_on=date(on), state="running",
                due_on=date(promise_model.working(on)),
                grace_ends_on=date(promise_model.grace_end(promise_model.working(on))),
            )
            for row, (_, known) in zip(rows, made, strict=True)
            for number, (on, amount) in enumerate(known.plan, start=1)
        )  # fmt: skip

    def _offer(
        self, shares: tuple[int, int], ahead: tuple[int, ...]
    ) -> tuple[dict[int, int], list[tuple[int, int]]]:
        """Shares of what the invoices were for, in instalments of nearly the same size."""
        lines = {place: OWED[place] * share // 100 for place, share in enumerate(shares) if share}
        whole = sum(lines.values())
        sizes = [whole // len(ahead)] * (len(ahead) - 1)
        days = [self.day + sum(ahead[: place + 1]) for place in range(len(ahead))]
        return lines, list(zip(days, [*sizes, whole - sum(sizes)], strict=True))

    def pay(self, home: Household, place: int, share: int, ago: int, is_credit: bool) -> None:
        """A share of what is open, in percent, posted some days ago."""
        amount = home.model.open(place) * share // 100
        if amount == 0:
            return
        posted, invoice = self.day - ago, home.invoices[place]
        row = Allocation.objects.create(
            company=self.company, invoice=invoice, currency="GBP", amount=amount, side=Side.SETTLES,
            basis=Basis.CREDIT_NOTE if is_credit else Basis.STATED, posted_on=date(posted),
            recorded_at=self.at, posting=self.posting,
        )  # fmt: skip
        self._open(invoice, -amount)
        known = home.model.pay(place, amount, posted=posted, day=self.day, is_credit=is_credit)
        home.allocations.append((row, known))

    def give_back(self, home: Household, which: int) -> None:
        """One of the payments or credits is undone today."""
        standing = [pair for pair in home.allocations if pair[1].returned == promise_model.OPEN_END]
        if not standing:
            return
        row, known = standing[which % len(standing)]
        Allocation.objects.create(
            company=self.company, invoice=row.invoice, currency="GBP", amount=row.amount, side=Side.RESTORES,
            basis=row.basis, reverses=row, posted_on=date(self.day), recorded_at=self.at,
            posting=self.posting,
        )  # fmt: skip
        self._open(home.invoices[known.invoice], known.amount)
        home.model.give_back(known, day=self.day)

    def _open(self, invoice: Invoice, by: int) -> None:
        invoice.open_amount += by
        invoice.settled_on = None if invoice.open_amount else date(self.day)
        invoice.save(update_fields=["open_amount", "settled_on"])

    def contest(self, home: Household, place: int, share: int) -> None:
        """A share of what is open is disputed, if nothing of that invoice is."""
        amount = home.model.open(place) * share // 100
        if amount == 0 or home.model.disputed(place, self.day):
            return
        row = disputes.lodge(
            customer=home.customer, invoice=home.invoices[place], amount=Decimal(amount), reason="PRICE",
            by=self.by, at=self.at,
        )  # fmt: skip
        known = promise_model.Dispute(place, amount, self.day)
        home.model.disputes.append(known)
        home.disputed.append((row, known))

    def uncontest(self, home: Household) -> None:
        """Every open dispute of theirs is closed."""
        for row, known in home.disputed:
            if known.closed == promise_model.OPEN_END:
                disputes.withdraw(row, by=self.by, at=self.at)
                known.closed = self.day

    def promise(
        self, home: Household, shares: tuple[int, int], ahead: tuple[int, ...], replaces: bool
    ) -> None:
        """Another promise, recorded or refused as the model says."""
        lines, plan = self._offer(shares, ahead)
        expected = home.model.promise(lines, plan, day=self.day, replaces=replaces)
        was_refused = ""
        try:
            made = promises.record(
                customer=home.customer, amount=Decimal(sum(lines.values())), currency="GBP",
                lines=[(home.invoices[place], Decimal(amount)) for place, amount in lines.items()],
                instalments=[Instalment(date(day), Decimal(amount)) for day, amount in plan],
                replaces=replaces, by=self.by, at=self.at, today=date(self.day),
            )  # fmt: skip
        except Refused as refused:
            was_refused = str(refused)
        assert bool(was_refused) == (expected is None), f"{home.customer.number} {lines}: {was_refused}"
        if expected is not None:
            home.promised.append((made, expected))

    def withdraw(self, home: Household, which: int) -> None:
        """One of their promises is taken back, if it runs."""
        if home.promised:
            row, known = home.promised[which % len(home.promised)]
            promises.withdraw(row, because="Said so", by=self.by, at=self.at, today=date(self.day))
            home.model.withdraw(known, day=self.day)

    def compare(self, ran: set[int]) -> None:
        """Every promise and instalment stands as the model says; no pound keeps two promises; the rates; and
        of those that ``ran`` already, what is still promised is what is still to come.
        """
        rows = {row.pk: row for row in Promise.objects.filter(company=self.company)}
        parts: dict[int, list[str]] = {}
        for part in PromiseInstalment.objects.filter(promise__company=self.company).order_by("number"):
            parts.setdefault(part.promise_id, []).append(part.state)
        fallen = [0, 0, 0, 0]
        still = self.still_promised()
        for home in self.households:
            for made, known in home.promised:
                row = rows[made.pk]
                needed = None if row.needed_amount is None else int(row.needed_amount)
                is_ = (
                    row.state,
                    parts[row.pk],
                    int(row.paid_amount),
                    needed,
                    row.promised_on,
                    row.settled_on,
                )
                settled = None if known.settled is None else date(known.settled)
                should = (known.state, known.parts, known.paid, known.needed, date(known.stands_at), settled)
                assert is_ == should, f"{home.customer.number} on day {self.day}: {known}"
                if row.state == "running" and row.pk in ran:
                    assert still[row.pk] == row.still, f"{home.customer.number} on day {self.day}: {known}"
                assert (row.level, row.broken_before) == (known.level, known.broken_before), (
                    home.customer.number
                )
            standing = [made for made, known in home.promised if known.state in ALIVE and not known.waits]
            kept = sum(int(rows[made.pk].paid_amount) for made in standing)
            came = sum(m.amount for m in home.model.money if not m.is_credit and m.stands(self.day))
            assert kept <= came, f"{home.customer.number} on day {self.day}: {kept} kept by {came}"
            fallen = [one + more for one, more in zip(fallen, home.model.fallen(self.day), strict=True)]
        found = promise_rates.fallen_due(company=self.company, day=date(self.day))
        told = [[f.count, f.kept, int(f.promised), int(f.received)] for f in found]
        assert told == ([fallen] if fallen[0] else [])

    def still_promised(self) -> dict[int, Decimal]:
        """What each running promise keeps from being asked for, line by line as positions and cards read it:
        the part of an invoice that is still promised, of what of it is open and not disputed.
        """
        disputed = {
            invoice: Decimal(amount)
            for invoice, amount in Dispute.objects.open().filter(company=self.company).values_list(
                "invoice", "amount"
            )
        }  # fmt: skip
        found: dict[int, Decimal] = {}
        lines = PromisedInvoice.objects.running().filter(promise__company=self.company)
        for line in lines.annotate(still=still_promised(date(self.day))).select_related("invoice"):
            left = max(line.invoice.open_amount - disputed.get(line.invoice_id, Decimal(0)), Decimal(0))
            found[line.promise_id] = found.get(line.promise_id, Decimal(0)) + min(
                left,
                line.still,  # type: ignore[attr-defined]
            )
        return found


ALIVE = ("running", *promise_model.HELD)
