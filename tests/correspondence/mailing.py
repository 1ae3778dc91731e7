"""What tests of the outbox share: a company with a customer, messages, and a carrier that does as told."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from collections_app.correspondence import deliveries, messages, outbox
from collections_app.correspondence.deliveries import Counts, Gate
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import Audience, MessageKind
from collections_app.correspondence.rules.sending import Delivery, Outcome
from collections_app.correspondence.rules.writing import Letter
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Role
from tests.desk import person
from tests.ledgerrows import company_of
from tests.ledgertext import load

AT = dt.datetime(2026, 3, 11, 9, 15, tzinfo=dt.UTC)
SECOND, MINUTE = dt.timedelta(seconds=1), dt.timedelta(minutes=1)
LETTER = Letter(
    kind=MessageKind.SUMMARY,
    audience=Audience.CUSTOMER,
    to_name="Ms Vogel",
    to_address="vogel@brandt.example",
    subject="What we agreed today",
    body="Thank you for the call.\n",
    reply_to="priya@northgate.example",
)
LEDGER = """
customer 100
invoice 100 A1 1200.00 due=-41
"""


class Post(BaseEmailBackend):
    """A carrier that answers as the test wants, and remembers what it was given."""

    def __init__(self, answer: Outcome | Callable[[EmailMessage], Delivery] = Outcome.ACCEPTED) -> None:
        super().__init__()
        self.answer = answer
        self.taken: list[EmailMessage] = []

    def deliver(self, envelope: EmailMessage) -> Delivery:
        self.taken.append(envelope)
        if callable(self.answer):
            return self.answer(envelope)
        return Delivery(self.answer, "as the test wants")

    @property
    def ids(self) -> list[str]:
        return [str(envelope.message()["Message-ID"]) for envelope in self.taken]


class House:
    """Priya's company and her customer; messages are counted."""

    def __init__(self) -> None:
        self.company: Company = company_of()
        load(LEDGER, company=self.company, today=AT.date())
        self.customer = Customer.objects.select_related("company").get(number="100")
        self.priya = person(self.company, "priya")
        self.dana = person(self.company, "dana", Role.MANAGER)
        self.made = 0

    def meet(self) -> None:
        """Ms Vogel is on file with her address."""
        self.customer.contacts.create(name=LETTER.to_name, email=LETTER.to_address, recorded_at=AT)

    def ready(self, **facts: Any) -> Message:
        """A message that waits for a person."""
        self.made += 1
        letter, customer = replace(LETTER, **facts), self.customer
        return messages.prepare(
            company=self.company,
            customer=customer,
            key=f"cause:{self.made}",
            letter=letter,
            by=self.priya,
            at=AT,
        )

    def queued(self, **facts: Any) -> Message:
        """A message that is due."""
        message = self.ready(**facts)
        outbox.release([message], by=None, at=AT)
        message.refresh_from_db()
        return message


def link_for(message: Message, at: dt.datetime) -> str:
    """A link as the test knows it."""
    return f"https://workbench.example/answer/{message.pk}/"


def send(
    post: BaseEmailBackend, *, gates: Mapping[MessageKind, Gate] | None = None, at: dt.datetime = AT
) -> Counts:
    """A round of the outbox."""
    return deliveries.send_due(gates=gates or {}, link_for=link_for, connection=post, at=at)
