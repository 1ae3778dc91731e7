"""People and deeds at the collector's desk, in few words."""

import datetime as dt
from typing import Any

from collections_app.chase import entries
from collections_app.chase.entries import Entry
from collections_app.contact.conversations import Conversation
from collections_app.contact.rules import Channel, Direction, Outcome
from collections_app.ledger.companies import Company, Membership
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Role
from collections_app.people.users import User


def person(company: Company, username: str, role: Role = Role.COLLECTOR) -> User:
    """Somebody who may see ``company``."""
    user = User.objects.create(username=username, full_name=username.title(), role=role)
    Membership.objects.create(company=company, user=user)
    return user


def call(outcome: Outcome = Outcome.NO_ANSWER, **facts: Any) -> Conversation:
    """A call of ours and what came of it."""
    return Conversation(channel=Channel.CALL, direction=Direction.OUT, outcome=outcome, **facts)


def list_day(company: Company, *, at: dt.datetime) -> None:
    """Derive the chase list of the company's today."""
    today = company.today(at=at)
    ids = list(Customer.objects.filter(company=company).values_list("pk", flat=True))
    entries.refresh_customers(company=company, customers=ids, today=today, at=at)


def on_list(company: Company) -> list[str]:
    """Numbers of the customers on the chase list, in its order."""
    listed = Entry.objects.filter(company=company, left_out="")
    ordered = listed.order_by("-score", "-weight", "-oldest_days", "customer")
    return list(ordered.values_list("customer__number", flat=True))
