"""What the outbox asks about a message to a customer in the transaction that marks it as leaving: of a
reminder everything, of others what their kind calls for (``rules/asked_of``).

Locks, in the order of the house, and none is waited for: the outbox holds the message already, and everybody
else takes the customer first. The ledger, against a file that is being read in; the customer; the invoices
that the message asks for; the address, and the group that the customer belongs to, against another message
there. So whatever is written about them either is seen here, or comes after the message has left. What is
just being written makes the message wait for a minute.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import Audience, MessageKind, sending
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.dunning import draft_facts, enclosures, statements, stops, sums_said, touches
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.rules import gate_stops, stopped_money
from collections_app.dunning.rules import stops as rules
from collections_app.dunning.rules.asked_of import ASKED_OF, SAYS_WHAT_IS_OPEN
from collections_app.dunning.rules.drafting import DraftState
from collections_app.dunning.rules.stop_codes import Stop, StopCode, Then
from collections_app.dunning.rules.stop_facts import EMAIL, DraftFacts
from collections_app.intake import quiet
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Problem


def stops_when_sending(message: Message, at: dt.datetime) -> list[sending.Stop]:
    """What speaks against a message leaving at ``at``; nothing when it may. Within a transaction, which keeps
    the answer true until it ends.

    A stop that ends by itself says when. One that needs a person, or words written anew, does not.
    """
    if message.audience != Audience.CUSTOMER or message.customer_id is None:
        return []
    kind, draft = MessageKind(message.kind), _draft_of(message)
    if kind == MessageKind.REMINDER and not _is_approved(message, draft):
        return _told([gate_stops.unapproved() if draft else gate_stops.unknown()])
    about = _asked_by(message, draft)
    is_counted = StopCode.BUDGET in ASKED_OF[kind]
    if kind in SAYS_WHAT_IS_OPEN and not _is_ours(message, about):
        return _told([rules.busy(at)])
    if draft:
        # Only now: what nobody can change until the transaction ends.
        company, today = message.company, message.company.today(at=at)
        about = sums_said.added({draft.pk: about}, drafts=[draft], company=company, today=today)[draft.pk]
    if is_counted and not touches.hold(message.customer_id, message.to_address):
        return _told([rules.busy(at)])
    invoices = [asked.invoice_id for asked in about.invoices]
    facts = stops.facts_for(
        company=message.company, customers=[message.customer_id], invoices=invoices, at=at
    )
    found = rules.stops_of(facts[message.customer_id], about=about, at=at)
    if early := stopped_money.not_due(about, today=facts[message.customer_id].today):
        found = (early, *found)
    found = (*_of_statement(message, draft), *found)
    return _told(stop for stop in found if stop.code in ASKED_OF[kind])


def _of_statement(message: Message, draft: ReminderDraft | None) -> list[Stop]:
    """What speaks against the statement of account that leaves with it, if one does, or against the payment
    that a letter about an order names.
    """
    customer = message.customer_id
    if customer is None:
        return []
    if draft and draft.decided_at and enclosures.has_statement(draft, message):
        is_old = statements.is_overtaken(customer, since=draft.decided_at)
        return [gate_stops.enclosed_before()] if is_old else []
    if message.kind == MessageKind.STATEMENT:
        is_old = statements.is_overtaken(customer, since=statements.drawn_at(message))
        return [gate_stops.drawn_before()] if is_old else []
    if message.kind == MessageKind.HOLD and message.key.startswith(Purpose.HOLD_NOTICE):
        is_old = statements.is_overtaken(customer, since=message.prepared_at)
        return [gate_stops.written_before()] if is_old else []
    return []


def problems_of_sending(message: Message) -> list[Problem]:
    """Why nobody sends a message from the outbox; empty where they may. A reminder is approved where all of
    them are, with what the ledger says then.
    """
    is_theirs = message.kind == MessageKind.REMINDER and message.audience == Audience.CUSTOMER
    if not is_theirs or _is_approved(message, _draft_of(message)):
        return []
    return [Problem("unapproved", "Nobody has approved this reminder. Approve it among the reminders.")]


def _draft_of(message: Message) -> ReminderDraft | None:
    """By its cause, whichever of its messages it is."""
    return ReminderDraft.objects.filter(message__key=message.key).first()


def _is_approved(message: Message, draft: ReminderDraft | None) -> bool:
    """These very words: those of an approval that was taken back are no longer anybody's."""
    return draft is not None and draft.state == DraftState.APPROVED and draft.message_id == message.pk


def _asked_by(message: Message, draft: ReminderDraft | None) -> DraftFacts:
    """What is no reminder names no invoice, and is stopped by all else."""
    about = DraftFacts(0, EMAIL, ())
    if draft:
        about = draft_facts.about([draft], company=message.company)[draft.pk]
    prepared_at = message.prepared_at
    if message.kind == MessageKind.STATEMENT:
        prepared_at = statements.drawn_at(message)
    written_on = message.company.today(at=prepared_at)
    return replace(about, channel=EMAIL, to_address=message.to_address, written_on=written_on)


def _is_ours(message: Message, about: DraftFacts) -> bool:
    """Whether nobody is writing about them: then it stays so until the transaction ends."""
    if not quiet.hold(message.company):
        return False
    customers = Customer.objects.filter(pk__in=[message.customer_id])
    if not _locked(customers):
        return False
    asked = {each.invoice_id for each in about.invoices}
    return len(asked) == len(_locked(Invoice.objects.filter(pk__in=asked)))


def _locked(rows: "QuerySet[Any]") -> list[int]:
    locking = rows.select_for_update(no_key=True, skip_locked=True).order_by("pk")
    return list(locking.values_list("pk", flat=True))


def _told(found: Iterable[Stop]) -> list[sending.Stop]:
    return [
        sending.Stop(stop.code.value, stop.sentence, stop.until if stop.then == Then.WAITS else None)
        for stop in found
    ]
