"""How the orders of one customer stand: which wait, what frees each, and what people said about all of them.
Reads only.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from collections_app.holds import checks, facts, rounds
from collections_app.holds.customer_terms import CreditTerm, ForcedHold, HoldExclusion
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.holds.rules.paying import Line
from collections_app.ledger.customers import Customer
from collections_app.lib.kept_queries import KeptQuery

ORDERS_MAX = 50


@dataclass(frozen=True, slots=True)
class Standing:
    """An order in hand. ``payment`` is the smallest that frees it; None where it is free, or no payment
    does.
    """

    order: Order
    hold: Hold | None
    asked: Release | None
    granted: Release | None
    payment: tuple[Line, ...] | None


@dataclass(frozen=True, slots=True)
class CustomerHolds:
    """The orders in hand in the order in which they came, and what stands about all of them."""

    orders: Sequence[Standing]
    forced: ForcedHold | None
    exclusions: Sequence[HoldExclusion]
    term: CreditTerm | None

    @property
    def held(self) -> list[Standing]:
        """The orders that wait."""
        return [each for each in self.orders if each.hold]

    @property
    def freed_by_payment(self) -> Standing | None:
        """The first that waits and that a payment frees."""
        return next((each for each in self.held if each.payment), None)


FORCED = KeptQuery(
    lambda customer: (
        ForcedHold.objects.standing().filter(customer=customer).select_related("placed_by").order_by("pk")[:1]
    ),
    "bigint",
)
EXCLUSIONS = KeptQuery(
    lambda customer, today: (
        HoldExclusion.objects.standing()
        .filter(customer=customer, until__gte=today)
        .select_related("made_by")
        .order_by("until", "pk")
    ),
    *("bigint", "date"),
)
TERM = KeptQuery(lambda customer: CreditTerm.objects.filter(customer=customer), "bigint")
IN_HAND = KeptQuery(
    lambda company, customer: (
        Order.objects.in_hand().filter(company=company, customer=customer).in_order()[:ORDERS_MAX]
    ),
    *("bigint", "bigint"),
)


def of(customer: Customer, *, today: dt.date) -> CustomerHolds:
    """Four queries for a customer without orders; a fixed number more for one with some."""
    return CustomerHolds(
        orders=_orders(customer, today),
        forced=FORCED.first(customer.pk),
        exclusions=EXCLUSIONS.of(customer.pk, today),
        term=TERM.first(customer.pk),
    )


def _orders(customer: Customer, today: dt.date) -> list[Standing]:
    found = IN_HAND.of(customer.company_id, customer.pk)
    if not found:
        return []
    holds = rounds.by_order(list(Hold.objects.standing().filter(order__in=found)))
    releases = Release.objects.filter(order__in=found).select_related("asked_by")
    asked, granted = (rounds.by_order(list(each)) for each in (releases.waiting(), releases.granted()))
    payments = _payments(customer, [order for order in found if order.pk in holds], today)
    return [
        Standing(
            order, holds.get(order.pk), asked.get(order.pk), granted.get(order.pk), payments.get(order.pk)
        )
        for order in found
    ]


def _payments(
    customer: Customer, held: Sequence[Order], today: dt.date
) -> dict[int, tuple[Line, ...] | None]:
    if not held:
        return {}
    known = facts.known_of(company=customer.company, customers=[customer.pk], today=today)[customer.pk]
    return {order.pk: checks.answer_of(known, known.about(order)).payment for order in held}
