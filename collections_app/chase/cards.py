"""The call card: what must be known before a call, read for one customer in a fixed number of queries. What
nobody asks of a card is not read.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import prefetch_related_objects

from collections_app.behaviour.habits import PayHabit
from collections_app.behaviour.positions import Position
from collections_app.chase import asking, habit_words, snoozes
from collections_app.chase.entries import Entry
from collections_app.chase.rules import calling, sentences
from collections_app.chase.snoozes import Snooze
from collections_app.contact import owing
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.disputes import Dispute
from collections_app.contact.promised import Promise
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
from collections_app.lib.kept_queries import KeptQuery

LAST_CONTACTS = 3
INVOICES_SHOWN = 50
INVOICES_ALL = 5_000


@dataclass(eq=False)
class Card:
    """Everything on the call card of one customer, as it stood when it was first asked for; of invoices the
    oldest, or ``all_invoices``.
    """

    customer: Customer
    today: dt.date
    at: dt.datetime
    all_invoices: bool = False

    def look(self, entry: Entry | None = None) -> None:
        """See by now what most customers have nothing of; their place on the list may be known already."""
        if entry:
            self.entry = entry
        _ = self.snooze, self.holds, self.ours, self.notes, self.promises, self.disputes

    @cached_property
    def entry(self) -> Entry | None:
        """Their place on the chase list; also of who was left out."""
        return _ENTRY.first(self.customer.pk)

    @cached_property
    def positions(self) -> list[Position]:
        """By currency: that of the chase list first, then the customer's own, then the others by code."""
        wanted = [self.entry.currency] if self.entry else []
        wanted.append(self.customer.currency)

        def order(position: Position) -> tuple[int, str]:
            known = position.currency in wanted
            return (wanted.index(position.currency) if known else len(wanted), position.currency)

        return sorted(_POSITIONS.of(self.customer.pk), key=order)

    @property
    def main(self) -> Position | None:
        """The position in the currency that is asked for; the others stand beside it."""
        return self.positions[0] if self.positions else None

    @cached_property
    def contacts(self) -> list[Contact]:
        """Whom to ask for, the first first."""
        return _CONTACTS.of(self.customer.pk)

    @property
    def contact(self) -> Contact | None:
        """Whom to ask for first."""
        return self.contacts[0] if self.contacts else None

    @cached_property
    def purpose(self) -> str:
        """What the call is about."""
        return _purpose(self.customer, self.main, self.entry, self.today)

    @cached_property
    def gain(self) -> str:
        """What a payment would free."""
        return _gain(self.customer, self.positions, self.holds)

    @cached_property
    def holds(self) -> CustomerHolds:
        """Their orders in hand, and what holds them."""
        return customer_holds.of(self.customer, today=self.today)

    @cached_property
    def ours(self) -> list[Commitment]:
        """What we owe them."""
        return owing.owed_to(self.customer)

    @cached_property
    def notes(self) -> list[StandingNote]:
        """What is to be known whoever calls."""
        return NOTES.of(self.customer.pk)

    @cached_property
    def local_time(self) -> str:
        """The time of day where the one to be called is."""
        return _local_time(self.customer, self.contacts, self.at)

    @cached_property
    def habit(self) -> str:
        """How they pay, in words."""
        return habit_words.told(_HABIT.first(self.customer.pk))

    @cached_property
    def expected(self) -> str:
        """What is expected of them next, in words."""
        return reading.next_of(self.customer, today=self.today)

    @cached_property
    def last(self) -> list[ContactLog]:
        """The last conversations, the newest first."""
        return _LAST.of(self.customer.pk)

    @cached_property
    def promises(self) -> list[Promise]:
        """Those that run, with their instalments."""
        promises = PROMISES.of(self.customer.pk)
        prefetch_related_objects(promises, "instalments")
        return promises

    @cached_property
    def disputes(self) -> list[Dispute]:
        """Those that are open, the oldest first."""
        return DISPUTES.of(self.customer.pk)

    @cached_property
    def snooze(self) -> Snooze | None:
        """Until when they sleep."""
        return snoozes.running(self.customer, today=self.today)

    @property
    def invoices(self) -> list[Invoice]:
        """What is open, the oldest first, as much as the card shows."""
        return self._found[: self._shown]

    @property
    def has_more_invoices(self) -> bool:
        """Whether more are open than the card shows."""
        return len(self._found) > self._shown

    @property
    def _shown(self) -> int:
        return INVOICES_ALL if self.all_invoices else INVOICES_SHOWN

    @cached_property
    def _found(self) -> list[Invoice]:
        return _INVOICES[self._shown].of(self.customer.pk, self.today)


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
NOTES = KeptQuery(
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
PROMISES = KeptQuery(
    lambda customer: Promise.objects.filter(customer=customer, state=PromiseState.RUNNING).order_by(
        "promised_on", "pk"
    ),
    "bigint",
)
DISPUTES = KeptQuery(
    lambda customer: (
        Dispute.objects.open()
        .filter(customer=customer)
        .select_related("invoice", "owner")
        .order_by("lodged_at")
    ),
    "bigint",
)
# One more than is shown.
_INVOICES = {
    shown: KeptQuery(
        lambda customer, today, most=shown + 1: asking.open_invoices(customer, today=today)[:most],
        "bigint",
        "date",
    )
    for shown in (INVOICES_SHOWN, INVOICES_ALL)
}


def _purpose(customer: Customer, position: Position | None, entry: Entry | None, today: dt.date) -> str:
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
    return asking.sum_of(customer, currency=position.currency, today=today)


def _local_time(customer: Customer, contacts: list[Contact], at: dt.datetime) -> str:
    """The time of day where the one to be called is; empty when nobody told us a zone that there is."""
    zone = (contacts[0].time_zone if contacts else "") or customer.time_zone
    if not zone:
        return ""
    try:
        return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"
    except (ZoneInfoNotFoundError, ValueError):
        return ""
