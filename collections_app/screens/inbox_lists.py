"""Which received messages a reader may see, and their lists: what somebody has to read first."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.http import urlencode

from collections_app.correspondence.received_rows import (
    ReceivedMessage,
    ReceivedMessageQuerySet,
    Unreadable,
)
from collections_app.correspondence.rules.incoming import ReceivedKind, ReplySort
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.kept_queries import KeptQuery
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.screens.keysets import DIGITS_MAX
from collections_app.screens.scoping import Scope
from collections_app.segmentation import assignments

PAGE_ROWS = 50
UNREADABLE_SHOWN = 50
NOTICES = (ReceivedKind.AUTO_REPLY, ReceivedKind.DELAY)
VIEWS: dict[str, tuple[str, Q]] = {
    "replies": ("Replies", Q(kind=ReceivedKind.REPLY, read_at__isnull=True)),
    "bounces": ("Did not arrive", Q(kind=ReceivedKind.BOUNCE, read_at__isnull=True)),
    "nobodys": ("Of nobody yet", Q(customer__isnull=True, read_at__isnull=True) & ~Q(kind__in=NOTICES)),
    "notices": ("Automatic", Q(kind__in=NOTICES)),
    "read": ("Read", Q(read_at__isnull=False)),
}
# These are counted; what was read, and what machines wrote, grows for ever.
COUNTED = ("replies", "bounces", "nobodys")
TONES = {
    ReceivedKind.BOUNCE: "bad",
    ReceivedKind.DELAY: "quiet",
    ReceivedKind.AUTO_REPLY: "quiet",
}


@dataclass(frozen=True, slots=True)
class Act:
    """What a reader may do about a reply in one key. A ``url`` name to POST to, or the customer's form filled
    with an ``outcome``.
    """

    label: str
    icon: str
    key: str
    url: str = ""
    outcome: str = ""


PAID = Act("Look for the payment", "search", "3", url="inbox_paid")
COPIES = Act("Make copies ready", "copy", "i", url="inbox_copies")
PROMISE = Act("Write down the promise", "heart-handshake", "p", outcome="promised")
DISPUTE = Act("Open the dispute", "scale", "d", outcome="disputes")
AWAY = Act("Leave them until then", "zzz", "l", url="inbox_away")
NOTE = Act("Write it down", "note", "6", outcome="other")
ACTS: dict[ReplySort, Act] = {
    ReplySort.PAID: PAID,
    ReplySort.COPY_PLEASE: COPIES,
    ReplySort.PROMISE: PROMISE,
    ReplySort.QUERY: DISPUTE,
    ReplySort.AWAY: AWAY,
}


def acts_of(received: ReceivedMessage, *, today: dt.date) -> list[Act]:
    """What can be done about it, the likely one first; nothing while nobody knows whose it is."""
    may_be_left = received.back_on is not None and received.back_on > today
    if received.customer_id is None:
        return []
    if not received.is_reply:
        return [AWAY] if may_be_left and received.sort == ReplySort.AWAY else []
    likely = ACTS.get(ReplySort(received.sort), NOTE)
    others = [act for act in (PROMISE, PAID, COPIES, DISPUTE, AWAY, NOTE) if act != likely]
    return [act for act in (likely, *others) if act != AWAY or may_be_left]


@dataclass(frozen=True, slots=True)
class Row:
    """A received message as the list shows it; ``act`` is what it seems to ask for."""

    received: ReceivedMessage
    act: Act | None

    @property
    def tone(self) -> str:
        """The colour that repeats its kind."""
        return TONES.get(ReceivedKind(self.received.kind), "info")

    @property
    def failed(self) -> str:
        """The addresses that it did not reach."""
        return ", ".join(failure["address"] for failure in self.received.failures)


def row_of(received: ReceivedMessage, *, today: dt.date) -> Row:
    """A received message with what it seems to ask for, as long as nobody has read it."""
    offered = acts_of(received, today=today) if received.read_at is None else []
    is_told = received.is_reply and received.sort != ReplySort.OTHER
    return Row(received, offered[0] if offered and (is_told or not received.is_reply) else None)


def visible(scope: Scope) -> ReceivedMessageQuerySet:
    """Of customers whom the reader may see, and of nobody yet: somebody has to say whose those are."""
    found = ReceivedMessage.objects.filter(company=scope.company)
    if scope.user.may(Deed.SEE_WHOLE_COMPANY):
        return found
    seen = assignments.visible_to(scope.user, today=scope.today).filter(company=scope.company)
    return found.filter(Q(customer__isnull=True) | Q(customer__in=seen.values("pk")))


def needing(user: User, company: Company) -> QuerySet[ReceivedMessage]:
    """What ``user`` has to read: of their customers and of nobody yet; all of it for who sees all."""
    found = ReceivedMessage.objects.unread().filter(company=company)
    if user.may(Deed.SEE_WHOLE_COMPANY):
        return found
    return found.filter(Q(customer__isnull=True) | Q(customer__assignment__collector=user))


def unread_of(customer: Customer) -> list[ReceivedMessage]:
    """What of a customer nobody has read, the oldest first. One query."""
    return UNREAD.of(customer.company_id, customer.pk)


UNREAD = KeptQuery(
    lambda company, customer: (
        ReceivedMessage.objects.unread()
        .filter(company=company, customer=customer)
        .defer("quoted")
        .order_by("received_at", "pk")[:5]
    ),
    *("bigint", "bigint"),
)


def listed(scope: Scope, asked: QueryDict) -> dict[str, Any]:
    """What the list shows for a query: one view, from a place on."""
    view = asked.get("view", "replies") if asked.get("view") in VIEWS else "replies"
    seen = visible(scope)
    found = seen.filter(VIEWS[view][1])
    place = _parse(asked.get("after", ""))
    if place:
        at, pk = place
        found = found.filter(Q(received_at__lt=at) | Q(received_at=at, pk__lt=pk))
    rows = found.select_related("customer", "about").defer("quoted", "about__body", "about__body_html")
    page = list(rows.order_by("-received_at", "-pk")[: PAGE_ROWS + 1])
    last = page[PAGE_ROWS - 1] if len(page) > PAGE_ROWS else None
    return {
        "scope": scope,
        "view": view,
        "rows": [row_of(each, today=scope.today) for each in page[:PAGE_ROWS]],
        "views": [
            (code, label, seen.filter(asks).count() if code in COUNTED else None)
            for code, (label, asks) in VIEWS.items()
        ],
        "unreadable": Unreadable.objects.filter(company=scope.company, read_at__isnull=True).order_by("-pk")[
            :UNREADABLE_SHOWN
        ],
        "here": urlencode({"view": view}),
        "more": urlencode({"view": view, "after": f"{last.received_at.isoformat()}~{last.pk}"})
        if last
        else "",
        "is_first": place is None,
    }


def _parse(text: str) -> tuple[dt.datetime, int] | None:
    """The place in a link to the next page; None for anything that is none of ours."""
    moment, _, number = text.partition("~")
    if not (number.isascii() and number.isdecimal() and len(number) <= DIGITS_MAX):
        return None
    try:
        at = dt.datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, int(number)) if at.tzinfo else None
