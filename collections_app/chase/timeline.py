"""The timeline of a customer: every contact, promise, dispute, change, document and payment, one line each.

It is read by keyset: one statement finds a page, and one query for each kind on it fetches what is told.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from collections_app.activity.events import Event
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.rules import (
    CHANNEL_LABELS,
    NEXT_STEP_LABELS,
    OUTCOME_LABELS,
    Channel,
    Direction,
    NextStep,
    Outcome,
)
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.payments import Payment
from collections_app.ledger.rules import InvoiceKind, PaymentKind
from collections_app.lib.kept_queries import KeptQuery
from collections_app.lib.prepared import Prepared
from collections_app.lib.sql import Statement
from collections_app.people.users import User

PAGE = Statement(__file__, "read_timeline")
# With every page of a customer.
_NEWEST_PAGE = Prepared.of(
    PAGE,
    dict.fromkeys(("who", "words", "since", "until", "before_at", "before_kind", "before_id")),
    customer="bigint", zone="text", kinds="text[]", event_nouns="text[]", event_kinds="text[]",
    page_rows="int",
)  # fmt: skip
PAGE_ROWS = 25
WORDS_LETTERS_MAX = 100

# By the noun of an event: the kind of item it is. Events of other nouns are changes. Of a conversation only
# that it was taken back is told by an event: the conversation itself stands there in its own words.
KINDS_OF_EVENTS = {
    "contact": "correction",
    "promise": "agreed",
    "dispute": "agreed",
    "commitment": "ours",
    "request": "ours",
    "message": "message",
    "reminder": "message",
    "invoice_document": "message",
    "standing_note": "note",
}
# What a reader may choose to see, and the kinds of item it holds.
CHOICES: dict[str, tuple[str, ...]] = {
    "all": ("contact", "correction", "agreed", "ours", "message", "note", "change", "invoice", "payment"),
    "contacts": ("contact", "correction"),
    "agreed": ("agreed", "ours"),
    "messages": ("message",),
    "notes": ("note",),
    "money": ("invoice", "payment"),
    "changes": ("change",),
}

EVENTS = (*dict.fromkeys(KINDS_OF_EVENTS.values()), "change")

INVOICE_WORDS = {
    InvoiceKind.INVOICE: "Invoice",
    InvoiceKind.DEBIT_NOTE: "Debit note",
    InvoiceKind.CREDIT_NOTE: "Credit note",
    InvoiceKind.FINANCE_CHARGE: "Finance charge",
}
PAYMENT_WORDS = {
    PaymentKind.RECEIPT: "Payment received",
    PaymentKind.REVERSAL: "Payment reversed",
    PaymentKind.REFUND: "Refunded",
}


@dataclass(frozen=True, slots=True)
class Key:
    """Where a page ends: the next one begins after it."""

    at: dt.datetime
    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.kind}~{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Key":
        """The key written with ``str``; raises ``ValueError`` for anything else."""
        at, kind, number = text.split("~")
        moment = dt.datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError(f"“{text}” lacks a time zone.")
        return cls(moment, kind, int(number))


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader wants to see. ``who`` is the id of a user; ``since`` and ``until`` are days of the
    company, both included; ``words`` are looked for in what was said, in sentences, numbers and references.
    """

    choice: str = "all"
    who: int | None = None
    words: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def narrows(self) -> bool:
        """Whether it leaves something out besides kinds."""
        return bool(self.who or self.words or self.since or self.until)


EVERYTHING = Filter()


