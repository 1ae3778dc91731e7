"""Which messages a reader may see, and their lists: by where they stand, the newest change first."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.http import urlencode

from collections_app.correspondence.message_rows import Message, MessageQuerySet
from collections_app.correspondence.rules import (
    MESSAGE_LABELS,
    Audience,
    MessageKind,
    MessageState,
    sending,
)
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.kept_queries import KeptQuery
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.screens.keysets import DIGITS_MAX
from collections_app.screens.scoping import Scope
from collections_app.segmentation import assignments

PAGE_ROWS = 50
UNSENT_SHOWN = 5
VIEWS: dict[str, tuple[str, tuple[MessageState, ...]]] = {
    "decide": ("To decide", sending.UNDECIDED),
    "ready": ("Ready", (MessageState.READY,)),
    "waiting": ("Leaving", (MessageState.QUEUED, MessageState.SENDING)),
    "sent": ("Sent", (MessageState.SENT,)),
    "withdrawn": ("Withdrawn", (MessageState.WITHDRAWN,)),
}
# These are counted; what has left or was withdrawn grows for ever.
COUNTED = ("decide", "ready", "waiting")
TONES = {
    MessageState.HELD_BACK: "warn",
    MessageState.UNCERTAIN: "bad",
    MessageState.FAILED: "bad",
    MessageState.SENT: "good",
    MessageState.QUEUED: "info",
    MessageState.SENDING: "info",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A message as the list and its page show it."""

    message: Message
    why: str
    is_counted_as_left: bool

    @property
    def tone(self) -> str:
        """The colour that repeats its state."""
        return TONES.get(MessageState(self.message.state), "quiet")

    @property
    def is_ready(self) -> bool:
        """Whether one may send it."""
        return self.message.state == MessageState.READY

    @property
    def may_be_recalled(self) -> bool:
        """Whether it can still be called back."""
        return self.message.state == MessageState.QUEUED

    @property
    def is_undecided(self) -> bool:
        """Whether nothing more happens unless a person decides."""
        return self.message.state in sending.UNDECIDED

    @property
    def may_have_left(self) -> bool:
        """Whether nobody knows."""
        return self.message.state == MessageState.UNCERTAIN

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether it can be ended without being sent."""
        return self.message.state in sending.WITHDRAWABLE


def row_of(message: Message, *, at: dt.datetime) -> Row:
    """A message with why it stands where it stands, in sentences."""
    state = MessageState(message.state)
    stops = " ".join(stop["sentence"] for stop in message.stops)
    after = dt.timedelta(hours=sending.COUNTED_AS_LEFT_AFTER_HOURS)
    return Row(
        message=message,
        why=stops or (message.last_answer if state in (*sending.UNDECIDED, MessageState.QUEUED) else ""),
        is_counted_as_left=state == MessageState.UNCERTAIN and at - message.changed_at > after,
    )


def visible(scope: Scope) -> MessageQuerySet:
    """Messages about customers whom the reader may see, and those that the reader wrote."""
    found = Message.objects.filter(company=scope.company)
    if scope.user.may(Deed.SEE_WHOLE_COMPANY):
        return found
    seen = assignments.visible_to(scope.user, today=scope.today).filter(company=scope.company)
    return found.filter(Q(prepared_by=scope.user) | Q(customer__in=seen.values("pk")))


def unsent(customer: Customer, *, at: dt.datetime) -> list[Row]:
    """What was written to a customer and has not left: what one may send, then the newest change first."""
    rows = [row_of(message, at=at) for message in UNSENT.of(customer.pk)]
    return sorted(rows, key=lambda row: not row.is_ready)


def _unsent(customer: int) -> QuerySet[Message]:
    open_states = [state for name in COUNTED for state in VIEWS[name][1]]
    found = Message.objects.filter(customer=customer, audience=Audience.CUSTOMER, state__in=open_states)
    return found.defer("body", "body_html").order_by("-changed_at", "-pk")[:UNSENT_SHOWN]


UNSENT = KeptQuery(_unsent, "bigint")


def needing(user: User, company: Company) -> QuerySet[Message]:
    """What waits for a decision of ``user``: to their customers or by them; all of it for who sees all."""
    found = Message.objects.undecided().filter(company=company)
    if user.may(Deed.SEE_WHOLE_COMPANY):
        return found
    return found.filter(Q(prepared_by=user) | Q(customer__assignment__collector=user))


def listed(scope: Scope, asked: QueryDict) -> dict[str, Any]:
    """What the list shows for a query: one view, of one kind or of all, from a place on."""
    view = asked.get("view", "decide") if asked.get("view") in VIEWS else "decide"
    kind = asked.get("kind", "") if asked.get("kind") in set(MessageKind) else ""
    seen = visible(scope)
    found = seen.filter(state__in=VIEWS[view][1])
    if kind:
        found = found.filter(kind=kind)
    place = _parse(asked.get("after", ""))
    if place:
        at, pk = place
        found = found.filter(Q(changed_at__lt=at) | Q(changed_at=at, pk__lt=pk))
    rows = found.select_related("customer", "prepared_by").defer("body", "body_html")
    page = list(rows.order_by("-changed_at", "-pk")[: PAGE_ROWS + 1])
    last = page[PAGE_ROWS - 1] if len(page) > PAGE_ROWS else None
    shown = {"view": view, "kind": kind}
    counts = seen.aggregate(**{code: Count("pk", filter=Q(state__in=VIEWS[code][1])) for code in COUNTED})
    return {
        **shown,
        "scope": scope,
        "rows": [row_of(message, at=scope.at) for message in page[:PAGE_ROWS]],
        "views": [(code, label, counts.get(code)) for code, (label, _) in VIEWS.items()],
        "kinds": [(kind.value, label) for kind, label in MESSAGE_LABELS.items()],
        "here": urlencode(shown),
        "more": urlencode({**shown, "after": f"{last.changed_at.isoformat()}~{last.pk}"}) if last else "",
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
