"""Who wants to be told when an order is free: they are told once, and then no more."""

import datetime as dt

from django.db import transaction

from collections_app.holds.hold_rows import Hold
from collections_app.holds.notice_rows import HoldWatch
from collections_app.holds.order_rows import Order
from collections_app.lib.refusals import Refused
from collections_app.people.users import User


@transaction.atomic
def begin(order: Order, *, by: User, at: dt.datetime) -> HoldWatch:
    """Tell ``by`` when ``order`` is free. Twice has one effect. It concerns nobody else, so no event is
    written. Raises ``Refused`` where nothing holds the order.
    """
    # A hold that ends meanwhile waits here, and tells of the wish that it finds.
    if not Hold.objects.standing().filter(order=order).select_for_update(no_key=True, of=("self",)).exists():
        raise Refused.because("not_held", f"Order {order.number} is not on hold any more.")
    made, _ = HoldWatch.objects.get_or_create(
        order=order, user=by, told_at__isnull=True, defaults={"asked_at": at}
    )
    return made


def end(order: Order, *, by: User) -> None:
    """They need not be told any more. Twice has one effect."""
    HoldWatch.objects.open().filter(order=order, user=by).delete()


def is_watched(order: Order, *, by: User) -> bool:
    """Whether ``by`` will be told."""
    return HoldWatch.objects.open().filter(order=order, user=by).exists()
