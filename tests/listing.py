"""A small ledger and its chase list, in few words."""

import datetime as dt
from typing import Any

from collections_app.behaviour import positions
from collections_app.chase import entries
from collections_app.chase.entries import Entry
from collections_app.contact.contact_logs import ContactLog
from collections_app.ledger.companies import Company
from collections_app.people.users import User
from tests.ledgerrows import Rows, moment

LEDGER = """
customer 100 "Harrow Tools"
invoice 100 A1 1200.00 due=-41
invoice 100 A2 800.00 due=-12
customer 200 "Brandt GmbH"
invoice 200 B1 900.00 due=-3
customer 300 "Calder Ltd"
invoice 300 D1 900.00 due=+9
customer 400 "Dunmore"
invoice 400 E1 50.00 due=-20
receipt 400 P1 50.00 on=-1
"""


def derive(company: Company, today: dt.date, customers: list[int] | None = None) -> int:
    positions.measure(company=company, today=today, customers=customers)
    return entries.refresh(company=company, today=today, at=moment(today), customers=customers)


def entry(number: str) -> Entry:
    return Entry.objects.select_related("segment").get(customer__number=number)


def log(rows: Rows, number: str, user: User, *, on: dt.date, **facts: Any) -> ContactLog:
    shared = {"channel": "call", "direction": "out", "outcome": "no_answer"}
    customer = rows.customers[number]
    return ContactLog.objects.create(
        company=rows.company, customer=customer, by=user, at=moment(on), **shared, **facts
    )
