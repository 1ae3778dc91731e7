"""Who learns that an order waits, or waits again: whoever sells to the customer or took the order; after a
release also who asked for it and who decided. One email a reader for all of a night or a file.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from collections_app.holds import news
from collections_app.holds.hold_rows import Hold
from collections_app.holds.news import Pairs, Told
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.holds.rules import for_sales, noticing
from collections_app.holds.rules.noticing import NoticeKind
from collections_app.ledger.companies import Company
from collections_app.people.users import User


def held(
    company: Company,
    holds: Sequence[Hold],
    *,
    ended: Mapping[int, Release],
    at: dt.datetime,
) -> Pairs:
    """Note that ``holds`` are new; ``ended`` are the releases, by order, whose end let them wait again. Who
    is told what, for ``write``.
    """
    if not holds:
        return []
    orders = Order.objects.select_related("customer__salesperson", "salesperson")
    found = orders.in_bulk([hold.order_id for hold in holds])
    pairs = []
    for hold in holds:
        order, release = found[hold.order_id], ended.get(hold.order_id)
        told = _told(hold, order, release)
        pairs += [(reader, told) for reader in readers_of(order, release)]
    return news.note(company, pairs, at=at)


def write(company: Company, new: Pairs, *, by: User | None, at: dt.datetime) -> None:
    """One email a reader about all of ``new``."""
    news.write_together(company, new, subject=lambda count: f"{count:,} orders are on hold", by=by, at=at)


def readers_of(order: Order, release: Release | None = None) -> list[User]:
    """Whom the hold of ``order`` concerns, each once."""
    people = [order.customer.salesperson]
    if order.taken_by_id:
        people.append(order.salesperson)
    if release is not None:
        people += [release.asked_by, release.decided_by]
    return list({each.pk: each for each in people if each is not None}.values())


def _told(hold: Hold, order: Order, release: Release | None) -> Told:
    reasons = for_sales.told(hold.decision["reasons"], sees_credit=False)
    again = release.because if release is not None else ""
    return Told(
        NoticeKind.HELD,
        f"held:{hold.pk}",
        order,
        f"Order {order.number} of {order.customer.name} is on hold{' again' if again else ''}",
        noticing.held(news.named(order), again=again, reasons=[each.sentence for each in reasons]),
    )