@dataclass(frozen=True, slots=True)
class Item:
    """One line. ``day`` when no minute is known; ``quote`` is in somebody's own words."""

    key: Key
    sentence: str
    who: str = ""
    quote: str = ""
    amount: Decimal | None = None
    currency: str = ""
    next_step: str = ""
    next_on: dt.date | None = None
    day: dt.date | None = None
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, and where the next page begins; None on the last."""

    items: list[Item]
    next: Key | None


def read(
    customer: Customer,
    wanted: Filter = EVERYTHING,
    *,
    before: Key | None = None,
    page_rows: int = PAGE_ROWS,
) -> Page:
    """A page of the timeline. Raises ``KeyError`` for an unknown choice."""
    page = PAGE if wanted.narrows or before else _NEWEST_PAGE
    rows = page.rows(
        {
            "customer": customer.pk,
            "zone": customer.company.time_zone,
            "kinds": list(CHOICES[wanted.choice]),
            "event_nouns": list(KINDS_OF_EVENTS),
            "event_kinds": list(KINDS_OF_EVENTS.values()),
            "who": wanted.who,
            "words": _pattern(wanted.words),
            "since": wanted.since,
            "until": wanted.until,
            "before_at": before.at if before else None,
            "before_kind": before.kind if before else None,
            "before_id": before.id if before else None,
            "page_rows": page_rows + 1,
        }
    )
    keys = [Key(row["at"], row["kind"], row["id"]) for row in rows[:page_rows]]
    told = _told(keys)
    more = len(rows) > page_rows
    return Page([told[key] for key in keys], keys[-1] if more else None)


def authors(customer: Customer) -> list[User]:
    """Who appears on the timeline, by name."""
    return sorted(_AUTHORS.of(customer.pk), key=str)


def _authors(customer: int) -> QuerySet[User]:
    wrote = ContactLog.objects.filter(customer=customer).values("by")
    did = Event.objects.filter(customer=customer, by__isnull=False).values("by")
    return User.objects.filter(Q(pk__in=wrote) | Q(pk__in=did))


_AUTHORS = KeptQuery(_authors, "bigint")


def _pattern(words: str) -> str | None:
    """For LIKE: the words anywhere, with its own signs taken as they are."""
    wanted = words.strip()[:WORDS_LETTERS_MAX]
    for sign in "\\%_":
        wanted = wanted.replace(sign, f"\\{sign}")
    return f"%{wanted}%" if wanted else None


def _told(keys: Sequence[Key]) -> dict[Key, Item]:
    of_kind: dict[str, dict[int, Key]] = {}
    for key in keys:
        of_kind.setdefault(key.kind, {})[key.id] = key
    events = {number: key for kind in EVENTS for number, key in of_kind.get(kind, {}).items()}
    return {
        item.key: item
        for items in (
            _contacts(of_kind.get("contact", {})),
            _events(events),
            _invoices(of_kind.get("invoice", {})),
            _payments(of_kind.get("payment", {})),
        )
        for item in items
    }


_CONTACTS = KeptQuery(
    lambda ids: ContactLog.objects.filter(pk__any=ids).select_related("by", "contact"), "bigint[]"
)
_EVENTS = KeptQuery(lambda ids: Event.objects.filter(pk__any=ids).select_related("by"), "bigint[]")
_INVOICES = KeptQuery(lambda ids: Invoice.objects.filter(pk__any=ids), "bigint[]")
_PAYMENTS = KeptQuery(lambda ids: Payment.objects.filter(pk__any=ids), "bigint[]")


def _contacts(keys: dict[int, Key]) -> Iterable[Item]:
    for log in _CONTACTS.of(list(keys)) if keys else ():
        channel = CHANNEL_LABELS[Channel(log.channel)]
        way = "" if log.direction == Direction.OUT else " from them"
        name = log.contact.name if log.contact else log.spoke_with
        about = f"{channel}{way}{f' with {name}' if name else ''}"
        yield Item(
            keys[log.pk],
            f"{about}: {OUTCOME_LABELS[Outcome(log.outcome)]}",
            who=str(log.by),
            quote=log.said,
            next_step=NEXT_STEP_LABELS[NextStep(log.next_step)] if log.next_step else "",
            next_on=log.next_on,
            is_withdrawn=log.withdrawn_at is not None,
        )


def _events(keys: dict[int, Key]) -> Iterable[Item]:
    for event in _EVENTS.of(list(keys)) if keys else ():
        yield Item(keys[event.pk], event.summary, who=str(event.by) if event.by else "")


def _invoices(keys: dict[int, Key]) -> Iterable[Item]:
    for invoice in _INVOICES.of(list(keys)) if keys else ():
        yield Item(
            keys[invoice.pk],
            f"{INVOICE_WORDS[InvoiceKind(invoice.kind)]} {invoice.number}",
            amount=invoice.amount,
            currency=invoice.currency,
            day=invoice.posted_on,
        )


def _payments(keys: dict[int, Key]) -> Iterable[Item]:
    for payment in _PAYMENTS.of(list(keys)) if keys else ():
        reference = f" ({payment.reference})" if payment.reference else ""
        yield Item(
            keys[payment.pk],
            f"{PAYMENT_WORDS[PaymentKind(payment.kind)]}{reference}",
            amount=payment.amount,
            currency=payment.currency,
            day=payment.posted_on,
        )
