"""Telling people about orders on hold: a notice on their home page and an email, each thing once.

Part of the deed that it tells of, in its transaction; what is told of a thing has one key by reader.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from collections_app.correspondence import messages
from collections_app.holds.hold_rows import Hold
from collections_app.holds.notice_rows import HoldNotice, HoldWatch
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.holds.rules import noticing
from collections_app.holds.rules.noticing import Named, NoticeKind
from collections_app.holds.rules.releasing import ReleaseState
from collections_app.ledger.companies import Company
from collections_app.lib import money
from collections_app.people.users import User
from collections_app.segmentation import assignments

ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that several are told: its cause, its sentence, and the subject of the email."""

    kind: NoticeKind
    cause: str
    order: Order
    subject: str
    sentence: str
    reply_to: str = ""


def asked(release: Release, *, deciders: Sequence[User], decided_by: dt.date, at: dt.datetime) -> None:
    """Whoever may decide learns that a release is asked for."""
    order, asker = release.order, release.asked_by
    sentence = noticing.asked(named(order), asker=str(asker), reason=release.reason, by=decided_by)
    subject = f"Release of order {order.number} of {order.customer.name}, please"
    told = Told(NoticeKind.ASKED, f"asked:{release.pk}", order, subject, sentence, asker.email)
    readers = [user for user in deciders if user.pk != asker.pk]
    _tell(release.company, [(reader, told) for reader in readers], by=asker, at=at)


def decided(release: Release, *, at: dt.datetime) -> None:
    """Whoever asked, and whoever sells to the customer, learn what was decided; nobody is asked any more."""
    order = release.order
    readers = {user.pk: user for user in (release.asked_by, order.customer.salesperson) if user}
    by = release.decided_by
    if release.state == ReleaseState.GRANTED and release.until:
        what = "is released"
        sentence = noticing.granted(
            named(order),
            by=str(by),
            until=release.until,
            words=release.words,
            conditions=release.conditions,
        )
        # It says already that the order goes.
        HoldWatch.objects.open().filter(order=order, user__in=readers).update(told_at=at)
    else:
        what = "stays on hold for now"
        sentence = noticing.declined(named(order), by=str(by), words=release.words)
    subject = f"Order {order.number} of {order.customer.name} {what}"
    told = Told(NoticeKind.DECIDED, f"decided:{release.pk}", order, subject, sentence, by.email if by else "")
    _tell(release.company, [(reader, told) for reader in readers.values()], by=by, at=at)
    settle(release, at=at)


def settle(release: Release, *, at: dt.datetime) -> None:
    """It is decided, or not needed any more: nobody is asked on their home page any longer."""
    _settle([release.pk], at=at)


def freed(*, company: Company, ended: Iterable[Hold], by: User | None = None, at: dt.datetime) -> None:
    """Whoever wants to know, and whoever had asked for the release, learn that orders go."""
    holds = {hold.order_id: hold for hold in ended}
    if not holds:
        return
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
    _tell(company, pairs, by=by, at=at)
    HoldWatch.objects.filter(pk__in=[each.pk for each in watches]).update(told_at=at)


def over(ended: Iterable[Order], *, at: dt.datetime) -> None:
    """Whoever waited for orders learns that they were delivered or cancelled."""
    watches = HoldWatch.objects.open().filter(order__in=[each.pk for each in ended])
    found = list(watches.select_related("user", "order__customer", "order__company").order_by("pk"))
    pairs = []
    for each in found:
        order = each.order
        subject = f"Order {order.number} of {order.customer.name} was {order.state}"
        sentence = noticing.over(named(order), state=order.state)
        pairs.append((each.user, Told(NoticeKind.FREED, f"over:{order.pk}", order, subject, sentence)))
    if pairs:
        _tell(found[0].order.company, pairs, by=None, at=at)
        watches.update(told_at=at)


def named(order: Order) -> Named:
    """How notices name an order."""
    return Named(order.number, order.customer.name, money.shown(order.amount, order.currency))


def _free(order: Order, hold: Hold) -> Told:
    subject = f"Order {order.number} of {order.customer.name} is free"
    return Told(NoticeKind.FREED, f"freed:{hold.pk}", order, subject, noticing.freed(named(order)))


def _settle(releases: Sequence[int], *, at: dt.datetime) -> None:
    keys = [f"asked:{pk}" for pk in releases]
    if keys:
        HoldNotice.objects.filter(Q(key__in=keys), seen_at__isnull=True).update(seen_at=at)


def _in_sight(pairs: Sequence[tuple[User, Told]], *, today: dt.date) -> list[tuple[User, Told]]:
    about = {told.order.customer_id for _, told in pairs}
    seen = {
        reader.pk: set(
            assignments.visible_to(reader, today=today).filter(pk__in=about).values_list("pk", flat=True)
        )
        for reader in {reader.pk: reader for reader, _ in pairs}.values()
    }
    return [(reader, told) for reader, told in pairs if told.order.customer_id in seen[reader.pk]]


def _tell(company: Company, pairs: Sequence[tuple[User, Told]], *, by: User | None, at: dt.datetime) -> None:
    """A few statements for each reader, however many orders. Those who were told already are not told again,
    and those who see the customer no more are not told.
    """
    pairs = _in_sight([pair for pair in pairs if pair[0].is_active], today=company.today(at=at))
    if not pairs:
        return
    rows = [
        HoldNotice(
            company=company,
            reader=reader,
            key=told.cause,
            kind=told.kind,
            customer_id=told.order.customer_id,
            order=told.order,
            sentence=told.sentence[: noticing.SENTENCE_LETTERS_MAX],
            at=at,
        )
        for reader, told in pairs
    ]
    HoldNotice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=ROWS_AT_ONCE)
    letters = {
        f"hold:{told.cause}:{reader.pk}": (
            told.order.customer,
            noticing.letter(
                told.subject,
                [told.sentence],
                to_name=reader.full_name,
                to_address=reader.email,
                reply_to=told.reply_to,
                company=company.name,
            ),
        )
        for reader, told in pairs
        if reader.email
    }
    messages.prepare_several(company=company, letters=letters, leave_after=at, by=by, at=at)
