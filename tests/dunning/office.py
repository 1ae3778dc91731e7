"""A company that reminds: Harrow Tools with two overdue invoices and Ada Osei, who is written to there."""

import datetime as dt
from typing import Any

from collections_app.contact import contact_logs, promises
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.promises import Promise
from collections_app.contact.rules import Channel, Direction, NextStep, Outcome
from collections_app.dunning import stops
from collections_app.dunning.rules import stops as rules
from collections_app.dunning.rules.stop_codes import Stop
from collections_app.dunning.rules.stop_facts import Asked, DraftFacts, StopFacts
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Role
from tests.desk import person
from tests.ledgerrows import company_of
from tests.ledgertext import load

AT = dt.datetime(2026, 3, 11, 10, tzinfo=dt.UTC)  # a Wednesday
TODAY = AT.date()
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
LEDGER = """
customer 100 "Harrow Tools"
invoice 100 A1 480.00 due=-41
invoice 100 A2 1200.00 due=-12
customer 101 "Harrow Tools North"
invoice 101 N1 90.00 due=-12
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 300.00 due=-3
"""


class Office:
    """All but Brandt are in the United Kingdom; the ledger came in today at noon, as tests have it."""

    def __init__(self, ledger: str = LEDGER) -> None:
        self.company = company_of(country="GB", time_zone="Europe/London")
        self.rows = load(ledger, company=self.company, today=TODAY)
        self.harrow = self.rows.customers["100"]
        self.priya = person(self.company, "priya")
        self.tom = person(self.company, "tom")
        self.dana = person(self.company, "dana", Role.MANAGER)
        self.ada = self.meet(self.harrow, "Ada Osei", "ada@harrow.example", is_primary=True)

    def meet(self, customer: Customer, name: str, email: str, **facts: Any) -> Contact:
        return Contact.objects.create(customer=customer, name=name, email=email, recorded_at=AT, **facts)

    def draft(self, *numbers: str, level: int = 1, **facts: Any) -> DraftFacts:
        """What a draft of this moment asks for; all of Harrow's when no number is given."""
        named = [self.rows.invoices[number] for number in numbers or ("A1", "A2")]
        asked = tuple(
            Asked(one.pk, one.number, one.currency, one.open_amount, due_on=one.due_on) for one in named
        )
        return DraftFacts(level=level, channel="email", invoices=asked, **facts)

    def facts(self, customer: Customer | None = None, *, at: dt.datetime = AT, **given: Any) -> StopFacts:
        one = customer or self.harrow
        return stops.facts_for(company=self.company, customers=[one.pk], at=at, **given)[one.pk]

    def stops(self, about: DraftFacts | None = None, *, at: dt.datetime = AT) -> tuple[Stop, ...]:
        return rules.stops_of(self.facts(at=at), about=about or self.draft(), at=at)

    def codes(self, about: DraftFacts | None = None, *, at: dt.datetime = AT) -> list[str]:
        return [stop.code.value for stop in self.stops(about, at=at)]

    def talk(
        self,
        outcome: Outcome = Outcome.INFORMED,
        *,
        customer: Customer | None = None,
        at: dt.datetime = AT,
        **facts: Any,
    ) -> ContactLog:
        """Tom calls them."""
        given = {"channel": Channel.CALL, "direction": Direction.OUT, "said": "As agreed.", **facts}
        return contact_logs.log(
            customer=customer or self.harrow, outcome=outcome, by=self.tom, at=at, **given
        )

    def call_agreed(self, on: dt.date, *, at: dt.datetime = AT) -> ContactLog:
        return self.talk(Outcome.CALL_BACK, next_step=NextStep.CALL_BACK, next_on=on, at=at)

    def promise(self, number: str, *, on: dt.date, at: dt.datetime = AT) -> Promise:
        invoice = self.rows.invoices[number]
        return promises.record(
            customer=self.harrow,
            amount=invoice.open_amount,
            currency=invoice.currency,
            promised_on=on,
            lines=[(invoice, invoice.open_amount)],
            by=self.tom,
            at=at,
            today=at.date(),
        )

    def receive(self, amount: str, *, days: int = 0) -> None:
        """Money of Harrow's that nobody sets against anything yet."""
        self.post(f"receipt 100 P{days}{amount} {amount} on={days}")

    def post(self, text: str) -> None:
        load(f'customer 100 "Harrow Tools"\n{text}', company=self.company, today=TODAY)
