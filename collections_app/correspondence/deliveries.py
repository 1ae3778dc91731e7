"""Sending what waits in the outbox: each message at most once by itself, and never lost.

One message at a time. The files that it promises are drawn first, while nothing is locked. Then
``attempts.claim`` picks it, asks what speaks against it now and marks it as leaving, in one transaction; then
it is handed over; then ``attempts.settle`` marks what came of it. Whoever dies in between leaves a row that
says so: when its lease is over it goes before a person, and nobody sends it again blindly. So any number of
workers on any number of machines may do this at once, and each may be stopped anywhere.
"""

import datetime as dt
import time
from collections.abc import Mapping
from contextlib import suppress

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Min

from collections_app.correspondence import attempts, carriers
from collections_app.correspondence.attempts import (
    BelowFor,
    Complete,
    Counts,
    Gate,
    LinkFor,
    Round,
    give_up_lost,
)
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import MessageKind, MessageState

__all__ = [
    "ROUND_SECONDS",
    "BelowFor",
    "Complete",
    "Counts",
    "Gate",
    "LinkFor",
    "companies_due",
    "give_up_lost",
    "send_due",
]

# A round ends by then, so that other work gets its turn; the next one goes on where it ended.
ROUND_SECONDS = 45.0


def send_due(
    *,
    gates: Mapping[MessageKind, Gate],
    link_for: LinkFor,
    completes: Mapping[MessageKind, Complete] | None = None,
    below_for: BelowFor | None = None,
    connection: BaseEmailBackend | None = None,
    company: int | None = None,
    round_seconds: float = ROUND_SECONDS,
    at: dt.datetime,
) -> Counts:
    """Send what is due over one ``connection``, of one ``company`` (id) or of all, until nothing is or the
    round is over.

    Raises what the database raises when it goes away; what was handed over by then is settled first.
    """
    began = time.monotonic()
    carrier = connection or get_connection()
    this = Round(
        gates=gates, link_for=link_for, completes=completes or {}, below_for=below_for, company=company
    )
    this.counts.uncertain += give_up_lost(at=at)
    try:
        while (elapsed := time.monotonic() - began) < round_seconds:
            now = at + dt.timedelta(seconds=elapsed)
            claimed = attempts.claim(this, at=now)
            if claimed is None:
                break
            delivery = carriers.deliver(carrier, claimed.envelope)
            settled_at = at + dt.timedelta(seconds=time.monotonic() - began)
            this.counts.add(attempts.settle(claimed, delivery, at=settled_at))
    finally:
        with suppress(OSError):
            carrier.close()
    waiting = Message.objects.filter(state=MessageState.QUEUED)
    this.counts.waiting = (waiting.filter(company=company) if company else waiting).count()
    return this.counts


def companies_due(*, at: dt.datetime) -> list[int]:
    """Of which companies (ids) something is due, the one that has waited longest first."""
    due = Message.objects.filter(state=MessageState.QUEUED, next_attempt_at__lte=at)
    waiting = due.values("company").annotate(since=Min("next_attempt_at")).order_by("since", "company")
    return list(waiting.values_list("company", flat=True))
