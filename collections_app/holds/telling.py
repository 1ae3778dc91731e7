"""Telling people about orders on hold: a notice on their home page and an email, each thing once.

Part of the deed that it tells of, in its transaction; what is told of a thing has one key by reader.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from collections_app.holds import news
from collections_app.holds.hold_rows import Hold
from collections_app.holds.news import Told
from collections_app.holds.notice_rows import HoldNotice, HoldWatch
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.holds.rules import noticing
from collections_app.holds.rules.noticing import NoticeKind
from collections_app.holds.rules.releasing import ReleaseState
from collections_app.ledger.companies import Company
from collections_app.people.users import User


def asked(release: Release, *, deciders: Sequence[User], decided_by: dt.date, at: dt.datetime) -> None:
    """Whoever may decide learns that a release is asked for."""
    order, asker = release.order, release.asked_by
    sentence = noticing.asked(news.named(order), asker=str(asker), reason=release.reason, by=decided_by)
    subject = f"Release of order {order.number} of {order.customer.name}, please"
    told = Told(NoticeKind.ASKED, f"asked:{release.pk}", order, subject, sentence, asker.email)
    readers = [user for user in deciders if user.pk != asker.pk]
    news.tell(release.company, [(reader, told) for reader in readers], by=asker, at=at)


def decided(release: Release, *, at: dt.datetime) -> None:
    """Whoever asked, and whoever sells to the customer, learn what was decided; nobody is asked any more."""
    order = release.order
    readers = {user.pk: user for user in (release.asked_by, order.customer.salesperson) if user}
    by = release.decided_by
    if release.state == ReleaseState.GRANTED and release.until:
        what = "is released"
        sentence = noticing.granted(
            news.named(order),
            by=str(by),
            until=release.until,
            words=release.words,
            conditions=release.conditions,
        )
        # It says already that the order goes.
        HoldWatch.objects.open().filter(order=order, user__in=readers).update(told_at=at)
    else:
        what = "stays on hold for now"
        sentence = noticing.declined(news.named(order), by=str(by), words=release.words)
    subject = f"Order {order.number} of {order.customer.name} {what}"
    told = Told(NoticeKind.DECIDED, f"decided:{release.pk}", order, subject, sentence, by.email if by else "")
    news.tell(release.company, [(reader, told) for reader in readers.values()], by=by, at=at)
    settle(release, at=at)


def settle(release: Release, *, at: dt.datetime) -> None:
    """It is decided, or not needed any more: nobody is asked on their home page any longer."""
    _settle([release.pk], at=at)


def freed(*, company: Company, ended: Iterable[Hold], by: User | None = None, at: dt.datetime) -> None:
    """Whoever wants to know, and whoever had asked for the release, learn that orders go."""
    holds = {hold.order_id: hold for hold in ended}
    if not holds:
        return
    _put_away([f"held:{hold.pk}" for hold in holds.values()], at=at)
    watches = list(HoldWatch.objects.open().filter(order__in=holds).select_related("user"))
    lapsed = Release.objects.filter(hold__in=list(holds.values()), state=ReleaseState.LAPSED).select_related(
        "asked_by"
    )
    waiting = {(each.order_id, each.user_id): each.user for each in watches}
    waiting |= {(each.order_id, each.asked_by_id): each.asked_by for each in lapsed}
    _settle([each.pk for each in lapsed], at=at)
    if not waiting:
        return
    orders = Order.objects.select_related("customer").in_bulk({order for order, _ in waiting})
    pairs = [
        (user, _free(orders[order_id], holds[order_id])) for (order_id, _), user in sorted(waiting.items())
    ]
    news.tell(company, pairs, by=by, at=at)
    HoldWatch.objects.filter(pk__in=[each.pk for each in watches]).update(told_at=at)


def over(ended: Iterable[Order], *, at: dt.datetime) -> None:
    """Whoever waited for orders learns that they were delivered or cancelled; that they wait, or will, is no
    news any more.
    """
    about = HoldNotice.objects.filter(order__in=[each.pk for each in ended], seen_at__isnull=True)
    about.filter(kind__in=(NoticeKind.HELD, NoticeKind.ENDING)).update(seen_at=at)
    watches = HoldWatch.objects.open().filter(order__in=[each.pk for each in ended])
    found = list(watches.select_related("user", "order__customer", "order__company").order_by("pk"))
    pairs = []
    for each in found:
        order = each.order
        subject = f"Order {order.number} of {order.customer.name} was {order.state}"
        sentence = noticing.over(news.named(order), state=order.state)
        pairs.append((each.user, Told(NoticeKind.FREED, f"over:{order.pk}", order, subject, sentence)))
    if pairs:
        news.tell(found[0].order.company, pairs, by=None, at=at)
        watches.update(told_at=at)


def _free(order: Order, hold: Hold) -> Told:
    subject = f"Order {order.number} of {order.customer.name} is free"
    return Told(NoticeKind.FREED, f"freed:{hold.pk}", order, subject, noticing.freed(news.named(order)))


def _settle(releases: Sequence[int], *, at: dt.datetime) -> None:
    _put_away([f"asked:{pk}" for pk in releases] + [f"ending:{pk}" for pk in releases], at=at)


def _put_away(keys: Sequence[str], *, at: dt.datetime) -> None:
    """What they say is no news any more."""
    if keys:
        HoldNotice.objects.filter(key__in=keys, seen_at__isnull=True).update(seen_at=at)
