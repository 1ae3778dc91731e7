"""Two dozen customers in ten places through a year: what they owe, and what they and we do about it each day.

What happens in a day is chosen by dice that fall the same each time, and written in sets where the product
writes sets: all that is paid on a day is one posting.
"""

import datetime as dt
import random
from contextlib import suppress
from decimal import Decimal
from zoneinfo import ZoneInfo

from collections_app.contact import disputes, promises
from collections_app.dunning import blocks
from collections_app.ledger import balances
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.postings import Posting
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from tests.desk import person
from tests.ledgerrows import company_of
from tests.ledgertext import load

FIRST = dt.date(2026, 1, 5)
DAY = dt.timedelta(days=1)
LONDON = ZoneInfo("Europe/London")
PLACES = (
    *(("GB", "Europe/London"), ("DE", "Europe/Berlin"), ("NZ", "Pacific/Auckland")),
    *(("US", "America/Los_Angeles"), ("EG", "Africa/Cairo"), ("AU", "Australia/Sydney")),
    *(("FR", "Europe/Paris"), ("US", "America/New_York"), ("AE", "Asia/Dubai"), ("IE", "Europe/Dublin")),
)
CUSTOMERS = 24
INVOICES = 3
# Of what is overdue on a day, one in so many is paid, paid in part, credited, disputed, promised, blocked.
CHANCES = {
    "pay": 0.020,
    "pay_part": 0.006,
    "credit": 0.006,
    "dispute": 0.006,
    "promise": 0.008,
    "block": 0.004,
}


def ledger() -> str:
    """Every four months an invoice of each falls due; four that are never due make them no new customers."""
    lines = []
    for number in range(100, 100 + CUSTOMERS):
        country, zone = PLACES[number % len(PLACES)]
        lines.append(f'customer {number} "Customer {number}" country={country} time_zone={zone}')
        lines += [f"invoice {number} H{number}x{n} 900.00 due=+{500 + n} issued=-60" for n in range(4)]
        for each in range(INVOICES):
            due = each * 115 - 30 + number * 7 % 109
            lines.append(f"invoice {number} I{number}x{each} {900 + 10 * each}.00 due={due:+d} issued=-40")
    return "\n".join(lines)


def at(day: dt.date, time: dt.time) -> dt.datetime:
    """That time of the day in London."""
    return dt.datetime.combine(day, time, LONDON).astimezone(dt.UTC)


class Town:
    """The customers, and Dana, who works them."""

    def __init__(self) -> None:
        self.dice = random.Random(7)
        self.company = company_of(country="GB", time_zone="Europe/London", stale_after_hours=120)
        self.rows = load(ledger(), company=self.company, today=FIRST)
        Customer.objects.update(address="1 Mill Lane\nAnytown")  # for what goes by post
        self.dana = person(self.company, "dana", Role.MANAGER)
        Contact.objects.bulk_create(
            Contact(
                customer=one,
                name="Ada Osei",
                email=f"ada@{number}.example",
                recorded_at=at(FIRST, dt.time(5)),
            )
            for number, one in self.rows.customers.items()
        )
        self.done: dict[str, int] = dict.fromkeys(CHANCES, 0)

    def live(self, day: dt.date) -> None:
        """What happens in the morning; the bank's file is in, also when nobody paid."""
        now = at(day, dt.time(6))
        posting = Posting.objects.create(company=self.company, recorded_at=now, source="bank")
        overdue = (
            Invoice.objects.filter(company=self.company).overdue(day).select_related("customer__company")
        )
        chosen = [(self.deed(), invoice) for invoice in overdue.order_by("pk")]
        settled = [self.settle(deed, invoice, posting) for deed, invoice in chosen if deed in SETTLING]
        Allocation.objects.bulk_create(settled)
        balances.refresh(posting=posting)
        for deed, invoice in chosen:
            if deed and deed not in SETTLING:
                with suppress(Refused):  # disputed, promised or blocked already
                    getattr(self, deed)(invoice, day, now)
                    self.done[deed] += 1

    def deed(self) -> str:
        """What is done about one invoice today; mostly nothing."""
        luck = self.dice.random()
        for name, chance in CHANCES.items():
            luck -= chance
            if luck < 0:
                return name
        return ""

    def settle(self, deed: str, invoice: Invoice, posting: Posting) -> Allocation:
        """All of it, or about half; paid, or credited."""
        self.done[deed] += 1
        half = (invoice.open_amount / 2).quantize(Decimal("0.01"))
        return Allocation(
            company=self.company,
            posting=posting,
            invoice=invoice,
            currency=invoice.currency,
            amount=invoice.open_amount if deed == "pay" else half,
            basis="stated",
            posted_on=posting.recorded_at.date(),
            recorded_at=posting.recorded_at,
        )

    def dispute(self, invoice: Invoice, day: dt.date, now: dt.datetime) -> None:
        contested = invoice.open_amount if self.dice.random() < 0.5 else invoice.open_amount / 2
        disputes.lodge(
            customer=invoice.customer,
            invoice=invoice,
            amount=contested.quantize(Decimal("0.01")),
            reason="PRICE",
            by=self.dana,
            at=now,
        )

    def promise(self, invoice: Invoice, day: dt.date, now: dt.datetime) -> None:
        promises.record(
            customer=invoice.customer,
            amount=invoice.open_amount,
            currency=invoice.currency,
            promised_on=self.company.calendar.on_or_after(day + self.dice.randint(3, 12) * DAY),
            lines=[(invoice, invoice.open_amount)],
            by=self.dana,
            at=now,
            today=day,
        )

    def block(self, invoice: Invoice, day: dt.date, now: dt.datetime) -> None:
        """Of all they owe, or of this invoice."""
        blocks.place(
            customer=invoice.customer,
            invoice=invoice if self.dice.random() < 0.5 else None,
            reason="agreed",
            until=day + self.dice.randint(4, 15) * DAY,
            by=self.dana,
            at=now,
        )


SETTLING = ("pay", "pay_part", "credit")
