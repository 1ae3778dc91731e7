"""A year of nights and of what leaves by day: nobody is written to out of hours, or about what is paid,
disputed or promised.

The ledger lives: invoices fall due, some are paid at any time, disputed or promised; runs are missed for
days. What leaves is looked at in the moment in which it leaves, by plain queries of its own.
"""

import datetime as dt
import random
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.core.mail import EmailMessage

from collections_app.contact import disputes, endings, promises
from collections_app.contact.disputes import Dispute
from collections_app.contact.promised import PromisedInvoice
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules.sending import Delivery, Outcome
from collections_app.dunning import approvals, runs
from collections_app.dunning.draft_rows import ReminderDraft, ReminderDraftInvoice
from collections_app.jobs.outbox import GATES
from collections_app.ledger import balances
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.postings import Posting
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.correspondence.mailing import Post, send
from tests.dunning.reminding import stages
from tests.ledgertext import load

FIRST = dt.date(2025, 11, 3)
DAYS = 365
CUSTOMERS = 12
SEED = 20251103
# Around the clock of the company: before, within and after the hours at which people are written to.
HOURS = (5, 10, 22)
PLACES = ("GB", "GB", "DE", "US", "NZ", "AE")


class Year:
    """Twelve customers in six countries, and somebody who works them."""

    def __init__(self, company: Company, priya: User) -> None:
        self.company, self.priya, self.dice = company, priya, random.Random(SEED)
        self.sent: list[tuple[dt.datetime, Message]] = []
        self.wrong: list[str] = []
        self.at = self.moment(FIRST, 5)
        load(self.ledger(), company=company, today=FIRST)
        for place, customer in enumerate(Customer.objects.order_by("number")):
            customer.country = PLACES[place % len(PLACES)]
            customer.save()
            Contact.objects.create(
                customer=customer, name="Ada", email=f"ada@{customer.number}.example", recorded_at=self.at
            )

    def ledger(self) -> str:
        lines = []
        for number in range(CUSTOMERS):
            lines.append(f"customer {number} currency=GBP")
            lines += [f"invoice {number} H{number}-{n} 900.00 due=+{500 + n} issued=-60" for n in range(4)]
            due = self.dice.randint(-40, 20)
            while due < DAYS:
                lines.append(
                    f"invoice {number} N{number}-{due} {self.dice.randint(300, 4000)}.00 due={due:+d}"
                )
                due += self.dice.randint(20, 90)
        return "\n".join(lines)

    def moment(self, day: dt.date, hour: int) -> dt.datetime:
        return dt.datetime.combine(day, dt.time(hour, 30), ZoneInfo("UTC"))

    def live(self) -> None:
        """Deeds of a day, the night and its run, then what leaves; now and then nobody runs for a while."""
        day, post = FIRST, Post(self.look_at)
        while day < FIRST + dt.timedelta(DAYS):
            self.at = self.moment(day, 5)
            self.fresh()
            self.happen(day)
            endings.settle(company=self.company, today=day, at=self.at)
            stages(self.company, day)
            runs.run(company=self.company, today=day, at=self.at)
            self.decide()
            for hour in HOURS:
                self.at = self.moment(day, hour)
                if hour == HOURS[1] and self.dice.random() < 0.4:
                    self.happen(day)
                send(post, gates=GATES, at=self.at)
            day += dt.timedelta(self.dice.choice([1, 2, 3, 5, 8, 13]))

    def fresh(self) -> None:
        """The ledger and the bank came in during the night."""
        Posting.objects.filter(company=self.company).update(recorded_at=self.at)

    def happen(self, day: dt.date) -> None:
        """A payment, a dispute and a promise of somebody, perhaps."""
        due = list(Invoice.objects.filter(company=self.company).overdue(day).select_related("customer"))
        for deed in (self.pay, self.pay, self.dispute, self.promise):
            if due and self.dice.random() < 0.35:
                deed(self.dice.choice(due), day)

    def pay(self, invoice: Invoice, day: dt.date) -> None:
        invoice.refresh_from_db()
        if not invoice.open_amount:
            return
        posting = Posting.objects.create(company=self.company, recorded_at=self.at, source="bank")
        Allocation.objects.create(
            company=self.company, invoice=invoice, currency="GBP", amount=invoice.open_amount, basis="stated",
            posted_on=day, recorded_at=self.at, posting=posting,
        )  # fmt: skip
        balances.refresh(posting=posting)

    def dispute(self, invoice: Invoice, day: dt.date) -> None:
        with suppress(Refused):  # disputed already, or paid meanwhile
            disputes.lodge(
                customer=invoice.customer, invoice=invoice, amount=invoice.open_amount, reason="PRICE",
                by=self.priya, at=self.at,
            )  # fmt: skip

    def promise(self, invoice: Invoice, day: dt.date) -> None:
        with suppress(Refused):  # promised already, or paid meanwhile
            promises.record(
                customer=invoice.customer, amount=invoice.open_amount, currency="GBP",
                promised_on=day + dt.timedelta(9), lines=[(invoice, invoice.open_amount)],
                by=self.priya, at=self.at, today=day,
            )  # fmt: skip

    def decide(self) -> None:
        """Somebody approves about every second draft that waits."""
        waiting = ReminderDraft.objects.filter(state="proposed", channel="email", level__lt=4)
        chosen = [draft for draft in waiting.order_by("pk") if self.dice.random() < 0.5]
        if chosen:
            approvals.approve(chosen, company=self.company, by=self.priya, at=self.at)

    def look_at(self, envelope: EmailMessage) -> Delivery:
        """In the moment of leaving: what is it about, and what time is it there?"""
        message = Message.objects.select_related("customer").get(
            message_id=str(envelope.message()["Message-ID"])
        )
        self.sent.append((self.at, message))
        self.wrong += list(self.problems(message))
        return Delivery(Outcome.ACCEPTED, "250 taken")

    def problems(self, message: Message) -> Iterator[str]:
        zones = {"GB": "Europe/London", "DE": "Europe/Berlin", "NZ": "Pacific/Auckland", "AE": "Asia/Dubai"}
        country = message.customer.country if message.customer else ""
        if zone := zones.get(country):
            there = self.at.astimezone(ZoneInfo(zone))
            if not 9 <= there.hour < 18 or there.weekday() >= 5:
                yield f"{message.key} left at {there:%A %H:%M} in {country}"
        lines = ReminderDraftInvoice.objects.filter(draft__message=message).select_related("invoice")
        asked = [line for line in lines if self.is_to_ask(line.invoice)]
        if not asked:
            yield f"{message.key} asks for nothing that is left to ask for"
        if any(line.invoice.open_amount == 0 for line in lines):
            yield f"{message.key} asks for something that is paid"

    def is_to_ask(self, invoice: Invoice) -> bool:
        spoken_for = sum(
            Dispute.objects.open().filter(invoice=invoice).values_list("amount", flat=True), Decimal(0)
        )
        promised = PromisedInvoice.objects.filter(invoice=invoice, is_running=True).exists()
        return invoice.open_amount > spoken_for and not promised


def test_a_year_of_runs_writes_to_nobody_out_of_hours_or_about_what_needs_no_reminder(
    company: Company, priya: User
) -> None:
    year = Year(company, priya)

    year.live()

    assert year.wrong == []
    assert len(year.sent) > 30, "too few messages to say anything"
    keys = [message.key for _, message in year.sent]
    assert len(keys) == len(set(keys))
    # Nobody hears from a run twice on one day, nor a lower level than before on one ladder.
    days = [(message.customer_id, at.date()) for at, message in year.sent]
    assert len(days) == len(set(days))
    levels: dict[int, int] = {}
    for _, message in year.sent:
        draft = ReminderDraft.objects.get(message=message)
        if draft.climb_id:
            assert draft.level >= levels.get(draft.climb_id, 0)
            levels[draft.climb_id] = draft.level
