"""The outbox: what people decide of messages that are to leave. Released, called back, and, where it is not
known whether a message left, said to have left or sent again. Nothing here sends: ``deliveries`` does.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from collections_app.activity.events import Event
from collections_app.correspondence.message_rows import Message, event, locked
from collections_app.correspondence.rules import MessageState, sending
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User


def release(
    messages: Sequence[Message], *, leave_after: dt.datetime | None = None, by: User | None, at: dt.datetime
) -> int:
    """Let messages leave once ``leave_after`` has come; how many were ready. All or none, by few statements.

    A person's leave ``sending.UNDO_SECONDS`` later at the earliest. Those that were released before are left
    alone. Raises ``Refused`` for those that were withdrawn, or need a decision of their own.
    """
    require(by, Deed.WORK_CUSTOMERS)
    earliest = at if by is None else at + dt.timedelta(seconds=sending.UNDO_SECONDS)
    leave = max(leave_after or earliest, earliest)
    with transaction.atomic():
        found = _locked([message.pk for message in messages])
        ready = [message for message in found if message.state == MessageState.READY]
        if problems := [problem for message in found for problem in _unfit(message)]:
            raise Refused(dict.fromkeys(problems))
        Message.objects.filter(pk__in=[message.pk for message in ready]).update(
            state=MessageState.QUEUED, leave_after=leave, next_attempt_at=leave, stops=[], changed_at=at
        )
        Event.objects.bulk_create(
            [event("released", "Released to leave", message, by=by, at=at) for message in ready]
        )
    return len(ready)


def recall(message: Message, *, for_good: bool = False, by: User, at: dt.datetime) -> Message:
    """Call a released message back: it is ready again, or ``for_good`` withdrawn, where what comes after it
    is written anew. Twice has one effect. Raises ``Refused`` when it is too late.
    """
    require(by, Deed.WORK_CUSTOMERS)
    with transaction.atomic():
        stands = locked(message)
        if problems := sending.problems_of_recall(MessageState(stands.state)):
            raise Refused(problems)
        if for_good:
            stands.leave_after, stands.withdrawn_by, stands.withdrawn_at = None, by, at
            _become(stands, MessageState.WITHDRAWN, at)
            event("recalled", "Called back before it left", stands, by=by, at=at).save()
        elif stands.state == MessageState.QUEUED:
            stands.leave_after = None
            _become(stands, MessageState.READY, at)
            event("recalled", "Called back before it left", stands, by=by, at=at).save()
    return stands


def recall_several(messages: Sequence[Message], *, by: User, at: dt.datetime) -> frozenset[int]:
    """Call messages back for good, by few statements; those (ids) that are withdrawn now. What has left, or
    is just leaving, stays as it is.
    """
    require(by, Deed.WORK_CUSTOMERS)
    with transaction.atomic():
        found = _locked([message.pk for message in messages])
        here = [message for message in found if not sending.problems_of_recall(MessageState(message.state))]
        Message.objects.filter(pk__in=[message.pk for message in here]).update(
            state=MessageState.WITHDRAWN,
            withdrawn_by=by,
            withdrawn_at=at,
            leave_after=None,
            next_attempt_at=None,
            changed_at=at,
        )
        Event.objects.bulk_create(
            [event("recalled", "Called back before it left", message, by=by, at=at) for message in here]
        )
    return frozenset(message.pk for message in here)


def send_again(message: Message, *, by: User, at: dt.datetime) -> Message:
    """A person has a message sent of which the clock leaves its hands: it was held back, refused, or may have
    left. It is the same message under the same id. Raises ``Refused``.
    """
    require(by, Deed.WORK_CUSTOMERS)
    with transaction.atomic():
        stands = locked(message)
        if stands.state == MessageState.QUEUED:
            return stands
        if stands.state not in sending.UNDECIDED:
            raise Refused(sending.problems_of_release(MessageState(stands.state)) or [_NOT_UNDECIDED])
        stands.leave_after = stands.next_attempt_at = at + dt.timedelta(seconds=sending.UNDO_SECONDS)
        stands.attempts_before, stands.stops = stands.attempts, []
        _become(stands, MessageState.QUEUED, at)
        event("released", "To be sent again", stands, by=by, at=at).save()
    return stands


def confirm_left(message: Message, *, by: User, at: dt.datetime) -> Message:
    """Somebody found out that it did leave: it counts as sent when it was tried. Twice has one effect. Raises
    ``Refused``.
    """
    require(by, Deed.WORK_CUSTOMERS)
    with transaction.atomic():
        stands = locked(message)
        if problems := sending.problems_of_confirming(MessageState(stands.state)):
            raise Refused(problems)
        if stands.state == MessageState.UNCERTAIN:
            stands.sent_at = stands.claimed_at
            _become(stands, MessageState.SENT, at)
            event("sent", "Had left, as was found out", stands, by=by, at=at).save()
    return stands


def _locked(ids: Sequence[int]) -> list[Message]:
    """In the order of their ids, so that two who release the same do not wait for each other."""
    return list(
        Message.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").defer("body_html")
    )


def _unfit(message: Message) -> list[Problem]:
    state = MessageState(message.state)
    if state in sending.UNDECIDED:
        return [_UNDECIDED]
    return sending.problems_of_release(state) if state == MessageState.WITHDRAWN else []


def _become(message: Message, state: MessageState, at: dt.datetime) -> None:
    assert state in sending.MAY_BECOME[MessageState(message.state)]
    message.state, message.changed_at = state, at
    message.next_attempt_at = message.next_attempt_at if state == MessageState.QUEUED else None
    message.save(
        update_fields=[
            *("state", "changed_at", "leave_after", "next_attempt_at", "sent_at"),
            *("attempts_before", "stops", "withdrawn_by", "withdrawn_at"),
        ]
    )


_UNDECIDED = Problem("undecided", "It did not leave as it should. Decide on its page what becomes of it.")
_NOT_UNDECIDED = Problem("not_undecided", "It waits to be sent for the first time; release it.")
