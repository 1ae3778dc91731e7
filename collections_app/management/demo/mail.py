"""What people find in the mail of the demo in Leeds: reminders that are held back, each with its reason, and
a statement of which nobody knows whether it left. Made by the product's own verbs.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from collections_app.correspondence import deliveries, outbox
from collections_app.correspondence.deliveries import Gate
from collections_app.correspondence.rules import MessageKind
from collections_app.correspondence.rules.sending import Delivery, Outcome
from collections_app.dunning import blocks, levels, statements
from collections_app.dunning.rules.blocking import BlockReason
from collections_app.dunning.rules.steps import LEVEL_MAX
from collections_app.jobs import outbox as workers
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.management.demo import cast, moments
from collections_app.management.demo.calendars import DAY
from collections_app.people.users import User

HELD: Final = (
    (cast.WEXDALE, BlockReason.PLAN, "three parts, the first by the end of the month"),
    (cast.LORCOTE, BlockReason.OTHER, "their office moves house and asked for two weeks"),
)


class _Yesterday(BaseEmailBackend):
    """A mail server that took everything, and fell silent in the middle of one message."""

    def __init__(self, silent_about: str) -> None:
        super().__init__()
        self.silent_about = silent_about

    def deliver(self, envelope: EmailMessage) -> Delivery:
        """Accept it, or say nothing."""
        if any(self.silent_about in to for to in envelope.to):
            return Delivery(Outcome.UNKNOWN, "The connection ended after the message was handed over.")
        return Delivery(Outcome.ACCEPTED, "250 kept")


def switch_levels_on(company: Company, users: Mapping[str, User], *, today: dt.date) -> None:
    """Our demo's customers were reminded before it begins: Dana switched every level on."""
    at = moments.last_load(today)
    from_on = company.today(at=at)
    levels.switch(company=company, highest_level=LEVEL_MAX, from_on=from_on, by=users["dana"], at=at)


def block(company: Company, users: Mapping[str, User], *, today: dt.date) -> None:
    """Before the night writes reminders: whom not to remind for a while, and why."""
    for member, reason, words in HELD:
        customer = Customer.objects.select_related("company").get(company=company, number=member.number)
        until = today + 14 * DAY
        by = users[member.collector or "tom"]
        # On the demo's own day, which may lie in the past.
        at = moments.last_load(today)
        blocks.place(customer=customer, reason=reason, words=words, until=until, by=by, at=at)


def send(company: Company, users: Mapping[str, User], *, at: dt.datetime) -> None:
    """After the night: what is due leaves, and of one statement nobody knows."""
    by = users["priya"]
    customer = Customer.objects.select_related("company").get(company=company, number=cast.KESTERBY.number)
    contact = customer.contacts.filter(is_active=True).exclude(email="").order_by("-is_primary").first()
    if contact is None:
        return
    made = statements.prepare(key="demo:statement", customer=customer, contact=contact, by=by, at=at)
    outbox.release([made], by=None, at=at)
    carrier = _Yesterday(contact.email)
    # The statement stands for one that was sent in a decent hour, whenever the demo is made.
    gates: dict[MessageKind, Gate] = {
        kind: gate for kind, gate in workers.GATES.items() if kind != MessageKind.STATEMENT
    }
    deliveries.send_due(
        gates=gates,
        completes=workers.COMPLETES,
        below_for=workers.below_for,
        link_for=workers.link_for,
        connection=carrier,
        at=at,
    )
