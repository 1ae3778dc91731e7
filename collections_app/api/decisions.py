"""A decision as a system reads it."""

from typing import Any

from collections_app.holds.checks import Answer
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.rules import paying
from collections_app.lib import money
from collections_app.systems import tellings
from collections_app.systems.rules.scopes import Scope
from collections_app.systems.system_rows import System


def told(found: Answer, system: System) -> dict[str, Any]:
    """What was decided, with as much of it as ``system`` may read."""
    sees_credit = system.may(Scope.READ_CREDIT)
    facts = found.decision.as_facts()
    set_aside = facts["set_aside"] if sees_credit else []
    reasons = tellings.reasons(set_aside, sees_credit=True)
    return {
        "held": found.decision.is_held,
        "as_of": found.facts.today,
        "reasons": tellings.reasons(facts["reasons"], sees_credit=sees_credit),
        "set_aside": [
            {**told, "because": each["because"]} for told, each in zip(reasons, set_aside, strict=True)
        ],
        "smallest_payment": _payment(found),
        "rules": found.rules_id,
    }


def order(stated: Order, hold: Hold | None, system: System) -> dict[str, Any]:
    """An order and the hold that stands."""
    sees_credit = system.may(Scope.READ_CREDIT)
    return {
        **tellings.order(stated),
        "on_hold": hold is not None,
        "hold": {
            "held_at": hold.held_at,
            "moment": hold.moment,
            "reasons": tellings.reasons(hold.newest_decision["reasons"], sees_credit=sees_credit),
        }
        if hold
        else None,
    }


def _payment(found: Answer) -> dict[str, Any] | None:
    if found.payment is None:
        return None
    totals = paying.totals(found.payment)
    return {
        "totals": {currency: money.text(amount, currency) for currency, amount in totals.items()},
        "lines": [line.as_facts() for line in found.payment],
    }
