"""Working the chase list: open a customer, write down what came of it, go on to the next.

Deeds here touch the conversation, the list and the claims together, so this is the highest room of all of
them and each is one transaction. What they agree decides at once about orders that wait.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from collections_app.chase import claims, entries, snoozes
from collections_app.chase.claims import Claim
from collections_app.chase.entries import Entry, Place
from collections_app.chase.snoozes import Skip, Snooze
from collections_app.contact import conversations, dispute_closings, dispute_work, disputes, promises
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.conversations import Conversation
from collections_app.contact.dispute_closings import Closing
from collections_app.contact.disputes import Dispute
from collections_app.contact.promises import Promise
from collections_app.contact.rules import DisputeState
from collections_app.dunning import deeds, final_notices
from collections_app.holds import checks
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.kept_queries import KeptQuery
from collections_app.lib.prepared import Prepared
from collections_app.people.users import User

# An agreed call is offered so long before its minute, and not earlier: they asked for that time.
CALL_BACK_EARLY_MINUTES = 5

OFFER = Prepared(
    __file__,
    "offer_next_entry",
    company="bigint", user="bigint", day="date", at="timestamptz", calls_until="timestamptz",
    leaving="bigint", after_score="int", after_weight="numeric", after_days="int", after_customer="bigint",
)  # fmt: skip
_OFFERED = KeptQuery(
    lambda entry: Entry.objects.filter(pk=entry).select_related("customer", "segment", "collector"), "bigint"
)


def open_customer(*, customer: Customer, user: User, at: dt.datetime) -> Claim:
    """Claim a customer that somebody looks at; a colleague's claim is answered as it is."""
    return claims.claim(customer=customer, user=user, at=at)


def next_for(
    *, user: User, company: Company, today: dt.date, at: dt.datetime, after: Place | None = None
) -> Entry | None:
    """The entry that ``user`` works next, claimed for them; None when nothing is left. No two people get the
    same.

    Agreed calls whose minute has come, then the list on from ``after``, then from its top again. A lock that
    is held only while choosing, and the claim that decides: who loses a claim asks again and then sees it.
    """
    while True:
        with transaction.atomic():
            rows = OFFER.rows(
                {
                    "company": company.pk,
                    "user": user.pk,
                    "day": today,
                    "at": at,
                    "calls_until": at + dt.timedelta(minutes=CALL_BACK_EARLY_MINUTES),
                    "leaving": after.customer if after else None,
                    "after_score": after.score if after else None,
                    "after_weight": after.weight if after else None,
                    "after_days": after.oldest_days if after else None,
                    "after_customer": after.customer if after else None,
                }
            )
            if not rows:
                return None
            (entry,) = _OFFERED.of(rows[0]["id"])
            if claims.take(customer_id=entry.customer_id, user=user, at=at):
                return entry


def log_contact(
    conversation: Conversation, *, customer: Customer, form_key: UUID | None = None, by: User, at: dt.datetime
) -> ContactLog:
    """Write a conversation down, which does the calls that procedures ask for, move the customer's entry, and
    let the customer go; one transaction.

    The same ``form_key`` twice gives the log that is there. Raises ``Refused`` with every problem.
    """
    with checks.following(customer, by=by, at=at):
        known = _with_final_notices(conversation, at=at)
        log = conversations.write(known, customer=customer, form_key=form_key, by=by, at=at)
        deeds.make_calls(log, by=by, at=at)
        _moved_on(customer, by=by, at=at)
    return log


def undo_contact(log: ContactLog, *, by: User, at: dt.datetime) -> ContactLog:
    """Take a conversation of today back with all that came of it; the entry is where it was. Raises
    ``Refused``.
    """
    with checks.following(log.customer, by=by, at=at):
        conversations.undo(log, by=by, at=at)
        deeds.unmake_calls(log, by=by, at=at)
        refresh_customer(log.customer, at=at)
    return log


def snooze(*, customer: Customer, until: dt.date, reason: str, by: User, at: dt.datetime) -> Snooze:
    """Put a customer to sleep until a day and let it go. Raises ``Refused``."""
    with transaction.atomic():
        today = customer.company.today(at=at)
        made = snoozes.snooze(customer=customer, until=until, reason=reason, by=by, at=at, today=today)
        _moved_on(customer, by=by, at=at)
    return made


def snooze_several(
    *, customers: Sequence[Customer], until: dt.date, reason: str, by: User, at: dt.datetime
) -> list[Snooze]:
    """Put some customers of one company to sleep, all or none. Meant for those ticked on one page. Raises
    ``Refused``.

    Locked in the order of their ids, all before the first entry is derived again: who derives entries takes
    a turn while holding customers, never the other way round.
    """
    with transaction.atomic():
        made = [
            snoozes.snooze(
                customer=each, until=until, reason=reason, by=by, at=at, today=each.company.today(at=at)
            )
            for each in sorted(customers, key=lambda customer: customer.pk)
        ]
        if made:
            company, ids = made[0].customer.company, [each.customer_id for each in made]
            today = company.today(at=at)
            entries.refresh_customers(company=company, customers=ids, today=today, at=at)
            claims.release_several(customer_ids=ids, user=by)
    return made


