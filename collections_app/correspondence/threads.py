"""What a received message belongs to: the message of ours that it answers or returns, and whose it is.

By the ids of messages first, since only their readers know them; then by the address that it came from, when
that is the address of people at one customer only. Nobody is guessed at.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Lower

from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import Audience, MessageState
from collections_app.correspondence.rules.incoming import Received, ReceivedKind
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer

# A bounce that gives back no id is believed of an address that we wrote to so lately.
WROTE_DAYS = 14
IDS_MAX = 60


@dataclass(frozen=True, slots=True)
class Thread:
    """What it belongs to, as far as that is known."""

    message: Message | None = None
    customer: Customer | None = None
    contact: Contact | None = None

    @property
    def audience(self) -> Audience:
        """Whom we wrote to; whoever writes unasked is taken for a customer."""
        return Audience(self.message.audience) if self.message else Audience.CUSTOMER


def people_at(company: Company, addresses: Iterable[str]) -> QuerySet[Contact]:
    """Everybody who is written to at one of ``addresses`` (in small letters)."""
    wanted = [address for address in addresses if address]
    found = Contact.objects.exclude(email="").annotate(low=Lower("email")).filter(low__in=wanted)
    return found.filter(customer__company=company, is_active=True).select_related("customer").order_by("pk")


def written_to(company: Company, addresses: Iterable[str], *, at: dt.datetime) -> list[Message]:
    """What we sent, or may have sent, to ``addresses`` lately, the newest first."""
    found = Message.objects.annotate(low=Lower("to_address")).filter(
        company=company,
        low__in=[address for address in addresses if address],
        state__in=(MessageState.SENT, MessageState.UNCERTAIN, MessageState.SENDING),
        changed_at__gte=at - dt.timedelta(days=WROTE_DAYS),
    )
    return list(found.select_related("customer").order_by("-changed_at", "-pk")[:IDS_MAX])


def thread_of(got: Received, *, company: Company, at: dt.datetime) -> Thread:
    """What ``got`` belongs to."""
    if message := _named(company, (*got.returned_ids, *got.about_ids)):
        return _about(message, got, company)
    if got.kind in (ReceivedKind.BOUNCE, ReceivedKind.DELAY):
        sent = written_to(company, [failure.address for failure in got.failures], at=at)
        customers = {message.customer_id for message in sent}
        return _about(sent[0], got, company) if len(customers) == 1 else Thread()
    people = list(people_at(company, [got.from_address]))
    if len({contact.customer_id for contact in people}) != 1:
        return Thread()
    return Thread(customer=people[0].customer, contact=people[0])


def _named(company: Company, ids: tuple[str, ...]) -> Message | None:
    """The message that the nearest of ``ids`` is of."""
    found = Message.objects.filter(company=company, message_id__in=ids[:IDS_MAX]).select_related("customer")
    by_id = {message.message_id: message for message in found}
    return next((by_id[each] for each in ids if each in by_id), None)


def _about(message: Message, got: Received, company: Company) -> Thread:
    is_notice = got.kind in (ReceivedKind.BOUNCE, ReceivedKind.DELAY)
    address = message.to_address.casefold() if is_notice else got.from_address
    if message.customer is None or message.audience != Audience.CUSTOMER:
        return Thread(message, message.customer)
    people = people_at(company, [address]).filter(customer=message.customer)
    return Thread(message, message.customer, people.first())
