"""What of each open item is really late: cover is set against the oldest first, in its own currency. Pure."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from collections_app.holds.rules.facts import Item, Standing
from collections_app.ledger.rules import days_overdue
from collections_app.lib import money


@dataclass(frozen=True, slots=True)
class Netted:
    """An item and what is left of its undisputed part when the customer's cover is set against it."""

    item: Item
    currency: str
    uncovered: Decimal

    def days_overdue(self, today: dt.date) -> int:
        """As everywhere; due today is 0."""
        return days_overdue(self.item.due_on, today)


def net(standing: Standing) -> list[Netted]:
    """The items, oldest first, those without a due date last. The contested part of an item is not covered,
    since nothing is asked for it.
    """
    left = max(money.ZERO, standing.cover)
    found = []
    for item in sorted(standing.items, key=_age):
        asked = item.undisputed
        if left:
            covered = min(left, asked)
            left, asked = left - covered, asked - covered
        found.append(Netted(item, standing.currency, asked))
    return found


def _age(item: Item) -> tuple[dt.date, int]:
    return (item.due_on or dt.date.max, item.invoice_id)
