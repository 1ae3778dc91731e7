"""Letters to customers about orders that are not true any more before they left: taken back with the deed
that overtook them, in its transaction.
"""

import datetime as dt
from collections.abc import Iterable

from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import MessageState, sending
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.holds.hold_rows import Hold
from collections_app.people.users import User


def key_of(purpose: Purpose, hold: int) -> str:
    """The cause of a letter about a hold (id)."""
    return f"{purpose}:{hold}"


def by_ends(holds: Iterable[int], *, by: User | None, at: dt.datetime) -> int:
    """These holds (ids) ended: nobody is asked to pay for what goes anyway. How many letters."""
    return _take_back([key_of(Purpose.HOLD_NOTICE, hold) for hold in holds], by=by, at=at)


def by_holds(orders: Iterable[int], *, by: User | None, at: dt.datetime) -> int:
    """These orders (ids) wait again: no letter says that they are released. How many letters."""
    before = Hold.objects.filter(order__in=list(orders), ended_at__isnull=False).values_list("pk", flat=True)
    return _take_back([key_of(Purpose.HOLD_RELEASED, hold) for hold in before], by=by, at=at)


def _take_back(keys: list[str], *, by: User | None, at: dt.datetime) -> int:
    """What may have left stays for a person."""
    if not keys:
        return 0
    unsent = [state for state in sending.WITHDRAWABLE if state != MessageState.UNCERTAIN]
    return Message.objects.filter(key__in=keys, state__in=unsent).update(
        state=MessageState.WITHDRAWN,
        withdrawn_by=by,
        withdrawn_at=at,
        changed_at=at,
        next_attempt_at=None,
    )
