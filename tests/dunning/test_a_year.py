"""Nights of a year over a ledger on which people pay, dispute and promise between the run and the hour."""

import datetime as dt
import random
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMessage

from collections_app.behaviour import habits
from collections_app.contact import disputes, endings, promises
from collections_app.contact.disputes import Dispute
from collections_app.contact.promised import PromisedInvoice
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules.sending import Delivery, Outcome
from collections_app.dunning import approvals, runs
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.jobs.outbox import GATES
from collections_app.ledger import balances
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.contacts import Contact
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.postings import Posting
from collections_app.lib.working_days import Calendar, usual_weekend
from collections_app.people.rules import Role
from tests.correspondence.mailing import Post, send
from tests.desk import person
from tests.dunning.reminding import morning
from tests.ledgerrows import company_of
from tests.ledgertext import load

FIRST = dt.date(2026, 1, 5)
DAY = dt.timedelta(days=1)
# Every ninth, so that each weekday comes: the run makes up for those that were missed.
NIGHTS = range(0, 364, 9)
# By the clock of London: no hour of theirs for the one is an hour for the other.
ROUNDS = (dt.time(1, 30), dt.time(10), dt.time(13), dt.time(19), dt.time(21, 30))
WHERE = [
    ("GB", "Europe/London"),
    ("DE", "Europe/Berlin"),
    ("NZ", "Pacific/Auckland"),
    ("US", "America/Los_Angeles"),
    ("EG", "Africa/Cairo"),
    ("AU", "Australia/Sydney"),
]
INVOICES = 8


def ledger() -> str:
    """Two customers in each place; every seven weeks an invoice of theirs falls due, from the winter on."""
    lines = []
    for number in range(100, 100 + 2 * len(WHERE)):
        country, zone = WHERE[number % len(WHERE)]
        lines.append(f'customer {number} "Customer {number}" country={country} time_zone={zone}')
        for each in range(INVOICES):
            due = FIRST + (each * 49 - 60 + number % 20) * DAY
            issued = min(due - 30 * DAY, FIRST - DAY)
            lines.append(f"invoice {number} I{number}x{each} {900 + 10 * each}.00 due={due} issued={issued}")
    return "\n".join(lines)


class Year:
    """What the customers do, and what they get."""

    def __init__(self) -> None:
        self.chance = random.Random(11)
        self.company = company_of(country="GB", time_zone="Europe/London", stale_after_hours=240)
        self.rows = load(ledger(), company=self.company, today=FIRST)
        self.dana = person(self.company, "dana", Role.MANAGER)
        for customer in self.rows.customers.values():
            Contact.objects.create(
                customer=customer,
                name="Ada Osei",
                email=f"ada@{customer.number}.example",
                recorded_at=self.at(FIRST),
            )
        self.post = Post(self.taken_in)
        self.wrong: list[str] = []
        self.now = self.at(FIRST)

    def at(self, day: dt.date, time: dt.time = dt.time(5)) -> dt.datetime:
        return dt.datetime.combine(day, time, ZoneInfo("Europe/London")).astimezone(dt.UTC)

    def taken_in(self, envelope: EmailMessage) -> Delivery:
        """A message reaches somebody: is it a decent hour there, and is there anything to ask for?"""
        message = Message.objects.select_related("customer").get(message_id=envelope.message()["Message-ID"])
        customer = message.customer
        assert customer is not None
        local = self.now.astimezone(ZoneInfo(customer.time_zone))
        calendar = Calendar(customer.country, "", usual_weekend(customer.country))
        hour = local.time().replace(tzinfo=None)
        decent = dt.time(9) <= hour < dt.time(12) or dt.time(13, 30) <= hour < dt.time(17)
        if not (decent and calendar.is_working_day(local.date())):
            self.wrong.append(f"{customer.number} at {local}")
        draft = ReminderDraft.objects.get(message__key=message.key)
        asked = Invoice.objects.filter(reminded__draft=draft)
        contested = Dispute.objects.open().filter(invoice__in=asked)
        promised = PromisedInvoice.objects.filter(invoice__in=asked, is_running=True)
        right = asked.filter(open_amount__gt=0).exclude(pk__in=contested.values("invoice"))
        right = right.exclude(pk__in=promised.values("invoice"))
        if asked.count() != right.count():
            self.wrong.append(f"{message.key}: {asked.count() - right.count()} not to be asked for")
        return Delivery(Outcome.ACCEPTED, "taken in")

    def live(self, day: dt.date) -> None:
        """Between the night and the first hour: some pay, dispute or promise; a file comes in."""
        at = self.at(day, dt.time(6))
        posting = Posting.objects.create(company=self.company, recorded_at=at, source="bank")
        due = Invoice.objects.filter(open_amount__gt=0, due_on__lt=day, company=self.company)
        for invoice in due.select_related("customer__company").order_by("pk"):
            luck, is_spoken_for = self.chance.random(), spoken_for(invoice)
            if luck < 0.12:
                self.pay(invoice, posting, day, at)
            elif luck < 0.15 and not is_spoken_for:
                disputes.lodge(
                    customer=invoice.customer,
                    invoice=invoice,
                    amount=invoice.open_amount,
                    reason="PRICE",
                    by=self.dana,
                    at=at,
                )
            elif luck < 0.19 and not is_spoken_for:
                promises.record(
                    customer=invoice.customer,
                    amount=invoice.open_amount,
                    currency="GBP",
                    promised_on=day + 5 * DAY,
                    lines=[(invoice, invoice.open_amount)],
                    by=self.dana,
                    at=at,
                    today=day,
                )

    def pay(self, invoice: Invoice, posting: Posting, day: dt.date, at: dt.datetime) -> None:
        Allocation.objects.create(
            company=self.company,
            posting=posting,
            invoice=invoice,
            currency="GBP",
            amount=invoice.open_amount,
            basis="stated",
            posted_on=day,
            recorded_at=at,
        )
        balances.refresh(posting=posting)

    def night(self, day: dt.date) -> None:
        at = self.at(day)
        endings.settle(company=self.company, today=day, at=at)
        habits.measure(company=self.company, today=day)
        morning(self.company, day)
        runs.run(company=self.company, today=day, at=at)
        waiting = ReminderDraft.objects.open().messages().filter(company=self.company)
        approvals.approve(list(waiting), company=self.company, by=self.dana, at=at)

    def rounds(self, day: dt.date) -> None:
        for time in ROUNDS:
            self.now = self.at(day, time)
            send(self.post, gates=GATES, at=self.now)


def spoken_for(invoice: Invoice) -> bool:
    contested = invoice.disputes.filter(closed_at__isnull=True)
    return contested.exists() or invoice.promised.filter(is_running=True).exists()


@pytest.mark.django_db
def test_in_a_year_nobody_hears_from_us_at_a_bad_hour_or_about_what_is_not_to_be_asked_for() -> None:
    year = Year()
    for number in NIGHTS:
        day = FIRST + number * DAY
        year.night(day)
        year.live(day)
        year.rounds(day)
    assert year.wrong == []
    states = list(Message.objects.values_list("state", flat=True))
    assert len(year.post.taken) >= 30
    assert states.count("held_back") + states.count("withdrawn") >= 3
