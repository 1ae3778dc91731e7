"""What came before a promise: the last one for its invoices, how many of the customer's broke, and what has
happened to one since a form was opened.
"""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from collections_app.activity.events import Event
from collections_app.contact.promised import Promise, PromisedInvoice
from collections_app.contact.rules import PromiseState
from collections_app.contact.rules.promising import BROKEN_COUNTS_DAYS, Earlier
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Problem


def last_for(invoices: Sequence[Invoice], *, customer: Customer) -> list[Earlier]:
    """The last promise of each invoice that had one. What was taken back with its conversation was never
    said.
    """
    lines = (
        PromisedInvoice.objects.filter(invoice__in=invoices, promise__customer=customer)
        .exclude(promise__contact_log__withdrawn_at__isnull=False)
        .order_by("invoice", "-promise__recorded_at", "-promise")
        .distinct("invoice")
    )
    found = lines.values_list("promise__level", "promise__state", "promise__ended_by")
    return [Earlier(level, state, by_somebody=ended_by is not None) for level, state, ended_by in found]


def broken_count(customer: Customer, *, today: dt.date) -> int:
    """How many promises of the customer broke in the year until ``today``."""
    since = today - dt.timedelta(days=BROKEN_COUNTS_DAYS)
    broken = customer.promises.filter(state=PromiseState.BROKEN, settled_on__gt=since, settled_on__lte=today)
    return broken.count()


def problems_of_version(promise: Promise, version: int | None) -> list[Problem]:
    """That ``promise``, read under its lock, is no longer what a form was opened on: what changed, and by
    whom.
    """
    if version is None or version == promise.version:
        return []
    return [Problem("changed_since", f"This promise changed since you opened it. {_newest(promise)}")]


def _newest(promise: Promise) -> str:
    told = Event.objects.filter(customer=promise.customer_id, what__startswith="promise.")
    event = told.filter(facts__promise=promise.pk).select_related("by").order_by("-pk").first()
    replaced = promise.replaced_by_id is not None
    if replaced:
        told_of = told.filter(facts__promise=promise.replaced_by_id)
        event = told_of.select_related("by").order_by("pk").first() or event
    if event is None:
        return "Look at it again."
    at = event.at.astimezone(ZoneInfo(promise.company.time_zone))
    who = str(event.by) if event.by else "the night's settlement"
    what = f"It was replaced: {event.summary[:1].lower()}{event.summary[1:]}" if replaced else event.summary
    return f"{what} ({who}, {at:%-d %B %H:%M})."
