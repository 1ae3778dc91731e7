"""A conversation as a whole: the contact log with the promise, the disputes and our own commitments that came
of it, and the copies they asked for. Written together or not at all, and taken back together.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from collections_app.contact import after_calls, commitments, contact_logs, disputes, promises
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.disputes import Dispute
from collections_app.contact.promises import Promise
from collections_app.contact.rules import Channel, Direction, NextStep, Outcome, noting
from collections_app.contact.rules.promising import Instalment
from collections_app.correspondence import invoice_copies
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer, lock_customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.users import User


@dataclass(frozen=True, slots=True)
class Promised:
    """What they promised: ``amount`` is spread over ``invoices``, the oldest first; all of it on
    ``promised_on``, or by ``instalments``.
    """

    amount: Decimal
    currency: str
    promised_on: dt.date
    invoices: tuple[Invoice, ...]
    replaces: bool = False
    how: str = ""
    instalments: tuple[Instalment, ...] = ()


@dataclass(frozen=True, slots=True)
class Contested:
    """What they dispute. ``after_final_notice`` is known by a room above, where reminders are."""

    invoice: Invoice
    amount: Decimal
    reason: str
    said: str = ""
    after_final_notice: bool = False


@dataclass(frozen=True, slots=True)
class Undertaken:
    """What we said that we would do; whoever said so does it."""

    kind: str
    words: str
    due_on: dt.date
    due_at: dt.time | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is written down after one attempt or conversation. ``copies`` are made ready for ``contact``;
    ``as_it_is`` when the writer was asked about a word of ``said`` and wants it kept.
    """

    channel: Channel
    direction: Direction
    outcome: Outcome
    said: str = ""
    contact: Contact | None = None
    spoke_with: str = ""
    their_role: str = ""
    invoices: tuple[Invoice, ...] = ()
    next_step: NextStep | None = None
    next_on: dt.date | None = None
    next_at: dt.time | None = None
    promised: Promised | None = None
    contested: tuple[Contested, ...] = ()
    undertaken: tuple[Undertaken, ...] = ()
    copies: tuple[Invoice, ...] = ()
    as_it_is: bool = False


def record(
    conversation: Conversation, *, customer: Customer, form_key: UUID | None = None, by: User, at: dt.datetime
) -> ContactLog:
    """Write a conversation down with all that came of it; the same ``form_key`` twice has one effect.

    Raises ``Refused`` with the problems of the log, the promise and the disputes together.
    """
    with transaction.atomic():
        return write(conversation, customer=customer, form_key=form_key, by=by, at=at)


def write(
    conversation: Conversation, *, customer: Customer, form_key: UUID | None = None, by: User, at: dt.datetime
) -> ContactLog:
    """``record`` within the transaction of a deed, which a refusal ends."""
    lock_customer(customer.pk)
    if form_key and (written := contact_logs.by_form_key(form_key)):
        return written
    problems = noting.problems_of_words(conversation.said, as_it_is=conversation.as_it_is)
    log = None
    with _noting(problems):
        log = _log(conversation, customer, form_key, by, at)
    if conversation.promised:
        with _noting(problems):
            _promise(conversation.promised, conversation, customer, log, by, at)
    for contested in conversation.contested:
        with _noting(problems):
            _dispute(contested, customer, log, by, at)
    for undertaken in conversation.undertaken:
        with _noting(problems):
            _undertake(undertaken, conversation, customer, log, by, at)
    if conversation.copies and log:
        with _noting(problems):
            _send_copies(conversation, customer, log, by, at)
    if log is None or problems:
        raise Refused(dict.fromkeys(problems))
    return log


def undo(log: ContactLog, *, by: User, at: dt.datetime) -> ContactLog:
    """Take a conversation of today back: its log, what was agreed in it and still stands, and the messages
    that wait to leave because of it.
    """
    with transaction.atomic():
        contact_logs.withdraw(log, by=by, at=at)
        today = log.company.today(at=at)
        for promise in Promise.objects.filter(contact_log=log):
            promises.withdraw(promise, by=by, at=at, today=today)
        for dispute in Dispute.objects.open().filter(contact_log=log):
            disputes.withdraw(dispute, by=by, at=at)
        commitments.withdraw_of(log, by=by, at=at)
        after_calls.withdraw_messages(log, by=by, at=at)
    return log


@contextmanager
def _noting(problems: list[Problem]) -> Iterator[None]:
    """Go on after a refusal and note it, so that a person hears of everything at once; the transaction undoes
    the rest.
    """
    try:
        yield
    except Refused as refused:
        problems.extend(refused.problems)


def _log(
    conversation: Conversation, customer: Customer, form_key: UUID | None, by: User, at: dt.datetime
) -> ContactLog:
    return contact_logs.write(
        customer=customer,
        channel=conversation.channel,
        direction=conversation.direction,
        outcome=conversation.outcome,
        said=conversation.said,
        contact=conversation.contact,
        spoke_with=conversation.spoke_with,
        invoices=conversation.invoices,
        next_step=conversation.next_step,
        next_on=conversation.next_on,
        next_at=conversation.next_at,
        form_key=form_key,
        by=by,
        at=at,
    )


def _promise(
    promised: Promised,
    about: Conversation,
    customer: Customer,
    log: ContactLog | None,
    by: User,
    at: dt.datetime,
) -> Promise:
    return promises.record(
        customer=customer,
        amount=promised.amount,
        currency=promised.currency,
        promised_on=promised.promised_on,
        lines=promises.lines_for(customer, promised.amount, promised.invoices),
        instalments=promised.instalments,
        said_by=about.contact.name if about.contact else about.spoke_with,
        said_by_role=about.their_role or (about.contact.role if about.contact else ""),
        how=promised.how,
        contact_log=log,
        replaces=promised.replaces,
        by=by,
        at=at,
        today=customer.company.today(at=at),
    )


def _dispute(
    contested: Contested, customer: Customer, log: ContactLog | None, by: User, at: dt.datetime
) -> Dispute:
    return disputes.lodge(
        customer=customer,
        invoice=contested.invoice,
        amount=contested.amount,
        reason=contested.reason,
        said=contested.said,
        contact_log=log,
        after_final_notice=contested.after_final_notice,
        by=by,
        at=at,
    )


def _undertake(
    undertaken: Undertaken,
    about: Conversation,
    customer: Customer,
    log: ContactLog | None,
    by: User,
    at: dt.datetime,
) -> None:
    commitments.record(
        customer=customer,
        kind=undertaken.kind,
        words=undertaken.words,
        owner=by,
        due_on=undertaken.due_on,
        due_at=undertaken.due_at,
        invoices=about.invoices,
        contact_log=log,
        by=by,
        at=at,
    )


def _send_copies(about: Conversation, customer: Customer, log: ContactLog, by: User, at: dt.datetime) -> None:
    invoice_copies.prepare(
        key=after_calls.copies_key(log),
        customer=customer,
        invoices=about.copies,
        contact=about.contact,
        by=by,
        at=at,
    )
