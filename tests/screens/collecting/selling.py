"""Sam's customers order on credit, and everything is written about them that one can write."""

import datetime as dt
from decimal import Decimal
from typing import Any

from collections_app.chase import working
from collections_app.contact.conversations import Promised
from collections_app.contact.rules import Outcome
from collections_app.holds import orders, steering
from collections_app.holds.order_rows import Order
from collections_app.holds.rules.ordering import Stated
from collections_app.ledger.customers import Customer
from tests.desk import call
from tests.screens.collecting.conftest import Office


def placed(office: Office, number: str, amount: str, *, customer: str = "100", **facts: Any) -> Order:
    """An order that comes in, and is checked."""
    given = {"currency": "GBP", "placed_on": office.today, **facts}
    stated = Stated(number=number, amount=Decimal(amount), **given)
    found = Customer.objects.select_related("company").get(company=office.company, number=customer)
    return orders.take_in(customer=found, stated=stated, by=None, at=office.at).order


def sold(office: Office, *numbers: str) -> None:
    """Sam sells to these customers."""
    Customer.objects.filter(number__in=numbers).update(salesperson=office.sam)


def promised(office: Office, amount: str, *, invoice: str = "A1", customer: str = "100") -> None:
    """They say that they will pay so much in three days."""
    day = office.today + dt.timedelta(days=3)
    promise = Promised(Decimal(amount), "GBP", day, (office.rows.invoices[invoice],))
    working.log_contact(
        call(Outcome.PROMISED, promised=promise, said="planted-note"),
        customer=office.customer(customer),
        by=office.priya,
        at=office.at,
    )


def forced(office: Office, words: str, *, customer: str = "100") -> None:
    """Dana holds all their orders."""
    found = Customer.objects.select_related("company").get(pk=office.customer(customer).pk)
    steering.force(found, reason=words, by=office.dana, at=office.at)
