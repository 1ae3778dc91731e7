"""A statement: what a customer owes and paid, and nothing of what is thought or written about them.

It is what people see who sell to a customer. It is made apart from the call card, so that notes, scores and
habits cannot reach them by a template that forgets to hide something.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from collections_app.behaviour.positions import Position
from collections_app.chase import asking, cards
from collections_app.chase.cards import Row
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice

# The kinds of item of the timeline that a statement has beside it.
TIMELINE = "money"
CURRENCIES_FEW = 4


@dataclass(frozen=True, slots=True)
class Statement:
    """What is open with a customer, by currency and by invoice, and who is to be spoken with there."""

    customer: Customer
    positions: list[Position]
    contacts: list[Contact]
    invoices: list[Invoice]
    has_more_invoices: bool


def statement_of(customer: Customer, *, today: dt.date, all_invoices: bool = False) -> Statement:
    """Read the statement. The invoices are the oldest; ``all_invoices`` shows them all."""
    shown = cards.INVOICES_ALL if all_invoices else cards.INVOICES_SHOWN
    invoices = list(asking.open_invoices(customer, today=today)[: shown + 1])
    return Statement(
        customer=customer,
        positions=list(Position.objects.filter(customer=customer).order_by("-exposure", "currency")),
        contacts=list(customer.contacts.filter(is_active=True).order_by("-is_primary", "name")),
        invoices=invoices[:shown],
        has_more_invoices=len(invoices) > shown,
    )


def longest_overdue(customers: QuerySet[Customer], *, rows_max: int) -> list[Row]:
    """Those of ``customers`` whose invoices are overdue for longest, with what they owe. Three queries."""
    overdue = Position.objects.filter(customer__in=customers, overdue__gt=0)
    oldest = overdue.order_by("-oldest_days", "customer").values_list("customer", flat=True)
    # Each has a position a currency, so a few more than are shown.
    ids = list(dict.fromkeys(oldest[: rows_max * CURRENCIES_FEW]))[:rows_max]
    found = Customer.objects.in_bulk(ids)
    return cards.with_positions([found[each] for each in ids])
