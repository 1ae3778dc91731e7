"""Telling systems what happened to orders: what is to be told is gathered from the holds themselves, sent in
the order in which it happened, and tried again with growing pauses.

One delivery at a time: a statement claims it for a while, then it is handed over, then what came of it is
written. Whoever dies in between leaves a claim that runs out, and it is sent again under the same key: the
other side hears everything at least once, and tells by the key what it has heard already.
"""

import datetime as dt
import json
import time
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from collections_app.activity import events
from collections_app.holds.hold_rows import Hold
from collections_app.holds.release_rows import Release
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement, array
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.systems import tellings, wires
from collections_app.systems.delivery_rows import ANSWER_LETTERS_MAX, Delivery
from collections_app.systems.rules import delivering
from collections_app.systems.rules.delivering import KIND_LABELS, DeliveryKind, DeliveryState
from collections_app.systems.wires import Answered

_UNTOLD, _CLAIM = (Statement(__file__, name) for name in ("find_untold_holds", "claim_delivery"))
LOOKS_BACK = dt.timedelta(days=30)
GATHERED_AT_ONCE = 500
LEASE = dt.timedelta(seconds=90)
ROUND_SECONDS = 45.0


@dataclass(slots=True)
class Counts:
    """What a round came to."""

    gathered: int = 0
    delivered: int = 0
    failed: int = 0


def gather(*, at: dt.datetime) -> int:
    """Write down what is to be told by now; how many deliveries are new. Twice, or two at once, changes
    nothing.
    """
    new = 0
    while True:
        untold = _UNTOLD.rows({"since": at - LOOKS_BACK, "most": GATHERED_AT_ONCE})
        if not untold:
            return new
        with transaction.atomic():
            new += _write(untold, at=at)
        if len(untold) < GATHERED_AT_ONCE:
            return new


def send_due(
    *, allows_loopback: bool = False, round_seconds: float = ROUND_SECONDS, at: dt.datetime
) -> Counts:
    """Gather, and send what is due until nothing is or the round is over; any number of workers may. An
    address that does not take something is left alone for the rest of the round.
    """
    began, counts, passed = time.monotonic(), Counts(gathered=gather(at=at)), list[int]()
    while (elapsed := time.monotonic() - began) < round_seconds:
        claimed = claim(passed=passed, at=at + dt.timedelta(seconds=elapsed))
        if claimed is None:
            break
        answered = hand_over(claimed, allows_loopback=allows_loopback, at=at + dt.timedelta(seconds=elapsed))
        settle(claimed, answered, at=at + dt.timedelta(seconds=time.monotonic() - began))
        if answered.is_taken:
            counts.delivered += 1
        else:
            counts.failed += 1
            passed.append(claimed.endpoint_id)
    return counts


def claim(*, passed: list[int] | None = None, at: dt.datetime) -> Delivery | None:
    """The next that is due, for this worker alone for a while."""
    pauses = array(delivering.PAUSES_SECONDS)
    params = {"at": at, "leased_until": at + LEASE, "passed": array(passed or []), "pauses": pauses}
    rows = _CLAIM.rows(params)
    return Delivery.objects.select_related("endpoint__system").get(pk=rows[0]["id"]) if rows else None


def hand_over(delivery: Delivery, *, allows_loopback: bool, at: dt.datetime) -> Answered:
    """Send it, signed at this moment."""
    body, moment = delivery.body.encode(), int(at.timestamp())
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "collections-workbench",
        "Workbench-Delivery": str(delivery.key),
        "Workbench-Event": delivery.kind,
        "Workbench-Attempt": str(delivery.attempts),
        delivering.SIGNATURE_HEADER: delivering.signature(
            delivery.endpoint.secret, timestamp=moment, body=body
        ),
    }
    return wires.post(delivery.endpoint.address, body, headers, allows_loopback=allows_loopback)


def settle(delivery: Delivery, answered: Answered, *, at: dt.datetime) -> Delivery:
    """Write down what came of a try: taken, to be tried again after a pause, or given up."""
    pause = delivering.pause_seconds(delivery.attempts)
    state = DeliveryState.WAITING
    if answered.is_taken:
        state = DeliveryState.DELIVERED
    elif pause is None:
        state = DeliveryState.GIVEN_UP
    # Only the try that was claimed: whoever comes late, after another had it, changes nothing.
    Delivery.objects.filter(
        pk=delivery.pk,
        state=DeliveryState.WAITING,
        attempts=delivery.attempts,
        leased_until=delivery.leased_until,
    ).update(
        state=state,
        leased_until=None,
        next_attempt_at=at + dt.timedelta(seconds=pause or 0),
        answered_at=at,
        answer_status=answered.status,
        answer=answered.text[:ANSWER_LETTERS_MAX],
    )
    delivery.refresh_from_db()
    return delivery


@transaction.atomic
def send_again(delivery: Delivery, *, by: User, at: dt.datetime) -> Delivery:
    """Have it sent at once, under its key, whatever came of it before. Raises ``Refused`` when nothing is
    sent to its address, or somebody is at it.
    """
    require(by, Deed.CONNECT_SYSTEMS)
    locked = (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("endpoint__system", "order")
        .get(pk=delivery.pk)
    )
    if locked.endpoint.ended_at is not None or not locked.endpoint.system.is_connected:
        raise Refused.because("ended", "Nothing is sent to this address any more.")
    if locked.leased_until is not None and locked.leased_until > at:
        raise Refused.because("busy", "It is being sent just now.")
    if locked.state == DeliveryState.WAITING and locked.next_attempt_at <= at:
        return locked
    locked.state, locked.attempts, locked.next_attempt_at, locked.leased_until = (
        DeliveryState.WAITING,
        0,
        at,
        None,
    )
    locked.save()
    label = KIND_LABELS[DeliveryKind(locked.kind)].lower()
    said = f"Had {locked.endpoint.system} told again that order {locked.order} is {label}"
    facts = {"delivery": str(locked.key), "order": locked.order.number}
    events.record("delivery.sent_again", said, company=locked.order.company, facts=facts, by=by, at=at)
    return locked


def _write(untold: list[dict[str, Any]], *, at: dt.datetime) -> int:
    holds = Hold.objects.select_related("order", "company", "customer").in_bulk(
        list({row["hold_id"] for row in untold})
    )
    releases = {
        release.hold_id: release
        for release in Release.objects.filter(hold__in=holds, decided_at__isnull=False).order_by("pk")
        if release.state in ("granted", "ended")
    }
    rows = []
    for row in untold:
        hold, kind = holds[row["hold_id"]], DeliveryKind(str(row["kind"]))
        new = Delivery(
            endpoint_id=row["endpoint_id"],
            order=hold.order,
            hold=hold,
            kind=kind,
            occurred_at=row["at"],
            state=DeliveryState.WAITING,
            next_attempt_at=at,
        )
        told = tellings.of(hold, kind, release=releases.get(hold.pk))
        new.body = json.dumps({"id": str(new.key), **told}, ensure_ascii=False)
        rows.append(new)
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    return Delivery.objects.filter(key__in=[row.key for row in rows]).count()