def wake(*, customer: Customer, by: User, at: dt.datetime) -> bool:
    """End a snooze; the entry is back on the list when something speaks for it."""
    with transaction.atomic():
        was_asleep = snoozes.wake(customer=customer, by=by, at=at)
        refresh_customer(customer, at=at)
    return was_asleep


def undo_snooze(snooze: Snooze, *, by: User, at: dt.datetime) -> bool:
    """Take a snooze back; the one whose place it took runs again, otherwise the entry is back on the list.
    Raises ``Refused``.
    """
    customer = snooze.customer
    with transaction.atomic():
        taken_back = snoozes.undo(snooze, by=by, at=at, today=customer.company.today(at=at))
        refresh_customer(customer, at=at)
    return taken_back


def skip(*, customer: Customer, reason: str, by: User, at: dt.datetime) -> Skip:
    """Pass a customer over for the rest of the day and let it go; colleagues still see it. Raises
    ``Refused``.
    """
    with transaction.atomic():
        today = customer.company.today(at=at)
        made = snoozes.skip(customer=customer, reason=reason, by=by, at=at, today=today)
        claims.release(customer_id=customer.pk, user=by)
    return made


def unskip(*, customer: Customer, by: User, at: dt.datetime) -> bool:
    """Take back that ``by`` passed a customer over today."""
    return snoozes.unskip(customer=customer, by=by, at=at, today=customer.company.today(at=at))


def withdraw_promise(
    promise: Promise, *, because: str = "", version: int | None = None, by: User, at: dt.datetime
) -> Promise:
    """Take a promise back; what it was for is to be collected again. Raises ``Refused``."""
    with checks.following(promise.customer, by=by, at=at):
        today = promise.company.today(at=at)
        promises.withdraw(promise, because=because, version=version, by=by, at=at, today=today)
        refresh_customer(promise.customer, at=at)
    return promise


def replace_promise(promise: Promise, *, by: User, at: dt.datetime, **facts: Any) -> Promise:
    """Another promise takes the place of one that runs; ``facts`` as ``promises.replace`` takes them. Raises
    ``Refused``.
    """
    with checks.following(promise.customer, by=by, at=at):
        made = promises.replace(promise, **facts, by=by, at=at, today=promise.company.today(at=at))
        refresh_customer(promise.customer, at=at)
    return made


def close_dispute(
    dispute: Dispute,
    closing: Closing,
    *,
    to: DisputeState,
    version: int | None = None,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> Dispute:
    """End a dispute as accepted, partly accepted, rejected or withdrawn. Raises ``Refused``."""
    with checks.following(dispute.customer, by=by, at=at):
        dispute_closings.end(dispute, to, closing, version=version, form_key=form_key, by=by, at=at)
        refresh_customer(dispute.customer, at=at)
    return dispute


def take_back_dispute(
    dispute: Dispute, *, version: int | None = None, form_key: UUID | None = None, by: User, at: dt.datetime
) -> Dispute:
    """A dispute that was lodged by mistake is no more. Raises ``Refused``."""
    with checks.following(dispute.customer, by=by, at=at):
        disputes.withdraw(dispute, version=version, form_key=form_key, by=by, at=at)
        refresh_customer(dispute.customer, at=at)
    return dispute


def change_disputed_amount(
    dispute: Dispute,
    *,
    amount: Decimal,
    version: int | None = None,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> Dispute:
    """Another part of the invoice is contested, and another to be collected. Raises ``Refused``."""
    with checks.following(dispute.customer, by=by, at=at):
        dispute_work.change_amount(dispute, amount=amount, version=version, form_key=form_key, by=by, at=at)
        refresh_customer(dispute.customer, at=at)
    return dispute


def refresh_customer(customer: Customer, *, at: dt.datetime) -> None:
    """Derive one customer's entry again, by the statements that serve all of them at night."""
    company = customer.company
    today = company.today(at=at)
    entries.refresh_customers(company=company, customers=[customer.pk], today=today, at=at)


def _with_final_notices(conversation: Conversation, *, at: dt.datetime) -> Conversation:
    """The same, knowing which of the contested invoices a final notice named before."""
    contested = conversation.contested
    if not contested:
        return conversation
    named = final_notices.named_in([each.invoice for each in contested], before=at)
    told = tuple(replace(each, after_final_notice=each.invoice.pk in named) for each in contested)
    return replace(conversation, contested=told)


def _moved_on(customer: Customer, *, by: User, at: dt.datetime) -> None:
    refresh_customer(customer, at=at)
    claims.release(customer_id=customer.pk, user=by)
