"""Orders of the last months that went by a release although the customer was late: some paid soon after, some
later, some not yet. Made by the product's own verbs, at the moments of the story.
"""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import F

from collections_app.holds import orders, releases
from collections_app.holds.order_rows import Order
from collections_app.holds.rules.ordering import OrderState, Stated
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.rules import Basis
from collections_app.management.demo.between_us import Between
from collections_app.management.demo.calendars import DAY
from collections_app.management.demo.moments import spoken
from collections_app.management.demo.scenes import minutes

SOURCE = "Shop"
# So many days after the release the money came that was late by then.
PAID_AFTER = (3, 5, 11, 6, 15, 2, 12, 9)
LATE_FOR = dt.timedelta(20)
FIRST_NUMBER = 8701
# Further back lie other prices, and nearer the night decides on what is in hand.
LATELY = (10, 120)
LIMITS = (Decimal(500), Decimal(11_000))


def tell(us: Between) -> None:
    """Each on a working day on which the customer's money was late by some days."""
    for place, late in enumerate(_late(us)):
        released_on = us.days.on_or_before(late.posted_on - DAY * PAID_AFTER[place])
        _released(us, late, released_on, f"SO-{FIRST_NUMBER + place}")


def _late(us: Between) -> list[Allocation]:
    """Money that came late, of one customer each, from those with a limit that an order goes beyond."""
    nearest, furthest = (us.today - DAY * days for days in LATELY)
    found = (
        Allocation.objects.filter(
            company=us.company, basis=Basis.PAYMENT, posted_on__range=(furthest, nearest),
            invoice__due_on__lt=F("posted_on") - LATE_FOR, currency=us.company.currency,
            invoice__customer__credit_limit__range=LIMITS,
        )
        .select_related("invoice__customer__company")
        .order_by("invoice__customer", "-amount", "pk")
        .distinct("invoice__customer")
    )  # fmt: skip
    return sorted(found, key=lambda each: (-each.amount, each.pk))[: len(PAID_AFTER)]


def _released(us: Between, late: Allocation, on: dt.date, number: str) -> None:
    assert late.invoice is not None
    customer = late.invoice.customer
    assert customer.credit_limit is not None
    stated = Stated(
        number=number, amount=customer.credit_limit * 2, currency=us.company.currency, placed_on=on,
        wanted_on=on + DAY * 3, source=SOURCE,
    )  # fmt: skip
    taken = orders.take_in(customer=customer, stated=stated, by=None, at=_at(us, on, "09:10"))
    if taken.hold is not None:
        _let_go(us, taken.order, on)
    gone = replace(stated, state=OrderState.DELIVERED)
    orders.take_in(customer=customer, stated=gone, by=None, at=_at(us, us.days.after(on, 1), "15:20"))


def _let_go(us: Between, order: Order, on: dt.date) -> None:
    why = "They are good for it, and wait for these goods"
    asked = releases.ask(order, reason=why, by=us.users["sam"], at=_at(us, on, "10:05"))
    words = "This once; we speak with them about what is late today"
    releases.grant(asked, words=words, by=us.users["dana"], at=_at(us, on, "11:40"))


def _at(us: Between, on: dt.date, clock: str) -> dt.datetime:
    return spoken(on, minutes(clock), ZoneInfo(us.company.time_zone))
