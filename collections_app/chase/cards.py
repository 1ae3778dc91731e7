"""The call card: what must be known before a call, read for one customer in a fixed number of queries."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum, Value, prefetch_related_objects
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from collections_app.behaviour.habits import PayHabit
from collections_app.behaviour.positions import Position
from collections_app.chase import habit_words, snoozes
from collections_app.chase.entries import Entry
from collections_app.chase.rules import calling, sentences
from collections_app.chase.snoozes import Snooze
from collections_app.contact import owing
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.disputes import Dispute
from collections_app.contact.promised import Promise, PromisedInvoice, still_promised
from collections_app.contact.rules import NEXT_STEP_LABELS, NextStep, PromiseState
from collections_app.contact.standing_notes import StandingNote
from collections_app.forecasting import reading
from collections_app.holds import customer_holds
from collections_app.holds.customer_holds import CustomerHolds
from collections_app.holds.rules import paying
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib import money
from collections_app.lib.kept_queries import KeptQuery, KeptRows

LAST_CONTACTS = 3
INVOICES_SHOWN = 50
INVOICES_ALL = 5_000


@dataclass(frozen=True, slots=True)
class Card:
    """Everything on the call card of one customer."""

    customer: Customer
    entry: Entry | None
    purpose: str
    gain: str
    holds: CustomerHolds
    ours: list[Commitment]
    notes: list[StandingNote]
    positions: list[Position]
    contacts: list[Contact]
    local_time: str
    habit: str
    expected: str
    last: list[ContactLog]
    promises: list[Promise]
    disputes: list[Dispute]
    snooze: Snooze | None
    invoices: list[Invoice]
    has_more_invoices: bool

    @property
    def contact(self) -> Contact | None:
        """Whom to ask for first."""
        return self.contacts[0] if self.contacts else None

    @property
    def main(self) -> Position | None:
        """The position in the currency that is asked for; the others stand beside it."""
        return self.positions[0] if self.positions else None


@dataclass(frozen=True, slots=True)
class Row:
    """A customer in a list, with where they stand in each currency."""

    customer: Customer
    positions: list[Position]


def with_positions(customers: Sequence[Customer]) -> list[Row]:
    """A page of customers with their positions, in one query for all of them."""
    by_customer: dict[int, list[Position]] = {}
    for position in Position.objects.filter(customer__in=customers).order_by("-to_collect", "currency"):
        by_customer.setdefault(position.customer_id, []).append(position)
    return [Row(customer, by_customer.get(customer.pk, [])) for customer in customers]


def card_of(customer: Customer, *, today: dt.date, at: dt.datetime, all_invoices: bool = False) -> Card:
    """Read the card. The invoices are the oldest; ``all_invoices`` shows them all."""
    entry = _ENTRY.first(customer.pk)
    positions = _positions(customer, entry)
    shown = INVOICES_ALL if all_invoices else INVOICES_SHOWN
    invoices = _INVOICES[shown].of(customer.pk, today)
    contacts = _CONTACTS.of(customer.pk)
    held = customer_holds.of(customer, today=today)
    promises = _PROMISES.of(customer.pk)
    prefetch_related_objects(promises, "instalments")
    return Card(
        customer=customer,
        entry=entry,
        purpose=_purpose(customer, positions, entry, today),
        gain=_gain(customer, positions, held),
        holds=held,
        ours=owing.owed_to(customer),
        notes=_NOTES.of(customer.pk),
        positions=positions,
        contacts=contacts,
        local_time=_local_time(customer, contacts, at),
        habit=_habit(customer),
        expected=reading.next_of(customer, today=today),
        last=_LAST.of(customer.pk),
        promises=promises,
        disputes=_DISPUTES.of(customer.pk),
        snooze=snoozes.running(customer, today=today),
        invoices=invoices[:shown],
        has_more_invoices=len(invoices) > shown,
    )


def open_invoices(customer: Customer | int, *, today: dt.date) -> QuerySet[Invoice]:
    """What is open, the oldest first, each with its disputed part, what of it is still promised, and for
    when.
    """
    dispute = Dispute.objects.open().filter(invoice=OuterRef("pk"))
    running = PromisedInvoice.objects.running().filter(invoice=OuterRef("pk"))
    promised = running.annotate(still=still_promised(today))
    return (
        Invoice.objects.open()
        .filter(customer=customer)
        .annotate(
            disputed_part=Subquery(dispute.values("amount")[:1]),
            promised_part=Subquery(promised.values("still")[:1]),
            promised_on=Subquery(promised.values("promise__promised_on")[:1]),
        )
        .order_by("due_on", "pk")
    )


# Every page of a customer asks these.
_ENTRY = KeptQuery(
    lambda customer: (
        Entry.objects.filter(customer=customer).select_related("segment", "collector").order_by("pk")[:1]
    ),
    "bigint",
)
_POSITIONS = KeptQuery(lambda customer: Position.objects.filter(customer=customer), "bigint")
_CONTACTS = KeptQuery(
    lambda customer: Contact.objects.filter(customer=customer, is_active=True).order_by(
        "-is_primary", "name"
    ),
    "bigint",
)
_NOTES = KeptQuery(
    lambda customer: (
        StandingNote.objects.standing().filter(customer=customer).order_by("-kind", "recorded_at")
    ),
    "bigint",
)
_HABIT = KeptQuery(lambda customer: PayHabit.objects.filter(customer=customer), "bigint")
_LAST = KeptQuery(
    lambda customer: (
        ContactLog.objects.valid()
        .filter(customer=customer)
        .select_related("by", "contact")
        .order_by("-at", "-pk")[:LAST_CONTACTS]
    ),
    "bigint",
)
_PROMISES = KeptQuery(
    lambda customer: Promise.objects.filter(customer=customer, state=PromiseState.RUNNING).order_by(
        "promised_on", "pk"
    ),
    "bigint",
)
_DISPUTES = KeptQuery(
    lambda customer: (
        Dispute.objects.open()
        .filter(customer=customer)
        .select_related("invoice", "owner")
        .order_by("lodged_at")
    ),
    "bigint",
)
# One more than is shown, to know whether there are more.
_INVOICES = {
    shown: KeptQuery(
        lambda customer, today, most=shown + 1: open_invoices(customer, today=today)[:most], "bigint", "date"
    )
    for shown in (INVOICES_SHOWN, INVOICES_ALL)
}


def collectable(
    customer: Customer | int, *, currency: str, today: dt.date, also_promised: bool = False
) -> QuerySet[Invoice]:
    """What is due, the oldest first, with a part that is not disputed, nor still promised
    unless those count too; ``asked`` is that part.
    """
    running = PromisedInvoice.objects.running().filter(invoice=OuterRef("pk"))
    promised = running.annotate(still=still_promised(today))
    disputed = Dispute.objects.open().filter(invoice=OuterRef("pk"))
    taken: Combinable = Coalesce(Subquery(disputed.values("amount")[:1]), Value(Decimal(0)))
    if not also_promised:
        taken += Coalesce(Subquery(promised.values("still")[:1]), Value(Decimal(0)))
    due = Invoice.objects.open().owed().filter(customer=customer, currency=currency, due_on__lte=today)
    return due.annotate(asked=F("open_amount") - taken).filter(asked__gt=0).order_by("due_on", "pk")


_ASKED = KeptRows(
    lambda customer, currency, today: (
        collectable(customer, currency=currency, today=today)
        .order_by()
        .values("currency")
        .annotate(number=Count("pk"), total=Sum("asked"))
        .values_list("number", "total")
    ),
    "bigint", "text", "date",
)  # fmt: skip


def _positions(customer: Customer, entry: Entry | None) -> list[Position]:
    """The currency that the chase list shows first, then the customer's own, then the others by code."""
    wanted = [entry.currency] if entry else []
    wanted.append(customer.currency)

    def order(position: Position) -> tuple[int, str]:
        known = position.currency in wanted
        return (wanted.index(position.currency) if known else len(wanted), position.currency)

    return sorted(_POSITIONS.of(customer.pk), key=order)


