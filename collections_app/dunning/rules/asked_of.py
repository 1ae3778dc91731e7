"""Which stops are asked of which message in the moment in which it leaves. Pure.

A reminder asks for money, so it is asked everything. The others ask for nothing, and differ in who wanted
them: a statement is one more message that the customer did not wait for; a summary says what was agreed in a
conversation, and copies are what they asked for, so somebody is waiting for both. A stop that is not in the
table is asked of reminders only, since what it looks at is what a reminder asks for: the invoices that it
names, and from which level on.
"""

from collections.abc import Mapping

from collections_app.correspondence.rules import MessageKind
from collections_app.dunning.rules.stop_codes import StopCode

_UNASKED = frozenset({MessageKind.REMINDER, MessageKind.STATEMENT, MessageKind.HOLD})
_EVERY = _UNASKED | {MessageKind.SUMMARY, MessageKind.COPY}

_ASKS: Mapping[StopCode, frozenset[MessageKind]] = {
    # Nothing reaches a customer where they are not, at an hour when nobody works, or while sends are paused.
    StopCode.NO_ADDRESS: _EVERY,
    StopCode.BOUNCED: _EVERY,
    StopCode.PAUSED: _EVERY,
    StopCode.WEEKEND: _EVERY,
    StopCode.HOLIDAY: _EVERY,
    StopCode.HOUR: _EVERY,
    # All of them state amounts: the promise in a summary may be kept by now, and a copy of ours says what is
    # open of it. None leaves on old figures, or long after it was written.
    StopCode.OLD_LEDGER: _EVERY,
    StopCode.OLD_BANK: _EVERY,
    StopCode.OUTDATED: _EVERY,
    # A statement is the whole of what is open, and the payment that frees an order changes with it. A summary
    # and a copy name their day, and stay true of it.
    StopCode.CHANGED: _UNASKED,
    # Whoever is left alone, or wrote and is not answered yet, hears nothing that they did not wait for. What
    # answers them still leaves: a copy is often how a thing is cleared up, and the summary is of the very
    # conversation in which a call was agreed.
    StopCode.BLOCKED: _UNASKED,
    StopCode.LEFT_ALONE: _UNASKED,
    StopCode.UNREAD_REPLY: _UNASKED,
    # A limit that kept back what they asked for would bring on the next call; nor is that counted.
    StopCode.BUDGET: _UNASKED,
    # Whoever is just writing about the customer changes what is open.
    StopCode.BUSY: _UNASKED,
}

ASKED_OF: Mapping[MessageKind, frozenset[StopCode]] = {
    kind: frozenset(code for code in StopCode if kind in _ASKS.get(code, frozenset({MessageKind.REMINDER})))
    for kind in MessageKind
    if kind in _EVERY
}
# Of these nobody may write about the customer, and no file be read in, while they leave.
SAYS_WHAT_IS_OPEN = tuple(kind for kind in ASKED_OF if StopCode.BUSY in ASKED_OF[kind])
