"""What every change of a dispute has in common: its lock, the version it was seen in, its clock, its event.

A dispute counts its changes. A form that was opened on an older version is refused with what changed since.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from collections_app.activity import events
from collections_app.activity.events import Event
from collections_app.contact.dispute_rows import Dispute
from collections_app.contact.rules import DisputeState, dispute_clocks
from collections_app.contact.rules.dispute_clocks import Level, Pause
from collections_app.contact.rules.disputing import Reason
from collections_app.ledger.customers import lock_customer
from collections_app.lib import money
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.users import User

CHANGES_TOLD = 3


@contextmanager
def changing(dispute: Dispute, *, version: int | None, form_key: UUID | None) -> Iterator[bool]:
    """Change ``dispute`` in one transaction, read anew under the lock of its customer. Whether there is
    anything to do: false when its last change came from the same form. Raises ``Refused`` when the form saw
    an older ``version``.
    """
    with transaction.atomic():
        lock_customer(dispute.customer_id)
        dispute.refresh_from_db()
        if form_key and dispute.form_key == form_key:
            yield False
            return
        if problems := _problems_of_version(dispute, version):
            raise Refused(problems)
        yield True


def keep(
    dispute: Dispute,
    what: str,
    summary: str,
    *,
    form_key: UUID | None,
    by: User,
    at: dt.datetime,
    **facts: Any,
) -> None:
    """Save a change that is allowed, count it, and write its event."""
    dispute.version, dispute.form_key = dispute.version + 1, form_key
    dispute.save()
    tell(dispute, what, summary, by=by, at=at, **facts)


def close(dispute: Dispute, to: DisputeState, *, by: User, at: dt.datetime) -> None:
    """Set what every end has in common. A pause that runs ends with it."""
    today = dispute.company.today(at=at)
    dispute.pauses.filter(until__isnull=True).update(until=today, ended_by=by, ended_at=at)
    dispute.state, dispute.closed_by, dispute.closed_at = to, by, at
    dispute.waiting_since = dispute.rises_on = None


def wind(dispute: Dispute, terms: Reason | None, pauses: Sequence[Pause]) -> None:
    """Set its due days from its lodging and its pauses, by the times of ``terms`` when they are given."""
    company = dispute.company
    lodged_on, calendar = company.today(at=dispute.lodged_at), company.calendar
    if terms:
        dispute.answer_days, dispute.resolve_days = terms.answer_days, terms.resolve_days
    dispute.answer_due_on = dispute_clocks.due_on(lodged_on, dispute.answer_days, pauses, calendar=calendar)
    dispute.resolve_due_on = dispute_clocks.due_on(lodged_on, dispute.resolve_days, pauses, calendar=calendar)
    dispute.rises_on = dispute_clocks.escalates_on(
        Level(dispute.level),
        resolve_due_on=dispute.resolve_due_on,
        resolve_days=dispute.resolve_days,
        calendar=calendar,
    )


def shown(dispute: Dispute) -> str:
    """£200.00 of A1."""
    return f"{money.shown(dispute.amount, dispute.currency)} of {dispute.invoice.number}"


def tell(dispute: Dispute, what: str, summary: str, *, by: User, at: dt.datetime, **facts: Any) -> None:
    """Write the event of a change."""
    told = {
        "dispute": dispute.pk,
        "invoice": dispute.invoice_id,
        "reason": dispute.reason,
        "version": dispute.version,
        **facts,
    }
    events.record(
        f"dispute.{what}",
        summary,
        company=dispute.company,
        customer=dispute.customer,
        facts=told,
        by=by,
        at=at,
    )


def pauses_of(dispute: Dispute) -> list[Pause]:
    """The pauses of its clock, the oldest first. One query, unless they were fetched with it."""
    return sorted((Pause(row.since, row.until) for row in dispute.pauses.all()), key=lambda each: each.since)


def history(dispute: Dispute) -> list[Event]:
    """Everything that happened to it, the newest first."""
    told = Event.objects.filter(
        customer=dispute.customer_id, what__startswith="dispute.", facts__dispute=dispute.pk
    )
    return list(told.select_related("by").order_by("-at", "-pk"))


def _problems_of_version(dispute: Dispute, seen: int | None) -> list[Problem]:
    """Whether a form that saw the version ``seen`` may still be kept; what changed since, by whom and
    when.
    """
    if seen is None or seen == dispute.version:
        return []
    zone = ZoneInfo(dispute.company.time_zone)
    since = [event for event in history(dispute) if int(event.facts.get("version", 0)) > seen]
    told = "; ".join(
        f"{event.summary} ({event.by or 'by the night'}, {event.at.astimezone(zone):%-d %B %H:%M})"
        for event in reversed(since[:CHANGES_TOLD])
    )
    text = f"This dispute changed since you opened it: {told or 'it is no longer as it was'}."
    return [Problem("changed_since", f"{text} Nothing of yours was kept; look again and send it once more.")]