def _purpose(customer: Customer, positions: list[Position], entry: Entry | None, today: dt.date) -> str:
    position = positions[0] if positions else None
    number, open_parts = _asked(customer, position, today)
    step_is_due = entry is not None and entry.next_on is not None and entry.next_on <= today
    return calling.purpose(
        calling.Standing(
            currency=position.currency if position else customer.currency,
            to_collect=position.to_collect if position else Decimal(0),
            disputed=position.disputed if position else Decimal(0),
            promised=position.promised if position else Decimal(0),
            invoices=number,
            open_parts=open_parts,
            oldest_days=position.oldest_days if position else 0,
            due=position.due if position else Decimal(0),
            broken=_broken(entry, today),
            step=NEXT_STEP_LABELS[NextStep(entry.next_step)] if entry and step_is_due else "",
        )
    )


def _broken(entry: Entry | None, today: dt.date) -> str:
    """What was promised and not kept, when nobody has spoken with them since."""
    told = {part["rule"]: part for part in entry.parts} if entry and not entry.left_out else {}
    if "broken_since_contact" not in told or "broken_promise" not in told:
        return ""
    return sentences.why(told["broken_promise"], today=today)


def _gain(customer: Customer, positions: list[Position], held: CustomerHolds) -> str:
    """What a payment frees: the order that waits for longest; without one whether it brings them back within
    their limit, where the limit's currency is what they owe in.
    """
    if (first := held.freed_by_payment) and first.hold:
        amounts = [
            money.shown(amount, currency) for currency, amount in paying.totals(first.payment or ()).items()
        ]
        since = customer.company.today(at=first.hold.held_at)
        return calling.frees_order(first.order.number, amounts, since, len(held.held) - 1)
    own = next((each for each in positions if each.currency == customer.currency), None)
    exposure = own.exposure if own and len(positions) == 1 else Decimal(0)
    return calling.back_under_limit(customer.credit_limit, exposure, customer.currency)


def _asked(customer: Customer, position: Position | None, today: dt.date) -> tuple[int, Decimal]:
    """How many due invoices have a part that is neither disputed nor promised, and the sum of those."""
    if position is None or position.to_collect <= 0:
        return 0, Decimal(0)
    return _ASKED.first(customer.pk, position.currency, today) or (0, Decimal(0))


def _habit(customer: Customer) -> str:
    return habit_words.told(_HABIT.first(customer.pk))


def _local_time(customer: Customer, contacts: list[Contact], at: dt.datetime) -> str:
    """The time of day where the one to be called is; empty when nobody told us a zone that there is."""
    zone = (contacts[0].time_zone if contacts else "") or customer.time_zone
    if not zone:
        return ""
    try:
        return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"
    except (ZoneInfoNotFoundError, ValueError):
        return ""
