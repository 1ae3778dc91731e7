"""What a conversation made ready for the customer, its summary and the copies they asked for: sent in one
deed, and called back in one.
"""

import datetime as dt
from contextlib import AbstractContextManager

from django.db import transaction

from collections_app.contact import after_calls
from collections_app.contact.contact_logs import ContactLog
from collections_app.correspondence import outbox
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import MessageState
from collections_app.lib.foreseen import Foreseen
from collections_app.lib.kept_queries import KeptQuery
from collections_app.lib.refusals import Refused
from collections_app.people.users import User


def foreseen(log: ContactLog) -> AbstractContextManager[None]:
    """Within the block only what came of a conversation is asked for; of most nothing did."""
    return _FORESEEN.before(log=log.pk, customer=log.customer_id, state=MessageState.READY)


def unsent(log: ContactLog) -> list[Message]:
    """What a conversation made ready and nobody has sent yet."""
    return _about(log, MessageState.READY)


def send(log: ContactLog, *, by: User, at: dt.datetime) -> list[Message]:
    """Release what a conversation made ready, and its summary when there is something to sum up; all of it.

    Raises ``Refused`` with why it cannot be summed up when there is nothing else.
    """
    with transaction.atomic():
        problems = after_calls.problems_of_summary(log, by=by)
        if not problems:
            after_calls.prepare_summary(log, by=by, at=at)
        outbox.release(unsent(log), by=by, at=at)
        leaving = _about(log, MessageState.QUEUED)
        if problems and not leaving:
            raise Refused(problems)
    return leaving


def call_back(log: ContactLog, *, by: User, at: dt.datetime) -> int:
    """Call back what was released because of a conversation and has not left; how much was. Raises
    ``Refused`` when one is leaving this very moment.
    """
    with transaction.atomic():
        leaving = _about(log, MessageState.QUEUED)
        for message in leaving:
            outbox.recall(message, by=by, at=at)
    return len(leaving)


def _about(log: ContactLog, state: MessageState) -> list[Message]:
    cause = after_calls.cause_of(log)
    return [each for each in _STATED.of(log.customer_id, state) if each.key.startswith(cause)]


_STATED = KeptQuery(
    lambda customer, state: Message.objects.filter(customer=customer, state=state).order_by("pk"),
    "bigint", "text",
)  # fmt: skip
_FORESEEN = Foreseen(
    (after_calls.PROMISED, "log"),
    (after_calls.UNDERTAKEN, "log"),
    (after_calls.CONTESTED, "log"),
    (_STATED, "customer", "state"),
)
