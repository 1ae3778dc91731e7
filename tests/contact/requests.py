"""Asking colleagues in few words."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from collections_app.contact import colleague_requests
from collections_app.contact.request_rows import ColleagueRequest
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Desk:
    """Who asks, about whom, and when."""

    customer: Customer
    by: User
    at: dt.datetime
    today: dt.date

    def ask(self, **facts: Any) -> ColleagueRequest:
        """A proof of delivery for the day after tomorrow, of somebody who does not sign in."""
        to = {} if facts.keys() & {"to_user", "to_desk", "to_email"} else {"to_email": "w@haulier.example"}
        asked: dict[str, Any] = {
            "customer": self.customer,
            "kind": "proof_of_delivery",
            "reason": "the customer cannot pay without it",
            "due_on": self.today + 2 * DAY,
            "by": self.by,
            "at": self.at,
            **to,
        }
        return colleague_requests.ask(**{**asked, **facts})


def colleague(company: Company, username: str, *, desk: str = "", role: Role = Role.SALES) -> User:
    """Somebody of another desk, with an address."""
    user = person(company, username, role)
    user.desk, user.email = desk, f"{username}@northgate.example"
    user.save()
    return user
