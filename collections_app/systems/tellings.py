"""What another system reads of orders, holds and reasons. Without a look at credit it reads what whoever
sells reads: what their customer owes and what of it holds the order, and nothing of groups, of
colleagues' words or of how anybody is judged.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.holds.rules import for_sales
from collections_app.lib import money
from collections_app.systems.rules.delivering import DeliveryKind


def reasons(kept: Iterable[Mapping[str, Any]], *, sees_credit: bool) -> list[dict[str, Any]]:
    """Reasons as a decision keeps them, for a system that may read credit positions or one that may not."""
    found = []
    for told, reason in zip(for_sales.told(kept, sees_credit=sees_credit), kept, strict=True):
        facts: dict[str, Any] = {"code": told.code.value, "label": told.label, "sentence": told.sentence}
        facts["invoices"] = [dict(part) for part in reason["invoices"]]
        facts["figures"] = dict(reason["figures"]) if sees_credit else None
        found.append(facts)
    return found


def order(stated: Order) -> dict[str, Any]:
    """An order as its system stated it."""
    return {
        "id": stated.pk,
        "number": stated.number,
        "customer": stated.customer.number,
        "amount": money.text(stated.amount, stated.currency),
        "currency": stated.currency,
        "placed_on": stated.placed_on.isoformat(),
        "wanted_on": _day(stated.wanted_on),
        "exemption_class": stated.exemption_class or None,
        "salesperson": stated.salesperson_code or None,
        "source": stated.source or None,
        "state": stated.state,
    }


def release(made: Release) -> dict[str, Any]:
    """What somebody asked for, and what was decided."""
    return {
        "id": made.pk,
        "state": made.state,
        "asked_by": made.asked_by.username,
        "asked_at": made.asked_at.isoformat(),
        "reason": made.reason,
        "needed_on": _day(made.needed_on),
        "decided_by": str(made.decided_by) if made.decided_by else None,
        "decided_at": made.decided_at.isoformat() if made.decided_at else None,
        "answer": made.words or None,
        "conditions": made.conditions or None,
        "until": _day(made.until),
    }


def of(hold: Hold, kind: DeliveryKind, *, release: Release | None) -> dict[str, Any]:
    """What is told when an order was put on hold or went free."""
    is_freed = kind == DeliveryKind.FREED
    moment = hold.ended_at if is_freed and hold.ended_at else hold.held_at
    facts: dict[str, Any] = {
        "event": kind.value,
        "occurred_at": moment.isoformat(),
        "company": hold.company.code,
        "order": order(hold.order),
        "hold": {
            "id": hold.pk,
            "held_at": hold.held_at.isoformat(),
            "moment": hold.moment,
            "reasons": reasons(hold.decision["reasons"], sees_credit=False),
        },
    }
    if is_freed:
        facts["freed_by"] = hold.ending
        facts["release"] = (
            {"until": _day(release.until), "conditions": release.conditions or None}
            if release is not None and hold.ending == "release"
            else None
        )
    return facts


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
